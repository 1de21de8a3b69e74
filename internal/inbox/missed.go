package inbox

import (
	"context"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// maxMissed is the most that a thread is brought up to date with; beyond it, it is read anew.
const maxMissed = 500

// ThreadAfter returns what is new since a Thread or ThreadAfter gave the cursor: messages, notes and happenings in order of time, and messages
// that were deleted, first.
func (s *Service) ThreadAfter(ctx context.Context, p chat.Principal, id chat.ConversationID, after string) (thread Thread, err error) {
	if err := admit(p); err != nil {
		return Thread{}, err
	}
	from, err := readPlace("after", after, 3)
	if err == nil && from == nil {
		err = noThreadPlace("after")
	}
	if err != nil {
		return Thread{}, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		now, err := standing(tx, p.App, id)
		if err != nil {
			return err
		}
		thread, err = threadAfter(tx, p.App, id, from, now)
		thread.After = now.String()
		return err
	})
	return thread, err
}

// threadAfter is what came between two places. Numbers and ordinals have no gaps, so that their difference is how many there are.
func threadAfter(tx store.Tx, app chat.AppID, id chat.ConversationID, from, now place) (thread Thread, err error) {
	for i := range now {
		if behind := now[i] - from[i]; behind < 0 || behind > maxMissed {
			return Thread{Reset: true}, nil
		}
	}
	changes, err := tx.ListChanges(app, id, from[1], maxMissed)
	if err != nil {
		return thread, err
	}
	for _, c := range changes {
		switch c.Kind {
		case chat.EventMessagesCleared:
			return Thread{Reset: true}, nil
		case chat.EventMessageRemoved:
			gone := chat.Message{App: app, Conversation: id, ID: c.Message, Number: c.MessageNo, Received: c.At, Deleted: true}
			thread.Items = append(thread.Items, Item{Message: &gone})
		}
	}
	var messages []chat.Message
	if missed := now[0] - from[0]; missed > 0 {
		page := store.MessagePage{App: app, Conversation: id, Before: now[0] + 1, Limit: int(missed), Deleted: true}
		if messages, err = tx.ListMessages(page); err != nil {
			return thread, err
		}
		messages = slices.DeleteFunc(messages, func(m chat.Message) bool { return m.Deleted })
	}
	var items []Item
	if missed := now[2] - from[2]; missed > 0 {
		if items, err = itemsOf(tx, store.ItemPage{App: app, Conversation: id, Before: now[2] + 1, Limit: int(missed)}); err != nil {
			return thread, err
		}
	}
	thread.Items = append(thread.Items, merged(messages, items)...)
	return thread, nil
}
