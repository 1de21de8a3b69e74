package storetest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// entry puts a new conversation of the user, with a message, into the inbox.
func (w *world) entry(user chat.UserID, change func(*chat.InboxEntry)) chat.InboxEntry {
	w.Helper()
	m := w.say(w.conversation(chat.Personal, user).ID, user, "hello")
	e := chat.FirstEntry(m)
	if change != nil {
		change(&e)
	}
	w.write(func(tx store.Tx) error { _, err := tx.InsertInboxEntry(e); return err })
	return e
}

func (w *world) foundEntry(conversation chat.ConversationID) (e chat.InboxEntry, found bool) {
	w.Helper()
	w.read(func(tx store.Tx) (err error) {
		e, found, err = tx.FindInboxEntry(w.app, conversation)
		return err
	})
	return e, found
}

// listed are the conversations of a view, read in pages of two.
func (w *world) listed(view store.InboxView, agent chat.AgentID) (all []chat.ConversationID) {
	w.Helper()
	page := store.InboxPage{App: w.app, View: view, Agent: agent, Limit: 2}
	w.read(func(tx store.Tx) error {
		for {
			rows, err := tx.ListInbox(page)
			if err != nil || len(rows) == 0 {
				return err
			}
			for _, row := range rows {
				all = append(all, row.Conversation.ID)
			}
			page.After = view.PlaceIn(rows[len(rows)-1].Entry)
		}
	})
	return all
}

