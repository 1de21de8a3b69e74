package storetest

import (
	"errors"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

var notes = []testCase{
	{"a note comes back as stored, with the name of today", func(w *world) {
		e, agent := w.entry(w.user("").ID, nil), w.agent()
		note := w.note(e.Conversation, agent.ID, 1)
		agent.Name = "Kim K."
		w.write(func(tx store.Tx) error { return tx.UpdateAgent(agent) })
		note.Author.Name = "Kim K."
		w.read(func(tx store.Tx) error {
			got, found, err := tx.FindNote(w.app, agent.ID, note.SentID)
			want(w, "found", found, true)
			want(w, "note", got, note)
			_, found, errOfOther := tx.FindNote(w.app, "somebody", note.SentID)
			want(w, "of somebody else", found, false)
			return errors.Join(err, errOfOther)
		})
	}},
	{"an agent sends a note once", func(w *world) {
		e, agent, other := w.entry(w.user("").ID, nil), w.agent(), w.agent()
		note := w.note(e.Conversation, agent.ID, 1)
		note.ID, note.Ordinal = chat.NoteID(w.id()), 2
		givenUp := errors.New("sent before")
		err := w.try(func(tx store.Tx) error {
			fresh, err := tx.InsertNote(note)
			want(w, "fresh", fresh, false)
			return errors.Join(err, givenUp)
		})
		want(w, "given up", errors.Is(err, givenUp), true)
		note.Author.ID = other.ID
		w.write(func(tx store.Tx) error {
			fresh, err := tx.InsertNote(note)
			want(w, "of another agent", fresh, true)
			return err
		})
	}},
	{"notes and happenings are listed from the newest below an ordinal", func(w *world) {
		e, agent := w.entry(w.user("").ID, nil), w.agent()
		kim := chat.Colleague{ID: agent.ID, Name: agent.Name}
		for _, ordinal := range []int64{1, 3, 5} {
			w.note(e.Conversation, agent.ID, ordinal)
		}
		happened := []chat.Happening{
			{Ordinal: 2, Type: chat.HappenedAssigned, By: kim, To: kim},
			{Ordinal: 4, Type: chat.HappenedTagged, Tags: []string{"a", "b"}},
			{Ordinal: 6, Type: chat.HappenedSnoozed, By: kim, Until: w.now.Add(time.Hour)},
			{Ordinal: 7, Type: chat.HappenedTeam, To: kim, Team: chat.TeamRef{ID: w.team("Support", nil).ID, Name: "Support"}},
		}
		w.write(func(tx store.Tx) error {
			for i := range happened {
				h := &happened[i]
				h.App, h.Conversation, h.ID, h.At = w.app, e.Conversation, chat.HappeningID(w.id()), w.now
				if err := tx.InsertHappening(*h); err != nil {
					return err
				}
			}
			return nil
		})
		w.read(func(tx store.Tx) error {
			page := store.ItemPage{App: w.app, Conversation: e.Conversation, Before: 99, Limit: 9}
			all, err := tx.ListHappenings(page)
			want(w, "happenings", all, happened)
			page.Before, page.Limit = 5, 1
			notes, errOfNotes := tx.ListNotes(page)
			want(w, "notes", each(notes, func(n chat.Note) int64 { return n.Ordinal }), []int64{3})
			one, errOfOne := tx.ListHappenings(page)
			want(w, "a happening", one, happened[1:2])
			page.App = "another"
			none, errOfNone := tx.ListNotes(page)
			want(w, "of another app", len(none), 0)
			return errors.Join(err, errOfNotes, errOfOne, errOfNone)
		})
	}},
}
