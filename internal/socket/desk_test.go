package socket_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/parlorchat/parlor/internal/realtime"
	"github.com/parlorchat/parlor/internal/servertest"
)

// desk is an agent at the console, with a line to the app.
type desk struct {
	*client
	*servertest.Env
	cookie string
}

// newAgent is an agent who comes by a link; boss is who makes it, or nil for the first one.
func newAgent(e *servertest.Env, boss *desk, name string) *desk {
	e.Helper()
	token := e.SetUpToken()
	if boss != nil {
		body := boss.do("POST", "/apps/"+string(e.App.ID)+"/invitations", `{"email":"`+name+`@shop.example","role":"agent"}`, 201)
		_, token, _ = strings.Cut(body.text("url"), "#")
	}
	d := &desk{Env: e}
	status, header, raw := e.Do("POST", "/console/v1/links/accept", `{"token":"`+token+`","email":"`+name+`@shop.example","name":"`+name+`","password":"correct horse"}`, "Origin: "+e.URL)
	if status != 201 {
		e.Fatalf("no account: %d %s", status, raw)
	}
	d.cookie, _, _ = strings.Cut(header.Get("Set-Cookie"), ";")
	return d
}

// do calls the console, and returns the answer.
func (d *desk) do(method, path, body string, want int) (answer frame) {
	d.Env.Helper()
	status, _, raw := d.Do(method, "/console/v1"+path, body, "Origin: "+d.URL, "Cookie: "+d.cookie)
	if status != want {
		d.Env.Fatalf("%s %s answers %d: %s", method, path, status, raw)
	}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &answer); err != nil {
			d.Env.Fatal(err)
		}
	}
	return answer
}

func (d *desk) dial(origin string) (peer, error) {
	return dialAt(d.Env, "/console/v1/apps/"+string(d.App.ID)+"/socket", http.Header{"Cookie": {d.cookie}, "Origin": {origin}})
}

// listens opens the line, and waits until it is ready.
func (d *desk) listens() *desk {
	d.Env.Helper()
	p, err := d.dial(d.URL)
	if err != nil {
		d.Env.Fatal(err)
	}
	d.Env.Cleanup(p.closeNow)
	d.client = &client{T: d.Env.T, peer: p}
	if first := d.next(); first["type"] != "ready" {
		d.Env.Fatalf("the first frame is %v", first)
	}
	return d
}

func TestAgentsSeeWhatHappens(t *testing.T) {
	t.Parallel()
	e := &env{servertest.Start(t), dialSocket}
	kim := newAgent(e.Env, nil, "Kim")
	lee := newAgent(e.Env, kim, "Lee").listens()
	kim.listens()

	ana, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
	sent := ana.must("send", send("m1", "hello"))
	conversation, _ := sent.at("conversation").(string)
	for _, agent := range []*desk{kim, lee} {
		seen := agent.event("message")
		if seen.text("message.content.text") != "hello" || seen.text("message.assurance") != "signed" || seen.text("conversation") != conversation {
			t.Errorf("an agent sees %v", seen)
		}
		if entry := agent.event("entry"); entry.text("entry.status") != "open" || entry.text("entry.waitingSince") == "" || entry.text("entry.person.externalId") != "u-1" {
			t.Errorf("the entry is %v", entry)
		}
	}

	inbox := "/apps/" + string(e.App.ID) + "/inbox/" + conversation
	kim.do("POST", inbox+"/typing", `{"active":true}`, 204)
	if seen := ana.event("typing"); seen.text("author.displayName") != "Kim" {
		t.Errorf("the user sees %v", seen)
	}
	kim.do("POST", inbox+"/typing", `{"active":true,"note":true}`, 204)
	kim.do("POST", inbox+"/notes", `{"id":"n1","text":"between us"}`, 201)
	kim.do("POST", inbox+"/messages", `{"id":"k1","text":"hi","seen":1}`, 201)
	for _, note := range []bool{false, true} {
		if seen := lee.event("agent.typing"); seen.text("agent.name") != "Kim" || (seen.at("note") == true) != note {
			t.Errorf("a colleague sees %v", seen)
		}
	}
	if seen := lee.event("item"); seen.text("item.note.text") != "between us" {
		t.Errorf("a colleague sees %v", seen)
	}
	for {
		next := kim.next()
		if next["type"] == "agent.typing" || next["type"] == "typing" {
			t.Errorf("an agent is told of their own typing: %v", next)
		}
		if next.text("message.clientMessageId") == "k1" {
			break
		}
	}
	// Of all that the user has heard of the answer alone.
	if seen := ana.next(); seen["type"] != "message" || seen.text("message.content.text") != "hi" || seen.at("message.agentId") != nil {
		t.Errorf("the user sees %v", seen)
	}
}

