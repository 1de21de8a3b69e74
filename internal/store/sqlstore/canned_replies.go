package sqlstore

import "github.com/parlorchat/parlor/internal/chat"

func (t *tx) InsertCannedReply(r chat.CannedReply) error {
	_, err := t.exec("insert canned reply", `INSERT INTO canned_replies (id, app_id, shortcut, title, text, changed_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		string(r.ID), string(r.App), r.Shortcut, r.Title, r.Text, micros(r.ChangedAt))
	return err
}

func (t *tx) UpdateCannedReply(r chat.CannedReply) error {
	return t.execOn("canned_reply", "update canned reply", `UPDATE canned_replies SET shortcut = $3, title = $4, text = $5, changed_at = $6 WHERE id = $1 AND app_id = $2`,
		string(r.ID), string(r.App), r.Shortcut, r.Title, r.Text, micros(r.ChangedAt))
}

func (t *tx) ListCannedReplies(app chat.AppID) ([]chat.CannedReply, error) {
	scan := func(row scanner, r *chat.CannedReply) error {
		return row.Scan((*string)(&r.ID), (*string)(&r.App), &r.Shortcut, &r.Title, &r.Text, (*timeValue)(&r.ChangedAt))
	}
	return list(t, "list canned replies", scan, `SELECT id, app_id, shortcut, title, text, changed_at FROM canned_replies WHERE app_id = $1 ORDER BY shortcut`, string(app))
}

func (t *tx) DeleteCannedReply(app chat.AppID, id chat.CannedReplyID) error {
	return t.execOn("canned_reply", "delete canned reply", `DELETE FROM canned_replies WHERE id = $1 AND app_id = $2`, string(id), string(app))
}
