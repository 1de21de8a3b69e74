package storetest

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) emailCode(email string, browser string) chat.EmailCode {
	w.Helper()
	code := chat.EmailCode{App: w.app, ID: w.id(), Email: email, CodeHash: []byte("hash"), Browser: chat.HashToken(browser),
		CreatedAt: w.now, ExpiresAt: w.now.Add(chat.EmailCodeLife)}
	w.write(func(tx store.Tx) error { return tx.InsertEmailCode(code, w.now.Add(-time.Hour)) })
	return code
}

var emailCodes = []testCase{
	{"the browser's newest code comes back, and no other", func(w *world) {
		email := w.id() + "@example.com"
		w.emailCode(email, "one")
		w.now = w.now.Add(time.Second)
		newest := w.emailCode(email, "one")
		w.now = w.now.Add(time.Second)
		w.emailCode(email, "two")
		w.write(func(tx store.Tx) error {
			got, found, err := tx.LockEmailCode(w.app, email, chat.HashToken("one"))
			want(w, "code", got, newest)
			want(w, "found", found, true)
			_, found, _ = tx.LockEmailCode(w.app, email, chat.HashToken("three"))
			want(w, "found for another browser", found, false)
			_, found, _ = tx.LockEmailCode(w.app, "x"+email, chat.HashToken("one"))
			want(w, "found for another address", found, false)
			n, _ := tx.CountEmailCodes(w.app, email, w.now.Add(-time.Minute))
			want(w, "count", n, 3)
			return err
		})
	}},
	{"tries are counted, used codes are over and still count", func(w *world) {
		email := w.id() + "@example.com"
		code := w.emailCode(email, "one")
		w.write(func(tx store.Tx) error { return tx.CountTry(w.app, code.ID) })
		w.write(func(tx store.Tx) error { return tx.UseEmailCodes(w.app, email) })
		w.write(func(tx store.Tx) error {
			got, _, err := tx.LockEmailCode(w.app, email, code.Browser)
			want(w, "tries", got.Tries, 1)
			want(w, "over", got.ExpiresAt.Before(w.now), true)
			n, _ := tx.CountEmailCodes(w.app, email, w.now.Add(-time.Minute))
			want(w, "count", n, 1)
			return err
		})
	}},
	{"old codes are forgotten when one is made", func(w *world) {
		email := w.id() + "@example.com"
		w.emailCode(email, "one")
		w.now = w.now.Add(2 * time.Hour)
		w.emailCode(email, "one")
		w.write(func(tx store.Tx) error {
			n, err := tx.CountEmailCodes(w.app, email, w.now.Add(-24*time.Hour))
			want(w, "count", n, 1)
			return err
		})
	}},
}
