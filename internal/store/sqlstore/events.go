package sqlstore

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
)

// eventRow is the document of a stored event, and of one that webhooks are to be told. What has rows of its own is named
// only; of what is gone by then there is a copy.
type eventRow struct {
	Conversation chat.ConversationID `json:"conversation,omitempty"`
	Change       int64               `json:"change,omitzero"`
	Audience     []chat.UserID       `json:"audience,omitempty"`
	User         chat.UserID         `json:"user,omitempty"`
	Key          chat.KeyID          `json:"key,omitempty"`
	Merge        *mergeRow           `json:"merge,omitempty"`
	Ended        *endedRow           `json:"ended,omitempty"`

	Reason           string                `json:"reason,omitempty"`
	Client           chat.ClientID         `json:"client,omitempty"`
	UserExternalID   string                `json:"user_external_id,omitempty"`
	UserSeat         bool                  `json:"user_seat,omitzero"`
	ConversationType chat.ConversationType `json:"conversation_type,omitempty"`
	Message          chat.MessageID        `json:"message,omitempty"`
	Read             *readRow              `json:"read,omitempty"`
	Typing           *typingRow            `json:"typing,omitempty"`
	Participant      chat.UserID           `json:"participant,omitempty"`
	Postback         *postbackRow          `json:"postback,omitempty"`
	Control          *controlRow           `json:"control,omitzero"` // {} is nobody, and not unknown
	Metadata         chat.Metadata         `json:"metadata,omitempty"`
}

type postbackRow struct {
	Message  chat.MessageID `json:"message"`
	Client   chat.ClientID  `json:"client,omitempty"`
	Text     string         `json:"text,omitempty"`
	Payload  string         `json:"payload,omitempty"`
	Metadata chat.Metadata  `json:"metadata,omitempty"`
}

type readRow struct {
	By   chat.AuthorType `json:"by"`
	User chat.UserID     `json:"user,omitempty"`
}

type typingRow struct {
	By     chat.AuthorType `json:"by"`
	User   chat.UserID     `json:"user,omitempty"`
	Name   string          `json:"name,omitempty"`
	Avatar string          `json:"avatar,omitempty"`
	Active bool            `json:"active"`
}

type controlRow struct {
	Active  chat.SwitchboardIntegrationID `json:"active,omitempty"`
	Pending chat.SwitchboardIntegrationID `json:"pending,omitempty"`
}

type mergeRow struct {
	Surviving     chat.UserID           `json:"surviving"`
	Discarded     chat.UserID           `json:"discarded"`
	Reason        chat.MergeReason      `json:"reason,omitzero"`
	Conversations []chat.ConversationID `json:"conversations,omitempty"`

	Clients           []chat.ClientID `json:"clients,omitempty"`
	DiscardedMetadata chat.Metadata   `json:"discarded_metadata,omitempty"`

	DiscardedExternalID string `json:"discarded_external_id,omitempty"`
	DiscardedSeat       bool   `json:"discarded_seat,omitzero"`
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
	v.Reason, v.Client, v.UserExternalID, v.UserSeat = row.Reason, row.Client, row.UserExternalID, row.UserSeat
	v.Control, v.Metadata = (*chat.Control)(row.Control), row.Metadata
	if row.ConversationType != "" {
		v.ConversationState = &chat.Conversation{App: v.App, ID: row.Conversation, Type: row.ConversationType}
	}
	if row.Message != "" {
		v.Message = &chat.Message{App: v.App, Conversation: row.Conversation, ID: row.Message}
	}
	if row.Read != nil {
		v.Read = &chat.ReadMark{By: row.Read.By, User: row.Read.User}
	}
	if row.Typing != nil {
		author := chat.Author{Type: row.Typing.By, User: row.Typing.User, DisplayName: row.Typing.Name, AvatarURL: row.Typing.Avatar}
		v.Typing = &chat.Typing{Author: author, Active: row.Typing.Active}
	}
	if row.Participant != "" {
		v.Participant = &chat.Participant{App: v.App, Conversation: row.Conversation, User: row.Participant}
	}
	v.Postback = (*chat.Postback)(row.Postback)
	return nil
}

// rowOfEvent is what eventValue reads. The audience is kept by events of the log only.
func rowOfEvent(e chat.Event) eventRow {
	row := eventRow{
		Conversation: e.Conversation, Change: e.Change, User: e.User, Key: e.Key, Merge: (*mergeRow)(e.Merge), Ended: (*endedRow)(e.Ended),
		Reason: e.Reason, Client: e.Client, UserExternalID: e.UserExternalID, UserSeat: e.UserSeat, Postback: (*postbackRow)(e.Postback),
		Control: (*controlRow)(e.Control), Metadata: e.Metadata,
	}
	if e.ConversationState != nil {
		row.ConversationType = e.ConversationState.Type
	}
	if e.Message != nil {
		row.Message = e.Message.ID
	}
	if e.Read != nil {
		row.Read = &readRow{e.Read.By, e.Read.User}
	}
	if e.Typing != nil {
		author := e.Typing.Author
		row.Typing = &typingRow{By: author.Type, User: author.User, Active: e.Typing.Active}
		if author.Type != chat.AuthorUser { // what a user is called is read when it is told
			row.Typing.Name, row.Typing.Avatar = author.DisplayName, author.AvatarURL
		}
	}
	if e.Participant != nil {
		row.Participant = e.Participant.User
	}
	return row
}

func (t *tx) Emit(event chat.Event) { t.events = append(t.events, event) }

// AppendEvent takes the position under a lock that is kept until the transaction ends, so that positions become
// visible in order.
func (t *tx) AppendEvent(event *chat.Event) error {
	const doing = "append event"
	row := rowOfEvent(*event)
	row.Audience = event.Audience
	if row.Merge != nil && row.Merge.DiscardedMetadata != nil { // the log is not erased with a user
		merge := *row.Merge
		merge.DiscardedMetadata, row.Merge = nil, &merge
	}
	text, err := document(row)
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
