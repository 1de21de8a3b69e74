package sqlstore

import (
	"reflect"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
)

// TestStoredContent: the names under which content is stored stay as they are, or older rows lose what they hold.
func TestStoredContent(t *testing.T) {
	t.Parallel()
	for document, content := range map[string]chat.Content{
		`{"type":"text","text":"a","payload":"p","author":"business"}`: {Type: chat.ContentText, Text: "a", Payload: "p"},
		`{"type":"text","text":"a","author":"business","rich":{"HTML":"<b>a</b>","Markdown":"**a**","Actions":[{"Type":"webview","Text":"t","URI":"u","Default":true,"Payload":"p","IconURL":"i","Amount":1,"Currency":"eur","Fallback":"f","Size":"full","OpenOnReceive":true,"Metadata":{"k":1}}],"BlockChatInput":true}}`: {
			Type: chat.ContentText, Text: "a", HTML: "<b>a</b>", Markdown: "**a**", BlockChatInput: true, Actions: []chat.MessageAction{{Type: "webview", Text: "t", URI: "u",
				Default: true, Payload: new("p"), IconURL: "i", Amount: new(int64(1)), Currency: "eur", Fallback: "f", Size: "full", OpenOnReceive: true, Metadata: chat.Metadata{"k": 1.0}}}},
		`{"type":"image","author":"business","rich":{"Media":{"URL":"u","Type":"t","Size":1,"Alt":"a","Attachment":"b","File":{"Key":"k","Name":"n","Public":true,"Width":2,"Height":3,"Thumbnail":true}}}}`: {
			Type: chat.ContentImage, Media: &chat.Media{URL: "u", Type: "t", Size: 1, Alt: "a", Attachment: "b",
				File: &chat.File{Key: "k", Name: "n", Public: true, Width: 2, Height: 3, Thumbnail: true}}},
		`{"type":"carousel","author":"business","rich":{"Cards":{"Items":[{"Title":"t","Description":"d","MediaURL":"u","MediaType":"m","AltText":"a","Size":"s","Actions":[{"Type":"link"}],"Metadata":{"k":"v"},"File":{"Key":"k"}}],"AspectRatio":"square"}}}`: {
			Type: chat.ContentCarousel, Cards: &chat.Cards{AspectRatio: "square", Items: []chat.Item{{Title: "t", Description: "d", MediaURL: "u", MediaType: "m",
				AltText: "a", Size: "s", Actions: []chat.MessageAction{{Type: "link"}}, Metadata: chat.Metadata{"k": "v"}, File: &chat.File{Key: "k"}}}}},
		`{"type":"formResponse","author":"business","rich":{"Form":{"Fields":[{"Type":"text","Name":"n","Label":"l","Placeholder":"p","MinSize":1,"MaxSize":2,"Format":"f","Options":[{"Name":"a","Label":"b"}],"Text":"t","Email":"e","Select":[{"Name":"c","Label":"d"}]}],"Submitted":true},"Quoted":"q"}}`: {
			Type: chat.ContentFormResponse, Quoted: "q", Form: &chat.Form{Submitted: true, Fields: []chat.FormField{{Type: "text", Name: "n", Label: "l", Placeholder: "p",
				MinSize: new(1), MaxSize: new(2), Format: "f", Options: []chat.Option{{Name: "a", Label: "b"}}, Text: "t", Email: "e", Select: []chat.Option{{Name: "c", Label: "d"}}}}}},
		`{"type":"location","author":"business","rich":{"Location":{"Lat":1.5,"Long":-2,"Address":"a","Name":"n"}}}`: {
			Type: chat.ContentLocation, Location: &chat.Location{Lat: 1.5, Long: -2, Address: "a", Name: "n"}},
		`{"type":"template","author":"business","rich":{"Template":"{\"a\":1}"}}`: {Type: chat.ContentTemplate, Template: `{"a":1}`},
	} {
		m := chat.Message{Author: chat.Author{Type: chat.AuthorBusiness}, Content: content}
		if said, err := messageDocument(m); err != nil || said != document {
			t.Errorf("%s is stored as\n%s (%v), and was as\n%s", content.Type, said, err, document)
		}
		var read chat.Message
		if err := (*messageValue)(&read).Scan(document); err != nil || !reflect.DeepEqual(read, m) {
			t.Errorf("%s\nis read as %+v (%v)", document, read, err)
		}
	}
}
