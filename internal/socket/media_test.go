package socket_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"strings"
	"testing"
)

// upload sends a picture by HTTP and returns the id of the attachment.
func upload(e *env, session, conversation string, width, height int) string {
	e.Helper()
	var body bytes.Buffer
	body.WriteString("--limit\r\nContent-Disposition: form-data; name=source; filename=lamp.png\r\n\r\n")
	if err := png.Encode(&body, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		e.Fatal(err)
	}
	body.WriteString("\r\n--limit--\r\n")
	status, _, raw := e.Do("POST", "/sdk/v1/apps/"+string(e.App.ID)+"/conversations/"+conversation+"/attachments", body.String(),
		"Authorization: Bearer "+session, "Content-Type: multipart/form-data; boundary=limit")
	var made struct{ Attachment struct{ ID string } }
	if err := json.Unmarshal(raw, &made); err != nil || status != 201 {
		e.Fatalf("%d %s", status, raw)
	}
	return made.Attachment.ID
}

// TestPicturesAreShown: the addresses in frames open without credentials, live, in the history, in lists and after a resume.
func TestPicturesAreShown(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		ana, hi := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		conversation := ana.must("conversation.create", map[string]any{}).text("conversation.id")
		id := upload(e, hi.text("session.token"), conversation, 800, 400)
		message := map[string]any{"type": "image", "attachmentId": id, "altText": "A lamp"}
		sent := ana.must("send", map[string]any{"id": "1", "conversation": conversation, "message": message})
		again := ana.must("send", map[string]any{"id": "1", "conversation": conversation, "message": message})
		if again.at("duplicate") != true || again.text("message.id") != sent.text("message.id") {
			t.Errorf("sent again: %v", again)
		}
		live := ana.event("message")
		history := ana.must("history", map[string]any{"conversation": conversation})
		list := ana.must("conversations", map[string]any{})
		_, resumed := welcome(e, map[string]any{"session": hi.text("session.token")})
		late := connect(e)
		late.write(map[string]any{"type": "hello", "v": 1, "session": hi.text("session.token"),
			"cursors": map[string]any{"conversations": map[string]any{conversation: map[string]any{"number": 0, "change": 0}}}})
		late.next()
		for name, content := range map[string]any{
			"the answer": sent.at("message.content"), "live": live.at("message.content"), "history": history.at("messages.0.content"),
			"list": list.at("conversations.0.lastMessage.content"), "welcome": resumed.at("conversations.0.lastMessage.content"),
			"sync": late.next().at("events.0.message.content"),
		} {
			shown, _ := content.(map[string]any)
			c := frame(shown)
			if c.number("width") != 800 || c.number("height") != 400 || c.text("text") != "A lamp" || c.text("attachmentId") != id || c.number("mediaSize") == 0 {
				t.Errorf("%s: %v", name, c)
			}
			for _, path := range []string{c.text("displayUrl"), c.text("thumbnailUrl")} {
				if !strings.HasPrefix(path, "/media/") {
					t.Errorf("%s: %q", name, path)
					continue
				}
				if status, header, _ := e.Do("GET", path, ""); status != 200 || !strings.HasPrefix(header.Get("Content-Type"), "image/") {
					t.Errorf("%s: %s is answered with %d", name, path, status)
				}
			}
		}

		// With the message its addresses go, those that are signed already included.
		display := live.text("message.content.displayUrl")
		status, _, raw := e.Do("DELETE", "/v2/apps/"+string(e.App.ID)+"/conversations/"+conversation+"/messages/"+sent.text("message.id"), "", e.Key.Basic())
		if status != 200 {
			t.Fatalf("%d %s", status, raw)
		}
		if status, _, _ := e.Do("GET", display, ""); status != 404 {
			t.Errorf("after the message it is answered with %d", status)
		}
	})
}

// TestUploadsInGroups: each who takes part is shown what one sends.
func TestUploadsInGroups(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		ana, hi := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		ben, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ben")})
		_, _, raw := e.Do("POST", "/v2/apps/"+string(e.App.ID)+"/conversations", `{"type":"sdkGroup","participants":[{"userExternalId":"ana"},{"userExternalId":"ben"}]}`, e.Key.Basic())
		var made struct{ Conversation struct{ ID string } }
		if err := json.Unmarshal(raw, &made); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
		group := made.Conversation.ID
		id := upload(e, hi.text("session.token"), group, 10, 10)
		message := map[string]any{"type": "file", "attachmentId": id, "text": "Look"}
		refused, _ := ben.ask("send", map[string]any{"id": "1", "conversation": group, "message": message})
		if refused.text("error.field") != "content.attachmentId" {
			t.Errorf("Ben sends what is Ana's: %v", refused)
		}
		ana.must("send", map[string]any{"id": "1", "conversation": group, "message": message})
		heard := ben.event("message")
		if status, _, _ := e.Do("GET", heard.text("message.content.displayUrl"), ""); status != 200 || heard.text("message.content.text") != "Look" {
			t.Errorf("Ben hears %v, which is answered with %d", heard, status)
		}
		if heard.at("message.content.thumbnailUrl") != nil {
			t.Errorf("a small picture has a smaller one: %v", heard)
		}
	})
}
