package sqlstore

import (
	"database/sql"
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// step is a statement of a longer work, with what it does.
type step struct {
	doing, query string
	args         []any
}

// execAll runs steps in order, as far as they succeed.
func (t *tx) execAll(steps []step) error {
	for _, s := range steps {
		if _, err := t.exec(s.doing, s.query, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// sharedBy asks of a conversation whether a second user takes part in it.
const sharedBy = `EXISTS (SELECT 1 FROM participants s WHERE s.conversation_id = p.conversation_id AND s.user_id = $3)`

func (t *tx) CountMerge(app chat.AppID, surviving, discarded chat.UserID) (chat.MergeCounts, error) {
	scan := func(row scanner, c *chat.MergeCounts) error { return row.Scan(&c.Conversations, &c.Shared, &c.Clients) }
	counts, _, err := find(t, "count merge", scan, `SELECT
		(SELECT count(*) FROM participants p WHERE p.user_id = $1 AND p.app_id = $2 AND NOT `+sharedBy+`),
		(SELECT count(*) FROM participants p WHERE p.user_id = $1 AND p.app_id = $2 AND `+sharedBy+`),
		(SELECT count(*) FROM clients WHERE user_id = $1 AND app_id = $2)`, string(discarded), string(app), string(surviving))
	return counts, err
}

func (t *tx) KeepMerge(m *chat.UserMerge, gain chat.MergeGain) error {
	if err := t.keepMerge(m, gain); err != nil {
		return fmt.Errorf("keep merge: %w", err)
	}
	return nil
}

func (t *tx) keepMerge(m *chat.UserMerge, gain chat.MergeGain) error {
	if err := t.lockPair(m.App, m.Surviving, m.Discarded); err != nil {
		return err
	}
	if _, err := t.lockConversationsOf(m.Discarded); err != nil {
		return err
	}
	ordinal, err := t.count("merge")
	if err != nil {
		return err
	}
	_, err = t.exec("insert merge", `INSERT INTO merges (id, app_id, ordinal, surviving_id, discarded_id, merged_by, merged_at, undone_by, undone_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', 0)`,
		string(m.ID), string(m.App), ordinal, string(m.Surviving), string(m.Discarded), m.By, micros(m.At))
	if err != nil {
		return err
	}
	if err := t.execAll(keeping(*m)); err != nil {
		return err
	}
	names := map[string][]string{"profile": gain.Profile, "metadata": nil}
	for key := range gain.Metadata {
		names["metadata"] = append(names["metadata"], key)
	}
	for kind, all := range names {
		for _, name := range all {
			if _, err := t.exec("keep gains", `INSERT INTO merged_names (merge_id, kind, name) VALUES ($1, $2, $3)`, string(m.ID), kind, name); err != nil {
				return err
			}
		}
	}
	m.Ordinal = ordinal
	return nil
}

// columnsOfUser are all columns of users.
const columnsOfUser = `id, app_id, number, external_id, external_id_hash, source, given_name, surname, email, avatar_url, locale,
	metadata, attributes, seat, signed_up_at, created_at, last_seen_at, tokens_valid_after, blocked_at, change`

// keeping copies what UndoMerge gives back.
func keeping(m chat.UserMerge) []step {
	id, surviving, discarded := string(m.ID), string(m.Surviving), string(m.Discarded)
	const mark = `(SELECT s.%s FROM participants s WHERE s.user_id = $3 AND s.conversation_id = p.conversation_id)`
	return []step{
		{"keep user", `INSERT INTO merged_users (merge_id, ` + columnsOfUser + `) SELECT $1, ` + columnsOfUser + ` FROM users WHERE id = $2`,
			[]any{id, discarded}},
		{"keep participations", `INSERT INTO merged_participants (merge_id, conversation_id, ordinal, id, app_id, joined_at, is_default,
				read_number, read_at, shared, surviving_read_number, surviving_read_at)
			SELECT $1, conversation_id, ordinal, id, app_id, joined_at, is_default, read_number, read_at, ` + sharedBy + `,
				COALESCE(` + fmt.Sprintf(mark, "read_number") + `, 0), COALESCE(` + fmt.Sprintf(mark, "read_at") + `, 0)
			FROM participants p WHERE user_id = $2`, []any{id, discarded, surviving}},
		{"keep former participations", `INSERT INTO merged_former_participants (merge_id, conversation_id, gained)
			SELECT $1, conversation_id, NOT EXISTS (SELECT 1 FROM former_participants s WHERE s.user_id = $3 AND s.conversation_id = p.conversation_id)
			FROM former_participants p WHERE user_id = $2`, []any{id, discarded, surviving}},
		{"keep messages", `INSERT INTO merged_entries (merge_id, conversation_id, kind, number)
			SELECT $2, conversation_id, 'message', number FROM messages WHERE author_id = $1 AND conversation_id IN (` + conversationsOfUser + `)`,
			[]any{discarded, id}},
		{"keep changes", `INSERT INTO merged_entries (merge_id, conversation_id, kind, number)
			SELECT $2, conversation_id, 'change', number FROM changes WHERE user_id = $1 AND conversation_id IN (` + conversationsOfUser + `)`,
			[]any{discarded, id}},
		{"keep identities", `INSERT INTO merged_identities (merge_id, app_id, kind, value, written, verified_by, created_at)
			SELECT $1, app_id, kind, value, written, verified_by, created_at FROM identities WHERE user_id = $2`, []any{id, discarded}},
		{"keep conflicts", `INSERT INTO merged_conflicts (merge_id, ` + conflictColumns + `)
			SELECT $1, ` + conflictColumns + ` FROM identity_conflicts WHERE user_id = $2 OR owner_id = $2`,
			[]any{id, discarded}},
		{"keep clients", `INSERT INTO merged_names (merge_id, kind, name) SELECT $1, 'client', id FROM clients WHERE user_id = $2`,
			[]any{id, discarded}},
		{"keep attachments", `INSERT INTO merged_names (merge_id, kind, name) SELECT $1, 'attachment', id FROM attachments WHERE user_id = $2`,
			[]any{id, discarded}},
		{"keep aliases", `INSERT INTO merged_names (merge_id, kind, name) SELECT $1, 'alias', discarded_id FROM user_aliases WHERE surviving_id = $2`,
			[]any{id, discarded}},
	}
}

const mergeColumns = `m.id, m.app_id, m.ordinal, m.surviving_id, m.discarded_id, k.external_id, m.merged_by, m.merged_at, m.undone_by, m.undone_at`

const fromMerges = `FROM merges m LEFT JOIN merged_users k ON k.merge_id = m.id WHERE m.app_id = $1`

const mergeQuery = `SELECT ` + mergeColumns + ` ` + fromMerges

func scanMerge(row scanner, m *chat.UserMerge) error {
	var externalID sql.NullString
	err := row.Scan((*string)(&m.ID), (*string)(&m.App), &m.Ordinal, (*string)(&m.Surviving), (*string)(&m.Discarded), &externalID,
		&m.By, (*timeValue)(&m.At), &m.UndoneBy, (*timeValue)(&m.UndoneAt))
	m.DiscardedExternalID = externalID.String
	return err
}

func (t *tx) GetMerge(app chat.AppID, id chat.MergeID) (chat.UserMerge, error) {
	return get(t, "merge", "load merge", scanMerge, mergeQuery+` AND m.id = $2`, string(app), string(id))
}

func (t *tx) ListMerges(page store.MergePage) ([]chat.UserMerge, error) {
	merges := sequence[chat.UserMerge]{doing: "list merges", scan: scanMerge, columns: mergeColumns,
		from: fromMerges + ` AND ($2 = '' OR m.surviving_id = $2 OR m.discarded_id = $2)`, args: []any{string(page.App), string(page.User)},
		id: "m.id", number: "m.ordinal", newest: true}
	return merges.read(t, page.Span)
}

func (t *tx) FindLastMerge(app chat.AppID, user chat.UserID) (chat.UserMerge, bool, error) {
	return find(t, "find last merge", scanMerge, mergeQuery+` AND (m.surviving_id = $2 OR m.discarded_id = $2) AND m.undone_at = 0
		ORDER BY m.ordinal DESC LIMIT 1`, string(app), string(user))
}

func (t *tx) GetKept(app chat.AppID, id chat.MergeID) (user chat.User, gain chat.MergeGain, err error) {
	const doing = "load what a merge kept"
	user, err = get(t, "merge", doing, scanUser, `SELECT `+userColumns+` FROM merged_users u WHERE u.merge_id = $1 AND u.app_id = $2`,
		string(id), string(app))
	if err != nil {
		return chat.User{}, chat.MergeGain{}, err
	}
	gain.Profile, err = list(t, doing, scanText[string], `SELECT name FROM merged_names WHERE merge_id = $1 AND kind = 'profile'`, string(id))
	if err != nil {
		return chat.User{}, chat.MergeGain{}, err
	}
	keys, err := list(t, doing, scanText[string], `SELECT name FROM merged_names WHERE merge_id = $1 AND kind = 'metadata'`, string(id))
	gain.Metadata = chat.Metadata{}
	for _, key := range keys {
		gain.Metadata[key] = user.Metadata[key]
	}
	return user, gain, err
}

// leadingTo are the merges that made the user what they are, and the one that made them part of another and was undone.
const leadingTo = `surviving_id = $1 OR discarded_id = $1 OR discarded_id IN (SELECT discarded_id FROM user_aliases WHERE surviving_id = $1)`

func (t *tx) ForgetMerges(app chat.AppID, user chat.UserID) error {
	const doing = "forget merges"
	if _, err := t.exec(doing, `DELETE FROM merges WHERE app_id = $2 AND (`+leadingTo+`)`, string(user), string(app)); err != nil {
		return err
	}
	if _, err := t.exec(doing, `DELETE FROM merged_conflicts WHERE app_id = $2 AND (user_id = $1 OR owner_id = $1)`, string(user), string(app)); err != nil {
		return err
	}
	return t.forgetTold(app, user)
}
