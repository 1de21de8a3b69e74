package httpapi_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/servertest"
)

func (e env) page(below string) string { return "/page/v1/apps/" + string(e.App.ID) + below }

// browser is a page of this server in one browser: it keeps the cookies that it is given.
type browser struct {
	env
	root     string        // of what the page calls
	sameSite http.SameSite // of its cookies
	cookies  map[string]string
}

// browser is a browser on the hosted page.
func (e env) browser() *browser {
	return &browser{e, e.page(""), http.SameSiteLaxMode, map[string]string{}}
}

func (b *browser) do(method, path, body string, headers ...string) reply {
	b.Helper()
	headers = append(headers, "Origin: "+b.URL)
	var sent []string
	for name, value := range b.cookies {
		sent = append(sent, name+"="+value)
	}
	if len(sent) > 0 {
		headers = append(headers, "Cookie: "+strings.Join(sent, "; "))
	}
	r := b.call(method, b.root+path, body, headers...)
	for _, line := range r.header.Values("Set-Cookie") {
		cookie, err := http.ParseSetCookie(line)
		if err != nil {
			b.Fatal(err)
		}
		if !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != b.sameSite || cookie.Path != "/" || cookie.Domain != "" || !strings.HasPrefix(cookie.Name, "__Host-") {
			b.Errorf("a cookie without its guards: %s", line)
		}
		b.cookies[cookie.Name] = cookie.Value
		if cookie.MaxAge < 0 {
			delete(b.cookies, cookie.Name)
		}
	}
	return r
}

// link is the code of a personal link for a user of the app's own system.
func (e env) link(claims map[string]any) string {
	e.Helper()
	return e.NewKey(chat.UseCode).TokenWithoutKid(e.T, claims)
}

func user(id string, more ...string) map[string]any {
	person := map[string]any{"id": id}
	for i := 0; i+1 < len(more); i += 2 {
		person[more[i]] = more[i+1]
	}
	return map[string]any{"user": person}
}

func TestPersonalLinkOnThePage(t *testing.T) {
	t.Parallel()
	e := start(t)
	b := e.browser()
	b.do("GET", "/session", "").want(204)

	key := e.NewKey(chat.UseCode)
	ana := key.TokenWithoutKid(t, user("crm-1", "email", "ana@example.com", "name", "Ana"))
	r := b.do("POST", "/session", `{"code":"`+ana+`","client":{"platform":"web"}}`).want(201)
	in := r.signedIn()
	if !strings.HasPrefix(in.Session.Token, "cookie:") || in.User.ExternalID != "crm-1" {
		t.Fatalf("%s", r.body)
	}
	for _, value := range b.cookies {
		if strings.Contains(string(r.body), value) {
			t.Fatal("the token of the session is in the body")
		}
	}
	if again := b.do("GET", "/session", "").want(200).signedIn(); again.Session.Token != in.Session.Token || again.User.ID != in.User.ID {
		t.Fatalf("after a reload it is %+v", again)
	}
	if anonymous := b.do("POST", "/session", `{}`).want(200).signedIn(); anonymous.User.ID != in.User.ID {
		t.Fatal("asking for an anonymous session took the person's away")
	}

	t.Run("another person is asked for, and nothing is made", func(t *testing.T) {
		ben := key.TokenWithoutKid(t, user("crm-2", "name", "Ben"))
		r := b.do("POST", "/session", `{"code":"`+ben+`"}`).want(409)
		if !strings.Contains(string(r.body), `"current":{"name":"Ana"}`) || !strings.Contains(string(r.body), `"next":{"name":"Ben"}`) {
			t.Fatalf("%s", r.body)
		}
		e.rest("GET", "/users/crm-2", "").wantProblem(404, "user_not_found", "")
		b.do("POST", "/session", `{"code":"`+ben+`","confirm":true}`).want(201)
		if now := b.do("GET", "/session", "").want(200).signedIn(); now.User.ExternalID != "crm-2" {
			t.Fatalf("it is %+v", now.User)
		}
	})
	t.Run("signing out ends it on the server", func(t *testing.T) {
		stolen := *b
		stolen.cookies = map[string]string{}
		for name, value := range b.cookies {
			stolen.cookies[name] = value
		}
		b.do("DELETE", "/session", "").want(204)
		if len(b.cookies) != 0 {
			t.Errorf("cookies are left: %v", b.cookies)
		}
		stolen.do("GET", "/session", "").want(204)
	})
	t.Run("other sites get nothing", func(t *testing.T) {
		for _, origin := range []string{"https://evil.example", "null", e.URL + ".evil.example"} {
			e.call("POST", e.page("/session"), `{}`, "Origin: "+origin).wantProblem(403, "origin_not_allowed", "")
		}
		e.call("POST", e.page("/session"), `{}`).wantProblem(403, "origin_not_allowed", "")
		e.call("POST", e.page("/session"), `{}`, "Sec-Fetch-Site: cross-site").wantProblem(403, "origin_not_allowed", "")
		e.call("GET", e.page("/session"), "", "Sec-Fetch-Site: cross-site").wantProblem(403, "origin_not_allowed", "")
	})
}

