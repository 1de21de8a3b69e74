package storetest

import (
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) attempt(hook chat.WebhookID, n int) chat.Attempt {
	return chat.Attempt{Webhook: hook, Request: fmt.Sprint("msg_", n), Triggers: []chat.Trigger{chat.TriggerMessage, chat.TriggerRead}, Events: 7, Number: int64(n),
		At: w.after(n), Took: 12345 * time.Microsecond, Status: 503, Outcome: "failed", Fault: "The server answered 503."}
}

func (w *world) record(attempt chat.Attempt) error {
	return w.try(func(tx store.Tx) error {
		if _, err := tx.LockWebhook(w.app, attempt.Webhook); err != nil {
			return err
		}
		return tx.RecordAttempt(attempt)
	})
}

func (w *world) attempts(hook chat.WebhookID) (all []chat.Attempt) {
	w.Helper()
	w.read(func(tx store.Tx) (err error) { all, err = tx.ListAttempts(hook); return err })
	return all
}

var attempts = []testCase{
	{"the last attempts are kept, the last one first", func(w *world) {
		hook, other := w.webhook(chat.TriggerMessage), w.webhook(chat.TriggerMessage)
		want(w, "none yet", len(w.attempts(hook.ID)), 0)
		for n := range chat.MaxAttempts + 30 {
			if err := w.record(w.attempt(hook.ID, n)); err != nil {
				w.Fatal(err)
			}
		}
		all := w.attempts(hook.ID)
		want(w, "how many", len(all), chat.MaxAttempts)
		want(w, "the last one", all[0], w.attempt(hook.ID, chat.MaxAttempts+29))
		want(w, "the oldest one", all[len(all)-1], w.attempt(hook.ID, 30))
		want(w, "of another webhook", len(w.attempts(other.ID)), 0)
	}},
	{"twenty at once are all kept", func(w *world) {
		hook := w.webhook(chat.TriggerMessage)
		errs := atOnce(20, func(n int) error { return w.record(w.attempt(hook.ID, n)) })
		want(w, "errors", fmt.Sprint(errs), "[]")
		want(w, "kept", len(w.attempts(hook.ID)), 20)
	}},
	{"attempts go with their webhook", func(w *world) {
		hook := w.webhook(chat.TriggerMessage)
		if err := w.record(w.attempt(hook.ID, 1)); err != nil {
			w.Fatal(err)
		}
		w.write(func(tx store.Tx) error { return tx.DeleteWebhook(w.app, hook.ID) })
		want(w, "left", len(w.attempts(hook.ID)), 0)
		w.wantKind(w.try(func(tx store.Tx) error { return tx.RecordAttempt(w.attempt(hook.ID, 2)) }), chat.NotFound)
	}},
}