var inbox = []testCase{
	{"an entry is stored once and changed in all but its names", func(w *world) {
		agent := w.agent()
		e := w.entry(w.user("").ID, nil)
		got, found := w.foundEntry(e.Conversation)
		want(w, "found", found, true)
		want(w, "entry", got, e)
		w.write(func(tx store.Tx) error {
			fresh, err := tx.InsertInboxEntry(chat.InboxEntry{App: w.app, Conversation: e.Conversation, Status: chat.InboxClosed})
			want(w, "stored twice", fresh, false)
			return err
		})
		e.Status, e.SnoozedUntil, e.Assignee.ID, e.Tags = chat.InboxSnoozed, w.now.Add(time.Hour), agent.ID, []string{"a b", `"c"`}
		e.WaitingSince, e.MovedAt, e.LastOrdinal, e.Team.ID = time.Time{}, w.now.Add(time.Second), 7, w.team("Support", nil).ID
		w.write(func(tx store.Tx) error { return tx.UpdateInboxEntry(e) })
		got, _ = w.foundEntry(e.Conversation)
		want(w, "changed entry", got, e)
		_, found = w.foundEntry("nothing")
		want(w, "nothing", found, false)
		w.wantKind(w.try(func(tx store.Tx) error {
			return tx.UpdateInboxEntry(chat.InboxEntry{App: w.app, Conversation: "nothing"})
		}), chat.NotFound)
	}},
	{"each view lists its own, in its order", func(w *world) {
		user, agent, other := w.user("").ID, w.agent(), w.agent()
		at := func(n int) time.Time { return w.now.Add(time.Duration(n) * time.Minute) }
		add := func(moved int, change func(e *chat.InboxEntry)) chat.ConversationID {
			return w.entry(user, func(e *chat.InboxEntry) {
				e.MovedAt, e.WaitingSince = at(moved), time.Time{}
				change(e)
			}).Conversation
		}
		waits := add(1, func(e *chat.InboxEntry) { e.WaitingSince = at(9) })
		waitsLonger := add(2, func(e *chat.InboxEntry) { e.WaitingSince, e.Assignee.ID = at(8), agent.ID })
		answered := add(3, func(e *chat.InboxEntry) { e.Assignee.ID = agent.ID })
		others := add(4, func(e *chat.InboxEntry) { e.Assignee.ID = other.ID })
		snoozed := add(5, func(e *chat.InboxEntry) { e.Status, e.WaitingSince, e.Assignee.ID = chat.InboxSnoozed, at(1), agent.ID })
		closed := add(6, func(e *chat.InboxEntry) { e.Status, e.Assignee.ID = chat.InboxClosed, agent.ID })
		for view, wanted := range map[store.InboxView][]chat.ConversationID{
			store.InboxWaiting:    {waitsLonger, waits},
			store.InboxMine:       {answered, waitsLonger},
			store.InboxUnread:     {others, answered, waitsLonger, waits},
			store.InboxUnassigned: {waits},
			store.InboxOpen:       {others, answered, waitsLonger, waits},
			store.InboxSnoozed:    {snoozed},
			store.InboxClosed:     {closed},
		} {
			want(w, string(view), w.listed(view, agent.ID), wanted)
		}
		want(w, "nobody's own", w.listed(store.InboxMine, ""), nil)
		w.read(func(tx store.Tx) error {
			counts, err := tx.CountInbox(w.app, agent.ID)
			want(w, "counts", counts, store.InboxCounts{Waiting: 2, Mine: 2, Unread: 4, Unassigned: 1, Open: 4, Snoozed: 1, Closed: 1})
			if err != nil {
				return err
			}
			_, err = tx.ListInbox(store.InboxPage{App: w.app, View: "all", Limit: 1})
			w.wantKind(err, chat.Invalid)
			return nil
		})
	}},
	{"an entry is unread for each agent until they have read it, and again when a user writes", func(w *world) {
		user, kim, lou := w.user("").ID, w.agent().ID, w.agent().ID
		c := w.entry(user, nil).Conversation
		read := func(agent chat.AgentID, number int64) {
			w.write(func(tx store.Tx) error { return tx.MarkReadBy(agent, c, number) })
		}
		state := func(agent chat.AgentID) (is []int64) {
			w.read(func(tx store.Tx) error {
				row, err := tx.GetInboxRow(w.app, c)
				rows := []store.InboxRow{row}
				if err == nil {
					err = tx.FillOwnNumbers(agent, rows)
				}
				counts, counting := tx.CountInbox(w.app, agent)
				is = []int64{rows[0].UserNumber, rows[0].OwnNumber, counts.Unread}
				return errors.Join(err, counting)
			})
			return is
		}
		want(w, "new", state(kim), []int64{1, 0, 1})
		read(kim, 1)
		want(w, "read", state(kim), []int64{1, 1, 0})
		want(w, "of another", state(lou), []int64{1, 0, 1})
		w.say(c, "", "an answer")
		want(w, "answered", state(kim), []int64{1, 1, 0})
		w.say(c, user, "more")
		want(w, "more", state(kim), []int64{3, 1, 1})
		read(kim, 3)
		read(kim, 2)
		want(w, "forward only", state(kim), []int64{3, 3, 0})
	}},
	{"entries of the same moment are listed once each", func(w *world) {
		user := w.user("").ID
		var all []chat.ConversationID
		for range 5 {
			all = append(all, w.entry(user, nil).Conversation)
		}
		slices.Sort(all)
		want(w, "waiting", w.listed(store.InboxWaiting, ""), all)
		slices.Reverse(all)
		want(w, "open", w.listed(store.InboxOpen, ""), all)
	}},
	{"a count ends somewhere", func(w *world) {
		user := w.user("").ID
		w.write(func(tx store.Tx) error {
			for i := range store.MaxInboxCount + 1 {
				c := chat.Conversation{App: w.app, ID: chat.ConversationID(w.id()), Type: chat.SDKGroup, CreatedAt: w.now}
				if err := tx.InsertConversation(c); err != nil {
					return err
				}
				e := chat.InboxEntry{App: w.app, Conversation: c.ID, Status: chat.InboxOpen, MovedAt: w.now.Add(time.Duration(i))}
				if _, err := tx.InsertInboxEntry(e); err != nil {
					return err
				}
			}
			return nil
		})
		w.entry(user, nil)
		w.read(func(tx store.Tx) error {
			counts, err := tx.CountInbox(w.app, "")
			want(w, "counts", counts, store.InboxCounts{Waiting: 1, Unread: 1, Unassigned: store.MaxInboxCount, Open: store.MaxInboxCount})
			return err
		})
	}},
	{"a row has what a list shows", func(w *world) {
		agent, ana, ben := w.agent(), w.user("ext-a"), w.user("")
		c := w.conversation(chat.SDKGroup, ana.ID, ben.ID)
		w.write(func(tx store.Tx) error {
			place, err := tx.TakeNumber(w.app, c.ID, w.now)
			if err != nil {
				return err
			}
			m := w.message(place, ana.ID, "sure")
			m.Assurance = chat.AssuranceSigned
			if _, err := tx.InsertMessage(m); err != nil {
				return err
			}
			_, err = tx.InsertInboxEntry(chat.InboxEntry{App: w.app, Conversation: c.ID, Status: chat.InboxOpen, Assignee: chat.Colleague{ID: agent.ID}, MovedAt: w.now})
			return err
		})
		last := w.say(c.ID, ben.ID, "the last")
		gone := w.say(c.ID, "", "gone")
		w.write(func(tx store.Tx) error {
			if _, err := tx.MarkRead(w.app, c.ID, ana.ID, 2, w.now); err != nil {
				return err
			}
			if _, err := tx.MarkBusinessRead(w.app, c.ID, 1, w.now); err != nil {
				return err
			}
			return tx.EraseMessage(w.app, c.ID, gone.ID)
		})
		w.read(func(tx store.Tx) error {
			row, err := tx.GetInboxRow(w.app, c.ID)
			if err != nil {
				return err
			}
			want(w, "assignee", row.Entry.Assignee, chat.Colleague{ID: agent.ID, Name: agent.Name})
			stored, err := tx.GetConversation(w.app, c.ID)
			want(w, "conversation", row.Conversation, stored)
			want(w, "last", *row.Last, last)
			want(w, "people", row.People, 2)
			want(w, "person", [3]any{row.Person.ID, row.Person.ExternalID, row.Person.Number}, [3]any{ana.ID, "ext-a", ana.Number})
			want(w, "assurance", row.Assurance, chat.AssuranceSigned)
			want(w, "read", row.ReadNumber, 2)
			all, errOfList := tx.ListInboxOfUser(w.app, ben.ID, 9)
			want(w, "of one user", all, []store.InboxRow{row})
			_, missing := tx.GetInboxRow(w.app, "nothing")
			w.wantKind(missing, chat.NotFound)
			return errors.Join(err, errOfList)
		})
	}},
	{"a row of nobody and nothing is a row", func(w *world) {
		c := w.conversation(chat.SDKGroup)
		w.write(func(tx store.Tx) error {
			_, err := tx.InsertInboxEntry(chat.InboxEntry{App: w.app, Conversation: c.ID, Status: chat.InboxOpen, MovedAt: w.now})
			return err
		})
		w.read(func(tx store.Tx) error {
			row, err := tx.GetInboxRow(w.app, c.ID)
			want(w, "last", row.Last, nil)
			want(w, "person", row.Person, chat.User{App: w.app})
			want(w, "people", row.People, 0)
			return err
		})
	}},
	{"what is due is found, the first due first", func(w *world) {
		user := w.user("").ID
		due := time.Unix(1000, 0).UTC() // long ago: other tests look for others
		until := func(at time.Time) chat.ConversationID {
			return w.entry(user, func(e *chat.InboxEntry) { e.Status, e.SnoozedUntil = chat.InboxSnoozed, at }).Conversation
		}
		second, first := until(due), until(due.Add(-time.Second))
		until(due.Add(time.Second))
		w.read(func(tx store.Tx) error {
			all, err := tx.ListOverslept(due, 9)
			want(w, "due", each(all, func(e chat.InboxEntry) chat.ConversationID { return e.Conversation }), []chat.ConversationID{first, second})
			return err
		})
	}},
	{"everything goes with the conversation", func(w *world) {
		e := w.entry(w.user("").ID, nil)
		agent := w.agent()
		note := w.note(e.Conversation, agent.ID, 1)
		w.write(func(tx store.Tx) error { return tx.DeleteConversation(w.app, e.Conversation) })
		_, found := w.foundEntry(e.Conversation)
		want(w, "entry", found, false)
		w.read(func(tx store.Tx) error {
			_, found, err := tx.FindNote(w.app, agent.ID, note.SentID)
			want(w, "note", found, false)
			return err
		})
	}},
}

func (w *world) note(conversation chat.ConversationID, agent chat.AgentID, ordinal int64) chat.Note {
	w.Helper()
	n := chat.Note{App: w.app, Conversation: conversation, ID: chat.NoteID(w.id()), Ordinal: ordinal, SentID: fmt.Sprint("n", ordinal),
		Author: chat.Colleague{ID: agent, Name: "Kim"}, Text: "*hm*", HTML: "<em>hm</em>", At: w.now}
	w.write(func(tx store.Tx) error {
		fresh, err := tx.InsertNote(n)
		want(w, "fresh", fresh, true)
		return err
	})
	return n
}
