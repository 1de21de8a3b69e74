package storetest

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) integration(kind string) chat.Integration {
	w.Helper()
	i := chat.Integration{App: w.app, ID: chat.IntegrationID(w.id()), Type: kind, Name: "n", Settings: map[string]any{"businessName": "Shop"}, CreatedAt: w.now}
	w.write(func(tx store.Tx) error { return tx.InsertIntegration(i) })
	return i
}

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

// happen emits events with the triggers in one transaction.
func (w *world) happen(triggers ...chat.Trigger) {
	w.Helper()
	w.write(func(tx store.Tx) error {
		for _, trigger := range triggers {
			tx.Emit(chat.Event{Kind: "test", App: w.app, At: w.now, Trigger: trigger})
		}
		return nil
	})
}

func (w *world) waiting(hook chat.WebhookID) (triggers []chat.Trigger) {
	w.Helper()
	w.read(func(tx store.Tx) error {
		waiting, err := tx.ListDeliveries(hook, 100)
		triggers = each(waiting, func(d chat.Delivery) chat.Trigger { return d.Event.Trigger })
		return err
	})
	return triggers
}

// bury gives up the first n that wait.
func (w *world) bury(hook chat.WebhookID, n int, at time.Time) {
	w.Helper()
	w.write(func(tx store.Tx) error {
		waiting, err := tx.ListDeliveries(hook, n)
		if err != nil {
			return err
		}
		return tx.BuryDeliveries(hook, each(waiting, func(d chat.Delivery) int64 { return d.Position }), "", at)
	})
}

// dead are the triggers of what was given up, with the reasons.
func (w *world) dead(hook chat.WebhookID) (letters []string) {
	w.Helper()
	w.read(func(tx store.Tx) error {
		dead, err := tx.ListDeadLetters(hook, store.Span{Limit: 100})
		letters = each(dead, func(d chat.Delivery) string { return strings.TrimSpace(string(d.Event.Trigger) + " " + d.Reason) })
		return err
	})
	return letters
}

