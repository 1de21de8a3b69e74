package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/servertest"
)

// led is who is in control, as conversations and events show it.
type led struct {
	ActiveSwitchboardIntegration, PendingSwitchboardIntegration *struct{ ID, Name, IntegrationID, IntegrationType string }
}

// String is the name of the one in control and, after a slash, of the one that was offered it.
func (l led) String() string {
	var text string
	if l.ActiveSwitchboardIntegration != nil {
		text = l.ActiveSwitchboardIntegration.Name
	}
	if l.PendingSwitchboardIntegration != nil {
		text += "/" + l.PendingSwitchboardIntegration.Name
	}
	return text
}

// wantControl ends the test unless control of the conversation stands as led.String says.
func (e env) wantControl(conversation, want string) {
	e.Helper()
	got := decode[struct{ Conversation led }](e.T, e.rest("GET", conversation, "").want(200).body).Conversation
	if got.String() != want {
		e.Fatalf("control is with %q, want %q", got, want)
	}
}

// says posts a message of the business.
func (e env) says(conversation, text string) {
	e.Helper()
	e.rest("POST", conversation+"/messages", fmt.Sprintf(`{"author":{"type":"business"},"content":{"type":"text","text":%q}}`, text)).want(201)
}

func to(name string) string { return fmt.Sprintf(`{"switchboardIntegration":%q}`, name) }

// TestControlIsPassedOn: by the app's key, which acts for whoever may.
func TestControlIsPassedOn(t *testing.T) {
	t.Parallel()
	e, r := start(t), newReceiver(t)
	e.listen(r)
	early := e.anyConversation()
	b := e.newBoard("bot", "human")
	bot, human := b.members["bot"], b.members["human"]
	b.change("bot", `{"nextSwitchboardIntegrationId":"`+human.ID+`"}`)

	c := e.anyConversation()
	shown := decode[struct{ Conversation led }](t, e.rest("GET", c, "").want(200).body).Conversation.ActiveSwitchboardIntegration
	if shown == nil || shown.ID != bot.ID || shown.Name != "bot" || shown.IntegrationID != bot.IntegrationID || shown.IntegrationType != "custom" {
		t.Errorf("a new conversation is led by %+v", shown)
	}
	if body := e.rest("POST", c+"/offerControl", `{"switchboardIntegration":"next","metadata":{"why":"refund","n":1.5}}`).want(200).body; string(body) != "{}" {
		t.Errorf("got %s", body)
	}
	e.wantControl(c, "bot/human")
	e.rest("POST", c+"/acceptControl", `{"metadata":{"agent":"Max"}}`).want(200)
	e.wantControl(c, "human")
	e.rest("POST", c+"/passControl", to(bot.ID)).want(200)
	e.rest("POST", c+"/passControl", to(bot.ID)).want(200) // is so already
	e.wantControl(c, "bot")
	e.rest("POST", c+"/passControl", to("human")).want(200)
	e.rest("POST", c+"/offerControl", to("bot")).want(200)
	e.rest("POST", c+"/passControl", to("human")).want(200) // withdraws the offer
	e.wantControl(c, "human")
	e.rest("POST", c+"/releaseControl", "").want(200)
	e.wantControl(c, "")
	e.rest("POST", c+"/releaseControl", `{"metadata":{"a":1}}`).want(200) // is so already
	e.says(c, "anybody?")
	e.wantControl(c, "bot")

	r.await("all events", func() bool {
		return len(r.events) > 0 && r.events[len(r.events)-1].Type == "conversation:message"
	})
	var story []string
	for _, event := range r.events {
		if strings.HasSuffix(c, event.Payload.Conversation.ID) {
			line := strings.TrimPrefix(event.Type, "switchboard:") + " " + event.Payload.Conversation.String()
			if len(event.Payload.Metadata) > 0 {
				line += fmt.Sprint(event.Payload.Metadata)
			}
			story = append(story, line)
		}
	}
	want := []string{"conversation:create bot", "offerControl bot/humanmap[n:1.5 why:refund]", "acceptControl humanmap[agent:Max]", "passControl bot", "passControl human",
		"offerControl human/bot", "passControl human", "releaseControl ", "conversation:message bot"}
	if strings.Join(story, "\n") != strings.Join(want, "\n") {
		t.Errorf("was told\n%s\nwant\n%s", strings.Join(story, "\n"), strings.Join(want, "\n"))
	}

	e.wantControl(early, "") // it was there before the switchboard
	e.says(early, "hello")
	e.wantControl(early, "bot")
	e.rest("PATCH", b.path, `{"enabled":false}`).want(200)
	e.wantControl(e.anyConversation(), "")
	e.rest("POST", c+"/passControl", to("human")).wantProblem(400, "bad_request", "")
}

