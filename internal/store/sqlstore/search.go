package sqlstore

import (
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (t *tx) HoldIndexing(lease string, rules int64, now, until time.Time) (int64, bool, error) {
	return change(t, "hold indexing", scanNumber, `UPDATE search_state SET lease = $1, leased_until = $4
		WHERE rules <= $2 AND (lease = $1 OR leased_until <= $3) RETURNING rules`, lease, rules, micros(now), micros(until))
}

// MarkUnindexed goes by ids. What comes to be behind it is marked by itself.
func (t *tx) MarkUnindexed(after store.MarkedPlace, limit int) (next store.MarkedPlace, more bool, err error) {
	const doing = "mark to be indexed"
	table, marks := "users", []string{`UPDATE users SET unindexed = 1 WHERE id > $1 AND id <= $2 AND unindexed = 0`}
	if after.Conversations {
		table, marks = "conversations", []string{
			`UPDATE conversations SET unindexed_from = 1 WHERE id > $1 AND id <= $2 AND last_number > 0 AND unindexed_from <> 1`,
			`UPDATE notes SET unindexed = 1 WHERE conversation_id > $1 AND conversation_id <= $2 AND unindexed = 0`,
		}
	}
	last, more, err := find(t, doing, scanText[string], `SELECT id FROM `+table+` WHERE id > $1 ORDER BY id LIMIT 1 OFFSET $2 + 0`, after.ID, limit-1)
	if err == nil && !more {
		last, _, err = find(t, doing, scanText[string], `SELECT COALESCE(MAX(id), '') FROM `+table)
	}
	if err != nil {
		return next, false, err
	}
	for _, mark := range marks {
		if _, err := t.exec(doing, mark, after.ID, last); err != nil {
			return next, false, err
		}
	}
	if more {
		return store.MarkedPlace{Conversations: after.Conversations, ID: last}, true, nil
	}
	return store.MarkedPlace{Conversations: true}, !after.Conversations, nil
}

func (t *tx) SetIndexingRules(rules int64) error {
	_, err := t.exec("set rules of indexing", `UPDATE search_state SET rules = $1`, rules)
	return err
}

func (t *tx) IsIndexed(rules int64) (bool, error) {
	_, found, err := find(t, "look for what is not indexed", scanNumber, `SELECT 1 FROM search_state WHERE rules < $1
		OR EXISTS (SELECT 1 FROM users WHERE unindexed > 0) OR EXISTS (SELECT 1 FROM notes WHERE unindexed > 0)
		OR EXISTS (SELECT 1 FROM conversations WHERE unindexed_from > 0)`, rules)
	return !found, err
}

func (t *tx) ListUnindexedUsers(limit int) ([]chat.User, error) {
	return list(t, "list unindexed users", scanUser, t.db.takeRows(`SELECT `+userColumns+` FROM users u WHERE u.unindexed > 0 LIMIT $1 + 0`), limit)
}

func (t *tx) ListUnindexedNotes(limit int) ([]chat.Note, error) {
	return list(t, "list unindexed notes", scanNote, t.db.takeRows(`SELECT n.app_id, n.conversation_id, n.id, n.ordinal, n.sent_id, n.agent_id, '',
		n.text, n.html, n.at FROM notes n WHERE n.unindexed > 0 LIMIT $1 + 0`), limit)
}

func (t *tx) ListUnindexed(limit int) ([]store.Unindexed, error) {
	scan := func(row scanner, u *store.Unindexed) error {
		return row.Scan((*string)(&u.App), (*string)(&u.Conversation), &u.From)
	}
	return list(t, "list unindexed conversations", scan,
		t.db.takeRows(`SELECT app_id, id, unindexed_from FROM conversations WHERE unindexed_from > 0 LIMIT $1 + 0`), limit)
}

func (t *tx) ListUnindexedMessages(of store.Unindexed, limit int) ([]chat.Message, error) {
	return list(t, "list unindexed messages", scanMessage, `SELECT `+messageColumns+` FROM messages
		WHERE conversation_id = $1 AND number >= $2 AND NOT deleted ORDER BY number LIMIT $3 + 0`, string(of.Conversation), of.From, limit)
}

// searchRow is a row of search.
type searchRow struct {
	app     chat.AppID
	place   int64  // its id, by which it is found: the higher, the earlier
	kind    string // user, message, note
	subject string
	number  int64
	tokens  []string
}

func (t *tx) IndexUser(u chat.User, tokens []string) error {
	const doing = "index user"
	if err := t.unindex(`subject = $1`, string(u.ID)); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	place, err := t.placeOfUser(u.App, u.Number)
	if err == nil {
		_, err = t.index(searchRow{u.App, place, "user", string(u.ID), u.Number, tokens})
	}
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	_, err = t.exec(doing, `UPDATE users SET unindexed = 0 WHERE id = $1`, string(u.ID))
	return err
}

func (t *tx) IndexNote(n chat.Note, tokens []string) error {
	const doing = "index note"
	if err := t.unindex(`subject = $1 AND kind = 'note' AND number = $2`, string(n.Conversation), n.Ordinal); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if err := t.indexSaid([]searchRow{{n.App, placeOfSaid(n.At, 0), "note", string(n.Conversation), n.Ordinal, tokens}}); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	_, err := t.exec(doing, `UPDATE notes SET unindexed = 0 WHERE conversation_id = $1 AND ordinal = $2`, string(n.Conversation), n.Ordinal)
	return err
}

func (t *tx) IndexMessages(parts []store.IndexedPart) error {
	const doing = "index messages"
	var rows []searchRow
	for _, part := range parts {
		if err := t.unindex(`subject = $1 AND kind = 'message' AND number >= $2`, string(part.Conversation), part.From); err != nil {
			return fmt.Errorf("%s: %w", doing, err)
		}
		var place int64
		for _, m := range part.Messages {
			place = placeOfSaid(m.At, place)
			rows = append(rows, searchRow{part.App, place, "message", string(part.Conversation), m.Number, m.Tokens})
		}
	}
	if err := t.indexSaid(rows); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	for _, part := range parts {
		if _, err := t.exec(doing, `UPDATE conversations SET unindexed_from = $2 WHERE id = $1`, string(part.Conversation), part.Next); err != nil {
			return err
		}
	}
	return nil
}

// markUnindexed has a user indexed anew.
func (t *tx) markUnindexed(user chat.UserID) error {
	_, err := t.exec("mark user", `UPDATE users SET unindexed = 1 WHERE id = $1 AND unindexed = 0`, string(user))
	return err
}

// unindex has the rows of search that the condition names found no more.
func (t *tx) unindex(condition string, args ...any) error {
	return t.db.tokens().drop(t, condition, args...)
}

// unindexApp has nothing of the app found any more. Nobody indexes what is locked.
func (t *tx) unindexApp(app chat.AppID) error {
	const conversations = `SELECT id FROM conversations WHERE app_id = $1`
	for _, rows := range []string{conversations, `SELECT id FROM users WHERE app_id = $1`, `SELECT ordinal FROM notes WHERE conversation_id IN (` + conversations + `)`} {
		if _, _, err := find(t, "lock what is indexed", scanNumber, `SELECT count(*) FROM (`+t.db.lockRows(rows)+`) AS locked`, string(app)); err != nil {
			return err
		}
	}
	if err := t.unindex(`subject IN (`+conversations+`)`, string(app)); err != nil {
		return err
	}
	return t.unindex(`subject IN (SELECT id FROM users WHERE app_id = $1)`, string(app))
}
