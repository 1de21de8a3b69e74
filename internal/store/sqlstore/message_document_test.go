package sqlstore

import (
	"reflect"
	"testing"

	"github.com/go-json-experiment/json"

	"github.com/parlorchat/parlor/internal/chat"
)

// FuzzReadPlain compares the short way of reading a document with the JSON decoder: what the short way takes, the
// decoder reads alike.
func FuzzReadPlain(f *testing.F) {
	for _, text := range []string{"", "plain", `with "quotes"`, `back\slash`, "new\nline", `","author":"business`, "é🎉\u2028", `{"type":"x"}`} {
		f.Add(text, text, text, false)
		f.Add("hello", text, "", true)
	}
	f.Fuzz(func(t *testing.T, text, name, payload string, meta bool) {
		m := chat.Message{Content: chat.Content{Type: chat.ContentText, Text: text, Payload: payload},
			Author: chat.Author{Type: chat.AuthorUser, DisplayName: name}, Assurance: chat.AssuranceSigned}
		if meta {
			m.Metadata = chat.Metadata{"k": "v"}
		}
		said, err := messageDocument(m)
		if err != nil {
			return // text that is no UTF-8
		}
		var short, long messageRow
		if err := json.Unmarshal([]byte(said), &long); err != nil {
			t.Fatal(err)
		}
		if short.readPlain(said) && !reflect.DeepEqual(short, long) {
			t.Errorf("%s\nis read as %+v\nand not as %+v", said, short, long)
		}
		var back chat.Message
		if err := (*messageValue)(&back).Scan(said); err != nil || !reflect.DeepEqual(back, m) {
			t.Errorf("%+v comes back as %+v: %v", m, back, err)
		}
	})
}
