package inbox

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Store is a store whose writes keep the inbox in step with the messages that they tell of.
func Store(s store.Store) store.Store { return keeping{s} }

type keeping struct{ store.Store }

// Write moves the entries of conversations on in which the transaction told of a message.
func (s keeping) Write(ctx context.Context, f func(store.Tx) error) error {
	return s.Store.Write(ctx, func(tx store.Tx) error {
		heard := &hearing{Tx: tx}
		if err := f(heard); err != nil {
			return err
		}
		for _, message := range heard.messages {
			if err := follow(tx, *message); err != nil {
				return err
			}
		}
		return nil
	})
}

// hearing is a transaction that notes the messages it tells of.
type hearing struct {
	store.Tx
	messages []*chat.Message
}

// Emit hands the event on.
func (h *hearing) Emit(event chat.Event) {
	if event.Kind == chat.EventMessage {
		h.messages = append(h.messages, event.Message)
	}
	h.Tx.Emit(event)
}

// follow moves the entry of a conversation on by a message. Its numbers were taken in this transaction, so that the conversation is
// locked. Most messages change nothing, and cost one look.
func follow(tx store.Tx, m chat.Message) error {
	entry, found, err := tx.FindInboxEntry(m.App, m.Conversation)
	if err != nil {
		return err
	}
	if !found {
		entry = chat.FirstEntry(m)
		_, err = tx.InsertInboxEntry(entry)
		tell(tx, entry, m.Received)
		return err
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
	tell(tx, next, m.Received)
	return tx.UpdateInboxEntry(next)
}
