package sqlstore

import (
	"fmt"
	"math"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const inboxColumns = `i.conversation_id, i.app_id, i.status, i.snoozed_until, i.assignee, i.tags, i.waiting_since, i.moved_at, i.last_ordinal`

func intoEntry(e *chat.InboxEntry) []any {
	return []any{(*string)(&e.Conversation), (*string)(&e.App), (*string)(&e.Status), (*timeValue)(&e.SnoozedUntil), (*string)(&e.Assignee.ID),
		(*namesValue)(&e.Tags), (*timeValue)(&e.WaitingSince), (*timeValue)(&e.MovedAt), &e.LastOrdinal}
}

func scanEntry(row scanner, e *chat.InboxEntry) error { return row.Scan(intoEntry(e)...) }

// names is how a list of names stands in a column.
func names(all []string) (string, error) {
	if len(all) == 0 {
		return "", nil
	}
	return document(all)
}

// namesValue reads what names wrote.
type namesValue []string

func (v *namesValue) Scan(src any) error {
	*v = nil
	return parse(src, (*[]string)(v))
}

func (t *tx) FindInboxEntry(app chat.AppID, conversation chat.ConversationID) (chat.InboxEntry, bool, error) {
	return find(t, "find inbox entry", scanEntry, `SELECT `+inboxColumns+` FROM inbox i WHERE i.conversation_id = $1 AND i.app_id = $2`,
		string(conversation), string(app))
}

func (t *tx) InsertInboxEntry(e chat.InboxEntry) (bool, error) {
	affected, err := t.putEntry("insert inbox entry", `INSERT INTO inbox
		(conversation_id, app_id, status, snoozed_until, assignee, tags, waiting_since, moved_at, last_ordinal)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`, e)
	return affected > 0, err
}

func (t *tx) UpdateInboxEntry(e chat.InboxEntry) error {
	const doing = "update inbox entry"
	affected, err := t.putEntry(doing, `UPDATE inbox SET status = $3, snoozed_until = $4, assignee = $5, tags = $6, waiting_since = $7,
		moved_at = $8, last_ordinal = $9 WHERE conversation_id = $1 AND app_id = $2`, e)
	if err == nil && affected == 0 {
		err = fmt.Errorf("%s: %w", doing, chat.Missing("conversation"))
	}
	return err
}

func (t *tx) putEntry(doing, query string, e chat.InboxEntry) (int64, error) {
	tags, err := names(e.Tags)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", doing, err)
	}
	return t.exec(doing, query, string(e.Conversation), string(e.App), string(e.Status), micros(e.SnoozedUntil), string(e.Assignee.ID),
		tags, micros(e.WaitingSince), micros(e.MovedAt), e.LastOrdinal)
}

// view is how the entries of a view are found.
type view struct {
	where   string
	ofAgent bool   // only those that are assigned to the agent who asks
	by      string // the time that orders it
	order   string
}

const oldestFirst, newestFirst = "", " DESC"

// Whether a user waits is asked for by <>, which is no bound of the index: of two lower bounds SQLite may take the one that is not the
// cursor's, and read all that comes before it.
var views = map[store.InboxView]view{
	store.InboxWaiting:    {where: `i.status = 'open' AND i.waiting_since <> 0`, by: "i.waiting_since", order: oldestFirst},
	store.InboxMine:       {where: `i.status = 'open'`, ofAgent: true, by: "i.moved_at", order: newestFirst},
	store.InboxUnassigned: {where: `i.status = 'open' AND i.assignee = ''`, by: "i.moved_at", order: newestFirst},
	store.InboxOpen:       {where: `i.status = 'open'`, by: "i.moved_at", order: newestFirst},
	store.InboxSnoozed:    {where: `i.status = 'snoozed'`, by: "i.moved_at", order: newestFirst},
	store.InboxClosed:     {where: `i.status = 'closed'`, by: "i.moved_at", order: newestFirst},
}

