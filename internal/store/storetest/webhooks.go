package storetest

import (
	"errors"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) webhook(triggers ...chat.Trigger) chat.Webhook {
	w.Helper()
	return w.webhookOf(w.integration(chat.IntegrationCustom).ID, triggers...)
}

func (w *world) webhookOf(integration chat.IntegrationID, triggers ...chat.Trigger) chat.Webhook {
	w.Helper()
	hook := chat.Webhook{App: w.app, Integration: integration, ID: chat.WebhookID(w.id()), Target: "https://shop.example", Triggers: triggers,
		FullUser: true, Sealed: []byte{1}, Enabled: true, CreatedAt: w.now}
	w.write(func(tx store.Tx) error { return tx.InsertWebhook(hook) })
	return hook
}

var webhooks = []testCase{
	{"a webhook comes back as stored", func(w *world) {
		hook := w.webhook(chat.TriggerMessage, chat.TriggerRead)
		hook.Former = []byte{}
		w.read(func(tx store.Tx) error {
			got, err := tx.GetWebhook(w.app, hook.ID)
			want(w, "new webhook", got, hook)
			return err
		})
		hook.Target, hook.Triggers, hook.FullUser, hook.FullSource = "https://other.example", []chat.Trigger{chat.TriggerJoin}, false, true
		hook.Sealed, hook.Former, hook.FormerUntil = []byte{2}, []byte{1}, w.now
		hook.Queue = chat.Queue{Failures: 3, FailingSince: w.now, NextAt: w.now.Add(time.Minute), LastError: "no"}
		w.write(func(tx store.Tx) error { return tx.UpdateWebhook(hook) })
		hook.Change = 1
		w.read(func(tx store.Tx) error {
			got, err := tx.GetWebhook(w.app, hook.ID)
			want(w, "webhook", got, hook)
			ofApp, _ := tx.ListWebhooks(w.app, "")
			want(w, "webhooks of the app", ofApp, []chat.Webhook{hook})
			other, _ := tx.ListWebhooks(w.app, "other")
			want(w, "webhooks of another integration", len(other), 0)
			_, missing := tx.GetWebhook("other", hook.ID)
			w.wantKind(missing, chat.NotFound)
			return err
		})
	}},
	{"one process at a time sends to a webhook", func(w *world) {
		hook := w.webhook(chat.TriggerEverything)
		isDue := func(at time.Time) (due bool) {
			w.read(func(tx store.Tx) error {
				all, err := tx.ListDueWebhooks(at, 1000)
				for _, id := range all {
					due = due || id == hook.ID
				}
				return err
			})
			return due
		}
		lease := func(name string, at time.Time) (leased bool) {
			w.write(func(tx store.Tx) (err error) {
				_, leased, err = tx.LeaseWebhook(hook.ID, name, at, at.Add(time.Minute))
				return err
			})
			return leased
		}
		extend := func(name string, until time.Time) (held bool) {
			w.write(func(tx store.Tx) (err error) {
				held, err = tx.ExtendLease(hook.ID, name, until)
				return err
			})
			return held
		}
		want(w, "due without events", isDue(w.now), false)
		w.happen(chat.TriggerMessage)
		want(w, "due", isDue(w.now), true)
		want(w, "leased to a", lease("a", w.now), true)
		want(w, "leased to b", lease("b", w.now), false)
		want(w, "due while leased", isDue(w.now), false)
		want(w, "b gives it back", extend("b", w.now), false)
		want(w, "a keeps it", extend("a", w.now.Add(2*time.Minute)), true)
		want(w, "due after the first minute", isDue(w.now.Add(time.Minute)), false)
		hook.Queue = chat.Queue{Failures: 1, FailingSince: w.now, NextAt: w.now.Add(time.Hour), LastError: "no"}
		w.write(func(tx store.Tx) error { _, err := tx.SetQueue(hook); return err })
		want(w, "a gives it back", extend("a", w.now), true)
		want(w, "due before the pause is over", isDue(w.now.Add(time.Minute)), false)
		want(w, "due after the pause", isDue(w.now.Add(time.Hour)), true)
		want(w, "leased to b after the pause", lease("b", w.now.Add(time.Hour)), true)
		want(w, "leased to c when b's lease is over", lease("c", w.now.Add(2*time.Hour)), true)
		want(w, "b gives back what is c's", extend("b", w.now), false)
		want(w, "c gives it back", extend("c", w.now), true)
		hook.Queue = chat.Queue{}
		w.write(func(tx store.Tx) error { return tx.UpdateWebhook(hook) })
		want(w, "of ten, how many lease it", 10-len(atOnce(10, func(i int) error {
			return w.try(func(tx store.Tx) error {
				_, leased, err := tx.LeaseWebhook(hook.ID, string(rune('k'+i)), w.now, w.now.Add(time.Minute))
				if err == nil && !leased {
					err = errors.New("taken")
				}
				return err
			})
		})), 1)
	}},
	{"a change does not end the lease, and what was found out before it is not stored", func(w *world) {
		hook := w.webhook(chat.TriggerEverything)
		w.happen(chat.TriggerMessage)
		w.write(func(tx store.Tx) error {
			_, _, err := tx.LeaseWebhook(hook.ID, "a", w.now, w.now.Add(time.Minute))
			return err
		})
		before := hook
		hook.Target = "https://new.example"
		w.write(func(tx store.Tx) error { return tx.UpdateWebhook(hook) })
		before.Queue.LastError = "the former address is down"
		w.write(func(tx store.Tx) error {
			_, leased, err := tx.LeaseWebhook(hook.ID, "b", w.now, w.now.Add(time.Minute))
			want(w, "leased again", leased, false)
			if err != nil {
				return err
			}
			held, err := tx.ExtendLease(hook.ID, "a", w.now)
			want(w, "still held", held, true)
			if err != nil {
				return err
			}
			stored, err := tx.SetQueue(before)
			want(w, "stored", stored, false)
			return err
		})
		w.read(func(tx store.Tx) error {
			got, err := tx.GetWebhook(w.app, hook.ID)
			want(w, "queue", got.Queue, chat.Queue{})
			return err
		})
	}},
	{"of two who change a webhook the second sees what the first did", func(w *world) {
		hook := w.webhook(chat.TriggerEverything)
		target := make(chan error, 1)
		w.wantKind(w.try(func(tx store.Tx) error { _, err := tx.LockWebhook("other", hook.ID); return err }), chat.NotFound)
		w.write(func(tx store.Tx) error {
			off, err := tx.LockWebhook(w.app, hook.ID)
			if err != nil {
				return err
			}
			go func() {
				target <- w.try(func(tx store.Tx) error {
					moved, err := tx.LockWebhook(w.app, hook.ID)
					if err != nil {
						return err
					}
					moved.Target = "https://new.example"
					return tx.UpdateWebhook(moved)
				})
			}()
			off.Enabled = false
			return tx.UpdateWebhook(off)
		})
		if err := <-target; err != nil {
			w.Fatal(err)
		}
		w.read(func(tx store.Tx) error {
			got, err := tx.GetWebhook(w.app, hook.ID)
			want(w, "target, enabled, changes", []any{got.Target, got.Enabled, got.Change}, []any{"https://new.example", false, int64(2)})
			return err
		})
	}},
}
