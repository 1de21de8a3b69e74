package inbox

import (
	"context"
	"strings"

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
	Teams   map[chat.TeamID]int64 // open entries of the agent's teams; for those who set the app up of all
}

// List returns a page of a view, or of one that the agent has saved, by its id, or of a team, by store.InboxOfTeam and its id: at most limit entries, of 1 to MaxPage, after the cursor. Invalid for a view that is not known, and for a
// cursor that is not of this view.
func (s *Service) List(ctx context.Context, p chat.Principal, view store.InboxView, cursor string, limit int) (page Page, err error) {
	if err := admit(p); err != nil {
		return Page{}, err
	}
	if limit < 1 || limit > MaxPage {
		return Page{}, chat.InvalidField("limit", "must be a whole number from 1 to 100")
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		if page.Entries, page.Cursor, err = listPage(tx, p, view, cursor, limit); err != nil {
			return err
		}
		if page.Counts, err = tx.CountInbox(p.App, p.Colleague().ID); err != nil {
			return err
		}
		page.Teams, err = tx.CountTeams(p.App, teamsOf(p))
		return err
	})
	return page, err
}

// listPage is a page of a view, or of a saved one by its id, and the cursor of the page after it.
func listPage(tx store.Tx, p chat.Principal, view store.InboxView, cursor string, limit int) (rows []store.InboxRow, next string, err error) {
	of := store.InboxPage{App: p.App, View: view, Agent: p.Colleague().ID, Limit: limit + 1}
	if of.Filter, err = filterOf(tx, p, view); err != nil {
		return nil, "", err
	}
	if of.Filter != nil {
		if of.Filter.Query != "" {
			return listByWords(tx, p, *of.Filter, cursor, limit)
		}
	}
	if of.After, err = readCursor(view, cursor); err != nil {
		return nil, "", err
	}
	if rows, err = tx.ListInbox(of); err != nil {
		return nil, "", err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		next = writeCursor(view, rows[limit-1].Entry)
	}
	return rows, next, tx.FillOwnNumbers(of.Agent, rows)
}

// filterOf is what a view lists that is none of those that everybody has: a saved one, or that of a team. Else it is nil.
func filterOf(tx store.Tx, p chat.Principal, view store.InboxView) (*chat.InboxFilter, error) {
	if chat.IsID(string(view)) {
		return savedFilter(tx, p, view)
	}
	team, isTeam := strings.CutPrefix(string(view), store.InboxOfTeam)
	if !isTeam {
		return nil, nil
	}
	found, err := tx.HasTeam(p.App, chat.TeamID(team))
	if err == nil && !found {
		err = chat.InvalidField("view", "is not known: the team may have been removed")
	}
	return &chat.InboxFilter{Status: chat.InboxOpen, Team: chat.TeamID(team)}, err
}

// teamsOf is the agent whose teams are counted for the principal; "" is all.
func teamsOf(p chat.Principal) chat.AgentID {
	if p.May(chat.SetUpApp) {
		return ""
	}
	return p.Colleague().ID
}

// Get returns one entry as List does. NotFound.
func (s *Service) Get(ctx context.Context, p chat.Principal, id chat.ConversationID) (row store.InboxRow, err error) {
	if err := admit(p); err != nil {
		return row, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		row, err = rowOf(tx, p, id)
		return err
	})
	return row, err
}

// rowOf is an entry as the agent sees it.
func rowOf(tx store.Tx, p chat.Principal, id chat.ConversationID) (store.InboxRow, error) {
	row, err := tx.GetInboxRow(p.App, id)
	if err != nil {
		return row, err
	}
	one := []store.InboxRow{row}
	err = tx.FillOwnNumbers(p.Colleague().ID, one)
	return one[0], err
}

// Read notes how far the agent has read a conversation. What others have read counts for them alone. NotFound.
func (s *Service) Read(ctx context.Context, p chat.Principal, id chat.ConversationID, number int64) error {
	if err := admit(p); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx store.Tx) error {
		conversation, err := tx.GetConversation(p.App, id)
		if err != nil {
			return err
		}
		return tx.MarkReadBy(p.Colleague().ID, id, min(number, conversation.LastNumber))
	})
}
