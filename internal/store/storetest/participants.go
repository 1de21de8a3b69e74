package storetest

import (
	"fmt"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) unread(conversation chat.ConversationID, user chat.UserID) (n int64) {
	w.Helper()
	w.read(func(tx store.Tx) error {
		p, found, err := tx.FindParticipant(w.app, conversation, user)
		want(w, "found", found, true)
		n = p.Unread
		return err
	})
	return n
}

// participantOf is the id of a participation.
func (w *world) participantOf(conversation chat.ConversationID, user chat.UserID) (id string) {
	w.Helper()
	w.read(func(tx store.Tx) error {
		p, _, err := tx.FindParticipant(w.app, conversation, user)
		id = string(p.ID)
		return err
	})
	return id
}

var participants = []testCase{
	{"participants are listed in order of joining, in pages", func(w *world) {
		var joined []chat.UserID
		for i := range 5 {
			joined = append(joined, w.user(fmt.Sprint("u", i)).ID)
		}
		slices.Reverse(joined)
		c := w.conversation(chat.SDKGroup, joined...)
		w.read(func(tx store.Tx) error {
			audience, err := tx.ListAudience(w.app, c.ID)
			want(w, "audience", audience, joined)
			all, _ := tx.ListParticipants(w.app, c.ID, store.Span{Limit: 9})
			want(w, "participants", each(all, func(p chat.Participant) chat.UserID { return p.User }), joined)
			want(w, "external id", all[0].ExternalID, "u4")
			none, _ := tx.ListAudience("another", c.ID)
			want(w, "audience of another app", len(none), 0)
			return err
		})
		w.walk(len(joined), func(tx store.Tx, span store.Span) ([]string, error) {
			part, err := tx.ListParticipants(w.app, c.ID, span)
			return each(part, func(p chat.Participant) string { return string(p.ID) }), err
		}, w.participantOf(w.conversation(chat.SDKGroup, joined[0]).ID, joined[0]))
		left := w.participantOf(c.ID, joined[1])
		w.write(func(tx store.Tx) error { return tx.DeleteParticipant(w.app, c.ID, joined[1]) })
		w.noPlace(left, func(tx store.Tx, span store.Span) error {
			_, err := tx.ListParticipants(w.app, c.ID, span)
			return err
		})
	}},
	{"a user joins once", func(w *world) {
		user := w.user("")
		c := w.conversation(chat.SDKGroup)
		errs := atOnce(10, func(int) error {
			return w.try(func(tx store.Tx) error { return tx.InsertParticipant(w.participation(c.ID, user.ID)) })
		})
		want(w, "refused", len(errs), 9)
		for _, err := range errs {
			w.wantKind(err, chat.Conflict)
		}
	}},
	{"a user has one default", func(w *world) {
		user := w.user("")
		c := w.makeDefault(user.ID)
		other := w.participation(w.conversation(chat.Personal).ID, user.ID)
		other.Default = true
		w.wantKind(w.try(func(tx store.Tx) error { return tx.InsertParticipant(other) }), chat.Conflict)
		w.read(func(tx store.Tx) error {
			got, found, err := tx.FindDefault(w.app, user.ID)
			want(w, "default", got, c.ID)
			want(w, "found", found, true)
			_, found, _ = tx.FindDefault("another", user.ID)
			want(w, "in another app", found, false)
			return err
		})
	}},
	{"who left is gone and may come back", func(w *world) {
		user := w.user("")
		c := w.conversation(chat.SDKGroup, user.ID)
		leave := func(tx store.Tx) error { return tx.DeleteParticipant(w.app, c.ID, user.ID) }
		w.write(leave)
		w.wantKind(w.try(leave), chat.NotFound)
		w.write(func(tx store.Tx) error { return tx.InsertParticipant(w.participation(c.ID, user.ID)) })
		w.write(leave)
	}},
	{"unread counts what others said after the read mark and is not deleted", func(w *world) {
		user, other := w.user(""), w.user("")
		c := w.conversation(chat.SDKGroup, user.ID, other.ID)
		w.say(c.ID, other.ID, "1")
		w.say(c.ID, user.ID, "2 is one's own")
		removed := w.say(c.ID, "", "3 is deleted")
		w.say(c.ID, "", "4")
		w.say(c.ID, other.ID, "5")
		w.write(func(tx store.Tx) error { return tx.EraseMessage(w.app, c.ID, removed.ID) })
		want(w, "unread", w.unread(c.ID, user.ID), 3)
		for _, step := range []struct {
			number int64
			moved  bool
			unread int64
		}{{1, true, 2}, {1, false, 2}, {4, true, 1}, {2, false, 1}, {5, true, 0}} {
			w.write(func(tx store.Tx) error {
				moved, err := tx.MarkRead(w.app, c.ID, user.ID, step.number, w.now)
				want(w, "moved", moved, step.moved)
				return err
			})
			want(w, fmt.Sprint("unread after ", step.number), w.unread(c.ID, user.ID), step.unread)
		}
		want(w, "unread of the other", w.unread(c.ID, other.ID), 2)
	}},
	{"unread looks at the newest thousand", func(w *world) {
		user := w.user("")
		c := w.conversation(chat.Personal, user.ID)
		w.write(func(tx store.Tx) error {
			for range 1010 {
				taken, err := tx.TakeNumber(w.app, c.ID, w.now)
				if err != nil {
					return err
				}
				if _, err := tx.InsertMessage(w.message(taken, "", "x")); err != nil {
					return err
				}
			}
			return nil
		})
		want(w, "unread", w.unread(c.ID, user.ID), 1000)
	}},
}