// TestControlByType: an integration that is the only one of its type may be named by that.
func TestControlByType(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newBoard("bot")
	c := e.anyConversation()
	e.rest("POST", c+"/releaseControl", "").want(200)
	e.rest("POST", c+"/passControl", to("web")).wantProblem(404, "switchboard_integration_not_found", "switchboardIntegration")
	e.rest("POST", c+"/passControl", to("custom")).want(200)
	e.wantControl(c, "bot")
}

func TestControlIsRefused(t *testing.T) {
	t.Parallel()
	e := start(t)
	c := e.anyConversation()
	for _, act := range []string{"passControl", "offerControl"} {
		e.rest("POST", c+"/"+act, to("bot")).wantProblem(404, "switchboard_not_found", "")
	}
	e.rest("POST", c+"/releaseControl", "").wantProblem(404, "switchboard_not_found", "")
	b := e.newBoard("bot", "human")
	for _, act := range []string{"passControl", "offerControl"} {
		path := c + "/" + act
		e.rest("POST", path, `{}`).wantProblem(400, "bad_request", "switchboardIntegration")
		e.rest("POST", path, to("next")).wantProblem(400, "bad_request", "switchboardIntegration") // nobody is
		e.rest("POST", path, to("nobody")).wantProblem(404, "switchboard_integration_not_found", "switchboardIntegration")
		e.rest("POST", path, to(b.members["bot"].IntegrationID)).wantProblem(404, "switchboard_integration_not_found", "switchboardIntegration")
		e.rest("POST", path, to("custom")).wantProblem(400, "bad_request", "switchboardIntegration") // two are
		e.rest("POST", path, "").want(415)
		e.rest("POST", path, `{"switchboardIntegration":"human","metadata":{"a":{"deep":1}}}`).wantProblem(400, "bad_request", "metadata")
		e.rest("POST", path, `{"switchboardIntegration":"human","metadata":{"a":"`+strings.Repeat("x", 4096)+`"}}`).wantProblem(400, "bad_request", "metadata")
		e.rest("POST", "/conversations/nowhere/"+act, to("human")).wantProblem(404, "conversation_not_found", "")
	}
	e.rest("POST", c+"/offerControl", to("bot")).wantProblem(400, "bad_request", "switchboardIntegration") // it leads
	e.rest("POST", c+"/acceptControl", "").wantProblem(400, "bad_request", "conversationId")
	e.rest("POST", c+"/acceptControl", `[]`).wantProblem(400, "bad_request", "")
	e.call("POST", e.path(c+"/releaseControl"), `{"metadata":`, e.basic()).wantProblem(400, "bad_request", "")
	e.rest("POST", "/conversations/nowhere/releaseControl", "").wantProblem(404, "conversation_not_found", "")
	e.wantControl(c, "")

	app, other := e.NewApp("Other")
	elsewhere := "/v2/apps/" + string(app.ID)
	e.boardOf(elsewhere, other, "bot")
	e.call("POST", elsewhere+c+"/passControl", to("bot"), other.Basic()).wantProblem(404, "conversation_not_found", "")
	theirs := e.call("POST", elsewhere+"/conversations", `{"type":"sdkGroup"}`, other.Basic()).want(201).conversation()
	e.call("POST", elsewhere+"/conversations/"+theirs.ID+"/passControl", to(b.members["human"].ID), other.Basic()).wantProblem(404, "switchboard_integration_not_found", "")
}

