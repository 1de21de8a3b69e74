package wire_test

import (
	"testing"

	"github.com/parlorchat/parlor/internal/strictjson"
	"github.com/parlorchat/parlor/internal/wire"
)

// TestText: absent, null and a string are three things.
func TestText(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]wire.Text{
		`{}`:                    {},
		`{"displayName":null}`:  {Set: true},
		`{"displayName":""}`:    {Set: true},
		`{"displayName":"Ana"}`: {Set: true, Value: "Ana"},
	} {
		var in wire.ConversationInput
		if err := strictjson.Decode([]byte(body), &in); err != nil {
			t.Fatal(err)
		}
		if in.DisplayName != want {
			t.Errorf("%s: %+v, want %+v", body, in.DisplayName, want)
		}
		if got := in.DisplayName.Pointer(); (got != nil) != want.Set || got != nil && *got != want.Value {
			t.Errorf("%s: Pointer is %v", body, got)
		}
	}
	for _, body := range []string{`{"displayName":7}`, `{"displayName":["a"]}`, `{"displayName":{}}`, `{"displayName":true}`} {
		err := strictjson.Decode([]byte(body), new(wire.ConversationInput))
		if err == nil || err.Error() != "displayName: must be a string" {
			t.Errorf("%s: %v", body, err)
		}
	}
}