// condition is that of the view, where the agent is the argument of that name.
func (v view) condition(agent string) string {
	if !v.ofAgent {
		return v.where
	}
	return v.where + ` AND i.assignee = ` + agent + ` AND i.assignee <> ''`
}

func (t *tx) ListInbox(page store.InboxPage) ([]store.InboxRow, error) {
	const doing = "list inbox"
	v, known := views[page.View]
	if !known {
		return nil, fmt.Errorf("%s: %w", doing, chat.InvalidField("view", "is not known"))
	}
	after, beyond := place{micros(page.After.At), string(page.After.Conversation)}, ">"
	if v.order == newestFirst {
		beyond = "<"
		if page.After == (store.InboxPlace{}) {
			after.number = math.MaxInt64
		}
	}
	args := []any{string(page.App), after.number, after.id, page.Limit}
	if v.ofAgent {
		args = append(args, string(page.Agent))
	}
	return list(t, doing, scanInboxRow, fmt.Sprintf(`%s WHERE i.app_id = $1 AND %s AND (%s, i.conversation_id) %s ($2, $3)
		ORDER BY %[3]s%[5]s, i.conversation_id%[5]s LIMIT $4 + 0`, inboxRows, v.condition("$5"), v.by, beyond, v.order), args...)
}

func (t *tx) GetInboxRow(app chat.AppID, conversation chat.ConversationID) (store.InboxRow, error) {
	return get(t, "conversation", "load inbox entry", scanInboxRow, inboxRows+` WHERE i.conversation_id = $1 AND i.app_id = $2`,
		string(conversation), string(app))
}

// ListInboxOfUser chooses the conversations before it looks anything up of them. The app is asked for where they are chosen: asked for
// beside them, it has SQLite read all its entries.
func (t *tx) ListInboxOfUser(app chat.AppID, user chat.UserID, limit int) ([]store.InboxRow, error) {
	return list(t, "list inbox entries of user", scanInboxRow, inboxRows+` WHERE i.conversation_id IN (
			SELECT o.conversation_id FROM participants o JOIN conversations k ON k.id = o.conversation_id
			WHERE o.user_id = $2 AND o.app_id = $1 AND k.last_number > 0 ORDER BY o.active_hour DESC, k.active_at DESC, k.id DESC LIMIT $3 + 0)
		ORDER BY c.active_at DESC, c.id DESC`, string(app), string(user), limit)
}

// countQuery counts each view in a run of its index that ends at the most that is counted.
var countQuery = func() string {
	query := `SELECT `
	for n, name := range []store.InboxView{store.InboxWaiting, store.InboxMine, store.InboxUnassigned, store.InboxOpen, store.InboxSnoozed, store.InboxClosed} {
		if n > 0 {
			query += `, `
		}
		query += fmt.Sprintf(`(SELECT count(*) FROM (SELECT 1 FROM inbox i WHERE i.app_id = $1 AND %s LIMIT %d) AS counted)`, views[name].condition("$2"), store.MaxInboxCount)
	}
	return query
}()

func scanCounts(row scanner, n *store.InboxCounts) error {
	return row.Scan(&n.Waiting, &n.Mine, &n.Unassigned, &n.Open, &n.Snoozed, &n.Closed)
}

func (t *tx) CountInbox(app chat.AppID, agent chat.AgentID) (store.InboxCounts, error) {
	counts, _, err := find(t, "count inbox", scanCounts, countQuery, string(app), string(agent))
	return counts, err
}

func (t *tx) ListOverslept(now time.Time, limit int) ([]chat.InboxEntry, error) {
	return list(t, "list overslept entries", scanEntry, `SELECT `+inboxColumns+` FROM inbox i
		WHERE i.snoozed_until > 0 AND i.snoozed_until <= $1 ORDER BY i.snoozed_until LIMIT $2 + 0`, micros(now), limit)
}
