// Package inbox is the work of agents on conversations: who answers, what waits, what is put off or done, notes among themselves, and
// what all of that looks like in a list and in a thread.
//
// It owns an entry for each conversation that has a message, its notes and its happenings. Messages know nothing of it: Store wraps the
// store that they are written to, and moves the entry on in the transaction of the message. Each method is one transaction, and changes
// an entry under the lock of its conversation, which orders it with the messages. Callers are agents with a role in the app, or the
// operator; what is sent to users goes by package messaging.
package inbox

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Keeper is what the service keeps its nouns in; store.Store fits.
type Keeper interface {
	Read(ctx context.Context, f func(store.Tx) error) error
	Write(ctx context.Context, f func(store.Tx) error) error
}

// Service is safe for concurrent use.
type Service struct {
	store     Keeper
	publisher Publisher
	asker     Asker
	now       func() time.Time
}

// New returns the service.
func New(s Keeper, publisher Publisher, asker Asker, now func() time.Time) *Service {
	return &Service{store: s, publisher: publisher, asker: asker, now: now}
}

// clock returns the time of one piece of work, to the microsecond that the store keeps.
func (s *Service) clock() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// admit refuses who is neither an agent of the app nor the operator.
func admit(p chat.Principal) error {
	if p.Operator || p.Agent != nil && p.May(chat.ManageConversations) {
		return nil
	}
	return chat.Refuse("forbidden", "The inbox is for the agents of this app.")
}

// locked returns the entry of a conversation, which keeps standing as it does until the transaction ends. NotFound.
func locked(tx store.Tx, app chat.AppID, id chat.ConversationID) (chat.InboxEntry, chat.Conversation, error) {
	conversation, err := tx.LockConversation(app, id)
	if err != nil {
		return chat.InboxEntry{}, conversation, err
	}
	entry, found, err := tx.FindInboxEntry(app, id)
	if err == nil && !found {
		err = chat.Missing("conversation")
	}
	return entry, conversation, err
}

// tell tells the agents that an entry changed.
func tell(tx store.Tx, e chat.InboxEntry, at time.Time) {
	tx.Emit(chat.Event{Kind: chat.EventInbox, App: e.App, Conversation: e.Conversation, At: at})
}

// happen stores what happened to an entry, and tells the agents. The entry, whose ordinal it takes, is stored by the caller.
func happen(tx store.Tx, e *chat.InboxEntry, h chat.Happening) error {
	e.LastOrdinal++
	h.App, h.Conversation, h.Ordinal = e.App, e.Conversation, e.LastOrdinal
	h.ID = chat.HappeningID(chat.NewID(h.At))
	if err := tx.InsertHappening(h); err != nil {
		return err
	}
	tx.Emit(chat.Event{Kind: chat.EventHappening, App: h.App, Conversation: h.Conversation, At: h.At, Happening: &h})
	return nil
}