var integrations = []testCase{
	{"an app comes with its web integration, and others come back as stored", func(w *world) {
		born := w.now
		w.now = w.now.Add(time.Second)
		made := w.integration(chat.IntegrationCustom)
		made.Name, made.Settings = "renamed", nil
		w.write(func(tx store.Tx) error { return tx.UpdateIntegration(made) })
		w.read(func(tx store.Tx) error {
			app, _ := tx.GetApp(w.app)
			all, err := tx.ListIntegrations(store.IntegrationPage{App: w.app, Span: store.Span{Limit: 10}})
			want(w, "integrations", all, []chat.Integration{{App: w.app, ID: app.IntegrationID, Type: chat.IntegrationWeb, CreatedAt: born}, made})
			count, _ := tx.CountIntegrations(w.app)
			want(w, "count", count, 2)
			web, _ := tx.ListIntegrations(store.IntegrationPage{App: w.app, Types: []string{"custom", "line"}, Span: store.Span{Limit: 10}})
			want(w, "of two types", web, []chat.Integration{made})
			return err
		})
	}},
	{"every web integration leads to the app, others do not", func(w *world) {
		web, custom := w.integration(chat.IntegrationWeb), w.integration(chat.IntegrationCustom)
		w.read(func(tx store.Tx) error {
			app, found, err := tx.FindAppByIntegration(web.ID)
			want(w, "app of web integration", [2]any{app.ID, found}, [2]any{w.app, true})
			_, found, _ = tx.FindAppByIntegration(custom.ID)
			want(w, "app of custom integration found", found, false)
			return err
		})
	}},
	{"pages follow one another", func(w *world) {
		for range 4 {
			w.integration("line")
		}
		other := newWorld(w.T, w.store, w.heard)
		list := func(types ...string) func(store.Tx, store.Span) ([]string, error) {
			return func(tx store.Tx, span store.Span) ([]string, error) {
				part, err := tx.ListIntegrations(store.IntegrationPage{App: w.app, Types: types, Span: span})
				return each(part, func(i chat.Integration) string { return string(i.ID) }), err
			}
		}
		w.walk(5, list(), string(other.integration("line").ID))
		custom := w.integration(chat.IntegrationCustom)
		w.walk(4, list("line", "telegram"), string(custom.ID))
		w.write(func(tx store.Tx) error { return tx.DeleteIntegration(w.app, custom.ID) })
		w.noPlace(string(custom.ID), func(tx store.Tx, span store.Span) error {
			_, err := list()(tx, span)
			return err
		})
	}},
	{"keys and webhooks go with their integration", func(w *world) {
		made := w.integration(chat.IntegrationCustom)
		hook := w.webhookOf(made.ID, chat.TriggerEverything)
		key := chat.Key{ID: chat.KeyID("int_" + w.id()), App: w.app, Integration: made.ID, Uses: []chat.Use{chat.UseAPI}, CreatedAt: w.now}
		w.write(func(tx store.Tx) error { return tx.InsertKey(key) })
		w.happen(chat.TriggerTyping)
		w.read(func(tx store.Tx) error {
			own, _ := tx.ListIntegrationKeys(w.app, made.ID)
			want(w, "keys of the integration", each(own, func(k chat.Key) chat.KeyID { return k.ID }), []chat.KeyID{key.ID})
			ofApp, err := tx.ListKeys(w.app)
			want(w, "keys of the app", len(ofApp), 0)
			return err
		})
		w.write(func(tx store.Tx) error { return tx.DeleteIntegration(w.app, made.ID) })
		w.read(func(tx store.Tx) error {
			_, err := tx.GetKey(key.ID)
			w.wantKind(err, chat.NotFound)
			_, err = tx.GetWebhook(w.app, hook.ID)
			w.wantKind(err, chat.NotFound)
			told, err := tx.IsTold(w.app, chat.TriggerTyping)
			want(w, "told", told, false)
			return err
		})
		w.wantKind(w.try(func(tx store.Tx) error { return tx.DeleteIntegration(w.app, made.ID) }), chat.NotFound)
	}},
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
	{"a webhook is told what it asked for, once and in order", func(w *world) {
		some, all := w.webhook(chat.TriggerRead, chat.TriggerMessage), w.webhook(chat.TriggerEverything, chat.TriggerRead)
		off := w.webhook(chat.TriggerEverything)
		off.Enabled = false
		w.write(func(tx store.Tx) error { return tx.UpdateWebhook(off) })
		w.happen(chat.TriggerMessage, chat.TriggerTyping, "", chat.TriggerRead)
		want(w, "for some", w.waiting(some.ID), []chat.Trigger{chat.TriggerMessage, chat.TriggerRead})
		want(w, "for all", w.waiting(all.ID), []chat.Trigger{chat.TriggerMessage, chat.TriggerTyping, chat.TriggerRead})
		want(w, "for one that is off", len(w.waiting(off.ID)), 0)
		var queued []bool
		for _, event := range w.heard.of(w.app) {
			queued = append(queued, event.Queued)
		}
		want(w, "queued", queued, []bool{true, true, false, true})
	}},
	{"an event of a transaction that failed is not told", func(w *world) {
		hook := w.webhook(chat.TriggerEverything)
		failed := errors.New("no")
		err := w.try(func(tx store.Tx) error {
			tx.Emit(chat.Event{App: w.app, At: w.now, Trigger: chat.TriggerTyping})
			return failed
		})
		want(w, "error", errors.Is(err, failed), true)
		want(w, "waiting", len(w.waiting(hook.ID)), 0)
	}},
	{"an event comes back with what is needed to tell it", func(w *world) {
		hook := w.webhook(chat.TriggerEverything)
		event := chat.Event{App: w.app, At: w.now, Trigger: chat.TriggerRead, Reason: "r", User: "u", UserExternalID: "x", Client: "c", Conversation: "v",
			Message: &chat.Message{App: w.app, Conversation: "v", ID: "m"}, Read: &chat.ReadMark{By: chat.AuthorUser, User: "u"},
			Typing:            &chat.Typing{Author: chat.Author{Type: chat.AuthorBusiness, DisplayName: "n", AvatarURL: "a"}, Active: true},
			Postback:          &chat.Postback{Message: "m", Client: "c", Text: "t", Payload: "p", Metadata: chat.Metadata{"k": "v"}},
			Participant:       &chat.Participant{App: w.app, Conversation: "v", User: "p"},
			ConversationState: &chat.Conversation{App: w.app, ID: "v", Type: chat.SDKGroup},
			Merge:             &chat.Merge{Surviving: "s", Discarded: "d", Conversations: []chat.ConversationID{"v"}},
			Control:           &chat.Control{Active: "a", Pending: "b"}, Metadata: chat.Metadata{"k": 1.5}}
		w.write(func(tx store.Tx) error { tx.Emit(event); return nil })
		w.read(func(tx store.Tx) error {
			waiting, err := tx.ListDeliveries(hook.ID, 10)
			if len(waiting) == 1 {
				want(w, "event", waiting[0].Event, event)
				want(w, "id", chat.IsID(string(waiting[0].ID)), true)
			} else {
				w.Errorf("%d deliveries wait", len(waiting))
			}
			return err
		})
	}},
	{"dead letters are listed from each of them, and a cursor stays when its letter goes", func(w *world) {
		hook, other := w.webhook(chat.TriggerEverything), w.webhook(chat.TriggerEverything)
		w.happen(chat.TriggerMessage, chat.TriggerTyping, chat.TriggerRead, chat.TriggerJoin)
		bury := func(of chat.WebhookID, n int) (dead []chat.Delivery) {
			w.write(func(tx store.Tx) error {
				waiting, err := tx.ListDeliveries(of, n)
				if err == nil {
					err = tx.BuryDeliveries(of, each(waiting, func(d chat.Delivery) int64 { return d.Position }), "why", w.now)
				}
				dead = waiting
				return err
			})
			return dead
		}
		dead, theirs := bury(hook.ID, 3), bury(other.ID, 4)
		list := func(tx store.Tx, span store.Span) ([]string, error) {
			part, err := tx.ListDeadLetters(hook.ID, span)
			return each(part, func(d chat.Delivery) string { return string(d.ID) }), err
		}
		w.walk(3, list, string(theirs[3].ID))
		w.noPlace(store.DeadLetterCursor(theirs[0]), func(tx store.Tx, span store.Span) error { _, err := list(tx, span); return err })
		w.write(func(tx store.Tx) error { return tx.DeleteDeliveries(hook.ID, []int64{dead[1].Position}) })
		w.read(func(tx store.Tx) error {
			after, err := list(tx, store.Span{After: store.DeadLetterCursor(dead[1]), Limit: 9})
			want(w, "after the one that is gone", after, []string{string(dead[2].ID)})
			before, _ := list(tx, store.Span{Before: store.DeadLetterCursor(dead[1]), Limit: 9})
			want(w, "before the one that is gone", before, []string{string(dead[0].ID)})
			return err
		})
	}},
	{"a user who types is kept by id only", func(w *world) {
		hook := w.webhook(chat.TriggerTyping)
		author := chat.Author{Type: chat.AuthorUser, User: "u", DisplayName: "Ana", AvatarURL: "https://shop.example/ana.png"}
		w.write(func(tx store.Tx) error {
			tx.Emit(chat.Event{App: w.app, At: w.now, Trigger: chat.TriggerTyping, Typing: &chat.Typing{Author: author}})
			return nil
		})
		w.read(func(tx store.Tx) error {
			waiting, err := tx.ListDeliveries(hook.ID, 1)
			want(w, "author", each(waiting, func(d chat.Delivery) chat.Author { return d.Event.Typing.Author }),
				[]chat.Author{{Type: chat.AuthorUser, User: "u"}})
			return err
		})
	}},
	{"what is about a user goes with them, waiting and dead", func(w *world) {
		hook, gone := w.webhook(chat.TriggerEverything), w.webhook(chat.TriggerEverything)
		user, other, former := w.user("u"), w.user("o"), w.user("f")
		w.merge(user.ID, former.ID)
		author := func(id chat.UserID) chat.Author { return chat.Author{Type: chat.AuthorUser, User: id} }
		about := func(id chat.UserID) []chat.Event {
			return []chat.Event{
				{Trigger: chat.TriggerPostback, User: id, Postback: &chat.Postback{Payload: "p"}},
				{Trigger: chat.TriggerTyping, Typing: &chat.Typing{Author: author(id)}},
				{Trigger: chat.TriggerRead, Read: &chat.ReadMark{By: chat.AuthorUser, User: id}},
				{Trigger: chat.TriggerJoin, Participant: &chat.Participant{User: id}},
				{Trigger: chat.TriggerMessage, Message: &chat.Message{ID: "m", Author: author(id)}},
				{Trigger: chat.TriggerUserMerge, User: other.ID, Merge: &chat.Merge{Surviving: other.ID, Discarded: id, DiscardedMetadata: chat.Metadata{"k": "v"}}},
			}
		}
		w.write(func(tx store.Tx) error {
			for _, id := range []chat.UserID{user.ID, former.ID, other.ID} {
				for _, event := range about(id) {
					event.App, event.At = w.app, w.now
					tx.Emit(event)
				}
			}
			return nil
		})
		w.bury(hook.ID, 3, w.now)
		w.write(func(tx store.Tx) error { return tx.DeleteWebhook(w.app, gone.ID) })
		left := func(what string, waiting, dead int) {
			w.Helper()
			want(w, what, [2]int{len(w.waiting(hook.ID)), len(w.dead(hook.ID))}, [2]int{waiting, dead})
		}
		left("before", 15, 3)
		w.write(func(tx store.Tx) error { return tx.ForgetMerges("other", user.ID) })
		left("after another app forgot merges", 15, 3)
		w.write(func(tx store.Tx) error { return tx.ForgetMerges(w.app, user.ID) })
		left("without merges", 13, 3)
		w.write(func(tx store.Tx) error { return tx.DeleteUser(w.app, user.ID) })
		left("without the user", 6, 0)
		w.write(func(tx store.Tx) error {
			n, err := tx.ClearStranded(gone.ID, w.now, 100)
			want(w, "kept for the webhook that is gone", n, 6)
			return err
		})
	}},
	{"what was told is gone, what was given up waits apart and comes back to its place", func(w *world) {
		hook := w.webhook(chat.TriggerEverything)
		w.happen(chat.TriggerMessage, chat.TriggerTyping, chat.TriggerRead, chat.TriggerJoin)
		var positions []int64
		var second chat.EventID
		w.read(func(tx store.Tx) error {
			waiting, err := tx.ListDeliveries(hook.ID, 10)
			positions, second = each(waiting, func(d chat.Delivery) int64 { return d.Position }), waiting[1].ID
			return err
		})
		w.write(func(tx store.Tx) error { return tx.DeleteDeliveries(hook.ID, positions[:1]) })
		w.write(func(tx store.Tx) error { return tx.BuryDeliveries(hook.ID, positions[1:3], "why", w.now) })
		want(w, "waiting", w.waiting(hook.ID), []chat.Trigger{chat.TriggerJoin})
		w.read(func(tx store.Tx) error {
			dead, err := tx.ListDeadLetters(hook.ID, store.Span{Limit: 10})
			want(w, "dead", each(dead, func(d chat.Delivery) string { return string(d.Event.Trigger) + d.Reason + d.DiedAt.String() }),
				[]string{"conversation:typingwhy" + w.now.String(), "conversation:readwhy" + w.now.String()})
			rest, _ := tx.ListDeadLetters(hook.ID, store.Span{After: store.DeadLetterCursor(dead[0]), Limit: 10})
			want(w, "dead after the first", len(rest), 1)
			return err
		})
		w.write(func(tx store.Tx) error {
			revived, err := tx.ReviveDeadLetters(hook.ID, second)
			want(w, "revived one", revived, 1)
			return err
		})
		want(w, "waiting after revival", w.waiting(hook.ID), []chat.Trigger{chat.TriggerTyping, chat.TriggerJoin})
		w.write(func(tx store.Tx) error { return tx.BuryDeliveries(hook.ID, positions, "why", w.now) })
		want(w, "waiting after all were given up", len(w.waiting(hook.ID)), 0)
		w.write(func(tx store.Tx) error {
			revived, err := tx.ReviveDeadLetters(hook.ID, "")
			want(w, "revived all", revived, 3)
			return err
		})
		want(w, "waiting after all were revived", w.waiting(hook.ID), []chat.Trigger{chat.TriggerTyping, chat.TriggerRead, chat.TriggerJoin})
	}},
	{"no position is given twice", func(w *world) {
		hook := w.webhook(chat.TriggerEverything)
		newest := func() (position int64) {
			w.happen(chat.TriggerMessage)
			w.read(func(tx store.Tx) error {
				waiting, err := tx.ListDeliveries(hook.ID, 10)
				position = waiting[len(waiting)-1].Position
				return err
			})
			return position
		}
		first := newest()
		w.write(func(tx store.Tx) error { return tx.DeleteDeliveries(hook.ID, []int64{first}) })
		want(w, "a later position is higher", newest() > first, true)
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
	{"old dead letters are forgotten", func(w *world) {
		hook := w.webhook(chat.TriggerEverything)
		w.happen(chat.TriggerMessage, chat.TriggerRead, chat.TriggerJoin)
		w.bury(hook.ID, 2, time.UnixMicro(1).UTC())
		w.bury(hook.ID, 1, w.now)
		for _, forgotten := range []int64{1, 1, 0} {
			w.write(func(tx store.Tx) error {
				n, err := tx.ForgetDeadLetters(time.UnixMicro(2).UTC(), 1)
				want(w, "forgotten", n, forgotten)
				return err
			})
		}
		want(w, "dead letters", w.dead(hook.ID), []string{"conversation:join"})
	}},
	{"many dead letters come back a page after the other", func(w *world) {
		const many = 2500
		hook := w.webhook(chat.TriggerEverything)
		w.happen(slices.Repeat([]chat.Trigger{chat.TriggerMessage}, many)...)
		w.bury(hook.ID, many, w.now)
		w.write(func(tx store.Tx) error {
			revived, err := tx.ReviveDeadLetters(hook.ID, "")
			want(w, "to be revived", revived, many)
			return err
		})
		w.happen(chat.TriggerMessage)
		w.write(func(tx store.Tx) error {
			waiting, err := tx.ListDeliveries(hook.ID, many)
			if err != nil {
				return err
			}
			return tx.BuryDeliveries(hook.ID, []int64{waiting[len(waiting)-1].Position}, "", w.now)
		})
		reviving := func() (left bool) {
			w.read(func(tx store.Tx) error {
				got, err := tx.GetWebhook(w.app, hook.ID)
				left = got.ReviveTo > 0
				return err
			})
			return left
		}
		want(w, "there is a rest", reviving(), true)
		for reviving() {
			w.write(func(tx store.Tx) error { return tx.GoOnReviving(hook.ID, 500) })
		}
		w.read(func(tx store.Tx) error {
			waiting, err := tx.ListDeliveries(hook.ID, many+1)
			want(w, "waiting", len(waiting), many)
			return err
		})
		want(w, "dead since", len(w.dead(hook.ID)), 1)
	}},
	{"one that is switched off revives no more", func(w *world) {
		hook := w.webhook(chat.TriggerEverything)
		w.happen(slices.Repeat([]chat.Trigger{chat.TriggerMessage}, 1500)...)
		w.bury(hook.ID, 1500, w.now)
		w.write(func(tx store.Tx) error { _, err := tx.ReviveDeadLetters(hook.ID, ""); return err })
		hook.Enabled = false
		w.write(func(tx store.Tx) error { return tx.UpdateWebhook(hook) })
		w.read(func(tx store.Tx) error {
			got, err := tx.GetWebhook(w.app, hook.ID)
			want(w, "reviving up to", got.ReviveTo, 0)
			return err
		})
	}},
	{"what waits for a webhook that is off is given up, and what is kept for one that is gone goes", func(w *world) {
		on, off, gone := w.webhook(chat.TriggerEverything), w.webhook(chat.TriggerEverything), w.webhook(chat.TriggerEverything)
		w.happen(chat.TriggerMessage, chat.TriggerRead, chat.TriggerJoin)
		w.bury(gone.ID, 1, w.now)
		off.Enabled, off.Queue.LastError = false, "no"
		w.write(func(tx store.Tx) error { return tx.UpdateWebhook(off) })
		w.write(func(tx store.Tx) error { return tx.DeleteWebhook(w.app, gone.ID) })
		w.read(func(tx store.Tx) error {
			stranded, err := tx.ListStranded()
			for hook, wanted := range map[chat.WebhookID]bool{on.ID: false, off.ID: true, gone.ID: true} {
				want(w, "stranded", slices.Contains(stranded, hook), wanted)
			}
			return err
		})
		for hook, wanted := range map[chat.WebhookID][]int64{on.ID: {0}, off.ID: {2, 1, 0}, gone.ID: {2, 1, 0}} {
			for _, cleared := range wanted {
				w.write(func(tx store.Tx) error {
					n, err := tx.ClearStranded(hook, w.now, 2)
					want(w, "cleared", n, cleared)
					return err
				})
			}
		}
		want(w, "still waiting", len(w.waiting(on.ID)), 3)
		want(w, "given up", w.dead(off.ID), []string{"conversation:message no", "conversation:read no", "conversation:join no"})
		w.read(func(tx store.Tx) error {
			stranded, err := tx.ListStranded()
			want(w, "stranded afterwards", slices.Contains(stranded, off.ID) || slices.Contains(stranded, gone.ID), false)
			return err
		})
	}},
	{"a message of an app that nobody listens to queues nothing, and one of an app with a listener does", func(w *world) {
		user := w.user("u")
		c := w.conversation(chat.Personal, user.ID)
		say := func() {
			w.write(func(tx store.Tx) error {
				if _, err := tx.TakeNumber(w.app, c.ID, w.now); err != nil {
					return err
				}
				tx.Emit(chat.Event{Kind: chat.EventMessage, App: w.app, At: w.now, Trigger: chat.TriggerMessage})
				return nil
			})
		}
		say()
		hook := w.webhook(chat.TriggerMessage)
		say()
		want(w, "waiting", len(w.waiting(hook.ID)), 1)
	}},
}
