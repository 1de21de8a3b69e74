package storetest

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) identity(value string) chat.Identity {
	return chat.Identity{Kind: chat.IdentityEmail, Value: value, Written: "W" + value, VerifiedBy: chat.VerifiedByToken, CreatedAt: w.now}
}

var identities = []testCase{
	{"an identity has one owner", func(w *world) {
		owner, other := w.user(""), w.user("")
		b, a := w.identity("b@x.example"), w.identity("a@x.example")
		w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, owner.ID, b) })
		w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, owner.ID, a) })
		w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, owner.ID, a) })
		w.wantKind(w.try(func(tx store.Tx) error { return tx.InsertIdentity(w.app, other.ID, a) }), chat.Conflict)
		w.read(func(tx store.Tx) error {
			all, err := tx.ListIdentities(w.app, owner.ID)
			want(w, "identities", all, []chat.Identity{a, b})
			found, ok, _ := tx.FindUserByIdentity(w.app, chat.IdentityEmail, a.Value)
			want(w, "owner", ok && found.ID == owner.ID, true)
			page, _ := tx.ListUsers(store.UserPage{App: w.app, Email: a.Value, Limit: 5})
			want(w, "users by address", len(page) == 1 && page[0].ID == owner.ID, true)
			page, _ = tx.ListUsers(store.UserPage{App: w.app, Email: a.Value, After: owner.Number, Limit: 5})
			want(w, "next page of users by address", len(page), 0)
			return err
		})
		w.write(func(tx store.Tx) error { return tx.DeleteIdentities(w.app, owner.ID) })
		w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, other.ID, a) })
	}},
	{"an identity moves to another user", func(w *world) {
		from, to := w.user(""), w.user("")
		one, other := w.identity("one@x.example"), w.identity("other@x.example")
		w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, from.ID, one) })
		w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, from.ID, other) })
		one.VerifiedBy = chat.VerifiedByKey
		w.write(func(tx store.Tx) error { return tx.MoveIdentity(w.app, from.ID, to.ID, one) })
		w.read(func(tx store.Tx) error {
			theirs, err := tx.ListIdentities(w.app, to.ID)
			want(w, "of the new owner", theirs, []chat.Identity{one})
			left, _ := tx.ListIdentities(w.app, from.ID)
			want(w, "left to the former one", left, []chat.Identity{other})
			return err
		})
		w.wantKind(w.try(func(tx store.Tx) error { return tx.MoveIdentity(w.app, from.ID, to.ID, one) }), chat.NotFound)
	}},
	{"fifty claim the same identity", func(w *world) {
		claimants := make([]chat.User, 50)
		for i := range claimants {
			claimants[i] = w.user("")
		}
		errs := atOnce(len(claimants), func(i int) error {
			return w.try(func(tx store.Tx) error { return tx.InsertIdentity(w.app, claimants[i].ID, w.identity("one@x.example")) })
		})
		want(w, "refused", len(errs), len(claimants)-1)
		for _, err := range errs {
			w.wantKind(err, chat.Conflict)
		}
	}},
	{"a code is used once", func(w *world) {
		var used atomic.Int64
		errs := atOnce(20, func(int) error {
			var ok bool
			err := w.try(func(tx store.Tx) (err error) {
				ok, err = tx.UseCode(w.app, "app_k", "jti", w.now.Add(time.Hour))
				return err
			})
			if ok {
				used.Add(1)
			}
			return err
		})
		want(w, "errors", fmt.Sprint(errs), "[]")
		want(w, "accepted", used.Load(), 1)
		w.write(func(tx store.Tx) error {
			ok, err := tx.UseCode(w.app, "app_other"+chat.KeyID(w.id()), "jti", w.now.Add(time.Hour))
			want(w, "the same token id under another key", ok, true)
			return err
		})
	}},
}
