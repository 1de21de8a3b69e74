package sqlstore

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
)

// eventRow is the document of a stored event. An event of a conversation that is its own record is not stored.
type eventRow struct {
	Conversation chat.ConversationID `json:"conversation,omitempty"`
	Change       int64               `json:"change,omitzero"`
	Audience     []chat.UserID       `json:"audience,omitempty"`
	User         chat.UserID         `json:"user,omitempty"`
	Key          chat.KeyID          `json:"key,omitempty"`
	Merge        *mergeRow           `json:"merge,omitempty"`
	Ended        *endedRow           `json:"ended,omitempty"`
}

type mergeRow struct {
	Surviving     chat.UserID           `json:"surviving"`
	Discarded     chat.UserID           `json:"discarded"`
	Conversations []chat.ConversationID `json:"conversations,omitempty"`
}

type endedRow struct {
	Session chat.SessionID `json:"session,omitempty"`
	Client  chat.ClientID  `json:"client,omitempty"`
	User    chat.UserID    `json:"user,omitempty"`
	Key     chat.KeyID     `json:"key,omitempty"`
	Why     string         `json:"why"`
}

func scanEvent(row scanner, e *chat.Event) error {
	return row.Scan(&e.Position, (*string)(&e.App), (*string)(&e.Kind), (*timeValue)(&e.At), (*eventValue)(e))
}

// eventValue reads the document of an event into the members that it has.
type eventValue chat.Event

func (v *eventValue) Scan(src any) error {
	var row eventRow
	if err := parse(src, &row); err != nil {
		return err
	}
	v.Conversation, v.Change, v.Audience, v.User, v.Key = row.Conversation, row.Change, row.Audience, row.User, row.Key
	v.Merge, v.Ended = (*chat.Merge)(row.Merge), (*chat.EndedSessions)(row.Ended)
	return nil
}

func (t *tx) Emit(event chat.Event) { t.events = append(t.events, event) }

// AppendEvent takes the position under a lock that is kept until the transaction ends, so that positions become
// visible in order.
func (t *tx) AppendEvent(event *chat.Event) error {
	const doing = "append event"
	text, err := document(eventRow{
		Conversation: event.Conversation, Change: event.Change, Audience: event.Audience, User: event.User, Key: event.Key,
		Merge: (*mergeRow)(event.Merge), Ended: (*endedRow)(event.Ended),
	})
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	position, err := t.count("event")
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	_, err = t.exec(doing, `INSERT INTO events (position, app_id, kind, at, document) VALUES ($1, $2, $3, $4, $5)`,
		position, string(event.App), string(event.Kind), micros(event.At), text)
	if err != nil {
		return err
	}
	event.Position = position
	t.Emit(*event)
	return nil
}

func (t *tx) ListEvents(after int64, limit int) ([]chat.Event, error) {
	return list(t, "list events", scanEvent,
		`SELECT position, app_id, kind, at, document FROM events WHERE position > $1 ORDER BY position LIMIT $2 + 0`, after, limit)
}

func (t *tx) LastPosition() (int64, error) {
	position, _, err := find(t, "load last position", scanNumber, `SELECT value FROM counters WHERE name = 'event'`)
	return position, err
}
