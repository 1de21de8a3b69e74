package storetest

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) key(app chat.AppID) chat.Key {
	w.Helper()
	key := chat.Key{ID: chat.KeyID("app_" + w.id()), App: app, Name: "k", Uses: []chat.Use{chat.UseAPI, chat.UseCode}, Alg: chat.SigningAlg,
		Sealed: []byte{0, 1}, SecretHash: []byte{2, 3}, Imported: true, NotBefore: w.now, CreatedAt: w.now}
	w.write(func(tx store.Tx) error { return tx.InsertKey(key) })
	return key
}

var keys = []testCase{
	{"a key comes back as stored", func(w *world) {
		key := w.key(w.app)
		w.read(func(tx store.Tx) error {
			got, err := tx.GetKey(key.ID)
			want(w, "key", got, key)
			return err
		})
		key.Name, key.NotAfter, key.RevokedAt = "renamed", w.now.Add(time.Hour), w.now.Add(time.Minute)
		w.write(func(tx store.Tx) error { return tx.UpdateKey(key) })
		w.write(func(tx store.Tx) error { return tx.UpdateSealedSecret(key.ID, []byte{9}) })
		key.Sealed = []byte{9}
		w.read(func(tx store.Tx) error {
			got, err := tx.GetKey(key.ID)
			want(w, "key after update", got, key)
			return err
		})
	}},
	{"an id is taken on the whole server", func(w *world) {
		key := w.key("")
		key.App = w.app
		w.wantKind(w.try(func(tx store.Tx) error { return tx.InsertKey(key) }), chat.Conflict)
	}},
	{"keys of an app and of the account are listed apart, oldest first", func(w *world) {
		first := w.key(w.app)
		account := w.key("")
		w.now = w.now.Add(time.Second)
		second := w.key(w.app)
		w.read(func(tx store.Tx) error {
			own, err := tx.ListKeys(w.app)
			want(w, "keys of the app", own, []chat.Key{first, second})
			ofAccount, _ := tx.ListKeys("")
			for _, key := range ofAccount {
				want(w, "app of an account key", key.App, "")
			}
			sealed, _ := tx.ListSealedSecrets()
			seen := map[chat.KeyID]bool{}
			for _, key := range sealed {
				seen[key.ID] = true
			}
			want(w, "all secrets", seen[first.ID] && seen[second.ID] && seen[account.ID], true)
			return err
		})
	}},
	{"last use moves forward only", func(w *world) {
		key := w.key(w.app)
		for _, at := range []time.Time{w.now.Add(time.Minute), w.now} {
			w.write(func(tx store.Tx) error { return tx.TouchKeys(map[chat.KeyID]time.Time{key.ID: at, "gone": at}) })
		}
		w.read(func(tx store.Tx) error {
			got, err := tx.GetKey(key.ID)
			want(w, "last used", got.LastUsedAt, w.now.Add(time.Minute))
			return err
		})
	}},
	{"a forgotten key is missing", func(w *world) {
		key := w.key(w.app)
		w.write(func(tx store.Tx) error { return tx.DeleteKey(key.ID) })
		for _, f := range []func(store.Tx) error{
			func(tx store.Tx) error { _, err := tx.GetKey(key.ID); return err },
			func(tx store.Tx) error { return tx.UpdateKey(key) },
			func(tx store.Tx) error { return tx.UpdateSealedSecret(key.ID, nil) },
			func(tx store.Tx) error { return tx.DeleteKey(key.ID) },
		} {
			w.wantKind(w.try(f), chat.NotFound)
		}
	}},
}
