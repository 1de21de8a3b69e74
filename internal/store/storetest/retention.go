package storetest

import (
	"strconv"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

var retention = []testCase{
	{"an app is swept by one, who counts", func(w *world) {
		lease := func(name string, now time.Time) (ok bool) {
			w.write(func(tx store.Tx) (err error) {
				ok, err = tx.LeaseSweep(w.app, name, now, now.Add(time.Minute))
				return err
			})
			return ok
		}
		count := func(name string) (held bool) {
			w.write(func(tx store.Tx) (err error) {
				held, err = tx.CountSweep(w.app, name, 2, 5, w.now.Add(time.Minute))
				return err
			})
			return held
		}
		finish := func(name string) (done chat.Sweep, held bool) {
			w.write(func(tx store.Tx) (err error) {
				done, held, err = tx.FinishSweep(w.app, name, w.now.Add(time.Hour))
				return err
			})
			return done, held
		}
		want(w, "first", lease("a", w.now), true)
		want(w, "goes on", lease("a", w.now), true)
		want(w, "second", lease("b", w.now), false)
		want(w, "counts", count("a"), true)
		want(w, "counts without a lease", count("b"), false)
		later := w.now.Add(time.Minute)
		want(w, "after its end", lease("b", later), true)
		want(w, "counts on", count("b"), true)
		_, held := finish("a")
		want(w, "finishes without a lease", held, false)
		done, held := finish("b")
		want(w, "finishes", held, true)
		want(w, "what both removed", done, chat.Sweep{App: w.app, Conversations: 4, Messages: 10})
		want(w, "before the next time", lease("b", w.now.Add(time.Hour-time.Second)), false)
		want(w, "the next time", lease("b", w.now.Add(time.Hour)), true)
		w.write(func(tx store.Tx) error {
			ok, err := tx.LeaseSweep("nobody", "a", w.now, later)
			want(w, "an app that is gone", ok, false)
			return err
		})
	}},
	{"stale is where nothing was said since", func(w *world) {
		user := w.user("ana")
		began := w.now.Add(-3 * time.Hour)
		quiet, busy := w.conversationAt(began, chat.Personal, user.ID), w.conversationAt(began, chat.Personal)
		w.say(busy.ID, user.ID, "hello")
		w.read(func(tx store.Tx) error {
			for since, n := range map[time.Time]int{began: 0, began.Add(time.Second): 1, w.now: 1} {
				stale, err := tx.ListStale(w.app, since, 10)
				conversations, messages, err2 := tx.CountStale(w.app, since, 10)
				if err != nil || err2 != nil {
					return err
				}
				want(w, "listed", len(stale), n)
				want(w, "counted", [2]int64{conversations, messages}, [2]int64{int64(n), 0})
				if n == 1 {
					want(w, "which", stale[0], quiet.ID)
				}
			}
			return nil
		})
	}},
	{"what is stale is counted up to a bound", func(w *world) {
		began := w.now.Add(-3 * time.Hour)
		for range 3 {
			user := w.user("")
			talk := w.conversationAt(began, chat.Personal, user.ID)
			w.sayAt(began, talk.ID, user.ID, "one")
			w.sayAt(began, talk.ID, user.ID, "two")
		}
		w.read(func(tx store.Tx) error {
			for limit, n := range map[int]int64{1: 1, 2: 2, 3: 3, 4: 3} {
				conversations, messages, err := tx.CountStale(w.app, w.now, limit)
				if err != nil {
					return err
				}
				want(w, "counted up to "+strconv.Itoa(limit), [2]int64{conversations, messages}, [2]int64{n, 2 * n})
			}
			return nil
		})
	}},
	{"what webhooks were to be told of earlier times goes, page by page, waiting or given up, of one app", func(w *world) {
		other := newWorld(w.T, w.store, w.heard)
		hook, second, others := w.webhook(chat.TriggerEverything), w.webhook(chat.TriggerEverything), other.webhook(chat.TriggerEverything)
		now := w.now
		for i, trigger := range []chat.Trigger{chat.TriggerMessage, chat.TriggerRead, chat.TriggerJoin} {
			w.now = now.Add(time.Duration(i-2) * time.Hour)
			other.now = w.now
			w.happen(trigger)
			other.happen(trigger)
		}
		w.bury(second.ID, 2, now)
		forget := func(before time.Time, limit int) (n int64) {
			w.write(func(tx store.Tx) (err error) {
				n, err = tx.ForgetDeliveriesBefore(w.app, before, limit)
				return err
			})
			return n
		}
		want(w, "of no earlier time", forget(now.Add(-2*time.Hour), 10), 0)
		want(w, "the oldest", forget(now.Add(-time.Hour), 10), 2)
		want(w, "waiting then", w.waiting(hook.ID), []chat.Trigger{chat.TriggerRead, chat.TriggerJoin})
		want(w, "given up then", w.dead(second.ID), []string{string(chat.TriggerRead)})
		for i, n := range []int64{3, 1, 0} {
			want(w, "page "+strconv.Itoa(i+1), forget(now.Add(time.Second), 3), n)
		}
		want(w, "at last", len(w.waiting(hook.ID))+len(w.waiting(second.ID))+len(w.dead(second.ID)), 0)
		want(w, "of the other app", len(w.waiting(others.ID)), 3)
	}},
}
