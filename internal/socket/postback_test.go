package socket_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
)

// posts puts a message of the business into the conversation and returns its id.
func posts(e *env, conversation, content string) string {
	e.Helper()
	status, _, raw := e.Do("POST", "/v2/apps/"+string(e.App.ID)+"/conversations/"+conversation+"/messages",
		`{"author":{"type":"business"},"content":`+content+`}`, e.Key.Basic())
	var made struct{ Messages []struct{ ID string } }
	if err := json.Unmarshal(raw, &made); err != nil || status != 201 {
		e.Fatalf("%d %s", status, raw)
	}
	return made.Messages[0].ID
}

const (
	question = `{"type":"text","text":"Well?","actions":[{"type":"reply","text":"Yes","payload":"Y"},{"type":"postback","text":"Later","payload":"LATER"}]}`
	shoes    = `{"type":"carousel","items":[{"title":"Red","actions":[{"type":"postback","text":"Take it","payload":"R"}]},
		{"title":"Blue","actions":[{"type":"link","text":"Look","uri":"https://shop.example"},{"type":"postback","text":"Take it","payload":"B"}]}]}`
)

// TestActionsAreNamed: live and in the history an action has the same id, and over REST it has none.
func TestActionsAreNamed(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		ana, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		conversation := ana.must("conversation.create", map[string]any{}).text("conversation.id")
		posts(e, conversation, question)
		posts(e, conversation, shoes)
		live := []frame{ana.event("message"), ana.event("message")}
		history := ana.must("history", map[string]any{"conversation": conversation})
		seen := map[string]bool{}
		for i, path := range map[string]int{"content.actions.0.id": 0, "content.actions.1.id": 0, "content.items.0.actions.0.id": 1, "content.items.1.actions.1.id": 1} {
			id := live[path].text("message." + i)
			if id == "" || seen[id] || history.text("messages."+string(rune('0'+path))+"."+i) != id {
				t.Errorf("%s is %q live, and in the history %v", i, id, history.at("messages"))
			}
			seen[id] = true
		}
		_, _, raw := e.Do("GET", "/v2/apps/"+string(e.App.ID)+"/conversations/"+conversation+"/messages", "", e.Key.Basic())
		var listed struct {
			Messages []struct {
				Content struct{ Actions []map[string]any }
			}
		}
		if err := json.Unmarshal(raw, &listed); err != nil || len(listed.Messages) != 2 {
			t.Fatalf("%v: %s", err, raw)
		}
		if _, named := listed.Messages[0].Content.Actions[0]["id"]; named {
			t.Errorf("REST shows %s", raw)
		}
	})
}

// TestPostback: who presses a button is answered when the business can have heard of it; an echo reaches every device.
func TestPostback(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		ana, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		phone, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		ben, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ben")})
		conversation := ana.must("conversation.create", map[string]any{}).text("conversation.id")
		message := posts(e, conversation, question)
		offer := ana.event("message")
		press := map[string]any{"id": "p1", "conversation": conversation, "messageId": message, "action": offer.text("message.content.actions.1.id")}
		ana.must("postback", press)
		for name, test := range map[string]struct {
			by     *client
			change map[string]any
			status int
			code   string
		}{
			"not in the conversation": {ben, nil, 404, "conversation_not_found"},
			"no such message":         {ana, map[string]any{"messageId": "66d1f0c6a7b8091a2b3c4d5e"}, 404, "message_not_found"},
			"no such action":          {ana, map[string]any{"action": "x"}, 404, "action_not_found"},
			"a reply":                 {ana, map[string]any{"action": offer.text("message.content.actions.0.id")}, 400, "bad_request"},
			"nameless":                {ana, map[string]any{"id": ""}, 400, "bad_request"},
		} {
			answer, _ := test.by.ask("postback", with(press, test.change))
			if answer.number("status") != test.status || answer.text("error.code") != test.code {
				t.Errorf("%s: %v", name, answer)
			}
		}

		e.Admin(func(ctx context.Context, a *admin.Service) error {
			echo := admin.AppExtra{Switches: map[string]bool{"echoPostback": true}}
			_, err := a.SetApp(ctx, chat.Principal{Operator: true, Name: "test"}, e.App.ID, admin.AppChanges{Extra: echo})
			return err
		})
		press["id"] = "p2"
		ana.must("postback", press)
		ana.must("postback", press)
		phone.event("message")
		if echo := phone.event("message"); echo.text("message.content.text") != "Later" || echo.text("message.clientMessageId") != "p2" || echo.number("message.number") != 2 {
			t.Errorf("the other device hears %v", echo)
		}
		if next := ana.must("send", map[string]any{"id": "3", "conversation": conversation, "message": map[string]any{"text": "next"}}); next.number("message.number") != 3 {
			t.Errorf("one press made several messages: %v", next)
		}
	})
}

