package storetest

import (
	"errors"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// due returns the app's mails that are to be sent at the time.
func (w *world) dueMails(at time.Time) (own []chat.Mail) {
	w.Helper()
	w.read(func(tx store.Tx) error {
		due, err := tx.ListDueMails(at, 1000)
		for _, m := range due {
			if m.App == w.app {
				own = append(own, m)
			}
		}
		return err
	})
	return own
}

func (w *world) queueMail(change func(*chat.Mail)) chat.Mail {
	w.Helper()
	m := chat.Mail{ID: chat.MailID(w.id()), App: w.app, Kind: chat.MailAnswers, Cause: w.id(), CreatedAt: w.now, NextAt: w.now.Add(time.Minute)}
	change(&m)
	w.write(func(tx store.Tx) error { return tx.QueueMail(m) })
	return m
}

var mails = []testCase{
	{"one mail waits for each cause", func(w *world) {
		m := w.queueMail(func(m *chat.Mail) { m.Agent = "kim" })
		w.queueMail(func(again *chat.Mail) { again.Cause, again.NextAt = m.Cause, w.now })
		want(w, "before its time", len(w.dueMails(w.now.Add(time.Minute-time.Second))), 0)
		due := w.dueMails(w.now.Add(time.Minute))
		m.Comings = 1
		want(w, "what is due", due, []chat.Mail{m})
	}},
	{"a mail is leased by one", func(w *world) {
		m := w.queueMail(func(*chat.Mail) {})
		at := m.NextAt
		lease := func(name string, now time.Time) (ok bool) {
			w.write(func(tx store.Tx) (err error) {
				_, ok, err = tx.LeaseMail(m.ID, name, now, now.Add(time.Minute))
				return err
			})
			return ok
		}
		want(w, "too early", lease("a", at.Add(-time.Second)), false)
		want(w, "first", lease("a", at), true)
		want(w, "second", lease("b", at), false)
		want(w, "is nobody's", len(w.dueMails(at)), 0)
		w.write(func(tx store.Tx) error {
			moved, err := tx.PostponeMail(m.ID, at, at.Add(time.Hour))
			want(w, "postponed while it is leased", moved, false)
			return err
		})
		want(w, "after its end", lease("b", at.Add(time.Minute)), true)
		w.write(func(tx store.Tx) error {
			finished, err := tx.FinishMail(m, "a")
			want(w, "finished under a lease that is over", finished, false)
			return errors.Join(err, tx.ReturnMail(chat.Mail{ID: m.ID, Cause: m.Cause, NextAt: at.Add(2 * time.Minute), Attempts: 3, Reason: "why"}, "b"))
		})
		due := w.dueMails(at.Add(2 * time.Minute))
		want(w, "how it came back", len(due) == 1 && due[0].Attempts == 3 && due[0].Reason == "why", true)
	}},
	{"a cause that comes again keeps its mail", func(w *world) {
		m := w.queueMail(func(*chat.Mail) {})
		finish := func(m chat.Mail) (finished bool) {
			w.write(func(tx store.Tx) (err error) {
				if _, _, err := tx.LeaseMail(m.ID, "a", m.NextAt, m.NextAt.Add(time.Minute)); err != nil {
					return err
				}
				finished, err = tx.FinishMail(m, "a")
				return err
			})
			return finished
		}
		w.queueMail(func(again *chat.Mail) { again.Cause = m.Cause })
		want(w, "as it was", finish(m), false)
		m.Comings = 1
		want(w, "as it is", finish(m), true)
		want(w, "what is left", len(w.dueMails(m.NextAt.Add(time.Hour))), 0)
	}},
	{"what was given up is listed, and in the way of nothing", func(w *world) {
		m := w.queueMail(func(*chat.Mail) {})
		w.write(func(tx store.Tx) error {
			if _, _, err := tx.LeaseMail(m.ID, "a", m.NextAt, m.NextAt.Add(time.Minute)); err != nil {
				return err
			}
			m.FailedAt, m.Reason, m.Attempts = m.NextAt, "no such mailbox", 1
			return tx.ReturnMail(m, "a")
		})
		want(w, "is due", len(w.dueMails(m.NextAt.Add(time.Hour))), 0)
		w.read(func(tx store.Tx) error {
			failed, err := tx.ListFailedMails(w.app, 10)
			want(w, "given up", len(failed) == 1 && failed[0].Reason == "no such mailbox" && failed[0].FailedAt.Equal(m.NextAt), true)
			return err
		})
		w.queueMail(func(again *chat.Mail) { again.Cause = m.Cause })
		want(w, "the next one", len(w.dueMails(m.NextAt)), 1)
		w.write(func(tx store.Tx) error { return tx.ForgetFailedMails(m.FailedAt.Add(time.Second)) })
		w.read(func(tx store.Tx) error {
			failed, err := tx.ListFailedMails(w.app, 10)
			want(w, "forgotten", len(failed), 0)
			return err
		})
	}},
	{"what is noted of a user holds for whom they become", func(w *world) {
		ana, ben := w.user("ana"), w.user("ben")
		talk := w.conversation(chat.Personal, ana.ID)
		w.write(func(tx store.Tx) error {
			return errors.Join(tx.SetMailedNumber(talk.ID, ana.ID, 5), tx.SetMailedNumber(talk.ID, ana.ID, 3), tx.SetMailedNumber("gone", ana.ID, 1), tx.Unsubscribe(w.app, ana.ID, w.now))
		})
		w.merge(ben.ID, ana.ID)
		w.read(func(tx store.Tx) error {
			number, err := tx.MailedNumber(talk.ID, ben.ID)
			want(w, "mailed", number, 5)
			at, err2 := tx.UnsubscribedAt(w.app, ben.ID)
			want(w, "unsubscribed", at, w.now)
			return errors.Join(err, err2)
		})
		w.write(func(tx store.Tx) error { return tx.Resubscribe(w.app, ben.ID) })
		w.read(func(tx store.Tx) error {
			at, err := tx.UnsubscribedAt(w.app, ben.ID)
			want(w, "subscribed again", at.IsZero(), true)
			return err
		})
	}},
	{"the waiting of an entry is told once", func(w *world) {
		user := w.user("ana")
		e := w.entry(user.ID, func(e *chat.InboxEntry) { e.Status, e.WaitingSince = chat.InboxOpen, w.now })
		waiting := func(since time.Time) (n int) {
			w.read(func(tx store.Tx) error {
				all, err := tx.ListLongWaiting(w.app, since, 10)
				n = len(all)
				return err
			})
			return n
		}
		note := func() (isNew bool) {
			w.write(func(tx store.Tx) (err error) {
				isNew, err = tx.NoteWaiting(e)
				return err
			})
			return isNew
		}
		want(w, "not for long", waiting(w.now.Add(-time.Second)), 0)
		want(w, "for long", waiting(w.now), 1)
		want(w, "once", note(), true)
		want(w, "twice", note(), false)
		want(w, "told", waiting(w.now.Add(time.Hour)), 0)
		e.WaitingSince = w.now.Add(time.Minute)
		w.write(func(tx store.Tx) error { return tx.UpdateInboxEntry(e) })
		want(w, "another time", waiting(w.now.Add(time.Hour)), 1)
		want(w, "once more", note(), true)
	}},
}
