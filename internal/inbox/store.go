package inbox

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Store is a store whose writes keep the inbox in step with the messages that they tell of.
func Store(s store.Store) store.Store {
	return store.Following(s, func(tx store.Tx, event chat.Event) error { return follow(tx, *event.Message) })
}

// follow moves the entry of a conversation on by a message. Its numbers were taken in this transaction, so that the conversation is
// locked. Most messages change nothing, and cost one look.
func follow(tx store.Tx, m chat.Message) error {
	entry, found, err := tx.FindInboxEntry(m.App, m.Conversation)
	if err != nil {
		return err
	}
	if !found {
		return begin(tx, chat.FirstEntry(m))
	}
	if m.Rates() {
		return rate(tx, m)
	}
	next := entry.After(m)
	if next.Equal(entry) {
		return nil
	}
	if next.Status != entry.Status {
		if err := happen(tx, &next, chat.Happening{Type: chat.HappenedReopened, At: m.Received}); err != nil {
			return err
		}
	}
	if !next.OpenedAt.Equal(entry.OpenedAt) {
		if err := route(tx, &next, m.Received); err != nil {
			return err
		}
	}
	tell(tx, next, m.Received)
	return tx.UpdateInboxEntry(next)
}

// begin stores the first entry of a conversation. What a user begins comes to the team that takes such, where the app has one: the statement
// that stores it says so.
func begin(tx store.Tx, entry chat.InboxEntry) error {
	tell(tx, entry, entry.MovedAt)
	if entry.OpenedAt.IsZero() {
		_, err := tx.InsertInboxEntry(entry)
		return err
	}
	team, err := tx.OpenInboxEntry(entry)
	if err != nil || team == "" {
		return err
	}
	if err := handTo(tx, &entry, team, entry.MovedAt); err != nil {
		return err
	}
	return tx.UpdateInboxEntry(entry)
}
