package wire

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Text is a string member that may be absent (leave it), null (unset it) or a string.
type Text struct {
	Set   bool
	Value string
}

// UnmarshalJSONFrom reads null as a set, empty Text.
func (t *Text) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	t.Set = true
	return json.UnmarshalDecode(d, &t.Value)
}

// Pointer is nil where the member was absent; a pointer to "" unsets.
func (t Text) Pointer() *string {
	if !t.Set {
		return nil
	}
	return &t.Value
}
