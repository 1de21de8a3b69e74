package sqlstore

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

func (t *tx) InsertReceipt(r chat.Receipt) (bool, error) {
	affected, err := t.exec("insert receipt", `INSERT INTO receipts (key_id, name, fingerprint, status, sealed, at)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		string(r.Key), r.Name, r.Fingerprint, r.Status, blob(r.Sealed), micros(r.At))
	return affected > 0, err
}

func (t *tx) FindReceipt(key chat.KeyID, name []byte) (chat.Receipt, bool, error) {
	return find(t, "find receipt", func(row scanner, r *chat.Receipt) error {
		return row.Scan((*string)(&r.Key), &r.Name, &r.Fingerprint, &r.Status, &r.Sealed, (*timeValue)(&r.At))
	}, `SELECT key_id, name, fingerprint, status, sealed, at FROM receipts WHERE key_id = $1 AND name = $2`, string(key), name)
}

func (t *tx) SetAnswer(r chat.Receipt) error {
	_, err := t.exec("keep answer", `UPDATE receipts SET status = $3, sealed = $4 WHERE key_id = $1 AND name = $2`,
		string(r.Key), r.Name, r.Status, blob(r.Sealed))
	return err
}

func (t *tx) ForgetReceipts(before time.Time) error {
	_, err := t.exec("forget receipts", `DELETE FROM receipts WHERE at < $1`, micros(before))
	return err
}