// TestIntegrationsActForThemselves: a key of an integration passes on what its integration has, and takes what it was offered.
func TestIntegrationsActForThemselves(t *testing.T) {
	t.Parallel()
	e := start(t)
	b := e.newBoard("bot", "human", "boss")
	b.change("bot", `{"nextSwitchboardIntegrationId":"`+b.members["human"].ID+`"}`)
	keys := map[string]servertest.Key{"stranger": e.keyOf(boardMember{IntegrationID: e.newCustom().ID})}
	for name, m := range b.members {
		keys[name] = e.keyOf(m)
	}
	c := e.anyConversation()
	can := func(who, act, body string, status int, control string) {
		t.Helper()
		for _, credentials := range []string{keys[who].Basic(), "Authorization: Bearer " + keys[who].Token(t, map[string]any{"scope": "integration"})} {
			r := e.call("POST", e.path(c+"/"+act), body, credentials)
			if r.status != status {
				t.Errorf("%s gets %d from %s %s, want %d: %s", who, r.status, act, body, status, r.body)
			}
			if status == 200 {
				break // is not to be done twice
			}
			if who := problemOf(t, r.body); who.Code != "forbidden" {
				t.Errorf("got %+v", who)
			}
		}
		e.wantControl(c, control)
	}
	for _, who := range []string{"human", "boss", "stranger"} {
		can(who, "passControl", to("boss"), 403, "bot")
		can(who, "offerControl", to("boss"), 403, "bot")
		can(who, "acceptControl", "", 403, "bot")
		can(who, "releaseControl", "", 403, "bot")
	}
	can("stranger", "passControl", to("next"), 403, "bot")
	can("bot", "offerControl", to("human"), 200, "bot/human")
	can("bot", "acceptControl", "", 403, "bot/human")
	can("boss", "acceptControl", "", 403, "bot/human")
	can("human", "releaseControl", "", 403, "bot/human")
	can("bot", "offerControl", to("boss"), 200, "bot/boss")
	can("human", "acceptControl", "", 403, "bot/boss")
	can("boss", "acceptControl", `{}`, 200, "boss")
	can("boss", "passControl", to("bot"), 200, "bot")
	can("bot", "passControl", to("next"), 200, "human")
	can("bot", "passControl", to("next"), 200, "human")  // said again, and done before
	can("bot", "passControl", to("human"), 200, "human") // likewise
	can("bot", "passControl", to("boss"), 403, "human")
	can("bot", "releaseControl", "", 403, "human")
	can("human", "releaseControl", "", 200, "")
	can("human", "releaseControl", "", 403, "")
	can("bot", "offerControl", to("next"), 200, "bot/human") // the default one may while nobody does
}

