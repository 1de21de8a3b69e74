package storetest

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/tokens"
)

// index indexes what is to be indexed, as whoever holds the lease would.
func (w *world) index() {
	w.Helper()
	w.write(func(tx store.Tx) error {
		users, err := tx.ListUnindexedUsers(1000)
		for _, u := range users {
			if err == nil {
				err = tx.IndexUser(u, tokens.OfUser(u.Profile.GivenName, u.Profile.Surname))
			}
		}
		if err != nil {
			return err
		}
		notes, err := tx.ListUnindexedNotes(1000)
		for _, n := range notes {
			if err == nil {
				err = tx.IndexNote(n, tokens.OfMessage(n.Text))
			}
		}
		if err != nil {
			return err
		}
		conversations, err := tx.ListUnindexed(1000)
		for _, c := range conversations {
			if err == nil {
				err = indexMessages(tx, c, 1000)
			}
		}
		return err
	})
}

// indexMessages indexes so many messages of a conversation.
func indexMessages(tx store.Tx, of store.Unindexed, limit int) error {
	messages, err := tx.ListUnindexedMessages(of, limit)
	if err != nil {
		return err
	}
	part := store.IndexedPart{Unindexed: of}
	for _, m := range messages {
		part.Messages = append(part.Messages, store.IndexedMessage{Number: m.Number, At: m.Received, Tokens: tokens.OfMessage(m.Content.Text)})
		part.Next = m.Number + 1
	}
	if len(messages) < limit {
		part.Next = 0
	}
	return tx.IndexMessages([]store.IndexedPart{part})
}

// finds are the texts of messages and notes that have the words of the query, read in pages of two.
func (w *world) finds(query string) (all []string) {
	w.Helper()
	page := store.SearchPage{App: w.app, Terms: tokens.Parse(query).ForMessages(), Limit: 2}
	w.read(func(tx store.Tx) error {
		for {
			said, err := tx.FindSaid(page)
			if err != nil || len(said) == 0 {
				return err
			}
			for _, s := range said {
				if s.Note != nil {
					all = append(all, "note "+s.Note.HTML)
				} else {
					all = append(all, s.Message.Content.Text)
				}
				page.Before = s.Place
			}
		}
	})
	return all
}

// findsUsers are the numbers of users who have the words of the query, read in pages of two.
func (w *world) findsUsers(query string) (all []int64) {
	w.Helper()
	page := store.SearchPage{App: w.app, Terms: tokens.Parse(query).ForUsers(), Limit: 2}
	w.read(func(tx store.Tx) error {
		for {
			users, err := tx.FindIndexedUsers(page)
			if err != nil || len(users) == 0 {
				return err
			}
			for _, u := range users {
				all = append(all, u.Number)
				page.Before = u.Number
			}
		}
	})
	return all
}

func (w *world) rename(u chat.User, name string) chat.User {
	u.Profile.GivenName = name
	w.write(func(tx store.Tx) error { return tx.UpdateUser(&u) })
	return u
}

