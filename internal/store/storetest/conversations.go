package storetest

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) list(user chat.UserID, span store.Span) []chat.ConversationID {
	w.Helper()
	var ids []chat.ConversationID
	w.read(func(tx store.Tx) error {
		all, err := tx.ListConversations(store.ConversationPage{App: w.app, User: user, Span: span})
		ids = each(all, func(c chat.Conversation) chat.ConversationID { return c.ID })
		return err
	})
	return ids
}

var conversations = []testCase{
	{"a conversation comes back as stored", func(w *world) {
		c := chat.Conversation{App: w.app, ID: chat.ConversationID(w.id()), Type: chat.SDKGroup, DisplayName: "n", Description: "d", IconURL: "i",
			Metadata: chat.Metadata{"a": "b"}, LastNumber: 4, Change: 9, BusinessReadNumber: 3, BusinessReadAt: w.now,
			LastMessageAt: w.now.Add(time.Second), CreatedAt: w.now}
		w.write(func(tx store.Tx) error { return tx.InsertConversation(c) })
		c.DisplayName, c.Description, c.IconURL, c.Metadata = "n2", "", "i2", nil
		w.write(func(tx store.Tx) error { return tx.UpdateConversation(c) })
		w.write(func(tx store.Tx) error {
			got, err := tx.GetConversation(w.app, c.ID)
			want(w, "conversation", got, c)
			locked, _ := tx.LockConversation(w.app, c.ID)
			want(w, "locked conversation", locked, c)
			return err
		})
	}},
	{"numbers have no gaps under concurrent writers of whom some fail", func(w *world) {
		user := w.user("")
		c := w.conversation(chat.SDKGroup, user.ID)
		const writers, each = 32, 12
		errs := atOnce(writers, func(i int) error {
			for n := range each {
				err := w.try(func(tx store.Tx) error {
					taken, err := tx.TakeNumber(w.app, c.ID, w.now)
					if err != nil {
						return err
					}
					if _, err := tx.InsertMessage(w.message(taken, user.ID, "x")); err != nil {
						return err
					}
					tx.Emit(chat.Event{Kind: chat.EventMessage, App: w.app, Change: taken.Change})
					if (i+n)%3 == 0 {
						return chat.Refuse("no", "no")
					}
					return nil
				})
				if err != nil && chat.KindOf(err) != chat.Forbidden {
					return err
				}
			}
			return nil
		})
		want(w, "errors", len(errs), 0)
		w.read(func(tx store.Tx) error {
			got, err := tx.GetConversation(w.app, c.ID)
			page, _ := tx.ListMessages(store.MessagePage{App: w.app, Conversation: c.ID, Limit: writers * each})
			want(w, "messages", int64(len(page)), got.LastNumber)
			want(w, "kept", got.LastNumber, writers*each*2/3)
			for i, m := range page {
				want(w, "number", m.Number, int64(i+1))
				want(w, "change", m.Change, int64(i+1))
			}
			return err
		})
		want(w, "events", len(w.heard.of(w.app)), writers*each*2/3)
	}},
	{"taking a number sets the time of the newest message", func(w *world) {
		c := w.conversation(chat.Personal)
		at := w.now.Add(90 * time.Minute)
		w.write(func(tx store.Tx) error {
			place, err := tx.TakeNumber(w.app, c.ID, at)
			want(w, "taking", err, nil)
			want(w, "place", place, chat.Place{Conversation: c.ID, Number: 1, Change: 1})
			c.LastNumber, c.Change, c.LastMessageAt = 1, 1, at
			got, err := tx.GetConversation(w.app, c.ID)
			want(w, "conversation", got, c)
			return err
		})
	}},
	{"the business reads forward only", func(w *world) {
		c := w.conversation(chat.Personal)
		for _, step := range []struct {
			number int64
			moved  bool
		}{{3, true}, {3, false}, {2, false}, {4, true}} {
			w.write(func(tx store.Tx) error {
				moved, err := tx.MarkBusinessRead(w.app, c.ID, step.number, w.now)
				want(w, "moved", moved, step.moved)
				return err
			})
		}
		w.read(func(tx store.Tx) error {
			got, err := tx.GetConversation(w.app, c.ID)
			want(w, "read number", got.BusinessReadNumber, 4)
			want(w, "read at", got.BusinessReadAt, w.now)
			return err
		})
	}},
	{"conversations are listed by newest activity in pages both ways", func(w *world) {
		user, other := w.user(""), w.user("")
		var made []chat.Conversation
		for i := range 7 {
			made = append(made, w.conversationAt(w.now.Add(time.Duration(i)*25*time.Minute), chat.SDKGroup, user.ID, other.ID))
		}
		w.conversation(chat.Personal, other.ID)
		w.sayAt(w.now.Add(10*time.Hour), made[1].ID, user.ID, "newest")
		w.sayAt(w.now.Add(9*time.Hour), made[3].ID, user.ID, "second")
		order := []chat.ConversationID{made[1].ID, made[3].ID, made[6].ID, made[5].ID, made[4].ID, made[2].ID, made[0].ID}
		want(w, "all", w.list(user.ID, store.Span{Limit: 20}), order)
		position := func(id chat.ConversationID) (p string) {
			w.read(func(tx store.Tx) error {
				c, err := tx.GetConversation(w.app, id)
				p = store.ConversationCursor(c)
				return err
			})
			return p
		}
		for i, id := range order {
			for _, cursor := range []string{position(id), string(id)} {
				want(w, "after", w.list(user.ID, store.Span{After: cursor, Limit: 3}), order[i+1:min(i+4, 7)])
				want(w, "before", w.list(user.ID, store.Span{Before: cursor, Limit: 3}), order[max(0, i-3):i])
			}
		}
	}},
	{"a cursor of conversations stays where it was", func(w *world) {
		user := w.user("")
		var made []chat.Conversation
		for i := range 5 {
			made = append(made, w.conversationAt(w.now.Add(time.Duration(i)*25*time.Minute), chat.SDKGroup, user.ID))
		}
		cursor := store.ConversationCursor(made[2])
		w.sayAt(w.now.Add(10*time.Hour), made[2].ID, user.ID, "moves it to the top")
		want(w, "after the cursor", w.list(user.ID, store.Span{After: cursor, Limit: 9}), []chat.ConversationID{made[1].ID, made[0].ID})
		want(w, "before the cursor", w.list(user.ID, store.Span{Before: cursor, Limit: 9}), []chat.ConversationID{made[2].ID, made[4].ID, made[3].ID})
		want(w, "after the id", len(w.list(user.ID, store.Span{After: string(made[2].ID), Limit: 9})), 4)
		w.write(func(tx store.Tx) error { return tx.DeleteConversation(w.app, made[2].ID) })
		want(w, "after the cursor of what is gone", w.list(user.ID, store.Span{After: cursor, Limit: 9}), []chat.ConversationID{made[1].ID, made[0].ID})
	}},
	{"conversations active at the same moment are listed by id", func(w *world) {
		user := w.user("")
		for range 5 {
			w.conversation(chat.Personal, user.ID)
		}
		for i, id := range w.list(user.ID, store.Span{Limit: 9}) {
			cursor := store.ConversationCursor(chat.Conversation{ID: id, CreatedAt: w.now})
			want(w, "after", len(w.list(user.ID, store.Span{After: cursor, Limit: 9})), 4-i)
			want(w, "before", len(w.list(user.ID, store.Span{Before: cursor, Limit: 9})), i)
		}
		all := w.list(user.ID, store.Span{Limit: 9})
		for i := range len(all) - 1 {
			want(w, "descending", all[i] > all[i+1], true)
		}
	}},
	{"conversations are listed from each of their ids, and from no other", func(w *world) {
		user, other := w.user(""), w.user("")
		for range 4 {
			w.conversation(chat.Personal, user.ID)
		}
		theirs := w.conversation(chat.Personal, other.ID)
		w.walk(4, func(tx store.Tx, span store.Span) ([]string, error) {
			part, err := tx.ListConversations(store.ConversationPage{App: w.app, User: user.ID, Span: span})
			return each(part, func(c chat.Conversation) string { return string(c.ID) }), err
		}, string(theirs.ID))
	}},
	{"a conversation of another app, or a deleted one, is missing", func(w *world) {
		user := w.user("")
		c, gone := w.conversation(chat.Personal, user.ID), w.conversation(chat.Personal, user.ID)
		w.say(gone.ID, user.ID, "x")
		w.write(func(tx store.Tx) error { return tx.DeleteConversation(w.app, gone.ID) })
		other := newWorld(w.T, w.store, w.heard)
		for _, of := range []struct {
			app chat.AppID
			id  chat.ConversationID
		}{{w.app, gone.ID}, {other.app, c.ID}} {
			for name, f := range map[string]func(store.Tx) error{
				"get":    func(tx store.Tx) error { _, err := tx.GetConversation(of.app, of.id); return err },
				"lock":   func(tx store.Tx) error { _, err := tx.LockConversation(of.app, of.id); return err },
				"update": func(tx store.Tx) error { return tx.UpdateConversation(chat.Conversation{App: of.app, ID: of.id}) },
				"number": func(tx store.Tx) error { _, err := tx.TakeNumber(of.app, of.id, w.now); return err },
				"change": func(tx store.Tx) error { return tx.AppendChange(&chat.Change{App: of.app, Conversation: of.id}) },
				"delete": func(tx store.Tx) error { return tx.DeleteConversation(of.app, of.id) },
				"join": func(tx store.Tx) error {
					return tx.InsertParticipant(chat.Participant{App: of.app, Conversation: of.id, ID: "p", User: user.ID})
				},
			} {
				w.Logf("%s", name)
				w.wantKind(w.try(f), chat.NotFound)
			}
		}
	}},
}