// TestStandbyEvents: of two integrations, one of which passes control to the other, each message reaches one, told who leads.
func TestStandbyEvents(t *testing.T) {
	t.Parallel()
	e := start(t)
	b := e.newBoard("bot", "human")
	receivers := map[string]*receiver{"bot": newReceiver(t), "human": newReceiver(t), "log": newReceiver(t)}
	for name := range b.members {
		path := "/integrations/" + b.members[name].IntegrationID + "/webhooks"
		e.rest("POST", path, fmt.Sprintf(`{"target":%q,"triggers":["*"]}`, receivers[name].server.URL)).want(201)
		b.change(name, `{"deliverStandbyEvents":false}`)
	}
	e.listen(receivers["log"])
	c := e.anyConversation()
	e.says(c, "one")
	e.rest("POST", c+"/activity", `{"author":{"type":"business"},"type":"typing:start"}`).want(200)
	e.rest("POST", c+"/offerControl", to("human")).want(200)
	e.says(c, "two")
	e.rest("POST", c+"/acceptControl", "").want(200)
	e.says(c, "three")
	e.rest("POST", c+"/passControl", to("bot")).want(200)
	e.says(c, "four")
	e.rest("POST", c+"/releaseControl", "").want(200)
	e.says(c, "five")
	e.rest("POST", c+"/join", `{"userId":"`+e.anyUser()+`"}`).want(201) // everybody is told
	want := map[string]string{
		"bot":   "create bot one bot typing offerControl bot/human two bot/human acceptControl human passControl bot four bot releaseControl five bot join bot",
		"human": "create bot offerControl bot/human two bot/human acceptControl human three human passControl bot releaseControl join bot",
		"log":   "create bot one bot typing offerControl bot/human two bot/human acceptControl human three human passControl bot four bot releaseControl five bot join bot",
	}
	for name, r := range receivers {
		r.await("the end of "+name, func() bool { return len(r.events) > 0 && r.events[len(r.events)-1].Type == "conversation:join" })
		var words []string
		for _, event := range r.events {
			_, what, _ := strings.Cut(event.Type, ":")
			if what == "message" {
				what = event.Payload.Message.Content.Text
			}
			words = append(words, what)
			if who := event.Payload.Conversation.String(); who != "" && what != "typing" {
				words = append(words, who)
			}
		}
		if got := strings.Join(words, " "); got != want[name] {
			t.Errorf("%s was told\n%s\nwant\n%s", name, got, want[name])
		}
	}
}

// TestControlAtOnce: of calls that exclude each other one is done, and nobody who is gone is in control.
func TestControlAtOnce(t *testing.T) {
	t.Parallel()
	e := start(t)
	const calls = 12
	b := e.newBoard("bot", "human")
	c := e.anyConversation()
	e.rest("POST", c+"/offerControl", to("human")).want(200)
	counts := e.together(calls, func(int) (string, string, string) { return "POST", c + "/acceptControl", "{}" })
	if counts[200] != 1 || counts[400] != calls-1 {
		t.Errorf("the same acceptance at once: %v", counts)
	}
	e.wantControl(c, "human")
	counts = e.together(calls, func(i int) (string, string, string) {
		return "POST", c + "/passControl", to([]string{"bot", "human"}[i%2])
	})
	if counts[200] != calls {
		t.Errorf("passed to two at once: %v", counts)
	}
	e.rest("POST", c+"/passControl", to("bot")).want(200)
	for i := range 5 {
		name := fmt.Sprintf("n-%d", i)
		made := e.rest("POST", b.path+"/switchboardIntegrations", fmt.Sprintf(`{"name":%q,"integrationId":%q}`, name, b.members["human"].IntegrationID)).want(201).boardMember()
		counts = e.together(2, func(i int) (string, string, string) {
			if i == 0 {
				return "DELETE", b.path + "/switchboardIntegrations/" + made.ID, ""
			}
			return "POST", c + "/passControl", to(name)
		})
		if counts[200]+counts[404] != 2 {
			t.Errorf("passed and removed at once: %v", counts)
		}
		control := decode[struct{ Conversation led }](t, e.rest("GET", c, "").want(200).body).Conversation.String()
		if passed := counts[200] == 2; passed && control != "" || !passed && control != "bot" {
			t.Errorf("%v, and in control is %q", counts, control)
		}
		e.rest("POST", c+"/passControl", to("bot")).want(200)
	}
	counts = e.together(calls, func(int) (string, string, string) { return "POST", "/conversations", `{"type":"sdkGroup"}` })
	if counts[201] != calls {
		t.Errorf("new conversations at once: %v", counts)
	}
	counts = e.together(2, func(i int) (string, string, string) {
		if i == 0 {
			return "DELETE", b.path, ""
		}
		return "POST", "/conversations", `{"type":"sdkGroup"}`
	})
	if counts[200] != 1 || counts[201] != 1 {
		t.Errorf("a new conversation while the switchboard goes: %v", counts)
	}
	e.wantControl(c, "")
}
