package inbox

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// MaxPage is the most entries of a page.
const MaxPage = 100

// Page is a part of a view, with how much is in each.
type Page struct {
	Entries []store.InboxRow
	Cursor  string // of the page after it; "": there is none
	Counts  store.InboxCounts
}

// List returns a page of a view: at most limit entries, of 1 to MaxPage, after the cursor. Invalid for a view that is not known, and for a
// cursor that is not of this view.
func (s *Service) List(ctx context.Context, p chat.Principal, view store.InboxView, cursor string, limit int) (page Page, err error) {
	if err := admit(p); err != nil {
		return Page{}, err
	}
	if limit < 1 || limit > MaxPage {
		return Page{}, chat.InvalidField("limit", "must be a whole number from 1 to 100")
	}
	after, err := readCursor(view, cursor)
	if err != nil {
		return Page{}, err
	}
	of := store.InboxPage{App: p.App, View: view, Agent: p.Colleague().ID, After: after, Limit: limit + 1}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if page.Entries, err = tx.ListInbox(of); err != nil {
			return err
		}
		page.Counts, err = tx.CountInbox(p.App, of.Agent)
		return err
	})
	if len(page.Entries) > limit {
		page.Entries = page.Entries[:limit]
		page.Cursor = writeCursor(view, page.Entries[limit-1].Entry)
	}
	return page, err
}

// Get returns one entry as List does. NotFound.
func (s *Service) Get(ctx context.Context, p chat.Principal, id chat.ConversationID) (row store.InboxRow, err error) {
	if err := admit(p); err != nil {
		return row, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		row, err = tx.GetInboxRow(p.App, id)
		return err
	})
	return row, err
}