// TestLookingAtALinkChangesNothing: scanners of mail and previews of links read pages (security rule 27).
func TestLookingAtALinkChangesNothing(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Set(map[string]string{"one_time_codes": "on"})
	code := e.link(map[string]any{"user": map[string]any{"id": "crm-1"}, "jti": "j-1", "exp": time.Now().Add(time.Hour).Unix()})
	for range 3 {
		for _, address := range []string{"/", "/chat/" + string(e.App.ID)} {
			e.Do("GET", address+"?externalAuthCode="+code, "")
			e.Do("HEAD", address+"?externalAuthCode="+code, "")
			status, header, body := e.Do("POST", address, "externalAuthCode="+code, "Content-Type: application/x-www-form-urlencoded")
			if status != http.StatusSeeOther || header.Get("Location") != address+"#externalAuthCode="+code || len(body) > 0 {
				t.Fatalf("%d %v %s", status, header, body)
			}
		}
	}
	e.rest("GET", "/users/crm-1", "").wantProblem(404, "user_not_found", "")
	e.browser().do("POST", "/session", `{"code":"`+code+`"}`).want(201)
	e.browser().do("POST", "/session", `{"code":"`+code+`"}`).wantProblem(401, "invalid_auth", "")
}

func TestLastSeat(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Set(map[string]string{"seats": "1"})
	key := e.NewKey(chat.UseCode)
	same := key.TokenWithoutKid(t, user("crm-0"))
	var wait sync.WaitGroup
	var mu sync.Mutex
	users := map[string]int{}
	for range 50 {
		wait.Go(func() {
			in := e.browser().do("POST", "/session", `{"code":"`+same+`"}`).want(201).signedIn()
			mu.Lock()
			defer mu.Unlock()
			users[in.User.ID]++
		})
	}
	wait.Wait()
	if len(users) != 1 {
		t.Fatalf("fifty browsers of one person made %d users", len(users))
	}
	e.browser().do("POST", "/session", `{"code":"`+key.TokenWithoutKid(t, user("crm-1"))+`"}`).wantProblem(403, "seat_limit_reached", "")
}

var digits = regexp.MustCompile(`\b\d{6}\b`)

func TestSignInByEmail(t *testing.T) {
	t.Parallel()
	box := servertest.NewMailbox(t)
	e := start(t, box.Option())
	b := e.browser()
	const ask = `{"email":"ana@example.com"}`
	b.do("POST", "/email-codes", ask).wantProblem(403, "email_login_off", "")
	e.Set(map[string]string{"email_login": "on"})
	b.do("POST", "/email-codes", `{"email":"ana"}`).wantProblem(400, "bad_request", "email")
	b.do("POST", "/email-codes", ask).want(202)
	mail := box.Next(0)
	if mail.To != "ana@example.com" || mail.From != "chat@parlor.test" || !strings.Contains(mail.Subject, "Test") {
		t.Fatalf("%+v", mail)
	}
	code := digits.FindString(mail.Text)
	give := func(code string) string { return fmt.Sprintf(`{"email":"Ana@Example.com","code":%q}`, code) }
	e.browser().do("POST", "/email-sessions", give(code)).wantProblem(401, "invalid_code", "")
	b.do("POST", "/email-sessions", give("x"+code)).wantProblem(401, "invalid_code", "")
	in := b.do("POST", "/email-sessions", give(code)).want(201).signedIn()
	if in.Session.Assurance != "verified" {
		t.Fatalf("%+v", in.Session)
	}
	if now := b.do("GET", "/session", "").want(200).signedIn(); now.User.ID != in.User.ID {
		t.Fatal("somebody else is signed in")
	}
	b.do("POST", "/email-sessions", give(code)).wantProblem(401, "invalid_code", "")

	e.Set(map[string]string{"email_login": "known"})
	b.do("POST", "/email-codes", `{"email":"stranger@example.com"}`).want(202)
	b.do("POST", "/email-codes", ask).want(202)
	if second := box.Next(1); second.To != "ana@example.com" || box.Count() != 2 {
		t.Fatalf("%d mails, the second to %s", box.Count(), second.To)
	}
}

func TestEmailWithoutMailServer(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Set(map[string]string{"email_login": "on"})
	e.browser().do("POST", "/email-codes", `{"email":"ana@example.com"}`).wantProblem(503, "mail_off", "")
}

func TestAppOfScript(t *testing.T) {
	t.Parallel()
	e := start(t)
	other, _ := e.NewApp("Other")
	e.SetOf(other.ID, map[string]string{"portal": "10", "hosts": "chat.other.example", "color": "#0a7"})
	for query, want := range map[string]string{"": string(e.App.ID), "?portal=10": string(other.ID)} {
		if r := e.call("GET", "/sdk/v1/config"+query, "", "Origin: https://shop.example").want(200); !strings.Contains(string(r.body), `"id":"`+want+`"`) {
			t.Errorf("%q: %s", query, r.body)
		}
	}
	if r := e.call("GET", "/sdk/v1/config", "", "Host: chat.other.example:8443").want(200); !strings.Contains(string(r.body), string(other.ID)) || !strings.Contains(string(r.body), `"color":"#00aa77"`) {
		t.Errorf("%s", r.body)
	}
	e.call("GET", "/sdk/v1/config?portal=11", "").wantProblem(404, "app_not_found", "")
	for _, wrong := range []string{"", "0", "-1", "x", "1e3"} {
		e.call("GET", "/sdk/v1/config?portal="+wrong, "").wantProblem(400, "bad_request", "portal")
	}
}
