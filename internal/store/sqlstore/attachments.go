package sqlstore

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

const attachmentColumns = `id, app_id, media_key, access, url, user_id, conversation_id, sent, name, type, size, width, height,
	thumbnail, created_at`

func scanAttachment(row scanner, a *chat.Attachment) error {
	var width, height int64
	err := row.Scan((*string)(&a.ID), (*string)(&a.App), &a.Key, (*string)(&a.Access), &a.URL, (*string)(&a.User),
		(*string)(&a.Conversation), &a.Sent, &a.Name, &a.Type, &a.Size, &width, &height, &a.Thumbnail, (*timeValue)(&a.CreatedAt))
	a.Width, a.Height = int(width), int(height)
	return err
}

func (t *tx) InsertAttachment(a chat.Attachment) (bool, error) {
	const doing = "insert attachment"
	var copyOf []byte
	if a.Access == chat.AccessCopy {
		copyOf = digest(a.URL)
	}
	taken, err := t.exec(doing, `DELETE FROM leftover_files WHERE id = $1`, string(a.ID))
	if err != nil || taken == 0 {
		return false, err
	}
	stored, err := t.exec(doing, `INSERT INTO attachments (`+attachmentColumns+`, url_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING`,
		string(a.ID), string(a.App), a.Key, string(a.Access), a.URL, string(a.User), string(a.Conversation), a.Sent,
		a.Name, a.Type, a.Size, int64(a.Width), int64(a.Height), a.Thumbnail, micros(a.CreatedAt), copyOf)
	return stored > 0, err
}

const attachmentByID = `SELECT ` + attachmentColumns + ` FROM attachments WHERE id = $1 AND app_id = $2`

func (t *tx) FindAttachment(app chat.AppID, id chat.AttachmentID) (chat.Attachment, bool, error) {
	return find(t, "find attachment", scanAttachment, attachmentByID, string(id), string(app))
}

func (t *tx) LockAttachment(app chat.AppID, id chat.AttachmentID) (chat.Attachment, bool, error) {
	return find(t, "lock attachment", scanAttachment, t.db.lockRows(attachmentByID), string(id), string(app))
}

func (t *tx) FindAttachmentByKey(app chat.AppID, key string) (chat.Attachment, bool, error) {
	return find(t, "find attachment by key", scanAttachment,
		`SELECT `+attachmentColumns+` FROM attachments WHERE media_key = $1 AND app_id = $2`, key, string(app))
}

func (t *tx) FindCopy(app chat.AppID, url string) (chat.Attachment, bool, error) {
	return find(t, "find copy", scanAttachment,
		`SELECT `+attachmentColumns+` FROM attachments WHERE app_id = $1 AND url_hash = $2`, string(app), digest(url))
}

