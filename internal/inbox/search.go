package inbox

import (
	"context"
	"strconv"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/richtext"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/tokens"
)

// Found is a message or a note with the words of a query, and its conversation as lists show it.
type Found struct {
	store.Said
	Row     store.InboxRow
	Excerpt []tokens.Part
}

// maxQuery is how many characters a query may have.
const maxQuery = 200

// maxSearched is how many pages of the index one search reads: parts of words may stand apart in what it finds, and then it is not looked for.
const maxSearched = 5

// Search returns messages and notes of the app that have all the words of the query, the newest first: at most limit, of 1 to MaxPage, after the
// cursor, and the cursor of the page after it; "": there is none.
func (s *Service) Search(ctx context.Context, p chat.Principal, query, cursor string, limit int) (found []Found, next string, err error) {
	if err := admit(p); err != nil {
		return nil, "", err
	}
	of := store.SearchPage{App: p.App, Limit: limit + 1}
	wanted := tokens.Parse(query)
	switch of.Terms = wanted.ForMessages(); {
	case limit < 1 || limit > MaxPage:
		return nil, "", chat.InvalidField("limit", "must be a whole number from 1 to 100")
	case utf8.RuneCountInString(query) > maxQuery:
		return nil, "", chat.InvalidField("query", "must have at most %d characters", maxQuery)
	case wanted.Empty():
		return nil, "", chat.InvalidField("query", "must hold a letter or a digit")
	}
	if cursor != "" {
		if of.Before, err = strconv.ParseInt(cursor, 10, 64); err != nil || of.Before < 1 {
			return nil, "", noPlace()
		}
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if found, of.Before, err = said(tx, wanted, of, limit); err != nil {
			return err
		}
		return withRows(tx, p, found)
	})
	if err == nil && of.Before > 0 {
		next = strconv.FormatInt(of.Before, 10)
	}
	return found, next, err
}

// said returns what has the words of the query, and the place before which to go on; 0: that is all.
func said(tx store.Tx, query tokens.Query, page store.SearchPage, limit int) (found []Found, next int64, err error) {
	for range maxSearched {
		candidates, err := tx.FindSaid(page)
		if err != nil {
			return nil, 0, err
		}
		for _, said := range candidates {
			text := textOf(said)
			spans, ok := query.Message(text)
			switch {
			case !ok:
				continue
			case len(found) == limit:
				return found, found[limit-1].Place, nil
			}
			found = append(found, Found{Said: said, Excerpt: tokens.Excerpt(text, spans)})
		}
		if len(candidates) < page.Limit {
			return found, 0, nil
		}
		page.Before = candidates[len(candidates)-1].Place
	}
	return found, page.Before, nil
}

func textOf(said store.Said) string {
	if said.Note != nil {
		return richtext.Plain(said.Note.HTML)
	}
	return said.Message.Content.Fallback()
}

// withRows gives everything found the entry of its conversation.
func withRows(tx store.Tx, p chat.Principal, found []Found) error {
	if len(found) == 0 {
		return nil
	}
	var ids []chat.ConversationID
	for _, f := range found {
		ids = append(ids, f.conversation())
	}
	rows, err := tx.ListInboxOf(p.App, ids)
	if err == nil {
		err = tx.FillOwnNumbers(p.Colleague().ID, rows)
	}
	if err != nil {
		return err
	}
	byID := make(map[chat.ConversationID]store.InboxRow, len(rows))
	for _, row := range rows {
		byID[row.Entry.Conversation] = row
	}
	for i := range found {
		found[i].Row = byID[found[i].conversation()]
	}
	return nil
}

func (f Found) conversation() chat.ConversationID {
	if f.Note != nil {
		return f.Note.Conversation
	}
	return f.Message.Conversation
}
