package sqlstore

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

const emailCodeColumns = `id, app_id, email, code_hash, browser_hash, tries, created_at, expires_at`

func scanEmailCode(row scanner, code *chat.EmailCode) error {
	return row.Scan(&code.ID, (*string)(&code.App), &code.Email, &code.CodeHash, (*hashValue)(&code.Browser), &code.Tries,
		(*timeValue)(&code.CreatedAt), (*timeValue)(&code.ExpiresAt))
}

func (t *tx) InsertEmailCode(code chat.EmailCode, forgetBefore time.Time) error {
	if _, err := t.exec("forget old codes", `DELETE FROM email_codes WHERE app_id = $1 AND created_at < $2`, string(code.App), micros(forgetBefore)); err != nil {
		return err
	}
	_, err := t.exec("insert e-mail code", `INSERT INTO email_codes (`+emailCodeColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		code.ID, string(code.App), code.Email, blob(code.CodeHash), code.Browser[:], code.Tries, micros(code.CreatedAt), micros(code.ExpiresAt))
	return err
}

func (t *tx) CountEmailCodes(app chat.AppID, email string, since time.Time) (int64, error) {
	if _, err := get(t, "app", "lock app", scanText[chat.AppID], t.db.lockRows(`SELECT id FROM apps WHERE id = $1`), string(app)); err != nil {
		return 0, err
	}
	return get(t, "count", "count e-mail codes", scanNumber,
		`SELECT COUNT(*) FROM email_codes WHERE app_id = $1 AND email = $2 AND created_at >= $3`, string(app), email, micros(since))
}

func (t *tx) LockEmailCode(app chat.AppID, email string, browser chat.TokenHash) (chat.EmailCode, bool, error) {
	return find(t, "find e-mail code", scanEmailCode, t.db.lockRows(`SELECT `+emailCodeColumns+` FROM email_codes
		WHERE app_id = $1 AND email = $2 AND browser_hash = $3 ORDER BY created_at DESC, id DESC LIMIT 1`),
		string(app), email, browser[:])
}

func (t *tx) CountTry(app chat.AppID, id string) error {
	return t.execOn("code", "count try", `UPDATE email_codes SET tries = tries + 1 WHERE id = $1 AND app_id = $2`, id, string(app))
}

func (t *tx) UseEmailCodes(app chat.AppID, email string) error {
	_, err := t.exec("use e-mail codes", `UPDATE email_codes SET expires_at = 0 WHERE app_id = $1 AND email = $2`, string(app), email)
	return err
}
