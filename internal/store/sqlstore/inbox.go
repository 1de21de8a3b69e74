package sqlstore

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// A team that is gone is read as none. Few entries have one, and of those alone it is asked.
const inboxColumns = `i.conversation_id, i.app_id, i.status, i.snoozed_until,
	CASE WHEN i.team = '' THEN '' ELSE COALESCE((SELECT e.id FROM teams e WHERE e.id = i.team), '') END, i.assignee, i.tags, i.waiting_since, i.moved_at, i.last_ordinal,
	i.opened_at, i.answered_at, i.answered_by`

func intoEntry(e *chat.InboxEntry) []any {
	return []any{(*string)(&e.Conversation), (*string)(&e.App), (*string)(&e.Status), (*timeValue)(&e.SnoozedUntil), (*string)(&e.Team.ID), (*string)(&e.Assignee.ID),
		(*namesValue)(&e.Tags), (*timeValue)(&e.WaitingSince), (*timeValue)(&e.MovedAt), &e.LastOrdinal,
		(*timeValue)(&e.OpenedAt), (*timeValue)(&e.AnsweredAt), (*string)(&e.AnsweredBy)}
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
		(conversation_id, app_id, status, snoozed_until, assignee, tags, waiting_since, moved_at, last_ordinal,
		opened_at, answered_at, answered_by, team) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING`, e)
	return affected > 0, err
}

func (t *tx) OpenInboxEntry(e chat.InboxEntry) (chat.TeamID, error) {
	const doing = "open inbox entry"
	args, err := entryArgs(e)
	if err != nil {
		return "", fmt.Errorf("%s: %w", doing, err)
	}
	team, _, err := change(t, doing, scanText[chat.TeamID], `INSERT INTO inbox
		(conversation_id, app_id, status, snoozed_until, assignee, tags, waiting_since, moved_at, last_ordinal,
		opened_at, answered_at, answered_by, team) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
		COALESCE((SELECT t.id FROM teams t WHERE t.app_id = $2 AND t.intake), $13)) ON CONFLICT DO NOTHING RETURNING team`, args...)
	return team, err
}

func (t *tx) UpdateInboxEntry(e chat.InboxEntry) error {
	const doing = "update inbox entry"
	affected, err := t.putEntry(doing, `UPDATE inbox SET status = $3, snoozed_until = $4, assignee = $5, tags = $6, waiting_since = $7,
		moved_at = $8, last_ordinal = $9, opened_at = $10, answered_at = $11, answered_by = $12, team = $13 WHERE conversation_id = $1 AND app_id = $2`, e)
	if err == nil && affected == 0 {
		err = fmt.Errorf("%s: %w", doing, chat.Missing("conversation"))
	}
	return err
}

func (t *tx) putEntry(doing, query string, e chat.InboxEntry) (int64, error) {
	args, err := entryArgs(e)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", doing, err)
	}
	return t.exec(doing, query, args...)
}

func entryArgs(e chat.InboxEntry) ([]any, error) {
	tags, err := names(e.Tags)
	return []any{string(e.Conversation), string(e.App), string(e.Status), micros(e.SnoozedUntil), string(e.Assignee.ID),
		tags, micros(e.WaitingSince), micros(e.MovedAt), e.LastOrdinal,
		micros(e.OpenedAt), micros(e.AnsweredAt), string(e.AnsweredBy), string(e.Team.ID)}, err
}

// view is how the entries of a view are found.
type view struct {
	where string // "{agent}": the agent who asks
	by    string // the time that orders it
	order string
}

// unread is asked of the messages after those that the agent has read, which are few or none: as a value, since of EXISTS Postgres makes a join
// with all messages.
const unread = `(SELECT e.number FROM messages e WHERE e.conversation_id = i.conversation_id AND e.author_id <> ''
	AND e.number > COALESCE((SELECT r.number FROM agent_reads r WHERE r.agent_id = {agent} AND r.conversation_id = i.conversation_id), 0)
	ORDER BY e.number LIMIT 1) IS NOT NULL`

const oldestFirst, newestFirst = "", " DESC"

// Whether a user waits is asked for by <>, which is no bound of the index: of two lower bounds SQLite may take the one that is not the
// cursor's, and read all that comes before it.
var views = map[store.InboxView]view{
	store.InboxWaiting:    {where: `i.status = 'open' AND i.waiting_since <> 0`, by: "i.waiting_since", order: oldestFirst},
	store.InboxMine:       {where: `i.status = 'open' AND i.assignee = {agent} AND i.assignee <> ''`, by: "i.moved_at", order: newestFirst},
	store.InboxUnread:     {where: `i.status = 'open' AND ` + unread, by: "i.moved_at", order: newestFirst},
	store.InboxUnassigned: {where: `i.status = 'open' AND i.assignee = ''`, by: "i.moved_at", order: newestFirst},
	store.InboxOpen:       {where: `i.status = 'open'`, by: "i.moved_at", order: newestFirst},
	store.InboxSnoozed:    {where: `i.status = 'snoozed'`, by: "i.moved_at", order: newestFirst},
	store.InboxClosed:     {where: `i.status = 'closed'`, by: "i.moved_at", order: newestFirst},
}

// condition is that of the view, where the agent is the argument of that name.
func (v view) condition(agent string) string { return strings.ReplaceAll(v.where, "{agent}", agent) }

// isOfAgent tells whether the view is another one for each agent.
func (v view) isOfAgent() bool { return strings.Contains(v.where, "{agent}") }

func (t *tx) ListInbox(page store.InboxPage) ([]store.InboxRow, error) {
	const doing = "list inbox"
	v, known := views[page.View]
	condition, asked := v.condition("$5"), []any{string(page.Agent)}
	if !v.isOfAgent() {
		asked = nil
	}
	if page.Filter != nil {
		var err error
		v, known = views[store.InboxOpen], true
		if condition, asked, err = conditionOf(*page.Filter, page.Agent, 5); err != nil {
			return nil, fmt.Errorf("%s: %w", doing, err)
		}
	}
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
	args := append([]any{string(page.App), after.number, after.id, page.Limit}, asked...)
	return list(t, doing, scanInboxRow, fmt.Sprintf(`%s WHERE i.app_id = $1 AND %s AND (%s, i.conversation_id) %s ($2, $3)
		ORDER BY %[3]s%[5]s, i.conversation_id%[5]s LIMIT $4 + 0`, inboxRows, condition, v.by, beyond, v.order), args...)
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

func (t *tx) ListInboxOf(app chat.AppID, conversations []chat.ConversationID) ([]store.InboxRow, error) {
	those, args := oneOf("i.conversation_id", conversations, func(id chat.ConversationID) any { return string(id) })
	return list(t, "list inbox entries of conversations", scanInboxRow, inboxRows+` WHERE `+those+` AND i.app_id = $1`, append([]any{string(app)}, args...)...)
}

// countQuery counts each view in a run of its index that ends at the most that is counted.
var countQuery = func() string {
	query := `SELECT `
	for n, name := range []store.InboxView{store.InboxWaiting, store.InboxMine, store.InboxUnread, store.InboxUnassigned, store.InboxOpen, store.InboxSnoozed, store.InboxClosed} {
		if n > 0 {
			query += `, `
		}
		query += fmt.Sprintf(`(SELECT count(*) FROM (SELECT 1 FROM inbox i WHERE i.app_id = $1 AND %s LIMIT %d) AS counted)`, views[name].condition("$2"), store.MaxInboxCount)
	}
	return query
}()

func scanCounts(row scanner, n *store.InboxCounts) error {
	return row.Scan(&n.Waiting, &n.Mine, &n.Unread, &n.Unassigned, &n.Open, &n.Snoozed, &n.Closed)
}

func (t *tx) CountInbox(app chat.AppID, agent chat.AgentID) (store.InboxCounts, error) {
	counts, _, err := find(t, "count inbox", scanCounts, countQuery, string(app), string(agent))
	return counts, err
}

func (t *tx) MarkReadBy(agent chat.AgentID, conversation chat.ConversationID, number int64) error {
	_, err := t.exec("mark read by agent", `INSERT INTO agent_reads (agent_id, conversation_id, number) VALUES ($1, $2, $3)
		ON CONFLICT (agent_id, conversation_id) DO UPDATE SET number = excluded.number WHERE agent_reads.number < excluded.number`,
		string(agent), string(conversation), number)
	return err
}

func (t *tx) FillOwnNumbers(agent chat.AgentID, rows []store.InboxRow) error {
	if len(rows) == 0 {
		return nil
	}
	those, args := oneOf("conversation_id", rows, func(row store.InboxRow) any { return string(row.Entry.Conversation) })
	read, err := list(t, "list what an agent has read", scanPlace, `SELECT number, conversation_id FROM agent_reads WHERE agent_id = $1 AND `+those,
		append([]any{string(agent)}, args...)...)
	if err != nil {
		return err
	}
	numbers := make(map[string]int64, len(read))
	for _, r := range read {
		numbers[r.id] = r.number
	}
	for i := range rows {
		rows[i].OwnNumber = numbers[string(rows[i].Entry.Conversation)]
	}
	return nil
}

func (t *tx) ListOverslept(now time.Time, limit int) ([]chat.InboxEntry, error) {
	return list(t, "list overslept entries", scanEntry, `SELECT `+inboxColumns+` FROM inbox i
		WHERE i.snoozed_until > 0 AND i.snoozed_until <= $1 ORDER BY i.snoozed_until LIMIT $2 + 0`, micros(now), limit)
}
