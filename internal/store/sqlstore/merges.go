package sqlstore

import (
	"fmt"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
)

func (t *tx) FindMerged(app chat.AppID, discarded chat.UserID) (chat.UserID, bool, error) {
	return find(t, "find merged user", scanText[chat.UserID],
		`SELECT surviving_id FROM user_aliases WHERE discarded_id = $1 AND app_id = $2`, string(discarded), string(app))
}

func (t *tx) MergeUser(app chat.AppID, surviving, discarded chat.UserID, by string) ([]chat.ConversationID, error) {
	moved, err := t.mergeUser(app, surviving, discarded, by)
	if err != nil {
		return nil, fmt.Errorf("merge user: %w", err)
	}
	return moved, nil
}

func (t *tx) mergeUser(app chat.AppID, surviving, discarded chat.UserID, by string) ([]chat.ConversationID, error) {
	if err := t.lockPair(app, surviving, discarded); err != nil {
		return nil, err
	}
	moved, err := t.lockConversationsOf(discarded)
	if err != nil {
		return nil, err
	}
	if _, err := t.DeleteSessionsOfUser(app, discarded); err != nil {
		return nil, err
	}
	if err := t.settleBetween(surviving, discarded, by); err != nil {
		return nil, err
	}
	if err := t.handOver(surviving, discarded); err != nil {
		return nil, err
	}
	if _, err := t.exec("make alias", `INSERT INTO user_aliases (discarded_id, app_id, surviving_id, merged_at) VALUES ($1, $2, $3, $4)`,
		string(discarded), string(app), string(surviving), micros(t.now())); err != nil {
		return nil, err
	}
	if _, err = t.exec("remove discarded user", `DELETE FROM users WHERE id = $1`, string(discarded)); err != nil {
		return nil, err
	}
	if err := t.unindex(`subject = $1`, string(discarded)); err != nil {
		return nil, err
	}
	return moved, t.markUnindexed(surviving)
}

// lockPair locks two users, always in the same order, so that two merges never wait for each other.
func (t *tx) lockPair(app chat.AppID, a, b chat.UserID) error {
	switch {
	case a == b:
		return &chat.Error{Kind: chat.Invalid, Code: "bad_request", Message: "A user cannot be merged into itself."}
	case a > b:
		a, b = b, a
	}
	if _, err := t.LockUser(app, a); err != nil {
		return err
	}
	_, err := t.LockUser(app, b)
	return err
}

// lockConversationsOf locks the conversations that the user takes part in, in order of their ids.
func (t *tx) lockConversationsOf(user chat.UserID) ([]chat.ConversationID, error) {
	return list(t, "lock conversations", scanText[chat.ConversationID],
		t.db.lockRows(`SELECT id FROM conversations WHERE id IN (SELECT conversation_id FROM participants WHERE user_id = $1) ORDER BY id`), string(user))
}

// ofBoth are the conflicts between the discarded user, $1, and the surviving one, or with themselves after an earlier merge.
const ofBoth = `(identity_conflicts.user_id = $1 AND identity_conflicts.owner_id IN ($1, $2) OR identity_conflicts.user_id = $2 AND identity_conflicts.owner_id = $1)`

// handOver moves every row that belongs to the second user to the first. A row that the first has already, of a group
// that both are in or a conflict that both came into, is the one that stays; of two read marks the later counts.
func (t *tx) handOver(surviving, discarded chat.UserID) error {
	for _, step := range []struct{ doing, query string }{
		{"move messages", `UPDATE messages SET author_id = $2 WHERE author_id = $1 AND conversation_id IN (` + conversationsOfUser + `)`},
		{"move changes", `UPDATE changes SET user_id = $2 WHERE user_id = $1 AND conversation_id IN (` + conversationsOfUser + `)`},
		{"keep one default", `UPDATE participants SET is_default = FALSE
			WHERE user_id = $1 AND is_default AND EXISTS (SELECT 1 FROM participants d WHERE d.user_id = $2 AND d.is_default)`},
		{"keep the later read mark", `UPDATE participants SET
			read_at = (SELECT d.read_at FROM participants d WHERE d.user_id = $1 AND d.conversation_id = participants.conversation_id),
			read_number = (SELECT d.read_number FROM participants d WHERE d.user_id = $1 AND d.conversation_id = participants.conversation_id)
			WHERE user_id = $2 AND EXISTS (SELECT 1 FROM participants d WHERE d.user_id = $1
				AND d.conversation_id = participants.conversation_id AND d.read_number > participants.read_number)`},
		{"leave shared groups", `DELETE FROM participants WHERE user_id = $1
			AND conversation_id IN (SELECT conversation_id FROM participants WHERE user_id = $2)`},
		{"move participations", `UPDATE participants SET user_id = $2 WHERE user_id = $1`},
		{"move former participations", `INSERT INTO former_participants (user_id, conversation_id, app_id)
			SELECT $2, conversation_id, app_id FROM former_participants WHERE user_id = $1 ON CONFLICT DO NOTHING`},
		{"move attachments", `UPDATE attachments SET user_id = $2 WHERE user_id = $1 AND user_id <> ''`},
		{"move clients", `UPDATE clients SET user_id = $2 WHERE user_id = $1`},
		{"move identities", `UPDATE identities SET user_id = $2 WHERE user_id = $1`},
		{"keep one conflict between the two", `DELETE FROM identity_conflicts WHERE ` + ofBoth + ` AND EXISTS (
			SELECT 1 FROM identity_conflicts k WHERE k.kind = identity_conflicts.kind AND k.value = identity_conflicts.value
			AND k.id < identity_conflicts.id AND ` + strings.ReplaceAll(ofBoth, "identity_conflicts", "k") + `)`},
		{"drop doubled conflicts", `DELETE FROM identity_conflicts WHERE (user_id = $1 OR owner_id = $1) AND EXISTS (
			SELECT 1 FROM identity_conflicts k WHERE k.kind = identity_conflicts.kind AND k.value = identity_conflicts.value
			AND k.user_id = CASE WHEN identity_conflicts.user_id = $1 THEN $2 ELSE identity_conflicts.user_id END
			AND k.owner_id = CASE WHEN identity_conflicts.owner_id = $1 THEN $2 ELSE identity_conflicts.owner_id END)`},
		{"move conflicts", `UPDATE identity_conflicts SET user_id = CASE WHEN user_id = $1 THEN $2 ELSE user_id END,
			owner_id = CASE WHEN owner_id = $1 THEN $2 ELSE owner_id END WHERE user_id = $1 OR owner_id = $1`},
		{"move aliases", `UPDATE user_aliases SET surviving_id = $2 WHERE surviving_id = $1`},
	} {
		if _, err := t.exec(step.doing, step.query, string(discarded), string(surviving)); err != nil {
			return err
		}
	}
	return nil
}
