package sqlstore

import (
	"fmt"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

const keyColumns = `id, COALESCE(app_id, ''), name, uses, alg, sealed, secret_hash, imported, weak,
	not_before, not_after, revoked_at, last_used_at, created_at, COALESCE(integration_id, '')`

func scanKey(row scanner, key *chat.Key) error {
	return row.Scan((*string)(&key.ID), (*string)(&key.App), &key.Name, (*usesValue)(&key.Uses), &key.Alg, &key.Sealed,
		&key.SecretHash, &key.Imported, &key.Weak, (*timeValue)(&key.NotBefore), (*timeValue)(&key.NotAfter),
		(*timeValue)(&key.RevokedAt), (*timeValue)(&key.LastUsedAt), (*timeValue)(&key.CreatedAt), (*string)(&key.Integration))
}

// usesColumn is how uses stand in a column: their names with a space between.
func usesColumn(uses []chat.Use) string {
	names := make([]string, len(uses))
	for i, use := range uses {
		names[i] = string(use)
	}
	return strings.Join(names, " ")
}

// usesValue reads what usesColumn wrote.
type usesValue []chat.Use

func (v *usesValue) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("uses are stored as %T", src)
	}
	*v = nil
	for name := range strings.FieldsSeq(text) {
		*v = append(*v, chat.Use(name))
	}
	return nil
}

func (t *tx) InsertKey(key chat.Key) error {
	const doing = "insert key"
	affected, err := t.exec(doing, `INSERT INTO keys
		(id, app_id, name, uses, alg, sealed, secret_hash, imported, weak, not_before, not_after, revoked_at, last_used_at, created_at, integration_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING`,
		string(key.ID), optional(key.App), key.Name, usesColumn(key.Uses), key.Alg, blob(key.Sealed), blob(key.SecretHash),
		key.Imported, key.Weak, micros(key.NotBefore), micros(key.NotAfter), micros(key.RevokedAt), micros(key.LastUsedAt),
		micros(key.CreatedAt), optional(key.Integration))
	if err == nil && affected == 0 {
		err = fmt.Errorf("%s: %w", doing, conflict("id", "The key id is taken."))
	}
	return err
}

func (t *tx) UpdateKey(key chat.Key) error {
	return t.execOn("key", "update key", `UPDATE keys SET name = $2, not_after = $3, revoked_at = $4 WHERE id = $1`,
		string(key.ID), key.Name, micros(key.NotAfter), micros(key.RevokedAt))
}

func (t *tx) GetKey(id chat.KeyID) (chat.Key, error) {
	return get(t, "key", "load key", scanKey, `SELECT `+keyColumns+` FROM keys WHERE id = $1`, string(id))
}

func (t *tx) HoldKey(id chat.KeyID) (bool, error) {
	revokedAt, found, err := find(t, "hold key", scanNumber, t.db.holdRows(`SELECT revoked_at FROM keys WHERE id = $1`), string(id))
	return found && revokedAt == 0, err
}

const keyOrder = ` ORDER BY created_at, id`

func (t *tx) ListKeys(app chat.AppID) ([]chat.Key, error) {
	if app == "" {
		return list(t, "list account keys", scanKey, `SELECT `+keyColumns+` FROM keys WHERE app_id IS NULL`+keyOrder)
	}
	return list(t, "list keys", scanKey, `SELECT `+keyColumns+` FROM keys WHERE app_id = $1 AND integration_id IS NULL`+keyOrder, string(app))
}

func (t *tx) ListIntegrationKeys(app chat.AppID, integration chat.IntegrationID) ([]chat.Key, error) {
	return list(t, "list keys of integration", scanKey, `SELECT `+keyColumns+` FROM keys WHERE app_id = $1 AND integration_id = $2`+keyOrder,
		string(app), string(integration))
}

func (t *tx) TouchKeys(used map[chat.KeyID]time.Time) error {
	for id, at := range used {
		_, err := t.exec("touch key", `UPDATE keys SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2`, string(id), micros(at))
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) DeleteKey(id chat.KeyID) error {
	if _, err := t.exec("forget used codes of key", `DELETE FROM used_codes WHERE key_id = $1`, string(id)); err != nil {
		return err
	}
	return t.execOn("key", "delete key", `DELETE FROM keys WHERE id = $1`, string(id))
}

func (t *tx) ListSealedSecrets() ([]chat.Key, error) {
	return list(t, "list sealed secrets", func(row scanner, key *chat.Key) error {
		return row.Scan((*string)(&key.ID), (*string)(&key.App), &key.Sealed)
	}, `SELECT id, COALESCE(app_id, ''), sealed FROM keys ORDER BY id`)
}

func (t *tx) UpdateSealedSecret(id chat.KeyID, sealed []byte) error {
	return t.execOn("key", "re-wrap secret", `UPDATE keys SET sealed = $2 WHERE id = $1`, string(id), blob(sealed))
}
