package store

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
)

// Following is a store in whose writes follow is called for each message that the transaction told of, at the end of that transaction and in
// order: what it does happens with the message, or neither does. Of what follow tells itself it does not hear.
func Following(s Store, follow func(Tx, chat.Event) error) Store { return following{s, follow} }

type following struct {
	Store
	follow func(Tx, chat.Event) error
}

// Write runs f, and then follows what it told of.
func (s following) Write(ctx context.Context, f func(Tx) error) error {
	return s.Store.Write(ctx, func(tx Tx) error {
		heard := &hearing{Tx: tx}
		if err := f(heard); err != nil {
			return err
		}
		for _, event := range heard.messages {
			if err := s.follow(tx, event); err != nil {
				return err
			}
		}
		return nil
	})
}

// hearing is a transaction that notes the messages it tells of.
type hearing struct {
	Tx
	messages []chat.Event
}

// Emit hands the event on.
func (h *hearing) Emit(event chat.Event) {
	if event.Kind == chat.EventMessage {
		h.messages = append(h.messages, event)
	}
	h.Tx.Emit(event)
}
