package inbox

import (
	"context"
	"errors"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/richtext"
	"github.com/parlorchat/parlor/internal/store"
)

// errNotedBefore gives up the transaction of a note that the agent sent before.
var errNotedBefore = errors.New("the agent sent this note before")

// Note writes a note, in Markdown, to the other agents. sentID is the console's own id of it: sending the same note again gives the
// first one, and true. Conflict if it was another note; NotFound.
func (s *Service) Note(ctx context.Context, p chat.Principal, id chat.ConversationID, sentID, text string) (note chat.Note, duplicate bool, err error) {
	if err := admit(p); err != nil {
		return note, false, err
	}
	now := s.clock()
	if note, err = written(sentID, text); err != nil {
		return note, false, err
	}
	note.App, note.Conversation, note.ID, note.Author, note.At = p.App, id, chat.NoteID(chat.NewID(now)), p.Colleague(), now
	err = s.store.Write(ctx, func(tx store.Tx) error {
		entry, _, err := locked(tx, p.App, id)
		if err != nil {
			return err
		}
		entry.LastOrdinal++
		note.Ordinal = entry.LastOrdinal
		fresh, err := tx.InsertNote(note)
		if err == nil && !fresh {
			err = errNotedBefore
		}
		if err != nil {
			return err
		}
		told := note
		tx.Emit(chat.Event{Kind: chat.EventNote, App: p.App, Conversation: id, At: now, Note: &told})
		return tx.UpdateInboxEntry(entry)
	})
	if errors.Is(err, errNotedBefore) {
		note, err = s.notedBefore(ctx, note)
		return note, true, err
	}
	return note, false, err
}

// written is a note of what an agent wrote.
func written(sentID, text string) (note chat.Note, err error) {
	html := ""
	switch {
	case sentID == "" || utf8.RuneCountInString(sentID) > chat.MaxNoteSent:
		return note, chat.InvalidField("id", "must have 1 to %d characters", chat.MaxNoteSent)
	case text == "" || utf8.RuneCountInString(text) > chat.MaxNote:
		return note, chat.InvalidField("text", "must have 1 to %d characters", chat.MaxNote)
	}
	if html, err = richtext.FromMarkdown(text); err != nil {
		return note, chat.InvalidField("text", "%s", err)
	}
	if richtext.Plain(html) == "" {
		return note, chat.InvalidField("text", "holds nothing that may be shown: raw HTML, pictures, scripts and styles are left out")
	}
	return chat.Note{SentID: sentID, Text: text, HTML: html}, nil
}

// notedBefore answers a note that was sent again.
func (s *Service) notedBefore(ctx context.Context, again chat.Note) (first chat.Note, err error) {
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		first, _, err = tx.FindNote(again.App, again.Author.ID, again.SentID)
		return err
	})
	if err == nil && (first.Conversation != again.Conversation || first.Text != again.Text) {
		err = &chat.Error{Kind: chat.Conflict, Code: "conflict", Field: "id", Message: "id: this agent wrote another note with the same id; use a new id for a new note"}
	}
	return first, err
}
