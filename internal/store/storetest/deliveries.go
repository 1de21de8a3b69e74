package storetest

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

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

var deliveries = []testCase{
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
