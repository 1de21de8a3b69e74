package storetest

import (
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// conflict records that a user came with an address of the owner, so many seconds from now.
func (w *world) conflict(user, owner chat.UserID, value string, seconds int) {
	w.Helper()
	w.write(func(tx store.Tx) error {
		return tx.RecordConflict(chat.IdentityConflict{App: w.app, ID: chat.ConflictID(w.id()), User: user, Owner: owner, Kind: chat.IdentityEmail, Value: value,
			Door: chat.DoorSDK, Key: chat.KeyID(fmt.Sprint("app_", seconds)), CreatedAt: w.after(seconds)})
	})
}

func (w *world) after(seconds int) time.Time { return w.now.Add(time.Duration(seconds) * time.Second) }

func (w *world) conflicts(page store.ConflictPage) (all []chat.IdentityConflict) {
	w.Helper()
	page.App, page.Limit = w.app, max(page.Limit, 1)
	w.read(func(tx store.Tx) (err error) { all, err = tx.ListConflicts(page); return err })
	return all
}

func (w *world) settle(c chat.IdentityConflict, how chat.Settlement, seconds int) {
	w.Helper()
	c.Settled, c.SettledBy, c.SettledAt = how, "agent kim", w.after(seconds)
	w.write(func(tx store.Tx) error { return tx.SettleConflict(c) })
}

var conflicts = []testCase{
	{"a conflict that happens again is counted on", func(w *world) {
		owner, other := w.user(""), w.user("")
		w.conflict(other.ID, owner.ID, "a@x.example", 1)
		first := w.conflicts(store.ConflictPage{})[0]
		w.conflict(other.ID, owner.ID, "a@x.example", 2)
		again := first
		again.Times, again.LastAt, again.Key = 2, w.after(2), "app_2"
		want(w, "conflicts", w.conflicts(store.ConflictPage{Limit: 9}), []chat.IdentityConflict{again})
		w.read(func(tx store.Tx) error {
			got, err := tx.GetConflict(w.app, first.ID)
			want(w, "it", got, again)
			_, elsewhere := tx.GetConflict("another", first.ID)
			w.wantKind(elsewhere, chat.NotFound)
			return err
		})
		w.wantKind(w.try(func(tx store.Tx) error { return tx.SettleConflict(chat.IdentityConflict{App: "another", ID: first.ID}) }), chat.NotFound)
	}},
	{"fifty at once are one", func(w *world) {
		owner, other := w.user(""), w.user("")
		errs := atOnce(50, func(int) error {
			return w.try(func(tx store.Tx) error {
				return tx.RecordConflict(chat.IdentityConflict{App: w.app, ID: chat.ConflictID(w.id()), User: other.ID, Owner: owner.ID, Kind: chat.IdentityEmail, Value: "a", CreatedAt: w.now})
			})
		})
		want(w, "errors", fmt.Sprint(errs), "[]")
		all := w.conflicts(store.ConflictPage{Limit: 9})
		want(w, "conflicts, and how often", len(all) == 1 && all[0].Times == 50, true)
	}},
	{"what was dismissed stays so, and what was settled otherwise begins anew", func(w *world) {
		for how, anew := range map[chat.Settlement]bool{chat.SettledDismissed: false, chat.SettledMoved: true, chat.SettledGone: true} {
			owner, other := w.user(""), w.user("")
			w.conflict(other.ID, owner.ID, "a@x.example", 1)
			c := w.conflicts(store.ConflictPage{})[0]
			w.settle(c, how, 2)
			w.conflict(other.ID, owner.ID, "a@x.example", 3)
			w.read(func(tx store.Tx) error {
				got, err := tx.GetConflict(w.app, c.ID)
				want(w, "open after "+string(how), got.Open(), anew)
				want(w, "times after "+string(how), got.Times, map[bool]int64{true: 1, false: 2}[anew])
				want(w, "since "+string(how), got.CreatedAt, map[bool]time.Time{true: w.after(3), false: w.after(1)}[anew])
				want(w, "last after "+string(how), got.LastAt, w.after(3))
				want(w, "settled by nobody after "+string(how), got.SettledBy == "" && got.SettledAt.IsZero(), anew)
				return err
			})
			w.write(func(tx store.Tx) error { return tx.DeleteConflicts(w.app, owner.ID) })
		}
		want(w, "left", len(w.conflicts(store.ConflictPage{Limit: 9})), 0)
	}},
	{"pages of what is open and of what is settled", func(w *world) {
		owner, other := w.user(""), w.user("")
		for i, value := range []string{"a", "b", "c", "d", "e"} {
			w.conflict(other.ID, owner.ID, value, min(i, 3)) // the last two at the same time
		}
		value := func(c chat.IdentityConflict) string { return c.Value }
		all := each(w.conflicts(store.ConflictPage{Limit: 9}), value)
		want(w, "the ones before", all[2:], []string{"c", "b", "a"})
		var paged []string
		for before := (store.ConflictPlace{}); ; {
			page := w.conflicts(store.ConflictPage{Before: before, Limit: 1})
			if len(page) == 0 {
				break
			}
			paged = append(paged, page[0].Value)
			before = store.ConflictPlace{At: page[0].CreatedAt, ID: page[0].ID}
		}
		want(w, "paged", paged, all)

		open := w.conflicts(store.ConflictPage{Limit: 9})
		w.settle(open[4], chat.SettledDismissed, 7)
		w.settle(open[3], chat.SettledMoved, 8)
		settled := w.conflicts(store.ConflictPage{Settled: true, Limit: 9})
		want(w, "settled, the last one first", each(settled, value), []string{"b", "a"})
		want(w, "how and by whom", string(settled[0].Settled)+" "+settled[0].SettledBy, "moved agent kim")
		after := store.ConflictPlace{At: settled[0].SettledAt, ID: settled[0].ID}
		want(w, "next", each(w.conflicts(store.ConflictPage{Settled: true, Before: after, Limit: 9}), value), []string{"a"})
		want(w, "still open", len(w.conflicts(store.ConflictPage{Limit: 9})), 3)
		w.read(func(tx store.Tx) error {
			three, err := tx.CountConflicts(w.app, 9)
			two, _ := tx.CountConflicts(w.app, 2)
			want(w, "counted", fmt.Sprint(three, two), "3 2")
			return err
		})
	}},
	{"an address that its owner has no more is in no conflict", func(w *world) {
		owner, other, third := w.user(""), w.user(""), w.user("")
		for _, value := range []string{"a@x.example", "b@x.example"} {
			w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, owner.ID, w.identity(value)) })
			w.conflict(other.ID, owner.ID, value, 1)
		}
		w.conflict(owner.ID, third.ID, "c@x.example", 2)
		w.write(func(tx store.Tx) error { return tx.MoveIdentity(w.app, owner.ID, third.ID, w.identity("a@x.example")) })
		gone := w.conflicts(store.ConflictPage{Settled: true, Limit: 9})
		want(w, "gone", len(gone) == 1 && gone[0].Value == "a@x.example" && gone[0].Settled == chat.SettledGone && !gone[0].SettledAt.IsZero(), true)
		w.write(func(tx store.Tx) error { return tx.DeleteIdentities(w.app, owner.ID) })
		want(w, "gone with all", len(w.conflicts(store.ConflictPage{Settled: true, Limit: 9})), 2)
		left := w.conflicts(store.ConflictPage{Limit: 9})
		want(w, "left", len(left) == 1 && left[0].Value == "c@x.example", true)
	}},
	{"conflicts go with either user", func(w *world) {
		owner, other, third := w.user(""), w.user(""), w.user("")
		w.conflict(other.ID, owner.ID, "a@x.example", 1)
		w.conflict(third.ID, other.ID, "b@x.example", 2)
		w.conflict(third.ID, owner.ID, "a@x.example", 3)
		w.write(func(tx store.Tx) error { return tx.DeleteUser(w.app, other.ID) })
		left := w.conflicts(store.ConflictPage{Limit: 9})
		want(w, "left", len(left) == 1 && left[0].User == third.ID && left[0].Owner == owner.ID, true)
	}},
}
