package sqlstore

import (
	"fmt"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
)

// messageRow is the document of a message: what no query asks for. It is flat but for content that is more than a text,
// so that a page is read fast. The document of an erased message is ”.
type messageRow struct {
	Type        chat.ContentType `json:"type"`
	Text        string           `json:"text,omitzero"`
	Payload     string           `json:"payload,omitzero"`
	Author      chat.AuthorType  `json:"author"`
	Name        string           `json:"name,omitzero"`
	Avatar      string           `json:"avatar,omitzero"`
	Subtype     string           `json:"subtype,omitzero"`
	Assurance   chat.Assurance   `json:"assurance,omitzero"`
	Origin      string           `json:"origin,omitzero"`
	Integration string           `json:"integration,omitzero"`
	Metadata    chat.Metadata    `json:"metadata,omitempty"`
	Rich        *richContent     `json:"rich,omitzero"`
}

func messageDocument(m chat.Message) (string, error) {
	if m.Deleted {
		return "", nil
	}
	return document(messageRow{
		Type: m.Content.Type, Text: m.Content.Text, Payload: m.Content.Payload,
		Author: m.Author.Type, Name: m.Author.DisplayName, Avatar: m.Author.AvatarURL, Subtype: m.Author.Subtype,
		Assurance: m.Assurance, Origin: m.Origin.Type, Integration: string(m.Origin.IntegrationID), Metadata: m.Metadata,
		Rich: richOf(m.Content),
	})
}

// messageValue reads what messageDocument wrote into the members that it has.
type messageValue chat.Message

func (v *messageValue) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("a message is stored as %T", src)
	}
	if v.Deleted = text == ""; v.Deleted {
		return nil
	}
	var row messageRow
	if !row.readPlain(text) {
		row = messageRow{}
		if err := parse(text, &row); err != nil {
			return err
		}
	}
	v.Content = row.content()
	v.Author.Type, v.Author.DisplayName, v.Author.AvatarURL, v.Author.Subtype = row.Author, row.Name, row.Avatar, row.Subtype
	v.Assurance, v.Origin.Type, v.Origin.IntegrationID = row.Assurance, row.Origin, chat.IntegrationID(row.Integration)
	v.Metadata = row.Metadata
	return nil
}

// readPlain reads a document whose values are text that needs no escape, which most are, a quarter as costly as the
// JSON decoder, and without copies. With false it has read something else, or not all: the decoder has the word.
func (r *messageRow) readPlain(text string) bool {
	rest, ok := strings.CutPrefix(text, `{"`)
	if !ok || strings.IndexByte(text, '\\') >= 0 {
		return false
	}
	for {
		name, after, ok := strings.Cut(rest, `":"`)
		if !ok {
			return false
		}
		value, after, ok := strings.Cut(after, `"`)
		if !ok || !r.set(name, value) {
			return false
		}
		if after == "}" {
			return true
		}
		if rest, ok = strings.CutPrefix(after, `,"`); !ok {
			return false
		}
	}
}

func (r *messageRow) set(name, value string) bool {
	switch name {
	case "type":
		r.Type = chat.ContentType(value)
	case "text":
		r.Text = value
	case "payload":
		r.Payload = value
	case "author":
		r.Author = chat.AuthorType(value)
	case "name":
		r.Name = value
	case "avatar":
		r.Avatar = value
	case "subtype":
		r.Subtype = value
	case "assurance":
		r.Assurance = chat.Assurance(value)
	case "origin":
		r.Origin = value
	case "integration":
		r.Integration = value
	default:
		return false
	}
	return true
}

// authored is a message of which the author is to be forgotten.
type authored struct {
	conversation chat.ConversationID
	number       int64
	message      chat.Message
}

func scanAuthored(row scanner, a *authored) error {
	return row.Scan((*string)(&a.conversation), &a.number, (*messageValue)(&a.message))
}

// forgetAuthor takes the author's name and picture out of messages that stay.
func (t *tx) forgetAuthor(user chat.UserID) error {
	const doing = "forget author"
	all, err := list(t, doing, scanAuthored, `SELECT conversation_id, number, document FROM messages
		WHERE author_id = $1 AND conversation_id IN (`+conversationsOfUser+`)`, string(user))
	if err != nil {
		return err
	}
	for _, a := range all {
		a.message.Author = chat.Author{Type: a.message.Author.Type}
		said, err := messageDocument(a.message)
		if err != nil {
			return fmt.Errorf("%s: %w", doing, err)
		}
		_, err = t.exec(doing, `UPDATE messages SET author_id = '', client_id = '', client_message_id = '', document = $3
			WHERE conversation_id = $1 AND number = $2`, string(a.conversation), a.number, said)
		if err != nil {
			return err
		}
	}
	return nil
}
