package socket_test

import (
	"encoding/json"
	"net/http"
	"testing"
)

// TestSessionInACookie: a socket of the hosted page says hello with the name of its session (api/realtime.md section 2).
func TestSessionInACookie(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		status, header, body := e.Do("POST", "/page/v1/apps/"+string(e.App.ID)+"/session", `{}`, "Origin: "+e.URL)
		if status != http.StatusCreated {
			t.Fatalf("%d %s", status, body)
		}
		var in struct {
			Session struct{ Token string }
			User    struct{ ID string }
		}
		if err := json.Unmarshal(body, &in); err != nil {
			t.Fatal(err)
		}
		cookie, err := http.ParseSetCookie(header.Get("Set-Cookie"))
		if err != nil {
			t.Fatal(err)
		}
		carried := "Cookie: " + cookie.Name + "=" + cookie.Value
		own := "Origin: " + e.URL
		say := func(name string, headers ...string) (*client, frame) {
			c := connect(e, headers...)
			c.write(map[string]any{"type": "hello", "v": 1, "session": name})
			return c, c.next()
		}
		c, first := say(in.Session.Token, carried, own)
		if first["type"] != "welcome" || first.text("user.id") != in.User.ID || first["session"] != nil {
			t.Fatalf("%v", first)
		}
		c.must("send", send("1", "hi"))

		for why, ask := range map[string]struct {
			name    string
			headers []string
		}{
			"a page of another origin":        {in.Session.Token, []string{carried, "Origin: https://evil.example"}},
			"no page":                         {in.Session.Token, []string{carried}},
			"no cookie":                       {in.Session.Token, []string{own}},
			"another session's name":          {"cookie:000000000000000000000000", []string{carried, own}},
			"no name":                         {"cookie:", []string{carried, own}},
			"the cookie's value without name": {"cookie:" + cookie.Value, []string{carried, own}},
		} {
			if _, f := say(ask.name, ask.headers...); f.text("error.code") != "session_ended" {
				t.Errorf("%s: %v", why, f)
			}
		}
	})
}
