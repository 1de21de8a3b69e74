package sqlstore

import (
	"fmt"
	"math"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const conflictColumns = `id, app_id, user_id, owner_id, kind, value, door, key_id, times, created_at, last_at, settled, settled_by, settled_at`

func scanConflict(row scanner, c *chat.IdentityConflict) error {
	return row.Scan((*string)(&c.ID), (*string)(&c.App), (*string)(&c.User), (*string)(&c.Owner), (*string)(&c.Kind), &c.Value,
		(*string)(&c.Door), (*string)(&c.Key), &c.Times, (*timeValue)(&c.CreatedAt), (*timeValue)(&c.LastAt),
		(*string)(&c.Settled), &c.SettledBy, (*timeValue)(&c.SettledAt))
}

// settleGone settles the open conflicts with a user who has no such address any more.
const settleGone = `UPDATE identity_conflicts SET settled = 'gone', settled_by = '', settled_at = $3
	WHERE owner_id = $1 AND app_id = $2 AND settled = ''`

func (t *tx) RecordConflict(c chat.IdentityConflict) error {
	const (
		stays  = `identity_conflicts.settled IN ('', 'dismissed')` // and goes on
		unless = `CASE WHEN ` + stays + ` THEN identity_conflicts.%[1]s ELSE %[2]s END`
	)
	_, err := t.exec("record conflict", `INSERT INTO identity_conflicts (`+conflictColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9, '', '', 0)
		ON CONFLICT (user_id, owner_id, kind, value) DO UPDATE SET door = excluded.door, key_id = excluded.key_id, last_at = excluded.last_at,
			times = `+fmt.Sprintf(unless, "times + 1", "1")+`, created_at = `+fmt.Sprintf(unless, "created_at", "excluded.created_at")+`,
			settled = `+fmt.Sprintf(unless, "settled", "''")+`, settled_by = `+fmt.Sprintf(unless, "settled_by", "''")+`,
			settled_at = `+fmt.Sprintf(unless, "settled_at", "0"),
		string(c.ID), string(c.App), string(c.User), string(c.Owner), string(c.Kind), c.Value, string(c.Door), string(c.Key), micros(c.CreatedAt))
	return err
}

func (t *tx) GetConflict(app chat.AppID, id chat.ConflictID) (chat.IdentityConflict, error) {
	return get(t, "conflict", "load conflict", scanConflict, `SELECT `+conflictColumns+` FROM identity_conflicts WHERE id = $1 AND app_id = $2`,
		string(id), string(app))
}

func (t *tx) ListConflicts(page store.ConflictPage) ([]chat.IdentityConflict, error) {
	which, by := `settled = ''`, `created_at` // as in the indexes
	if page.Settled {
		which, by = `settled <> ''`, `settled_at`
	}
	before := micros(page.Before.At)
	if page.Before.At.IsZero() {
		before = math.MaxInt64
	}
	return list(t, "list conflicts", scanConflict, `SELECT `+conflictColumns+` FROM identity_conflicts
		WHERE app_id = $1 AND `+which+` AND (`+by+`, id) < ($2, $3) ORDER BY `+by+` DESC, id DESC LIMIT $4 + 0`,
		string(page.App), before, string(page.Before.ID), page.Limit)
}

func (t *tx) CountConflicts(app chat.AppID, most int) (int, error) {
	counted, _, err := find(t, "count conflicts", scanNumber, `SELECT count(*) FROM (SELECT 1 FROM identity_conflicts
		WHERE app_id = $1 AND settled = '' LIMIT $2 + 0) AS found`, string(app), most)
	return int(counted), err
}

func (t *tx) SettleConflict(c chat.IdentityConflict) error {
	return t.execOn("conflict", "settle conflict", `UPDATE identity_conflicts SET settled = $3, settled_by = $4, settled_at = $5 WHERE id = $1 AND app_id = $2`,
		string(c.ID), string(c.App), string(c.Settled), c.SettledBy, micros(c.SettledAt))
}

func (t *tx) DeleteConflicts(app chat.AppID, user chat.UserID) error {
	_, err := t.exec("forget conflicts", `DELETE FROM identity_conflicts WHERE app_id = $2 AND (user_id = $1 OR owner_id = $1)`, string(user), string(app))
	return err
}

// settleBetween settles the open conflicts between two who become one.
func (t *tx) settleBetween(a, b chat.UserID, by string) error {
	_, err := t.exec("settle conflicts", `UPDATE identity_conflicts SET settled = 'merged', settled_by = $3, settled_at = $4
		WHERE settled = '' AND ((user_id = $1 AND owner_id = $2) OR (user_id = $2 AND owner_id = $1))`, string(a), string(b), by, micros(t.now()))
	return err
}
