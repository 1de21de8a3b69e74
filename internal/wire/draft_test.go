package wire_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/strictjson"
	"github.com/parlorchat/parlor/internal/wire"
)

// request reads an example of a client's frame.
func request(t *testing.T, name string) wire.Request {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "api", "examples", "request-"+name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var r wire.Request
	if err := strictjson.Decode(raw, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestExamplesOfRequests: the examples of what clients send are read for what they say.
func TestExamplesOfRequests(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]chat.Content{
		"form-response": contents["form-response"],
		"location":      {Type: chat.ContentLocation, Location: &chat.Location{Lat: 38.7223, Long: -9.1393}},
	} {
		r := request(t, name)
		got, err := r.Message.Said()
		if err != nil || r.Type != "send" || !got.Repeats(want) {
			t.Errorf("%s says %+v, %v", name, got, err)
		}
		if field, problem := got.Check(); problem != "" {
			t.Errorf("%s: %s %s", name, field, problem)
		}
	}
	press := request(t, "postback")
	message := chat.Message{ID: chat.MessageID(press.MessageID), Content: contents["text"]}
	if action, found := message.FindAction(chat.ActionID(press.Action)); !found || action.Text != "Buy it" || press.Metadata["page"] != "/shoes" {
		t.Errorf("the postback names %+v", action)
	}
}

// TestDraftsSayLess: members of other types are not read, and types that clients do not send are refused by name.
func TestDraftsSayLess(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]chat.Content{
		`{"text":"x","payload":"p"}`: {Type: chat.ContentText, Text: "x", Payload: "p"},
		`{"type":"text","text":"x","htmlText":"<b>x</b>","actions":[{"type":"reply"}],"blockChatInput":true,"coordinates":{"lat":1,"long":2}}`: {Type: chat.ContentText, Text: "x"},
		`{"type":"location","text":"x","coordinates":{"lat":1,"long":2}}`:                                                                      {Type: chat.ContentLocation, Location: &chat.Location{Lat: 1, Long: 2}},
		`{"type":"image","text":"x","mediaUrl":"https://a.example/1.png","attachmentId":"a","altText":"y"}`:                                    {Type: chat.ContentImage, Text: "x", Media: &chat.Media{Attachment: "a", Alt: "y"}},
		`{"type":"file","attachmentId":"a"}`:                       {Type: chat.ContentFile, Media: &chat.Media{Attachment: "a"}},
		`{"type":"formResponse","text":"x","quotedMessageId":"f"}`: {Type: chat.ContentFormResponse, Quoted: "f", Form: &chat.Form{}},
	} {
		var d wire.Draft
		if err := strictjson.Decode([]byte(raw), &d); err != nil {
			t.Fatal(err)
		}
		if got, err := d.Said(); err != nil || !got.Repeats(want) {
			t.Errorf("%s says %+v, %v", raw, got, err)
		}
	}
	for _, of := range []chat.ContentType{chat.ContentCarousel, chat.ContentList, chat.ContentForm, chat.ContentTemplate, "video"} {
		_, err := wire.Draft{Type: of, Text: "x"}.Said()
		if e, ok := chat.AsError(err); !ok || e.Kind != chat.Invalid || e.Field != "message.type" {
			t.Errorf("%s: %v", of, err)
		}
	}
}

// TestActionIDs: the ids that clients see are those by which an action is found again.
func TestActionIDs(t *testing.T) {
	t.Parallel()
	for name, content := range contents {
		m := chat.Message{ID: "66d1f0c6a7b8091a2b3c4d5e", Content: content, Author: chat.Author{Type: chat.AuthorBusiness}}
		shown := wire.LiveMessageOf(m, wire.Viewer{User: userID}).Content
		all := shown.Actions
		for _, item := range shown.Items {
			all = append(all, item.Actions...)
		}
		seen := map[string]bool{}
		for _, action := range all {
			found, ok := m.FindAction(chat.ActionID(action.ID))
			if !ok || found.Text != action.Text || seen[action.ID] {
				t.Errorf("%s: %q finds %+v", name, action.ID, found)
			}
			seen[action.ID] = true
		}
		for _, action := range wire.MessageOf(m).Content.Actions {
			if action.ID != "" {
				t.Errorf("%s: REST shows the id %q", name, action.ID)
			}
		}
	}
}
