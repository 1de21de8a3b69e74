package sqlstore

import (
	"fmt"
	"math"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

func scanIdentity(row scanner, identity *chat.Identity) error {
	return row.Scan((*string)(&identity.Kind), &identity.Value, &identity.Written, (*string)(&identity.VerifiedBy),
		(*timeValue)(&identity.CreatedAt))
}

func (t *tx) ListIdentities(app chat.AppID, user chat.UserID) ([]chat.Identity, error) {
	return list(t, "list identities", scanIdentity, `SELECT kind, value, written, verified_by, created_at FROM identities
		WHERE user_id = $1 AND app_id = $2 ORDER BY kind, value`, string(user), string(app))
}

func (t *tx) InsertIdentity(app chat.AppID, user chat.UserID, identity chat.Identity) error {
	const doing = "insert identity"
	affected, err := t.exec(doing, `INSERT INTO identities (app_id, kind, value, user_id, written, verified_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
		string(app), string(identity.Kind), identity.Value, string(user), identity.Written, string(identity.VerifiedBy),
		micros(identity.CreatedAt))
	if err != nil {
		return err
	}
	if affected > 0 {
		return t.markUnindexed(user)
	}
	owner, found, err := t.FindUserByIdentity(app, identity.Kind, identity.Value)
	if err == nil && (!found || owner.ID != user) {
		err = conflict("identity", "The identity belongs to another user.")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

func (t *tx) MoveIdentity(app chat.AppID, from, to chat.UserID, identity chat.Identity) error {
	err := t.execOn("identity", "move identity", `UPDATE identities SET user_id = $5, verified_by = $6 WHERE app_id = $1 AND kind = $2 AND value = $3 AND user_id = $4`,
		string(app), string(identity.Kind), identity.Value, string(from), string(to), string(identity.VerifiedBy))
	if err != nil {
		return err
	}
	_, err = t.exec("settle conflicts about identity", settleGone+` AND kind = $4 AND value = $5`, string(from), string(app), micros(t.now()),
		string(identity.Kind), identity.Value)
	if err != nil {
		return err
	}
	if err := t.markUnindexed(from); err != nil {
		return err
	}
	return t.markUnindexed(to)
}

func (t *tx) DeleteIdentities(app chat.AppID, user chat.UserID) error {
	affected, err := t.exec("delete identities", `DELETE FROM identities WHERE user_id = $1 AND app_id = $2`, string(user), string(app))
	if err != nil || affected == 0 {
		return err
	}
	if _, err := t.exec("settle conflicts about identities", settleGone, string(user), string(app), micros(t.now())); err != nil {
		return err
	}
	return t.markUnindexed(user)
}

// usedCodesKept is how long a used code is remembered after its end, which is longer than any leeway.
const usedCodesKept = time.Hour

func (t *tx) UseCode(app chat.AppID, key chat.KeyID, tokenID string, expires time.Time) (bool, error) {
	end := int64(math.MaxInt64)
	if !expires.IsZero() {
		end = micros(expires)
	}
	_, err := t.exec("forget old codes", `DELETE FROM used_codes WHERE expires_at < $1`, micros(t.now().Add(-usedCodesKept)))
	if err != nil {
		return false, err
	}
	affected, err := t.exec("use code", `INSERT INTO used_codes (key_id, token_hash, app_id, expires_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT DO NOTHING`, string(key), blob(digest(tokenID)), string(app), end)
	return affected > 0, err
}