var search = []testCase{
	{"messages are found by words and beginnings, the newest first, in the app only", func(w *world) {
		ana, other := w.user("").ID, newWorld(w.T, w.store, w.heard)
		c := w.conversation(chat.Personal, ana).ID
		for i, text := range []string{"where is my order", "an order of gold", "nothing", "Order 東京の注文", "orders"} {
			w.now = w.now.Add(time.Duration(i) * time.Second)
			w.say(c, ana, text)
		}
		want(w, "before it is indexed", w.finds("order"), nil)
		w.index()
		want(w, "a word", w.finds("order"), []string{"orders", "Order 東京の注文", "an order of gold", "where is my order"})
		want(w, "two words", w.finds("order my"), []string{"where is my order"})
		want(w, "a word that is done", w.finds("order is"), []string{"where is my order"})
		want(w, "a beginning", w.finds("wh"), []string{"where is my order"})
		want(w, "a run", w.finds("注文"), []string{"Order 東京の注文"})
		want(w, "one character", w.finds("京"), []string{"Order 東京の注文"})
		want(w, "nothing", w.finds("gold東"), nil)
		want(w, "another app", other.finds("order"), nil)
	}},
	{"any number of messages of one moment are found once each", func(w *world) {
		ana := w.user("").ID
		c := w.conversation(chat.Personal, ana).ID
		var all []string
		for i := range 600 {
			all = append(all, fmt.Sprint("same ", i))
			w.say(c, ana, all[i])
		}
		w.index()
		found := w.finds("same")
		slices.Sort(all)
		slices.Sort(found)
		want(w, "found", found, all)
	}},
	{"a conversation is indexed in parts, and goes on where it was", func(w *world) {
		ana := w.user("").ID
		c := w.conversation(chat.Personal, ana).ID
		for _, text := range []string{"part one", "part two", "part three"} {
			w.now = w.now.Add(time.Second)
			w.say(c, ana, text)
		}
		some := func() (of store.Unindexed) {
			w.write(func(tx store.Tx) error {
				all, err := tx.ListUnindexed(1000)
				at := slices.IndexFunc(all, func(u store.Unindexed) bool { return u.Conversation == c })
				if err != nil || at < 0 {
					return err
				}
				of = all[at]
				return indexMessages(tx, of, 2)
			})
			return of
		}
		want(w, "the first part", some(), store.Unindexed{App: w.app, Conversation: c, From: 1})
		want(w, "found by then", len(w.finds("part")), 2)
		want(w, "the second part", some(), store.Unindexed{App: w.app, Conversation: c, From: 3})
		want(w, "all", len(w.finds("part")), 3)
		want(w, "no further part", some(), store.Unindexed{})
		w.now = w.now.Add(time.Second)
		w.say(c, ana, "part four")
		want(w, "a new message", some(), store.Unindexed{App: w.app, Conversation: c, From: 4})
		want(w, "with the new one", w.finds("part"), []string{"part four", "part three", "part two", "part one"})
	}},
	{"what is deleted is found no more, and what is changed by its new words", func(w *world) {
		ana := w.user("").ID
		c := w.conversation(chat.Personal, ana).ID
		gone, changed := w.say(c, ana, "secret one"), w.say(c, ana, "secret two")
		w.say(c, ana, "secret three")
		w.index()
		w.write(func(tx store.Tx) error {
			changed.Content.Text = "public two"
			if err := tx.UpdateContent(changed); err != nil {
				return err
			}
			return tx.EraseMessage(w.app, c, gone.ID)
		})
		w.index()
		want(w, "one word", w.finds("secret"), []string{"secret three"})
		want(w, "the new word", w.finds("public"), []string{"public two"})
		w.write(func(tx store.Tx) error { _, err := tx.EraseMessages(w.app, c); return err })
		want(w, "all erased", append(w.finds("secret"), w.finds("public")...), nil)
		w.index()
		want(w, "and indexed again", append(w.finds("secret"), w.finds("public")...), nil)
		w.say(c, ana, "secret four")
		w.index()
		w.write(func(tx store.Tx) error { return tx.DeleteConversation(w.app, c) })
		want(w, "without the conversation", w.finds("secret"), nil)
	}},
	{"notes are found, and go with the conversation", func(w *world) {
		ana, kim := w.user("").ID, w.agent()
		c := w.entry(ana, nil).Conversation
		w.write(func(tx store.Tx) error {
			_, err := tx.InsertNote(chat.Note{App: w.app, Conversation: c, ID: "n1", Ordinal: 1, SentID: "s", Author: chat.Colleague{ID: kim.ID},
				Text: "a hello among us", HTML: "<p>hello</p>", At: w.now.Add(time.Hour)})
			return err
		})
		w.index()
		w.index()
		want(w, "found", w.finds("hello"), []string{"note <p>hello</p>", "hello"})
		w.read(func(tx store.Tx) error {
			said, err := tx.FindSaid(store.SearchPage{App: w.app, Terms: []tokens.Term{{Text: "among"}}, Limit: 2})
			if err == nil {
				n := said[0].Note
				want(w, "note", []any{n.Conversation, n.ID, n.Ordinal, n.Author, n.At}, []any{c, chat.NoteID("n1"), int64(1), chat.Colleague{ID: kim.ID, Name: kim.Name}, w.now.Add(time.Hour)})
			}
			return err
		})
		w.write(func(tx store.Tx) error { return tx.DeleteConversation(w.app, c) })
		want(w, "gone", w.finds("hello"), nil)
	}},
	{"users are found by parts of their names, by the names of today", func(w *world) {
		anna, ben, hanna := w.rename(w.user("u1"), "Anna Smith"), w.rename(w.user(""), "Ben Goldsmith"), w.rename(w.user(""), "Hanna")
		w.index()
		want(w, "a part", w.findsUsers("smit"), []int64{ben.Number, anna.Number})
		want(w, "several", w.findsUsers("ann"), []int64{hanna.Number, anna.Number})
		want(w, "a beginning", w.findsUsers("a"), []int64{anna.Number})
		want(w, "another app", newWorld(w.T, w.store, w.heard).findsUsers("ann"), nil)
		w.read(func(tx store.Tx) error {
			users, err := tx.FindIndexedUsers(store.SearchPage{App: w.app, Terms: tokens.Parse("ann").ForUsers(), Before: math.MaxInt64, Limit: 1})
			want(w, "below the highest number of all", each(users, func(u chat.User) int64 { return u.Number }), []int64{hanna.Number})
			return err
		})
		want(w, "is indexed", w.isUnindexed(anna), false)
		anna = w.rename(anna, "Anna Smith")
		want(w, "unchanged", w.isUnindexed(anna), false)
		anna = w.rename(anna, "Joan")
		want(w, "renamed", w.isUnindexed(anna), true)
		w.index()
		want(w, "the old name", w.findsUsers("smith anna"), nil)
		want(w, "the new one", w.findsUsers("joan"), []int64{anna.Number})
		address := chat.Identity{Kind: chat.IdentityEmail, Value: strings.ToLower(string(anna.ID)) + "@x.example"}
		w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, anna.ID, address) })
		want(w, "with an address", w.isUnindexed(anna), true)
		w.index()
		w.write(func(tx store.Tx) error { return tx.DeleteIdentities(w.app, anna.ID) })
		want(w, "without", w.isUnindexed(anna), true)
		w.write(func(tx store.Tx) error { return tx.DeleteUser(w.app, ben.ID) })
		want(w, "a user who is gone", w.findsUsers("gold"), nil)
	}},
	{"a merge and its undo have people found as they are", func(w *world) {
		stays, goes := w.rename(w.user(""), "Stella"), w.rename(w.user(""), "Gordon")
		w.index()
		merge := w.keep(stays.ID, goes.ID)
		want(w, "discarded", w.findsUsers("gordon"), nil)
		want(w, "the survivor", w.isUnindexed(stays), true)
		w.index()
		w.undo(merge)
		want(w, "both", []bool{w.isUnindexed(stays), w.isUnindexed(goes)}, []bool{true, true})
		w.index()
		want(w, "who came back", w.findsUsers("gordon"), []int64{goes.Number})
	}},
	{"one holds the lease, until it ends", func(w *world) {
		hold := func(lease string, rules int64, now time.Time) (held bool) {
			w.write(func(tx store.Tx) (err error) {
				_, held, err = tx.HoldIndexing(lease, rules, now, now.Add(time.Minute))
				return err
			})
			return held
		}
		isIndexed := func(rules int64) (is bool) {
			w.read(func(tx store.Tx) (err error) { is, err = tx.IsIndexed(rules); return err })
			return is
		}
		ana := w.rename(w.user(""), "Ana")
		w.say(w.conversation(chat.Personal, ana.ID).ID, ana.ID, "hello")
		want(w, "the first", hold("a", 1, w.now), true)
		want(w, "another", hold("b", 1, w.now.Add(59*time.Second)), false)
		want(w, "the first again", hold("a", 1, w.now.Add(30*time.Second)), true)
		want(w, "another later", hold("b", 1, w.now.Add(2*time.Minute)), true)
		want(w, "the first then", hold("a", 1, w.now.Add(2*time.Minute)), false)
		w.write(func(tx store.Tx) error { return tx.SetIndexingRules(1) })
		want(w, "is indexed", isIndexed(1), false)
		w.index()
		want(w, "indexed", isIndexed(1), true)
		want(w, "by other rules", isIndexed(2), false)
		want(w, "with other rules", hold("b", 2, w.now.Add(3*time.Minute)), true)
		marks := 0
		for after, more := (store.MarkedPlace{}), true; more; marks++ {
			w.write(func(tx store.Tx) (err error) {
				after, more, err = tx.MarkUnindexed(after, 2)
				return err
			})
		}
		want(w, "marked in several steps", marks > 2, true)
		want(w, "not all is known to be", hold("b", 1, w.now.Add(3*time.Minute)), true)
		w.write(func(tx store.Tx) error { return tx.SetIndexingRules(2) })
		want(w, "all is marked", []bool{isIndexed(2), w.isUnindexed(ana)}, []bool{false, true})
		want(w, "an older version", hold("b", 1, w.now.Add(9*time.Minute)), false)
		w.index()
		want(w, "indexed by them", []any{isIndexed(2), w.finds("hello"), w.findsUsers("ana")}, []any{true, []string{"hello"}, []int64{ana.Number}})
	}},
}

// isUnindexed tells whether a user is to be indexed.
func (w *world) isUnindexed(u chat.User) (is bool) {
	w.Helper()
	w.write(func(tx store.Tx) error {
		users, err := tx.ListUnindexedUsers(1000)
		is = slices.ContainsFunc(users, func(other chat.User) bool { return other.ID == u.ID })
		return err
	})
	return is
}
