package wire_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/strictjson"
	"github.com/parlorchat/parlor/internal/wire"
)

// contents are one of each type, with every member that a sender may set.
var contents = map[string]chat.Content{
	"text": {Type: chat.ContentText, Text: "Is this yours?", Markdown: "Is **this** yours?", HTML: "<p>Is <strong>this</strong> yours?</p>",
		Payload: "ask", BlockChatInput: true, Actions: []chat.MessageAction{
			{Type: chat.ActionReply, Text: "Yes", Payload: new("YES"), IconURL: "https://shop.example/yes.png"},
			{Type: chat.ActionLocationRequest, Text: "Where I am", Metadata: chat.Metadata{"step": 2.0}},
			{Type: chat.ActionBuy, Text: "Buy it", Amount: new(int64(999)), Currency: "eur"},
			{Type: chat.ActionLink, Text: "Read", URI: "mailto:shop@shop.example", Default: true},
			{Type: chat.ActionPostback, Text: "Later", Payload: new("LATER")},
			{Type: chat.ActionWebview, Text: "Look", URI: "https://shop.example/w", Fallback: "https://shop.example/f", Size: "tall", OpenOnReceive: true},
		}},
	"image": {Type: chat.ContentImage, Text: "Ours", HTML: "<b>Ours</b>", Media: &chat.Media{URL: "https://shop.example/i.png", Type: "image/png",
		Alt: "A red shoe", Attachment: "a-1"}, Actions: []chat.MessageAction{{Type: chat.ActionLink, Text: "More", URI: "https://shop.example"}}},
	"file": {Type: chat.ContentFile, Media: &chat.Media{URL: "https://shop.example/invoice%207.pdf?x", Type: "application/pdf"}},
	"carousel": {Type: chat.ContentCarousel, Cards: &chat.Cards{AspectRatio: "square", Items: []chat.Item{
		{Title: "Red shoe", Description: "Size 42", MediaURL: "https://shop.example/red.png", MediaType: "image/png", AltText: "A red shoe", Size: "large",
			Metadata: chat.Metadata{"sku": "R1"}, Actions: []chat.MessageAction{
				{Type: chat.ActionLink, Text: "Look", URI: "https://shop.example/red"}, {Type: chat.ActionPostback, Text: "Take it", Payload: new("R1")}}},
		{Title: "Blue shoe", Actions: []chat.MessageAction{{Type: chat.ActionPostback, Text: "Take it", Payload: new("B1")}}},
	}}},
	"list": {Type: chat.ContentList, Cards: &chat.Cards{Items: []chat.Item{
		{Title: "Delivery", Size: "compact", Actions: []chat.MessageAction{{Type: chat.ActionPostback, Text: "Ask", Payload: new("D")}}},
	}}, Actions: []chat.MessageAction{{Type: chat.ActionLink, Text: "All", URI: "https://shop.example/all"}}},
	"form": {Type: chat.ContentForm, Text: "Who are you?", BlockChatInput: true, Form: &chat.Form{Fields: []chat.FormField{
		{Type: chat.FieldText, Name: "age", Label: "Age", Placeholder: "42", MinSize: new(1), MaxSize: new(3), Format: "integer"},
		{Type: chat.FieldEmail, Name: "mail", Label: "E-mail"},
		{Type: chat.FieldSelect, Name: "size", Label: "Size", Options: []chat.Option{{Name: "s", Label: "Small"}, {Name: "l", Label: "Large"}}},
	}}},
	"form-response": {Type: chat.ContentFormResponse, Quoted: "66d1f0c8b9ca1b2c3d4e5f60", Form: &chat.Form{Fields: []chat.FormField{
		{Type: chat.FieldText, Name: "age", Label: "Age", Text: "42"},
		{Type: chat.FieldEmail, Name: "mail", Label: "E-mail", Email: "ana@example.com"},
		{Type: chat.FieldSelect, Name: "size", Label: "Size", Select: []chat.Option{{Name: "l", Label: "Large"}}},
	}}},
	"location": {Type: chat.ContentLocation, Location: &chat.Location{Lat: 38.7223, Long: 0, Name: "The shop", Address: "Rua Augusta 1, Lisboa"}},
	"template": {Type: chat.ContentTemplate, Template: `{"name":"hello","n":12345678901234567890}`},
}

// TestContents: each type is as api/examples shows it and openapi.yaml describes it, and is read as it was.
func TestContents(t *testing.T) {
	t.Parallel()
	described := schema(t, contract(t), "Content")
	for name, content := range contents {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			posted := content
			if posted.Markdown != "" {
				posted.HTML = "" // which the server makes of it
			}
			if field, problem := posted.Check(); problem != "" {
				t.Fatalf("%s %s", field, problem)
			}
			raw := indented(t, wire.Encode(wire.ContentOf(content)))
			checkGolden(t, filepath.Join("..", "..", "api", "examples", "content-"+name+".json"), raw)
			var value any
			if err := json.Unmarshal(raw, &value); err != nil {
				t.Fatal(err)
			}
			if err := described.VisitJSON(value, openapi3.EnableJSONSchema2020()); err != nil {
				t.Errorf("is no Content: %v", err)
			}
			var read wire.Content
			if err := strictjson.Decode(raw, &read); err != nil {
				t.Fatal(err)
			}
			if got := read.Said().Own(); !got.Repeats(content) {
				t.Errorf("%+v is read as %+v", content, got)
			}
		})
	}
}

// TestReadOnlyMembers: what the server knows cannot be set.
func TestReadOnlyMembers(t *testing.T) {
	t.Parallel()
	for raw, absent := range map[string]string{
		`{"type":"form","fields":[{"type":"email","name":"m","label":"M"}],"submitted":true}`:                        `"submitted":true`,
		`{"type":"file","mediaUrl":"https://a.example/b","mediaSize":7}`:                                             "mediaSize",
		`{"type":"text","text":"x","mediaUrl":"https://a.example/b","items":[{"title":"x"}],"submitted":true}`:       "mediaUrl",
		`{"type":"text","text":"x","actions":[{"type":"reply","text":"a","payload":"b","uri":"https://a.example"}]}`: "uri",
		`{"type":"location","coordinates":{"lat":1,"long":2},"location":{}}`:                                         `"location":{`,
	} {
		var read wire.Content
		if err := strictjson.Decode([]byte(raw), &read); err != nil {
			t.Fatal(err)
		}
		if got := string(wire.Encode(wire.ContentOf(read.Said().Own()))); strings.Contains(got, absent) {
			t.Errorf("%s became %s", raw, got)
		}
	}
}

// TestEveryLiveMessageHasText: clients that know texts only show the same in words.
func TestEveryLiveMessageHasText(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"text": "Is this yours?", "image": "Ours", "file": "invoice%207.pdf", "template": "Template",
		"carousel": "Red shoe\nLook https://shop.example/red\nBlue shoe", "list": "Delivery\nAll https://shop.example/all",
		"form": "Who are you?", "form-response": "Age: 42\nE-mail: ana@example.com\nSize: Large", "location": "The shop\nRua Augusta 1, Lisboa",
	} {
		m := chat.Message{Content: contents[name], Author: chat.Author{Type: chat.AuthorBusiness}}
		if got := wire.LiveMessageOf(m, viewer).Content.Text; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
