package socket_test

import (
	"encoding/json"
	"testing"
)

// TestJoiningAndLeavingAreLive: who joins a group sees it at once and hears what is said, who leaves hears no more.
func TestJoiningAndLeavingAreLive(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		rest := func(path, body string) []byte {
			t.Helper()
			status, _, raw := e.Do("POST", "/v2/apps/"+string(e.App.ID)+path, body, e.Key.Basic())
			if status/100 != 2 {
				t.Fatalf("%s: %d %s", path, status, raw)
			}
			return raw
		}
		ana, first := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		ben, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ben")})
		var made struct{ Conversation struct{ ID string } }
		if err := json.Unmarshal(rest("/conversations", `{"type":"sdkGroup","displayName":"Lamps","participants":[{"userExternalId":"ben"}]}`), &made); err != nil {
			t.Fatal(err)
		}
		group := "/conversations/" + made.Conversation.ID
		rest(group+"/join", `{"userExternalId":"ana"}`)
		if f := ben.event("participant.added"); f.text("userId") != first.text("user.id") {
			t.Errorf("Ben hears %v", f)
		}
		if f := ana.event("conversation"); f.text("conversation.id") != made.Conversation.ID && f.text("conversation") != made.Conversation.ID {
			t.Errorf("Ana hears %v", f)
		}
		say := func(text string) {
			rest(group+"/messages", `{"author":{"type":"business"},"content":{"type":"text","text":"`+text+`"}}`)
		}
		say("welcome")
		if f := ana.event("message"); f.text("message.content.text") != "welcome" {
			t.Errorf("Ana hears %v", f)
		}
		rest(group+"/leave", `{"userExternalId":"ana"}`)
		if f := ana.event("participant.removed"); f.text("userId") != first.text("user.id") {
			t.Errorf("Ana hears %v", f)
		}
		if f := ana.event("conversation.removed"); f.text("conversation") != made.Conversation.ID {
			t.Errorf("Ana hears %v", f)
		}
		say("Ana is gone")
		ben.event("message")
		ben.event("message")
		if f := ana.must("send", send("1", "mine")); f.text("conversation") == made.Conversation.ID {
			t.Errorf("it went to the group: %v", f)
		}
		for _, f := range ana.waiting {
			if f.text("message.content.text") == "Ana is gone" {
				t.Errorf("who has left hears %v", f)
			}
		}
	})
}
