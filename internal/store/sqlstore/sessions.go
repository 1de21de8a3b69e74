package sqlstore

import (
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

const sessionColumns = `id, app_id, hash, user_id, client_id, key_id, door, assurance, anonymous, idle_for, expires_at, last_used_at, created_at`

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
	_, found, err := find(t, doing, scanText[chat.ClientID],
		t.db.lockRows(`SELECT id FROM clients WHERE id = $1 AND app_id = $2`), string(session.Client), string(session.App))
	if err != nil {
		return "", err
	}
	if !found {
		return "", fmt.Errorf("%s: %w", doing, chat.Missing("client"))
	}
	former, _, err = change(t, doing, scanText[chat.SessionID],
		`DELETE FROM sessions WHERE client_id = $1 AND app_id = $2 RETURNING id`, string(session.Client), string(session.App))
	if err != nil {
		return "", err
	}
	return former, t.InsertSession(session)
}

func (t *tx) InsertSession(session chat.Session) error {
	_, err := t.exec("insert session", `INSERT INTO sessions (`+sessionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		string(session.ID), string(session.App), session.Hash[:], string(session.User), string(session.Client), string(session.Key),
		string(session.Door), string(session.Assurance), session.Anonymous, session.IdleFor.Microseconds(),
		micros(session.ExpiresAt), micros(session.LastUsedAt), micros(session.CreatedAt))
	return err
}

func (t *tx) FindSession(app chat.AppID, hash chat.TokenHash) (chat.Session, bool, error) {
	return find(t, "find session", scanSession,
		`SELECT `+sessionColumns+` FROM sessions WHERE hash = $1 AND app_id = $2`, hash[:], string(app))
}

func (t *tx) GetSession(app chat.AppID, id chat.SessionID) (chat.Session, error) {
	return get(t, "session", "load session", scanSession,
		`SELECT `+sessionColumns+` FROM sessions WHERE id = $1 AND app_id = $2`, string(id), string(app))
}

func (t *tx) TouchSession(app chat.AppID, id chat.SessionID, usedAt time.Time) error {
	_, err := t.exec("touch session",
		`UPDATE sessions SET last_used_at = $3 WHERE id = $1 AND app_id = $2 AND last_used_at < $3`, string(id), string(app), micros(usedAt))
	return err
}

func (t *tx) DeleteSession(app chat.AppID, id chat.SessionID) (bool, error) {
	affected, err := t.exec("end session", `DELETE FROM sessions WHERE id = $1 AND app_id = $2`, string(id), string(app))
	return affected > 0, err
}

func (t *tx) DeleteSessionsOfUser(app chat.AppID, user chat.UserID) (int64, error) {
	return t.exec("end sessions of user", `DELETE FROM sessions WHERE user_id = $1 AND app_id = $2`, string(user), string(app))
}

func (t *tx) DeleteSessionsOfKey(key chat.KeyID) (int64, error) {
	return t.exec("end sessions of key", `DELETE FROM sessions WHERE key_id = $1 AND key_id <> ''`, string(key))
}

func (t *tx) ListEndedSessions(before time.Time, after chat.SessionID, limit int) ([]chat.Session, error) {
	return list(t, "list ended sessions", scanSession, `SELECT `+sessionColumns+` FROM sessions
		WHERE id > $1 AND (expires_at < $2 OR (idle_for > 0 AND last_used_at + idle_for < $2)) ORDER BY id LIMIT $3 + 0`,
		string(after), micros(before), limit)
}
