package sqlstore

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

func (t *tx) LeaseSweep(app chat.AppID, lease string, now, until time.Time) (bool, error) {
	const doing = "lease sweep"
	if _, err := t.exec(doing, `INSERT INTO sweeps (app_id, lease, leased_until, next_at, conversations, messages)
		SELECT id, '', 0, 0, 0, 0 FROM apps WHERE id = $1 ON CONFLICT DO NOTHING`, string(app)); err != nil {
		return false, err
	}
	affected, err := t.exec(doing, `UPDATE sweeps SET lease = $2, leased_until = $4 WHERE app_id = $1 AND (lease = $2 OR leased_until <= $3) AND next_at <= $3`,
		string(app), lease, micros(now), micros(until))
	return affected > 0, err
}

func (t *tx) CountSweep(app chat.AppID, lease string, conversations, messages int64, until time.Time) (bool, error) {
	affected, err := t.exec("count sweep", `UPDATE sweeps SET conversations = conversations + $3, messages = messages + $4, leased_until = $5 WHERE app_id = $1 AND lease = $2`,
		string(app), lease, conversations, messages, micros(until))
	return affected > 0, err
}

func (t *tx) FinishSweep(app chat.AppID, lease string, next time.Time) (chat.Sweep, bool, error) {
	const doing = "finish sweep"
	done, found, err := find(t, doing, func(row scanner, s *chat.Sweep) error {
		return row.Scan((*string)(&s.App), &s.Conversations, &s.Messages)
	}, t.db.lockRows(`SELECT app_id, conversations, messages FROM sweeps WHERE app_id = $1 AND lease = $2`), string(app), lease)
	if err != nil || !found {
		return done, false, err
	}
	_, err = t.exec(doing, `UPDATE sweeps SET lease = '', leased_until = 0, next_at = $2, conversations = 0, messages = 0 WHERE app_id = $1`, string(app), micros(next))
	return done, true, err
}

// isStale is what makes a conversation of the app $1 one that is kept no longer: $2 is the hour of the time $3. The hour is that of the index.
const isStale = `app_id = $1 AND active_hour <= $2 AND active_at < $3`

// ListStale takes them as the index has them: any other order would read and sort all of them for each page.
func (t *tx) ListStale(app chat.AppID, since time.Time, limit int) ([]chat.ConversationID, error) {
	return list(t, "list stale conversations", scanText[chat.ConversationID],
		`SELECT id FROM conversations WHERE `+isStale+` ORDER BY active_hour LIMIT $4 + 0`, string(app), activeHour(micros(since)), micros(since), limit)
}

func (t *tx) CountStale(app chat.AppID, since time.Time, limit int) (conversations, messages int64, err error) {
	type counts struct{ conversations, messages int64 }
	found, _, err := find(t, "count stale conversations", func(row scanner, c *counts) error { return row.Scan(&c.conversations, &c.messages) },
		`SELECT count(*), CAST(COALESCE(SUM(last_number), 0) AS BIGINT) FROM (SELECT last_number FROM conversations WHERE `+isStale+` LIMIT $4 + 0) AS counted`,
		string(app), activeHour(micros(since)), micros(since), limit)
	return found.conversations, found.messages, err
}

// ForgetDeliveriesBefore takes any, as ListStale does.
func (t *tx) ForgetDeliveriesBefore(app chat.AppID, before time.Time, limit int) (int64, error) {
	return t.exec("forget old deliveries", `DELETE FROM deliveries WHERE position IN (SELECT d.position FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
		WHERE w.app_id = $1 AND d.at < $2 LIMIT $3 + 0)`, string(app), micros(before), limit)
}

func (t *tx) ForgetEvents(before time.Time, limit int) (int64, error) {
	return t.exec("forget old events", `DELETE FROM events WHERE at < $1 AND position IN (SELECT position FROM events ORDER BY position LIMIT $2 + 0)`, micros(before), limit)
}

func (t *tx) ForgetInvitations(before time.Time) error {
	_, err := t.exec("forget old invitations", `DELETE FROM invitations WHERE expires_at < $1`, micros(before))
	return err
}
