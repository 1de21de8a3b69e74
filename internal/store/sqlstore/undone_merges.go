package sqlstore

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (t *tx) UndoMerge(m chat.UserMerge) (store.Unmerged, error) {
	back, err := t.undoMerge(m)
	if err != nil {
		return store.Unmerged{}, fmt.Errorf("undo merge: %w", err)
	}
	return back, nil
}

func (t *tx) undoMerge(m chat.UserMerge) (store.Unmerged, error) {
	_, err := list(t, "lock conversations", scanText[chat.ConversationID], t.db.lockRows(`SELECT id FROM conversations
		WHERE id IN (SELECT conversation_id FROM merged_participants WHERE merge_id = $1) ORDER BY id`), string(m.ID))
	if err != nil {
		return store.Unmerged{}, err
	}
	// The record comes first, since the other rows refer to it. Its change number moves on: its set of conversations is
	// what it was, but whoever remembers the number does not know that.
	affected, err := t.exec("give back user", `INSERT INTO users (`+columnsOfUser+`) SELECT `+columnsOfUser+` FROM merged_users WHERE merge_id = $1
		ON CONFLICT DO NOTHING`, string(m.ID))
	if err == nil && affected == 0 {
		err = externalIDTaken()
	}
	if err != nil {
		return store.Unmerged{}, err
	}
	if err := t.BumpUser(m.App, m.Discarded); err != nil {
		return store.Unmerged{}, err
	}
	back, err := t.whatGoesBack(m)
	if err != nil {
		return store.Unmerged{}, err
	}
	if err := t.execAll(givingBack(m)); err != nil {
		return store.Unmerged{}, err
	}
	if err := t.markUnindexed(m.Surviving); err != nil {
		return store.Unmerged{}, err
	}
	return back, t.execAll(forgetting(m))
}

// whatGoesBack reads it before it goes.
func (t *tx) whatGoesBack(m chat.UserMerge) (back store.Unmerged, err error) {
	const (
		doing  = "find what goes back"
		theirs = ` FROM merged_participants k JOIN participants p ON p.conversation_id = k.conversation_id AND p.user_id = $2
			WHERE k.merge_id = $1 AND `
		clients = `SELECT c.id FROM merged_names k JOIN clients c ON c.id = k.name AND c.user_id = $2
			WHERE k.merge_id = $1 AND k.kind = 'client'`
	)
	id, surviving := string(m.ID), string(m.Surviving)
	back.Conversations, err = list(t, doing, scanText[chat.ConversationID], `SELECT k.conversation_id`+theirs+`NOT k.shared ORDER BY 1`, id, surviving)
	if err != nil {
		return back, err
	}
	back.Shared, err = list(t, doing, scanText[chat.ConversationID],
		`SELECT conversation_id FROM merged_participants WHERE merge_id = $1 AND shared ORDER BY 1`, id)
	if err != nil {
		return back, err
	}
	if back.Clients, err = list(t, doing, scanText[chat.ClientID], clients+` ORDER BY 1`, id, surviving); err != nil {
		return back, err
	}
	if back.Sessions, err = list(t, doing, scanText[chat.ClientID], clients+` AND c.session_id <> '' ORDER BY 1`, id, surviving); err != nil {
		return back, err
	}
	clash := func(row scanner, c *chat.IdentityConflict) error {
		c.App, c.User = m.App, m.Discarded
		return row.Scan((*string)(&c.Owner), (*string)(&c.Kind), &c.Value)
	}
	back.Clashes, err = list(t, doing, clash, `SELECT i.user_id, i.kind, i.value FROM merged_identities k
		JOIN identities i ON i.app_id = k.app_id AND i.kind = k.kind AND i.value = k.value
		WHERE k.merge_id = $1 AND i.user_id <> $2 ORDER BY 2, 3`, id, surviving)
	return back, err
}