func TestTheLineOfAgentsIsForThem(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	kim := newAgent(e, nil, "Kim")
	for name, who := range map[string]struct {
		cookie, origin string
		status         int
	}{
		"a page elsewhere": {kim.cookie, "https://shop.example", 403}, "no page": {kim.cookie, "", 403}, "nobody": {"", e.URL, 401},
	} {
		stranger := &desk{Env: e, cookie: who.cookie}
		_, err := stranger.dial(who.origin)
		if refused, ok := errors.AsType[statusError](err); !ok || refused.status != who.status {
			t.Errorf("%s: %v", name, err)
		}
	}

	lee := newAgent(e, kim, "Lee").listens()
	id := lee.do("GET", "/session", "", 200).text("agent.id")
	kim.do("DELETE", "/apps/"+string(e.App.ID)+"/agents/"+id, "", 204)
	if code := lee.closed(); code != 4403 {
		t.Errorf("without a role the line closes with %d", code)
	}
	kim.listens()
	kim.do("DELETE", "/session", "", 204)
	if code := kim.closed(); code != realtime.CloseSessionEnded {
		t.Errorf("signed out, the line closes with %d", code)
	}
}

// protect gives the agent's account codes of a phone.
func (d *desk) protect() {
	d.Env.Helper()
	code, err := totp.GenerateCode(d.do("POST", "/agent/totp", "", 201).text("secret"), time.Now())
	if err != nil {
		d.Env.Fatal(err)
	}
	d.do("PUT", "/agent/totp", `{"code":"`+code+`"}`, 200)
}

// TestTheLineOfAgentsAsksForASecondFactor as all calls of the app do, also of who is there when it is asked for.
func TestTheLineOfAgentsAsksForASecondFactor(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	kim := newAgent(e, nil, "Kim")
	lee := newAgent(e, kim, "Lee").listens()
	kim.protect()
	kim.listens()
	kim.do("PUT", "/apps/"+string(e.App.ID)+"/factors", `{"factors":"everybody"}`, 204)
	if code := lee.closed(); code != 4403 {
		t.Errorf("without a second factor the line closes with %d", code)
	}
	_, err := lee.dial(e.URL)
	if refused, ok := errors.AsType[statusError](err); !ok || refused.status != 403 {
		t.Errorf("without a second factor a line opens: %v", err)
	}
	lee.protect()
	lee.listens()

	// Whoever has one goes on to hear what happens.
	ana, _ := welcome(&env{e, dialSocket}, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
	ana.must("send", send("m1", "hello"))
	for name, agent := range map[string]*desk{"Kim": kim, "Lee": lee} {
		if seen := agent.event("message"); seen.text("message.content.text") != "hello" {
			t.Errorf("%s sees %v", name, seen)
		}
	}
}

func TestTheLineOfAgentsEndsWithTheServer(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	kim := newAgent(e, nil, "Kim").listens()
	e.Stop()
	if code := kim.closed(); code != realtime.CloseRestart {
		t.Errorf("closes with %d", code)
	}
}
