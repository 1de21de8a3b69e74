package inbox

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

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