// givingBack are the steps of an undo once the record is there again, in an order in which each finds what it asks for.
func givingBack(m chat.UserMerge) []step {
	id, surviving, discarded := string(m.ID), string(m.Surviving), string(m.Discarded)
	const (
		kept = `(SELECT k.%s FROM merged_participants k WHERE k.merge_id = $1 AND k.conversation_id = participants.conversation_id)`
		// A place among the participants that somebody took since is not given back; the order of joining is then the end.
		place = `CASE WHEN EXISTS (SELECT 1 FROM participants p WHERE p.conversation_id = k.conversation_id AND p.ordinal = k.ordinal)
			THEN (SELECT MAX(p.ordinal) + 1 FROM participants p WHERE p.conversation_id = k.conversation_id) ELSE k.ordinal END`
		entries    = `SELECT 1 FROM merged_entries k WHERE k.merge_id = $1 AND k.conversation_id = %[1]s.conversation_id AND k.number = %[1]s.number`
		ofMerge    = `(SELECT conversation_id FROM merged_entries WHERE merge_id = $1)`
		stillThere = `EXISTS (SELECT 1 FROM participants p WHERE p.conversation_id = k.conversation_id AND p.user_id = $2)`
		wroteThere = `EXISTS (SELECT 1 FROM messages w WHERE w.conversation_id = k.conversation_id AND w.author_id = $2)`
	)
	return []step{
		{"give back messages", `UPDATE messages SET author_id = $2 WHERE author_id = $3 AND conversation_id IN ` + ofMerge + ` AND EXISTS (` +
			fmt.Sprintf(entries, "messages") + ` AND k.kind = 'message')`, []any{id, discarded, surviving}},
		{"give back changes", `UPDATE changes SET user_id = $2 WHERE user_id = $3 AND conversation_id IN ` + ofMerge + ` AND EXISTS (` +
			fmt.Sprintf(entries, "changes") + ` AND k.kind = 'change')`, []any{id, discarded, surviving}},
		{"give back participations", `UPDATE participants SET user_id = $2, is_default = ` + fmt.Sprintf(kept, "is_default") + `,
			read_number = ` + fmt.Sprintf(kept, "read_number") + `, read_at = ` + fmt.Sprintf(kept, "read_at") + `
			WHERE user_id = $3 AND conversation_id IN (SELECT conversation_id FROM merged_participants WHERE merge_id = $1 AND NOT shared)`,
			[]any{id, discarded, surviving}},
		{"give back read marks", `UPDATE participants SET read_number = ` + fmt.Sprintf(kept, "surviving_read_number") + `,
			read_at = ` + fmt.Sprintf(kept, "surviving_read_at") + `
			WHERE user_id = $2 AND EXISTS (SELECT 1 FROM merged_participants k WHERE k.merge_id = $1 AND k.conversation_id = participants.conversation_id
				AND k.shared AND k.read_number = participants.read_number AND k.read_number > k.surviving_read_number)`, []any{id, surviving}},
		{"give back places in groups", `INSERT INTO participants (conversation_id, ordinal, id, app_id, user_id, joined_at, is_default,
				read_number, read_at, active_hour)
			SELECT k.conversation_id, ` + place + `, k.id, k.app_id, $2, k.joined_at, k.is_default, k.read_number, k.read_at, c.active_hour
			FROM merged_participants k JOIN conversations c ON c.id = k.conversation_id WHERE k.merge_id = $1 AND k.shared`,
			[]any{id, discarded}},
		{"remember who left meanwhile", `INSERT INTO former_participants (user_id, conversation_id, app_id)
			SELECT $2, k.conversation_id, k.app_id FROM merged_participants k WHERE k.merge_id = $1 AND NOT ` + stillThere + ` ON CONFLICT DO NOTHING`,
			[]any{id, discarded}},
		{"remember who wrote meanwhile", `INSERT INTO former_participants (user_id, conversation_id, app_id)
			SELECT $2, k.conversation_id, k.app_id FROM merged_participants k WHERE k.merge_id = $1 AND NOT ` + stillThere + ` AND ` + wroteThere + `
			ON CONFLICT DO NOTHING`, []any{id, surviving}},
		{"give back former participations", `INSERT INTO former_participants (user_id, conversation_id, app_id)
			SELECT $2, conversation_id, $3 FROM merged_former_participants WHERE merge_id = $1 ON CONFLICT DO NOTHING`,
			[]any{id, discarded, string(m.App)}},
		{"take former participations", `DELETE FROM former_participants WHERE user_id = $2 AND conversation_id IN (SELECT k.conversation_id
			FROM merged_former_participants k WHERE k.merge_id = $1 AND k.gained AND (` + stillThere + ` OR NOT ` + wroteThere + `))`, []any{id, surviving}},
		{"end sessions", `UPDATE clients SET ` + noSession + ` WHERE user_id = $2 AND session_id <> ''
			AND id IN (SELECT name FROM merged_names WHERE merge_id = $1 AND kind = 'client')`, []any{id, surviving}},
		{"give back clients", `UPDATE clients SET user_id = $2 WHERE user_id = $3
			AND id IN (SELECT name FROM merged_names WHERE merge_id = $1 AND kind = 'client')`, []any{id, discarded, surviving}},
		{"give back attachments", `UPDATE attachments SET user_id = $2 WHERE user_id = $3
			AND id IN (SELECT name FROM merged_names WHERE merge_id = $1 AND kind = 'attachment')`, []any{id, discarded, surviving}},
		{"give back identities", `INSERT INTO identities (app_id, kind, value, user_id, written, verified_by, created_at)
			SELECT app_id, kind, value, $2, written, verified_by, created_at FROM merged_identities WHERE merge_id = $1
			ON CONFLICT (app_id, kind, value) DO UPDATE SET user_id = excluded.user_id WHERE identities.user_id = $3`,
			[]any{id, discarded, surviving}},
		{"clear conflicts", `DELETE FROM identity_conflicts WHERE id IN (SELECT id FROM merged_conflicts WHERE merge_id = $1)`, []any{id}},
		{"give back conflicts", `INSERT INTO identity_conflicts (` + conflictColumns + `)
			SELECT ` + conflictColumns + ` FROM merged_conflicts k WHERE merge_id = $1
			AND EXISTS (SELECT 1 FROM users u WHERE u.id = k.user_id) AND EXISTS (SELECT 1 FROM users u WHERE u.id = k.owner_id)
			ON CONFLICT DO NOTHING`, []any{id}},
		{"give back aliases", `UPDATE user_aliases SET surviving_id = $2 WHERE surviving_id = $3
			AND discarded_id IN (SELECT name FROM merged_names WHERE merge_id = $1 AND kind = 'alias')`, []any{id, discarded, surviving}},
		{"drop alias", `DELETE FROM user_aliases WHERE discarded_id = $1`, []any{discarded}},
	}
}

// forgetting drops what was kept and notes that the merge was undone.
func forgetting(m chat.UserMerge) []step {
	var steps []step
	for _, table := range []string{"merged_users", "merged_participants", "merged_former_participants", "merged_entries",
		"merged_identities", "merged_conflicts", "merged_names"} {
		steps = append(steps, step{"forget what was kept", `DELETE FROM ` + table + ` WHERE merge_id = $1`, []any{string(m.ID)}})
	}
	return append(steps, step{"note undo", `UPDATE merges SET undone_by = $2, undone_at = $3 WHERE id = $1`,
		[]any{string(m.ID), m.UndoneBy, micros(m.UndoneAt)}})
}
