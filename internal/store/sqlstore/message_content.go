package sqlstore

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/parlorchat/parlor/internal/chat"
)

// richContent is what content has beyond type, text and payload, under the names of the members of chat.Content. The
// test of stored content says which names they are.
type richContent chat.Content

// MarshalJSONTo leaves out what has no value.
func (c richContent) MarshalJSONTo(e *jsontext.Encoder) error {
	return json.MarshalEncode(e, chat.Content(c), json.OmitZeroStructFields(true))
}

// richOf is nil for content that is a text and no more.
func richOf(c chat.Content) *richContent {
	if c.IsPlain() {
		return nil
	}
	c.Type, c.Text, c.Payload = "", "", ""
	rich := richContent(c)
	return &rich
}

// content joins what the row holds of content.
func (r *messageRow) content() chat.Content {
	var c chat.Content
	if r.Rich != nil {
		c = chat.Content(*r.Rich)
	}
	c.Type, c.Text, c.Payload = r.Type, r.Text, r.Payload
	return c
}
