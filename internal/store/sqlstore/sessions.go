package sqlstore

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// A session stands in the row of its client; where there is none, session_id is ”.
const (
	sessionColumns = `session_id, app_id, session_hash, user_id, id, key_id, door, assurance, anonymous, idle_for, expires_at, last_used_at, signed_in_at`
	noSession      = `session_id = '', session_hash = NULL, key_id = ''`
)

func scanSession(row scanner, session *chat.Session) error {
	var idle int64
	err := row.Scan((*string)(&session.ID), (*string)(&session.App), (*hashValue)(&session.Hash), (*string)(&session.User),
		(*string)(&session.Client), (*string)(&session.Key), (*string)(&session.Door), (*string)(&session.Assurance),
		&session.Anonymous, &idle, (*timeValue)(&session.ExpiresAt), (*timeValue)(&session.LastUsedAt), (*timeValue)(&session.CreatedAt))
	session.IdleFor = time.Duration(idle) * time.Microsecond
	return err
}

func (t *tx) ReplaceSession(session chat.Session) (former chat.SessionID, err error) {
	const doing = "replace session"
	former, err = get(t, "client", doing, scanText[chat.SessionID],
		t.db.lockRows(`SELECT session_id FROM clients WHERE id = $1 AND app_id = $2`), string(session.Client), string(session.App))
	if err != nil {
		return "", err
	}
	return former, t.execOn("client", doing, `UPDATE clients SET session_id = $3, session_hash = $4, key_id = $5, door = $6, assurance = $7,
			anonymous = $8, idle_for = $9, expires_at = $10, last_used_at = $11, signed_in_at = $12 WHERE id = $1 AND app_id = $2`,
		string(session.Client), string(session.App), string(session.ID), session.Hash[:], string(session.Key),
		string(session.Door), string(session.Assurance), session.Anonymous, session.IdleFor.Microseconds(),
		micros(session.ExpiresAt), micros(session.LastUsedAt), micros(session.CreatedAt))
}

func (t *tx) FindSession(app chat.AppID, hash chat.TokenHash) (chat.Session, bool, error) {
	return find(t, "find session", scanSession,
		`SELECT `+sessionColumns+` FROM clients WHERE session_hash = $1 AND app_id = $2`, hash[:], string(app))
}

// A session is named by its client too, which finds the row.
const ofSession = ` WHERE id = $1 AND session_id = $2 AND session_id <> ''`

func (t *tx) GetSession(client chat.ClientID, id chat.SessionID) (chat.Session, error) {
	return get(t, "session", "load session", scanSession, `SELECT `+sessionColumns+` FROM clients`+ofSession, string(client), string(id))
}

func (t *tx) TouchSession(client chat.ClientID, id chat.SessionID, usedAt time.Time) error {
	_, err := t.exec("touch session",
		`UPDATE clients SET last_used_at = $3`+ofSession+` AND last_used_at < $3`, string(client), string(id), micros(usedAt))
	return err
}

func (t *tx) DeleteSession(client chat.ClientID, id chat.SessionID) (bool, error) {
	affected, err := t.exec("end session", `UPDATE clients SET `+noSession+ofSession, string(client), string(id))
	return affected > 0, err
}

func (t *tx) DeleteSessionsOfUser(app chat.AppID, user chat.UserID) (int64, error) {
	return t.exec("end sessions of user",
		`UPDATE clients SET `+noSession+` WHERE user_id = $1 AND app_id = $2 AND session_id <> ''`, string(user), string(app))
}

func (t *tx) DeleteSessionsOfKey(key chat.KeyID) (int64, error) {
	return t.exec("end sessions of key", `UPDATE clients SET `+noSession+` WHERE key_id = $1 AND key_id <> ''`, string(key))
}

func (t *tx) ListEndedSessions(before time.Time, after chat.ClientID, limit int) ([]chat.Session, error) {
	return list(t, "list ended sessions", scanSession, `SELECT `+sessionColumns+` FROM clients
		WHERE id > $1 AND session_id <> '' AND (expires_at < $2 OR (idle_for > 0 AND last_used_at + idle_for < $2)) ORDER BY id LIMIT $3 + 0`,
		string(after), micros(before), limit)
}
