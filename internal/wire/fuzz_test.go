package wire_test

import (
	"encoding/json"
	"testing"

	"github.com/parlorchat/parlor/internal/strictjson"
	"github.com/parlorchat/parlor/internal/wire"
)

// FuzzFrame reads what clients may send. Nothing may crash, and what is taken is JSON to the standard library, too.
func FuzzFrame(f *testing.F) {
	for _, seed := range []string{
		`{"type":"hello","v":1,"session":"x","cursors":{"conversations":{"a":{"number":1,"change":2}}}}`,
		`{"type":"hello","v":1,"door":"sdk","token":"a.b.c","client":{"id":"x","info":{"a":1}}}`,
		`{"type":"send","ref":1,"id":"m","message":{"text":"x","metadata":{"a":true}}}`,
		`{"type":"conversation.update","ref":2,"displayName":null,"metadata":{"a":null}}`,
		`{"type":"history","ref":9007199254740993,"before":-1,"limit":1e3}`, `{"type":"\ud800"}`, `[]`, `{"type":"send","type":"x"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		var request wire.Request
		var hello wire.Hello
		asRequest, asHello := strictjson.Decode(frame, &request), strictjson.Decode(frame, &hello)
		if (asRequest == nil || asHello == nil) && !json.Valid(frame) {
			t.Fatalf("taken, but no JSON: %q", frame)
		}
	})
}

// FuzzContent reads what may be posted. What is taken is written and read again as it was, and has words.
func FuzzContent(f *testing.F) {
	for _, content := range contents {
		f.Add([]byte(wire.Encode(wire.ContentOf(content))))
	}
	for _, seed := range []string{
		`{"type":"template","template":{"a":1e400,"b":[null]}}`, `{"type":"carousel","items":[null]}`, `{"type":"location","coordinates":{"lat":-0,"long":null}}`,
		`{"type":"form","fields":[{"minSize":null}]}`, `{"type":"text","actions":[{"type":"buy","amount":1e2}]}`,
		`{"type":"image","attachmentId":"0"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var posted, again wire.Content
		if strictjson.Decode(raw, &posted) != nil {
			return
		}
		content := posted.Said().Own()
		if _, problem := content.Check(); problem != "" {
			return
		}
		written := wire.Encode(wire.ContentOf(content))
		if err := strictjson.Decode(written, &again); err != nil {
			t.Fatalf("%s is written as %s: %v", raw, written, err)
		}
		if read := again.Said().Own(); !read.Repeats(content) {
			t.Errorf("%s: %+v is read again as %+v", raw, content, read)
		}
		if content.Fallback() == "" && content.HTML == "" && content.Markdown == "" {
			t.Errorf("%s has no words", raw)
		}
	})
}
