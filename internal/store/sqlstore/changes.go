package sqlstore

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
)

func scanChange(row scanner, c *chat.Change) error {
	var read chat.ReadMark
	var user chat.UserID
	err := row.Scan((*string)(&c.App), (*string)(&c.Conversation), &c.Number, (*string)(&c.Kind), (*string)(&c.Message), &c.MessageNo,
		(*string)(&user), (*string)(&read.By), &read.Number, (*timeValue)(&read.At), (*timeValue)(&c.At))
	if read.By == "" {
		c.User = user
		return err
	}
	read.User = user
	c.Read = &read
	return err
}

func (t *tx) AppendChange(c *chat.Change) error {
	const doing = "append change"
	number, found, err := change(t, doing, scanNumber,
		`UPDATE conversations SET change = change + 1 WHERE id = $1 AND app_id = $2 RETURNING change`, string(c.Conversation), string(c.App))
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("%s: %w", doing, chat.Missing("conversation"))
	}
	user, read := c.User, chat.ReadMark{}
	if c.Read != nil {
		user, read = c.Read.User, *c.Read
	}
	_, err = t.exec(doing, `INSERT INTO changes
		(app_id, conversation_id, number, kind, message_id, message_number, user_id, read_by, read_number, read_at, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		string(c.App), string(c.Conversation), number, string(c.Kind), string(c.Message), c.MessageNo, string(user),
		string(read.By), read.Number, micros(read.At), micros(c.At))
	if err != nil {
		return err
	}
	c.Number = number
	return nil
}

func (t *tx) ListChanges(app chat.AppID, id chat.ConversationID, after int64, limit int) ([]chat.Change, error) {
	return list(t, "list changes", scanChange, `SELECT app_id, conversation_id, number, kind, message_id, message_number,
		user_id, read_by, read_number, read_at, at FROM changes
		WHERE conversation_id = $1 AND app_id = $2 AND number > $3 ORDER BY number LIMIT $4 + 0`, string(id), string(app), after, limit)
}
