package httpapi_test

import (
	"fmt"
	"testing"

	"github.com/parlorchat/parlor/internal/wire"
)

// TestAgentsSendFiles: the way of a file from an agent's browser to the user who opens it.
func TestAgentsSendFiles(t *testing.T) {
	t.Parallel()
	e := start(t)
	app := string(e.App.ID)
	boss := e.boss()
	kim := boss.colleague(app, "Kim", "agent")
	e.newUser("u-1")
	ana := e.signIn(credential("sdk", e.UserToken("u-1"))).want(201).signedIn()
	ben := e.signIn(credential("sdk", e.UserToken("u-2"))).want(201).signedIn()
	conversation := e.newConversation("u-1").ID
	inbox := "/apps/" + app + "/inbox/" + conversation
	send := func(name, content string) reply {
		return kim.do("POST", inbox+"/attachments", form(name, content), formType)
	}

	kept := read[struct{ Attachment wire.Attachment }](send("lamp.png", pngOf(30, 20)).want(201)).Attachment
	path := e.pathOf(kept.MediaURL)
	for who, status := range map[string]int{ana.Session.Token: 200, ben.Session.Token: 404, "nonsense": 401} {
		e.call("GET", path, "", "Authorization: Bearer "+who).want(status)
	}
	body := fmt.Sprintf(`{"id":"m1","content":{"type":"image","attachmentId":%q}}`, kept.ID)
	first := kim.do("POST", inbox+"/messages", body).want(201)
	if again := kim.do("POST", inbox+"/messages", body).want(200); string(again.body) != string(first.body) {
		t.Errorf("sent again it is another one: %s", again.body)
	}
	shown := read[struct {
		Message struct {
			Content struct {
				Type, AttachmentID, DisplayURL string
				Width                          int
			}
		}
	}](first).Message.Content
	if shown.Type != "image" || shown.AttachmentID != kept.ID || shown.Width != 30 || shown.DisplayURL == "" {
		t.Errorf("the message shows %+v", shown)
	}
	kim.do("POST", inbox+"/messages", `{"id":"m2","content":{"type":"image","attachmentId":"x"}}`).wantProblem(400, "bad_request", "content.attachmentId")

	send("run.exe", "MZ\x90\x00").wantProblem(415, "unsupported_media_type", "source")
	send("empty.txt", "").wantProblem(400, "bad_request", "source")
	kim.do("POST", inbox+"/attachments", `{}`).wantProblem(415, "unsupported_media_type", "Content-Type")
	kim.do("POST", "/apps/"+app+"/inbox/x/attachments", form("a.txt", "x"), formType).wantProblem(404, "conversation_not_found", "")
	e.call("POST", kim.root+inbox+"/attachments", form("a.txt", "x"), formType, "Origin: https://shop.example").wantProblem(403, "origin_not_allowed", "")
}
