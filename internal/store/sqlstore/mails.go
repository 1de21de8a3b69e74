package sqlstore

import (
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

const mailColumns = `id, app_id, kind, cause, conversation_id, user_id, agent_id, comings, created_at, next_at, attempts, failed_at, reason`

func scanMail(row scanner, m *chat.Mail) error {
	return row.Scan((*string)(&m.ID), (*string)(&m.App), (*string)(&m.Kind), &m.Cause, (*string)(&m.Conversation), (*string)(&m.User), (*string)(&m.Agent),
		&m.Comings, (*timeValue)(&m.CreatedAt), (*timeValue)(&m.NextAt), &m.Attempts, (*timeValue)(&m.FailedAt), &m.Reason)
}

// QueueMail waits for whoever finishes a mail of the same cause at this moment: either they see that it came again, or it is queued anew.
func (t *tx) QueueMail(m chat.Mail) error {
	_, err := t.exec("queue mail", `INSERT INTO mails (`+mailColumns+`, lease, leased_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, 0, 0, '', '', 0) ON CONFLICT (cause) DO UPDATE SET comings = mails.comings + 1`,
		string(m.ID), string(m.App), string(m.Kind), m.Cause, string(m.Conversation), string(m.User), string(m.Agent), micros(m.CreatedAt), micros(m.NextAt))
	return err
}

// isToSend is what makes a mail one that somebody should send; $1 is now.
const isToSend = `failed_at = 0 AND next_at <= $1 AND leased_until <= $1`

func (t *tx) ListDueMails(now time.Time, limit int) ([]chat.Mail, error) {
	return list(t, "list due mails", scanMail, `SELECT `+mailColumns+` FROM mails WHERE `+isToSend+` ORDER BY next_at, id LIMIT $2 + 0`, micros(now), limit)
}

func (t *tx) LeaseMail(id chat.MailID, lease string, now, until time.Time) (chat.Mail, bool, error) {
	return change(t, "lease mail", scanMail, `UPDATE mails SET lease = $3, leased_until = $4 WHERE id = $2 AND `+isToSend+` RETURNING `+mailColumns,
		micros(now), string(id), lease, micros(until))
}

func (t *tx) PostponeMail(id chat.MailID, now, until time.Time) (bool, error) {
	affected, err := t.exec("postpone mail", `UPDATE mails SET next_at = $3 WHERE id = $1 AND failed_at = 0 AND leased_until <= $2`, string(id), micros(now), micros(until))
	return affected > 0, err
}

func (t *tx) FinishMail(m chat.Mail, lease string) (bool, error) {
	affected, err := t.exec("finish mail", `DELETE FROM mails WHERE id = $1 AND lease = $2 AND comings = $3`, string(m.ID), lease, m.Comings)
	return affected > 0, err
}

func (t *tx) ReturnMail(m chat.Mail, lease string) error {
	cause := m.Cause
	if !m.FailedAt.IsZero() {
		cause = string(m.ID)
	}
	_, err := t.exec("return mail", `UPDATE mails SET cause = $3, next_at = $4, attempts = $5, failed_at = $6, reason = $7, lease = '', leased_until = 0
		WHERE id = $1 AND lease = $2`, string(m.ID), lease, cause, micros(m.NextAt), m.Attempts, micros(m.FailedAt), m.Reason)
	return err
}

func (t *tx) ListFailedMails(app chat.AppID, limit int) ([]chat.Mail, error) {
	return list(t, "list failed mails", scanMail, `SELECT `+mailColumns+` FROM mails WHERE app_id = $1 AND failed_at > 0 ORDER BY failed_at DESC, id LIMIT $2 + 0`, string(app), limit)
}

func (t *tx) ForgetFailedMails(before time.Time) error {
	_, err := t.exec("forget failed mails", `DELETE FROM mails WHERE failed_at > 0 AND failed_at < $1`, micros(before))
	return err
}

// orPartOf finds what is noted of the user $1 and of those who became part of them.
const orPartOf = `user_id IN (SELECT $1 UNION ALL SELECT discarded_id FROM user_aliases WHERE surviving_id = $1)`

func (t *tx) MailedNumber(conversation chat.ConversationID, user chat.UserID) (int64, error) {
	number, _, err := find(t, "find mailed number", scanNumber,
		`SELECT COALESCE(MAX(number), 0) FROM mailed_numbers WHERE conversation_id = $2 AND `+orPartOf, string(user), string(conversation))
	return number, err
}

func (t *tx) SetMailedNumber(conversation chat.ConversationID, user chat.UserID, number int64) error {
	_, err := t.exec("set mailed number", `INSERT INTO mailed_numbers (conversation_id, user_id, number)
		SELECT c.id, u.id, CAST($3 AS BIGINT) FROM conversations c, users u WHERE c.id = $1 AND u.id = $2
		ON CONFLICT (conversation_id, user_id) DO UPDATE SET number = $3 WHERE mailed_numbers.number < $3`, string(conversation), string(user), number)
	return err
}

func (t *tx) UnsubscribedAt(app chat.AppID, user chat.UserID) (time.Time, error) {
	at, _, err := find(t, "find unsubscribed", func(row scanner, at *timeValue) error { return row.Scan(at) },
		`SELECT at FROM unsubscribed_users WHERE app_id = $2 AND `+orPartOf+` ORDER BY at LIMIT 1`, string(user), string(app))
	return time.Time(at), err
}

func (t *tx) Unsubscribe(app chat.AppID, user chat.UserID, at time.Time) error {
	if _, err := t.GetUser(app, user); err != nil {
		return fmt.Errorf("unsubscribe: %w", err)
	}
	_, err := t.exec("unsubscribe", `INSERT INTO unsubscribed_users (user_id, app_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, string(user), string(app), micros(at))
	return err
}

func (t *tx) Resubscribe(app chat.AppID, user chat.UserID) error {
	_, err := t.exec("resubscribe", `DELETE FROM unsubscribed_users WHERE app_id = $2 AND `+orPartOf, string(user), string(app))
	return err
}

// forgetMails removes what waits for a user, or for somebody who became part of them, and what is noted of them.
func (t *tx) forgetMails(user chat.UserID) error {
	for _, table := range []string{"mails", "mailed_numbers", "unsubscribed_users"} {
		if _, err := t.exec("forget mails of user", `DELETE FROM `+table+` WHERE user_id <> '' AND `+orPartOf, string(user)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) ListLongWaiting(app chat.AppID, since time.Time, limit int) ([]chat.InboxEntry, error) {
	return list(t, "list long waiting", scanEntry, `SELECT `+inboxColumns+` FROM inbox i LEFT JOIN told_waitings w ON w.conversation_id = i.conversation_id
		WHERE i.app_id = $1 AND i.status = 'open' AND i.waiting_since <> 0 AND i.waiting_since <= $2 AND (w.waiting_since IS NULL OR w.waiting_since <> i.waiting_since)
		ORDER BY i.waiting_since, i.conversation_id LIMIT $3 + 0`, string(app), micros(since), limit)
}

func (t *tx) NoteWaiting(e chat.InboxEntry) (bool, error) {
	affected, err := t.exec("note waiting", `INSERT INTO told_waitings (conversation_id, waiting_since) VALUES ($1, $2)
		ON CONFLICT (conversation_id) DO UPDATE SET waiting_since = $2 WHERE told_waitings.waiting_since <> $2`, string(e.Conversation), micros(e.WaitingSince))
	return affected > 0, err
}
