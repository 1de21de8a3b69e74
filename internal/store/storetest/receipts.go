package storetest

import (
	"errors"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

var receipts = []testCase{
	{"a receipt comes back as stored, with its answer", func(w *world) {
		r := chat.Receipt{Key: w.key(w.app).ID, Name: []byte{1}, Fingerprint: []byte{2}, Sealed: []byte{}, At: w.now}
		w.write(func(tx store.Tx) error {
			fresh, err := tx.InsertReceipt(r)
			want(w, "fresh", fresh, true)
			return err
		})
		got := func() (found chat.Receipt) {
			w.read(func(tx store.Tx) (err error) { found, _, err = tx.FindReceipt(r.Key, r.Name); return err })
			return found
		}
		want(w, "receipt", got(), r)
		r.Status, r.Sealed = 201, []byte{3}
		w.write(func(tx store.Tx) error { return tx.SetAnswer(r) })
		want(w, "receipt with its answer", got(), r)
		w.write(func(tx store.Tx) error {
			fresh, err := tx.InsertReceipt(chat.Receipt{Key: r.Key, Name: r.Name, Fingerprint: []byte{9}, At: w.now})
			want(w, "fresh the second time", fresh, false)
			return err
		})
		want(w, "receipt after the second", got(), r)
		w.write(func(tx store.Tx) error { return tx.DeleteKey(r.Key) })
		want(w, "receipt of a deleted key", got(), chat.Receipt{})
	}},
	{"of many at once one is first", func(w *world) {
		key := w.key(w.app).ID
		taken := errors.New("taken")
		failed := atOnce(10, func(int) error {
			return w.try(func(tx store.Tx) error {
				fresh, err := tx.InsertReceipt(chat.Receipt{Key: key, Name: []byte{1}, Fingerprint: []byte{1}, At: w.now})
				if err == nil && !fresh {
					err = taken
				}
				return err
			})
		})
		want(w, "those who were not first", len(failed), 9)
		for _, err := range failed {
			want(w, "their error", errors.Is(err, taken), true)
		}
	}},
	{"old ones are forgotten", func(w *world) {
		key := w.key(w.app).ID
		w.write(func(tx store.Tx) error {
			_, err := tx.InsertReceipt(chat.Receipt{Key: key, Name: []byte{1}, Fingerprint: []byte{1}, At: time.UnixMicro(1).UTC()})
			return err
		})
		w.write(func(tx store.Tx) error { return tx.ForgetReceipts(time.UnixMicro(2).UTC()) })
		w.read(func(tx store.Tx) error {
			_, found, err := tx.FindReceipt(key, []byte{1})
			want(w, "found", found, false)
			return err
		})
	}},
}
