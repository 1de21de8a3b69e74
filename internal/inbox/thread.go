package inbox

import (
	"context"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// maxMissed is the most that a thread is brought up to date with; beyond it, it is read anew.
const maxMissed = 500

// Item is one entry of a thread, of which one member is set.
type Item struct {
	Message   *chat.Message // Deleted: it is gone; ID and Number are all that is left of it
	Note      *chat.Note
	Happening *chat.Happening
}

// At is when it was.
func (i Item) At() time.Time {
	switch {
	case i.Note != nil:
		return i.Note.At
	case i.Happening != nil:
		return i.Happening.At
	}
	return i.Message.Received
}

// ordinal is the place among notes and happenings; 0 for messages.
func (i Item) ordinal() int64 {
	switch {
	case i.Note != nil:
		return i.Note.Ordinal
	case i.Happening != nil:
		return i.Happening.Ordinal
	}
	return 0
}

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

// itemsOf returns the notes and happenings of a page together, in order of their ordinals.
func itemsOf(tx store.Tx, page store.ItemPage) ([]Item, error) {
	notes, err := tx.ListNotes(page)
	if err != nil {
		return nil, err
	}
	happenings, err := tx.ListHappenings(page)
	if err != nil {
		return nil, err
	}
	items := make([]Item, 0, len(notes)+len(happenings))
	for len(notes)+len(happenings) > 0 {
		if len(happenings) == 0 || len(notes) > 0 && notes[0].Ordinal < happenings[0].Ordinal {
			items = append(items, Item{Note: &notes[0]})
			notes = notes[1:]
		} else {
			items = append(items, Item{Happening: &happenings[0]})
			happenings = happenings[1:]
		}
	}
	return items[max(0, len(items)-page.Limit):], nil
}

// merged puts messages and the other items in order of time, from the end, as parts are read: the later of the two last ones comes last, of
// two at once the message comes first.
func merged(messages []chat.Message, items []Item) []Item {
	all := make([]Item, len(messages)+len(items))
	for n := len(all) - 1; n >= 0; n-- {
		m, i := len(messages)-1, len(items)-1
		if m < 0 || i >= 0 && !items[i].At().Before(messages[m].Received) {
			all[n], items = items[i], items[:i]
		} else {
			all[n], messages = Item{Message: &messages[m]}, messages[:m]
		}
	}
	return all
}
