package socket_test

import (
	"encoding/json"
	"testing"
)

// TestMergesAreLive: the survivor's open clients see what came and what goes again, the other's sockets are closed.
func TestMergesAreLive(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		rest := func(path, body string) (made struct{ Merge struct{ ID string } }) {
			t.Helper()
			status, _, raw := e.Do("POST", "/v2/apps/"+string(e.App.ID)+path, body, e.Key.Basic())
			if status/100 != 2 || json.Unmarshal(raw, &made) != nil {
				t.Fatalf("%s: %d %s", path, status, raw)
			}
			return made
		}
		ana, anaIn := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		ben, benIn := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ben")})
		conversation := ben.must("send", send("1", "hello")).text("conversation")
		made := rest("/merges", `{"surviving":{"userExternalId":"ana"},"discarded":{"userExternalId":"ben"}}`)
		if code := ben.closed(); code != 4401 {
			t.Errorf("Ben is closed with %d", code)
		}
		if f := ana.event("conversation"); f.text("conversation") != conversation {
			t.Errorf("Ana hears %v", f)
		}
		if f := ana.event("user"); f.text("user.id") != anaIn.text("user.id") {
			t.Errorf("Ana hears %v", f)
		}
		if f := ana.must("conversation.get", map[string]any{"conversation": conversation}); f.text("conversation.lastMessage.author.userId") != anaIn.text("user.id") {
			t.Errorf("Ana sees %v", f)
		}
		// The browser of who was Ben now is Ana's, who signs in there.
		tab, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana"), "client": map[string]any{"id": benIn.text("client.id")}})

		rest("/merges/"+made.Merge.ID+"/undo", "")
		if f := ana.event("conversation.removed"); f.text("conversation") != conversation {
			t.Errorf("Ana hears %v", f)
		}
		if code := tab.closed(); code != 4401 {
			t.Errorf("a session of Ana's on Ben's browser is closed with %d", code)
		}
		if f, _ := ana.ask("conversation.get", map[string]any{"conversation": conversation}); f.text("error.code") != "conversation_not_found" {
			t.Errorf("Ana still sees %v", f)
		}
		_, again := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ben")})
		if again.text("user.id") != benIn.text("user.id") {
			t.Errorf("Ben comes back as %v", again)
		}
	})
}
