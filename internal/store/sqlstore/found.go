package sqlstore

import (
	"fmt"
	"math"
	"math/bits"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/tokens"
)

// FindIndexedUsers asks for the app in such a way that SQLite does not begin with all users of it.
func (t *tx) FindIndexedUsers(page store.SearchPage) ([]chat.User, error) {
	const doing = "find indexed users"
	first, err := t.placeOfUser(page.App, 0)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	below := first + 1<<userBits
	if page.Before > 0 {
		below = first + min(page.Before, 1<<userBits)
	}
	places, err := t.findTerms(page, true, first, below)
	if err != nil || len(places) == 0 {
		return nil, err
	}
	found, args := oneOf("s.id", places, func(place int64) any { return place })
	return list(t, doing, scanUser, `SELECT `+userColumns+` FROM search s JOIN users u ON u.id = s.subject
		WHERE `+found+` AND COALESCE(u.app_id, '') = $1 ORDER BY s.id DESC`, append([]any{string(page.App)}, args...)...)
}

func (t *tx) FindSaid(page store.SearchPage) ([]store.Said, error) {
	below := page.Before
	if below == 0 {
		below = math.MaxInt64
	}
	places, err := t.findTerms(page, false, 0, below)
	if err != nil || len(places) == 0 {
		return nil, err
	}
	found, args := oneOf("s.id", places, func(place int64) any { return place })
	return list(t, "find what was said", scanSaid, `SELECT s.id, s.kind, s.subject, s.number, COALESCE(m.id, ''), COALESCE(m.change, 0), COALESCE(m.author_id, ''),
		COALESCE(u.external_id, ''), COALESCE(m.received_at, n.at), COALESCE(m.document, ''), COALESCE(n.id, ''), COALESCE(n.agent_id, ''), COALESCE(a.name, ''),
		COALESCE(n.html, '')
		FROM search s
		LEFT JOIN messages m ON s.kind = 'message' AND m.conversation_id = s.subject AND m.number = s.number
		LEFT JOIN users u ON u.id = m.author_id
		LEFT JOIN notes n ON s.kind = 'note' AND n.conversation_id = s.subject AND n.ordinal = s.number
		LEFT JOIN agents a ON a.id = n.agent_id
		WHERE `+found+` AND COALESCE(m.app_id, n.app_id) = $1 ORDER BY s.id DESC`, append([]any{string(page.App)}, args...)...)
}

func scanSaid(row scanner, s *store.Said) error {
	var m chat.Message
	var n chat.Note
	var kind string
	err := row.Scan(&s.Place, &kind, (*string)(&m.Conversation), &m.Number, (*string)(&m.ID), &m.Change, (*string)(&m.Author.User),
		&m.Author.ExternalID, (*timeValue)(&m.Received), (*messageValue)(&m), (*string)(&n.ID), (*string)(&n.Author.ID), &n.Author.Name, &n.HTML)
	if kind == "message" {
		s.Message = &m
		return err
	}
	n.Conversation, n.Ordinal, n.At = m.Conversation, m.Number, m.Received
	s.Note = &n
	return err
}

// findTerms returns places of users, or of what was said, in the app.
func (t *tx) findTerms(page store.SearchPage, users bool, above, below int64) ([]int64, error) {
	mark, err := t.markOf(page.App, users)
	if err != nil || len(page.Terms) == 0 {
		return nil, err
	}
	own := make([]tokens.Term, len(page.Terms))
	for i, term := range page.Terms {
		own[i] = tokens.Term{Text: mark + term.Text, Beginning: term.Beginning}
	}
	return t.db.tokens().find(t, users, own, above, below, page.Limit)
}

// oneOf is a condition that takes any of the things, which are the arguments from $2 on. There are as many of them as some power of two, the last one
// several times, so that few different statements are prepared.
func oneOf[T any](column string, things []T, arg func(T) any) (condition string, args []any) {
	room := 1 << bits.Len(uint(len(things)))
	args = make([]any, room)
	var list strings.Builder
	for i := range args {
		args[i] = arg(things[min(i, len(things)-1)])
		fmt.Fprintf(&list, ", $%d", i+2)
	}
	return column + ` IN (` + list.String()[2:] + `)`, args
}
