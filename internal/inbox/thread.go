package inbox

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Thread is a part of what happened in a conversation, in order of time.
type Thread struct {
	Items  []Item
	Before string // cursor of the part before it; "": it begins here
	After  string // cursor of what is new since, for ThreadAfter
	Reset  bool   // of ThreadAfter: too much is new, or messages were cleared: ask for the newest part anew
}

// Thread returns the part before a cursor, or with "" the newest, of at most limit items, from 1 to MaxPage. Messages keep the order of their
// numbers, and notes and happenings that of their ordinals; where the two meet, time decides. Each is in exactly one part, whatever is
// added meanwhile.
func (s *Service) Thread(ctx context.Context, p chat.Principal, id chat.ConversationID, before string, limit int) (thread Thread, err error) {
	if err := admit(p); err != nil {
		return Thread{}, err
	}
	if limit < 1 || limit > MaxPage {
		return Thread{}, chat.InvalidField("limit", "must be a whole number from 1 to 100")
	}
	at, err := readPlace("before", before, 2)
	if err != nil {
		return Thread{}, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		now, err := standing(tx, p.App, id)
		if err != nil {
			return err
		}
		if before == "" {
			at = place{now[0] + 1, now[2] + 1}
		}
		thread, err = threadBefore(tx, p.App, id, at, limit)
		thread.After = now.String()
		return err
	})
	return thread, err
}

// threadBefore is the part before a message number and an ordinal.
func threadBefore(tx store.Tx, app chat.AppID, id chat.ConversationID, at place, limit int) (thread Thread, err error) {
	var messages []chat.Message
	if at[0] > 1 { // 0 would ask for the newest
		page := store.MessagePage{App: app, Conversation: id, Before: at[0], Limit: limit + 1}
		if messages, err = tx.ListMessages(page); err != nil {
			return thread, err
		}
	}
	var items []Item
	if at[1] > 1 {
		if items, err = itemsOf(tx, store.ItemPage{App: app, Conversation: id, Before: at[1], Limit: limit + 1}); err != nil {
			return thread, err
		}
	}
	all := merged(messages, items)
	if len(all) <= limit {
		thread.Items = all
		return thread, nil
	}
	thread.Items = all[len(all)-limit:]
	for _, left := range all[:len(all)-limit] {
		if left.Message != nil {
			messages = messages[1:]
		} else {
			items = items[1:]
		}
	}
	if len(messages) > 0 {
		at[0] = messages[0].Number
	}
	if len(items) > 0 {
		at[1] = items[0].ordinal()
	}
	thread.Before = at.String()
	return thread, nil
}