// TestPostbacksAreBounded: as messages are, and together with them.
func TestPostbacksAreBounded(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		ana, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		conversation := ana.must("conversation.create", map[string]any{}).text("conversation.id")
		message := posts(e, conversation, question)
		press := map[string]any{"id": "p", "conversation": conversation, "messageId": message, "action": ana.event("message").text("message.content.actions.1.id")}
		for range 15 {
			ana.must("postback", press)
		}
		answer, _ := ana.ask("postback", press)
		if answer.text("error.code") != "rate_limited" || answer.number("error.retryAfterMs") == 0 {
			t.Errorf("the sixteenth: %v", answer)
		}
	}, func(s *config.Server) { s.MessageRate = 5 })
}

// TestUsersSendMoreThanTexts: the answers to a form, which is answered once on all devices, and where one is.
func TestUsersSendMoreThanTexts(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		ana, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		phone, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		conversation := ana.must("conversation.create", map[string]any{}).text("conversation.id")
		form := posts(e, conversation, `{"type":"form","fields":[{"type":"text","name":"n","label":"Name","maxSize":5}]}`)
		answers := func(name string) map[string]any {
			return map[string]any{"type": "formResponse", "quotedMessageId": form, "text": "not mine to say",
				"fields": []any{map[string]any{"type": "text", "name": "n", "label": "Name", "text": name}}}
		}
		send := func(by *client, id string, message map[string]any) frame {
			answer, _ := by.ask("send", map[string]any{"id": id, "conversation": conversation, "message": message})
			return answer
		}
		for name, test := range map[string]struct {
			message     map[string]any
			code, field string
		}{
			"too long":        {answers("Anastasia"), "bad_request", "content.fields[0].text"},
			"no form":         {with(answers("Ana"), map[string]any{"quotedMessageId": "66d1f0c6a7b8091a2b3c4d5e"}), "bad_request", "content.quotedMessageId"},
			"nothing named":   {with(answers("Ana"), map[string]any{"quotedMessageId": ""}), "bad_request", "content.quotedMessageId"},
			"a carousel":      {map[string]any{"type": "carousel", "items": []any{}}, "bad_request", "message.type"},
			"a place nowhere": {map[string]any{"type": "location", "coordinates": map[string]any{"lat": 91, "long": 0}}, "bad_request", "content.coordinates.lat"},
			"no place":        {map[string]any{"type": "location"}, "bad_request", "content.coordinates"},
		} {
			if got := send(ana, "x", test.message); got.text("error.code") != test.code || got.text("error.field") != test.field {
				t.Errorf("%s: %v", name, got)
			}
		}
		sent := send(ana, "1", answers("Ana"))
		if sent.text("message.content.type") != "formResponse" || sent.text("message.content.text") != "Name: Ana" {
			t.Fatalf("sent is %v", sent)
		}
		if again := send(ana, "1", answers("Ana")); again.at("duplicate") != true {
			t.Errorf("sent again: %v", again)
		}
		phone.event("message")
		if heard := phone.event("message"); heard.text("message.content.quotedMessageId") != form {
			t.Errorf("the other device hears %v", heard)
		}
		if late := send(phone, "1", answers("Eva")); late.number("status") != 409 || late.text("error.field") != "content.quotedMessageId" {
			t.Errorf("a second answer: %v", late)
		}
		place := send(phone, "2", map[string]any{"type": "location", "coordinates": map[string]any{"lat": 38.7223, "long": -9.1393}, "metadata": map[string]any{"asked": true}})
		if place.text("message.content.text") != "38.7223, -9.1393" || place.at("message.metadata.asked") != true {
			t.Errorf("the place is %v", place)
		}
	})
}

func TestUsersAnswerThePageBeforeTheChat(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		ana, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		answers := map[string]any{"type": "formResponse", "fields": []any{map[string]any{"type": "email", "name": "email", "label": "E-mail", "email": "ana@example.com"}}}
		first := ana.must("send", map[string]any{"id": "1", "message": answers})
		if first.text("message.content.text") != "E-mail: ana@example.com" || first.text("message.content.quotedMessageId") != "" {
			t.Errorf("the answers are %v", first)
		}
		conversation := first.text("conversation")
		if again := ana.must("send", map[string]any{"id": "1", "message": answers}); again.at("duplicate") != true || again.text("conversation") != conversation {
			t.Errorf("sent again: %v", again)
		}
		if late, _ := ana.ask("send", map[string]any{"id": "2", "conversation": conversation, "message": answers}); late.text("error.field") != "content.quotedMessageId" {
			t.Errorf("answers that come later: %v", late)
		}
		made := ana.must("conversation.create", map[string]any{"messages": []any{with(answers, map[string]any{"id": "3"})}})
		if made.text("messages.0.content.type") != "formResponse" {
			t.Errorf("a conversation that begins with answers: %v", made)
		}
		posts(e, conversation, `{"type":"text","text":"Hello Ana"}`)
		if history := ana.must("history", map[string]any{"conversation": conversation}); history.text("messages.0.content.fields.0.email") != "ana@example.com" {
			t.Errorf("history is %v", history)
		}
	})
}
