package socket_test

import (
	"encoding/json"
	"testing"
)

// TestContentArrivesWithItsText: a client that shows texts only has one for every type, live and in the history.
func TestContentArrivesWithItsText(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		ana, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		conversation := ana.must("conversation.create", map[string]any{}).text("conversation.id")
		post := func(author, content, more string) string {
			t.Helper()
			status, _, raw := e.Do("POST", "/v2/apps/"+string(e.App.ID)+"/conversations/"+conversation+"/messages",
				`{"author":`+author+`,"content":`+content+more+`}`, e.Key.Basic())
			var made struct{ Messages []struct{ ID string } }
			if err := json.Unmarshal(raw, &made); err != nil || status != 201 {
				t.Fatalf("%d %s", status, raw)
			}
			return made.Messages[0].ID
		}
		post(`{"type":"business"}`, `{"type":"carousel","items":[{"title":"Red shoe","actions":[{"type":"link","text":"Look","uri":"https://shop.example/red"}]},
		{"title":"Blue shoe","actions":[{"type":"postback","text":"Take it","payload":"B1"}]}]}`, "")
		const words = "Red shoe\nLook https://shop.example/red\nBlue shoe"
		f := ana.event("message")
		if f.text("message.content.type") != "carousel" || f.text("message.content.text") != words || f.text("message.content.items.1.actions.0.payload") != "B1" {
			t.Errorf("Ana hears %v", f)
		}
		form := post(`{"type":"business"}`, `{"type":"form","fields":[{"type":"text","name":"n","label":"Name"}]}`, "")
		if f := ana.event("message"); f.text("message.content.text") != "Name" || f.at("message.content.submitted") != false {
			t.Errorf("Ana hears %v", f)
		}
		post(`{"type":"user","userExternalId":"ana"}`, `{"type":"formResponse","quotedMessageId":"`+form+`","fields":[{"type":"text","name":"n","label":"Name","text":"Ana"}]}`, "")
		if f := ana.event("message"); f.text("message.content.text") != "Name: Ana" || f.text("message.content.quotedMessageId") != form {
			t.Errorf("Ana hears %v", f)
		}

		// A silent message is not told; it is in the history, and the gap before the next one says so.
		post(`{"type":"business"}`, `{"type":"location","coordinates":{"lat":1.5,"long":2}}`, `,"destination":{"integrationType":"none"}`)
		post(`{"type":"business"}`, `{"type":"text","text":"aloud"}`, "")
		if f := ana.event("message"); f.text("message.content.text") != "aloud" || f.number("message.number") != 5 || f.number("change") != 5 {
			t.Errorf("Ana hears %v", f)
		}
		history := ana.must("history", map[string]any{"conversation": conversation})
		for i, want := range []string{words, "Name", "Name: Ana", "1.5, 2", "aloud"} {
			if got := history.text("messages." + string(rune('0'+i)) + ".content.text"); got != want {
				t.Errorf("message %d reads %q, want %q", i+1, got, want)
			}
		}
		if history.at("messages.1.content.submitted") != true {
			t.Errorf("the form in the history is %v", history.at("messages.1"))
		}

		// What clients send has no markup and no buttons.
		sent := ana.must("send", map[string]any{"id": "1", "conversation": conversation, "message": map[string]any{"text": "mine", "markdownText": "**x**",
			"actions": []any{map[string]any{"type": "postback", "text": "x", "payload": "x"}}}})
		if sent.text("message.content.type") != "text" || sent.at("message.content.markdownText") != nil || sent.at("message.content.actions") != nil {
			t.Errorf("sent is %v", sent)
		}
		for name, test := range map[string]struct {
			field   string
			message map[string]any
		}{
			"cards":      {"message.type", map[string]any{"type": "carousel", "text": "mine"}},
			"an address": {"content.attachmentId", map[string]any{"type": "image", "mediaUrl": "https://a.example/1.png"}},
			"no upload":  {"content.attachmentId", map[string]any{"type": "file", "attachmentId": "0123456789abcdef01234567"}},
		} {
			refused, _ := ana.ask("send", map[string]any{"id": name, "conversation": conversation, "message": test.message})
			if refused.number("status") != 400 || refused.text("error.field") != test.field {
				t.Errorf("%s is answered with %v", name, refused)
			}
		}
	})
}
