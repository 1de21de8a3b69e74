package sqlstore

import (
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

const passkeyColumns = `id, agent_id, credential, public_key, name, transports, eligible, sign_count, created_at, last_used_at`

func scanPasskey(row scanner, p *chat.Passkey) error {
	return row.Scan((*string)(&p.ID), (*string)(&p.Agent), &p.Credential, &p.PublicKey, &p.Name, &p.Transports, &p.Eligible, &p.SignCount,
		(*timeValue)(&p.CreatedAt), (*timeValue)(&p.LastUsedAt))
}

func (t *tx) InsertPasskey(p chat.Passkey) error {
	const doing = "insert passkey"
	affected, err := t.exec(doing, `INSERT INTO passkeys (`+passkeyColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
		string(p.ID), string(p.Agent), blob(p.Credential), blob(p.PublicKey), p.Name, p.Transports, p.Eligible, p.SignCount, micros(p.CreatedAt), micros(p.LastUsedAt))
	if err == nil && affected == 0 {
		err = fmt.Errorf("%s: %w", doing, conflict("credential", "This passkey is known."))
	}
	return err
}

func (t *tx) FindPasskey(credential []byte) (chat.Passkey, bool, error) {
	return find(t, "find passkey", scanPasskey, `SELECT `+passkeyColumns+` FROM passkeys WHERE credential = $1`, blob(credential))
}

func (t *tx) ListPasskeys(agent chat.AgentID) ([]chat.Passkey, error) {
	return list(t, "list passkeys", scanPasskey, `SELECT `+passkeyColumns+` FROM passkeys WHERE agent_id = $1 ORDER BY created_at, id`, string(agent))
}

func (t *tx) UsePasskey(id chat.PasskeyID, signCount int64, at time.Time) (bool, error) {
	affected, err := t.exec("use passkey", `UPDATE passkeys SET sign_count = $2, last_used_at = $3 WHERE id = $1 AND (sign_count < $2 OR sign_count = 0 AND $2 = 0)`,
		string(id), signCount, micros(at))
	return affected > 0, err
}

func (t *tx) RenamePasskey(agent chat.AgentID, id chat.PasskeyID, name string) error {
	return t.execOn("passkey", "rename passkey", `UPDATE passkeys SET name = $3 WHERE agent_id = $1 AND id = $2`, string(agent), string(id), name)
}

func (t *tx) DeletePasskey(agent chat.AgentID, id chat.PasskeyID) (bool, error) {
	affected, err := t.exec("delete passkey", `DELETE FROM passkeys WHERE agent_id = $1 AND id = $2`, string(agent), string(id))
	return affected > 0, err
}
