package inbox

import (
	"context"
	"strconv"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/tokens"
)

// SavedViews returns those of the agent, the oldest first.
func (s *Service) SavedViews(ctx context.Context, p chat.Principal) (views []chat.SavedView, err error) {
	if err := admit(p); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		views, err = tx.ListSavedViews(p.App, p.Colleague().ID)
		return err
	})
	return views, err
}

// SaveView keeps a view of the agent, or changes the one that has its id. Conflict too_many_views.
func (s *Service) SaveView(ctx context.Context, p chat.Principal, view chat.SavedView) (chat.SavedView, error) {
	if err := admit(p); err != nil {
		return view, err
	}
	view.App, view.Agent, view.CreatedAt = p.App, p.Colleague().ID, s.clock()
	view, err := view.Check()
	if err != nil {
		return view, err
	}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		stored, err := tx.PutSavedView(view)
		if err == nil && !stored {
			err = &chat.Error{Kind: chat.Conflict, Code: "conflict", Message: "There are 20 saved views already, which is as many as there may be. Remove one first."}
		}
		return err
	})
	return view, err
}

// RemoveView removes a view of the agent. NotFound.
func (s *Service) RemoveView(ctx context.Context, p chat.Principal, id chat.SavedViewID) error {
	if err := admit(p); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx store.Tx) error { return tx.DeleteSavedView(p.App, p.Colleague().ID, id) })
}

// savedFilter is that of a saved view of the agent.
func savedFilter(tx store.Tx, p chat.Principal, view store.InboxView) (*chat.InboxFilter, error) {
	saved, found, err := tx.FindSavedView(p.App, p.Colleague().ID, chat.SavedViewID(view))
	if err == nil && !found {
		err = chat.InvalidField("view", "is not known: it may have been removed")
	}
	return &saved.Filter, err
}

// listByWords is a page of a filter with words: the conversations in which they were said, the last one first. A conversation in which they were
// said several times may be on several pages.
func listByWords(tx store.Tx, p chat.Principal, filter chat.InboxFilter, cursor string, limit int) (rows []store.InboxRow, next string, err error) {
	query := tokens.Parse(filter.Query)
	page := store.SearchPage{App: p.App, Terms: query.ForMessages(), Limit: limit + 1}
	if cursor != "" {
		if page.Before, err = strconv.ParseInt(cursor, 10, 64); err != nil || page.Before < 1 {
			return nil, "", noPlace()
		}
	}
	seen := map[chat.ConversationID]bool{}
	for range maxSearched {
		found, before, err := said(tx, query, page, limit)
		if err == nil {
			err = withRows(tx, p, found)
		}
		if err != nil {
			return nil, "", err
		}
		for _, f := range found {
			id := f.conversation()
			if !seen[id] && filter.Takes(f.Row.Entry, p.Colleague().ID) {
				rows = append(rows, f.Row)
			}
			seen[id] = true
		}
		if page.Before = before; before == 0 {
			return rows, "", nil
		}
		if len(rows) > 0 {
			break
		}
	}
	return rows, strconv.FormatInt(page.Before, 10), nil
}
