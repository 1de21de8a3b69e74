package storetest

import (
	"slices"
	"strconv"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

var serverSecrets = []testCase{
	{"a secret of the server is made once, whoever makes it, and can be sealed anew", func(w *world) {
		name := w.id()
		kept := make([]store.ServerSecret, 8)
		for _, err := range atOnce(len(kept), func(i int) error {
			return w.try(func(tx store.Tx) (err error) {
				kept[i], err = tx.KeepServerSecret(store.ServerSecret{Name: name, Sealed: []byte(strconv.Itoa(i))})
				return err
			})
		}) {
			w.Error(err)
		}
		for _, one := range kept {
			want(w, "kept", one, kept[0])
		}
		anew := store.ServerSecret{Name: name, Sealed: []byte("another box")}
		w.write(func(tx store.Tx) error { return tx.UpdateServerSecret(anew) })
		w.read(func(tx store.Tx) error {
			all, err := tx.ListServerSecrets()
			at := slices.IndexFunc(all, func(s store.ServerSecret) bool { return s.Name == name })
			if at < 0 {
				w.Fatal("it is not listed")
			}
			want(w, "sealed anew", all[at], anew)
			return err
		})
		w.write(func(tx store.Tx) error {
			got, err := tx.KeepServerSecret(kept[0])
			want(w, "kept again", got, anew)
			return err
		})
		w.wantKind(w.try(func(tx store.Tx) error { return tx.UpdateServerSecret(store.ServerSecret{Name: w.id()}) }), chat.NotFound)
	}},
}
