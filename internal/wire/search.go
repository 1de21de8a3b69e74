package wire

import "github.com/parlorchat/parlor/internal/chat"

// FoundSaid is a message or a note with the words that were looked for.
type FoundSaid struct {
	Entry   Entry         `json:"entry"`
	Kind    string        `json:"kind"`            // "message", "note"
	ID      string        `json:"id"`              // of the message or the note
	Number  int64         `json:"number,omitzero"` // of the message
	At      Time          `json:"at"`
	By      string        `json:"by"` // "user", "business", "agent"
	Name    string        `json:"name,omitzero"`
	Excerpt []ExcerptPart `json:"excerpt"`
}

// ExcerptPart is a part of a text.
type ExcerptPart struct {
	Text  string `json:"text"`
	Match bool   `json:"match,omitzero"` // is what was looked for
}

// FoundSaidPage is a page of what was found.
type FoundSaidPage struct {
	Found  []FoundSaid `json:"found"`
	Cursor string      `json:"cursor,omitzero"`
}

// FoundMessage is a message that was found; entry and excerpt are the caller's to set.
func FoundMessage(m chat.Message) FoundSaid {
	found := FoundSaid{Kind: "message", ID: string(m.ID), Number: m.Number, At: At(m.Received), By: string(m.Author.Type), Name: m.Author.DisplayName}
	if m.Author.Subtype == chat.SubtypeAgent {
		found.By = "agent"
	}
	return found
}

// FoundNote is a note that was found, as FoundMessage.
func FoundNote(n chat.Note) FoundSaid {
	return FoundSaid{Kind: "note", ID: string(n.ID), At: At(n.At), By: "agent", Name: n.Author.Name}
}
