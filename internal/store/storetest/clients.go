package storetest

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

var clients = []testCase{
	{"a client comes back as stored and may change its user", func(w *world) {
		first, second := w.user(""), w.user("")
		client := chat.Client{App: w.app, ID: chat.ClientID(w.id()), User: first.ID, Platform: "web", Name: "Firefox", Locale: "de",
			TimeZone: "Europe/Berlin", Info: chat.Metadata{"url": "https://x"}, LastSeenAt: w.now, CreatedAt: w.now}
		w.write(func(tx store.Tx) error { return tx.InsertClient(client) })
		client.User, client.LastSeenAt = second.ID, w.now.Add(time.Hour)
		w.write(func(tx store.Tx) error { return tx.UpdateClient(client) })
		w.read(func(tx store.Tx) error {
			got, found, err := tx.FindClient(w.app, client.ID)
			want(w, "client", got, client)
			want(w, "found", found, true)
			_, found, _ = tx.FindClient("another", client.ID)
			want(w, "found in another app", found, false)
			return err
		})
	}},
	{"the one seen last is listed first", func(w *world) {
		user := w.user("")
		old := w.client(user.ID)
		w.now = w.now.Add(time.Hour)
		recent := w.client(user.ID)
		w.read(func(tx store.Tx) error {
			all, err := tx.ListClients(w.app, user.ID)
			want(w, "clients", all, []chat.Client{recent, old})
			return err
		})
	}},
	{"a deleted client takes its session along", func(w *world) {
		client := w.client(w.user("").ID)
		session := w.session(client, "")
		w.write(func(tx store.Tx) error { return tx.DeleteClient(w.app, client.ID) })
		w.wantKind(w.try(func(tx store.Tx) error { return tx.DeleteClient(w.app, client.ID) }), chat.NotFound)
		w.wantKind(w.try(func(tx store.Tx) error { return tx.UpdateClient(client) }), chat.NotFound)
		w.read(func(tx store.Tx) error {
			_, found, err := tx.FindSession(w.app, session.Hash)
			want(w, "session", found, false)
			return err
		})
	}},
	{"a client of nobody is refused", func(w *world) {
		err := w.try(func(tx store.Tx) error {
			return tx.InsertClient(chat.Client{App: w.app, ID: chat.ClientID(w.id()), User: "nobody"})
		})
		w.wantKind(err, chat.NotFound)
	}},
}