var changes = []testCase{
	{"changes come back as stored, in order", func(w *world) {
		user := w.user("")
		c := w.conversation(chat.SDKGroup, user.ID)
		w.say(c.ID, user.ID, "takes change 1")
		stored := []chat.Change{
			{Kind: chat.EventRead, Read: &chat.ReadMark{By: chat.AuthorUser, User: user.ID, Number: 1, At: w.now}},
			{Kind: chat.EventRead, Read: &chat.ReadMark{By: chat.AuthorBusiness, Number: 1, At: w.now}},
			{Kind: chat.EventJoined, User: user.ID},
			{Kind: chat.EventMessageRemoved, Message: "m", MessageNo: 1},
			{Kind: chat.EventConversation},
		}
		for i := range stored {
			stored[i].App, stored[i].Conversation, stored[i].At = w.app, c.ID, w.now
			w.write(func(tx store.Tx) error { return tx.AppendChange(&stored[i]) })
			want(w, "number", stored[i].Number, int64(i+2))
		}
		w.read(func(tx store.Tx) error {
			all, err := tx.ListChanges(w.app, c.ID, 0, 10)
			want(w, "all", all, stored)
			some, _ := tx.ListChanges(w.app, c.ID, 2, 2)
			want(w, "two after the second", some, stored[1:3])
			none, _ := tx.ListChanges("another", c.ID, 0, 10)
			want(w, "of another app", len(none), 0)
			return err
		})
	}},
	{"messages and changes share one count under concurrent writers", func(w *world) {
		user := w.user("")
		c := w.conversation(chat.SDKGroup, user.ID)
		errs := atOnce(32, func(i int) error {
			return w.try(func(tx store.Tx) error {
				if i%2 == 0 {
					return tx.AppendChange(&chat.Change{App: w.app, Conversation: c.ID, Kind: chat.EventConversation, At: w.now})
				}
				taken, err := tx.TakeNumber(w.app, c.ID, w.now)
				if err == nil {
					_, err = tx.InsertMessage(w.message(taken, user.ID, "x"))
				}
				return err
			})
		})
		want(w, "errors", len(errs), 0)
		w.read(func(tx store.Tx) error {
			seen := map[int64]bool{}
			all, err := tx.ListChanges(w.app, c.ID, 0, 99)
			for _, change := range all {
				seen[change.Number] = true
			}
			page, _ := tx.ListMessages(store.MessagePage{App: w.app, Conversation: c.ID, Limit: 99})
			for _, m := range page {
				seen[m.Change] = true
			}
			for n := int64(1); n <= 32; n++ {
				want(w, "change was taken", seen[n], true)
			}
			return err
		})
	}},
}