func (t *tx) ShowAttachment(app chat.AppID, id chat.AttachmentID, conversation chat.ConversationID, number int64) error {
	const doing = "show attachment"
	if err := t.execOn("attachment", doing, `UPDATE attachments SET sent = TRUE WHERE id = $1 AND app_id = $2`, string(id), string(app)); err != nil {
		return err
	}
	_, err := t.exec(doing, `INSERT INTO attachment_messages (conversation_id, number, attachment_id, app_id)
		VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, string(conversation), number, string(id), string(app))
	return err
}

func (t *tx) ListShowing(app chat.AppID, id chat.AttachmentID) ([]chat.ConversationID, error) {
	return list(t, "list showing", scanText[chat.ConversationID], `SELECT DISTINCT conversation_id FROM attachment_messages
		WHERE attachment_id = $1 AND app_id = $2`, string(id), string(app))
}

func (t *tx) IsShowing(app chat.AppID, id chat.AttachmentID, conversation chat.ConversationID, number int64) (bool, error) {
	_, showing, err := find(t, "find showing message", scanNumber, `SELECT number FROM attachment_messages
		WHERE conversation_id = $1 AND number = $2 AND attachment_id = $3 AND app_id = $4`, string(conversation), number, string(id), string(app))
	return showing, err
}

func (t *tx) SumAttachments(app chat.AppID, user chat.UserID) (int64, error) {
	return get(t, "sum", "sum attachments", scanNumber, `SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM attachments
		WHERE user_id = $1 AND user_id <> '' AND app_id = $2`, string(user), string(app))
}

func (t *tx) DropAttachment(app chat.AppID, id chat.AttachmentID) error {
	_, found, err := t.LockAttachment(app, id)
	if err == nil && !found {
		err = chat.Missing("attachment")
	}
	if err != nil {
		return err
	}
	return t.drop([]chat.AttachmentID{id})
}

func (t *tx) DropUnsent(before time.Time, limit int) (int, error) {
	old, err := list(t, "list unsent attachments", scanText[chat.AttachmentID], t.db.lockRows(`SELECT id FROM attachments
		WHERE NOT sent AND created_at < $1 ORDER BY created_at LIMIT $2 + 0`), micros(before), limit)
	if err != nil {
		return 0, err
	}
	return len(old), t.drop(old)
}

// dropThose drops the attachments that a condition names. What could add one to them is locked out by the caller.
func (t *tx) dropThose(condition string, args ...any) error {
	those, err := list(t, "list attachments", scanText[chat.AttachmentID],
		t.db.lockRows(`SELECT id FROM attachments WHERE `+condition+` ORDER BY id`), args...)
	if err != nil {
		return err
	}
	return t.drop(those)
}

// drop makes leftovers of attachments that are locked.
func (t *tx) drop(those []chat.AttachmentID) error {
	const doing = "drop attachment"
	for _, id := range those {
		if err := t.InsertLeftover(id, t.now()); err != nil {
			return err
		}
		if _, err := t.exec(doing, `DELETE FROM attachments WHERE id = $1`, string(id)); err != nil {
			return err
		}
	}
	return nil
}

// unshow forgets that messages of a locked conversation, those that the condition names, show attachments, and drops those
// that no other message shows.
func (t *tx) unshow(id chat.ConversationID, condition string, args ...any) error {
	const doing = "hide attachments"
	those := ` FROM attachment_messages WHERE conversation_id = $1` + condition
	args = append([]any{string(id)}, args...)
	shown, err := list(t, doing, scanText[chat.AttachmentID],
		t.db.lockRows(`SELECT id FROM attachments WHERE id IN (SELECT attachment_id`+those+`) ORDER BY id`), args...)
	if err != nil || len(shown) == 0 {
		return err
	}
	if _, err := t.exec(doing, `DELETE`+those, args...); err != nil {
		return err
	}
	for _, attachment := range shown {
		if err := t.dropThose(`id = $1 AND NOT EXISTS (SELECT 1 FROM attachment_messages WHERE attachment_id = attachments.id)`,
			string(attachment)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) InsertLeftover(id chat.AttachmentID, due time.Time) error {
	_, err := t.exec("insert leftover", `INSERT INTO leftover_files (id, due_at) VALUES ($1, $2)`, string(id), micros(due))
	return err
}

func (t *tx) ListLeftovers(at time.Time, limit int) ([]chat.AttachmentID, error) {
	return list(t, "list leftovers", scanText[chat.AttachmentID],
		`SELECT id FROM leftover_files WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2 + 0`, micros(at), limit)
}

func (t *tx) PostponeLeftover(id chat.AttachmentID, due time.Time) error {
	_, err := t.exec("postpone leftover", `UPDATE leftover_files SET due_at = $2 WHERE id = $1`, string(id), micros(due))
	return err
}

func (t *tx) DeleteLeftover(id chat.AttachmentID) error {
	_, err := t.exec("delete leftover", `DELETE FROM leftover_files WHERE id = $1`, string(id))
	return err
}
