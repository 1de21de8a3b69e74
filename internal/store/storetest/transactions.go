package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

var transactions = []testCase{
	{"an error undoes everything and comes back as it was", func(w *world) {
		own := errors.New("own")
		id := chat.UserID(w.id())
		err := w.try(func(tx store.Tx) error {
			if err := tx.InsertUser(chat.User{App: w.app, ID: id, Number: 1}); err != nil {
				return err
			}
			return fmt.Errorf("wrapped: %w", own)
		})
		want(w, "the error", errors.Is(err, own), true)
		w.read(func(tx store.Tx) error {
			_, err := tx.GetUser(w.app, id)
			w.wantKind(err, chat.NotFound)
			return nil
		})
	}},
	{"a failing write does not touch those beside it", func(w *world) {
		errs := atOnce(60, func(i int) error {
			return w.try(func(tx store.Tx) error {
				err := tx.InsertUser(chat.User{App: w.app, ID: chat.UserID(chat.NewID(w.now)), Number: int64(i + 1)})
				if err == nil && i%3 == 0 {
					err = chat.Refuse("no", "no")
				}
				return err
			})
		})
		want(w, "failed", len(errs), 20)
		w.read(func(tx store.Tx) error {
			page, err := tx.ListUsers(store.UserPage{App: w.app, Limit: 99})
			want(w, "stored", len(page), 40)
			for _, user := range page {
				want(w, "stored although it failed", (user.Number-1)%3 == 0, false)
			}
			return err
		})
	}},
	{"a panic is the caller's and undoes its own only", func(w *world) {
		atOnce(20, func(i int) error {
			defer func() {
				if recovered := recover(); (recovered != nil) != (i%2 == 0) {
					w.Errorf("write %d recovered %v", i, recovered)
				}
			}()
			return w.try(func(tx store.Tx) error {
				err := tx.InsertUser(chat.User{App: w.app, ID: chat.UserID(chat.NewID(w.now)), Number: int64(i + 1)})
				if i%2 == 0 {
					panic("own")
				}
				return err
			})
		})
		w.read(func(tx store.Tx) error {
			page, err := tx.ListUsers(store.UserPage{App: w.app, Limit: 99})
			want(w, "stored", len(page), 10)
			return err
		})
	}},
	{"a read refuses to write", func(w *world) {
		user := w.user("")
		for name, f := range map[string]func(store.Tx) error{
			"insert": func(tx store.Tx) error { return tx.InsertUser(chat.User{App: w.app, ID: "x", Number: 9}) },
			"bump":   func(tx store.Tx) error { return tx.BumpUser(w.app, user.ID) },
			"number": func(tx store.Tx) error { _, _, err := tx.NextUserNumber(w.app, false); return err },
			"event":  func(tx store.Tx) error { return tx.AppendEvent(&chat.Event{App: w.app}) },
			"delete": func(tx store.Tx) error { return tx.DeleteApp(w.app) },
		} {
			w.Logf("%s", name)
			w.wantKind(w.store.Read(context.Background(), f), chat.Internal)
		}
		w.read(func(tx store.Tx) error { _, err := tx.GetApp(w.app); return err })
	}},
	{"a read sees one snapshot", func(w *world) {
		user := w.user("")
		w.read(func(tx store.Tx) error {
			before, err := tx.GetUser(w.app, user.ID)
			if err != nil {
				return err
			}
			w.write(func(tx store.Tx) error { return tx.BumpUser(w.app, user.ID) })
			after, err := tx.GetUser(w.app, user.ID)
			want(w, "change", after.Change, before.Change)
			return err
		})
		w.read(func(tx store.Tx) error {
			now, err := tx.GetUser(w.app, user.ID)
			want(w, "change afterwards", now.Change, user.Change+1)
			return err
		})
	}},
	{"a write sees what it wrote and what was acknowledged", func(w *world) {
		user := w.user("ext")
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range 5 {
					if err := w.try(func(tx store.Tx) error { return tx.BumpUser(w.app, user.ID) }); err != nil {
						w.Error(err)
					}
				}
			})
		}
		all.Wait()
		w.read(func(tx store.Tx) error {
			got, err := tx.GetUser(w.app, user.ID)
			want(w, "change", got.Change, 40)
			return err
		})
	}},
	{"who stopped waiting is not run", func(w *world) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		ran := false
		f := func(store.Tx) error { ran = true; return nil }
		w.wantKind(w.store.Write(ctx, f), chat.Unavailable)
		want(w, "ran", ran, false)
	}},
	{"text that cannot be stored is not a crash", func(w *world) {
		err := w.try(func(tx store.Tx) error {
			return tx.InsertUser(chat.User{App: w.app, ID: chat.UserID(w.id()), Number: 1, Profile: chat.Profile{GivenName: "a\x00b"}})
		})
		if err != nil {
			w.wantKind(err, chat.Invalid)
		}
		w.write(func(tx store.Tx) error { return tx.FreeSeat(w.app) })
	}},
	{"the store answers", func(w *world) {
		want(w, "ping", w.store.Ping(context.Background()), nil)
	}},
}
