package storetest

import (
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) merge(surviving, discarded chat.UserID) (moved []chat.ConversationID) {
	w.Helper()
	w.write(func(tx store.Tx) (err error) {
		moved, err = tx.MergeUser(w.app, surviving, discarded, "test")
		return err
	})
	return moved
}

func (w *world) makeDefault(user chat.UserID) chat.Conversation {
	w.Helper()
	c := w.conversation(chat.Personal)
	p := w.participation(c.ID, user)
	p.Default = true
	w.write(func(tx store.Tx) error { return tx.InsertParticipant(p) })
	return c
}

var merges = []testCase{
	{"everything moves and the discarded id is an alias", func(w *world) {
		surviving, discarded := w.user("known"), w.user("")
		client := w.client(discarded.ID)
		session := w.session(client, "")
		first, second := w.conversation(chat.Personal, discarded.ID), w.conversation(chat.Personal, discarded.ID)
		said := w.say(first.ID, discarded.ID, "before")
		w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, discarded.ID, w.identity("d@x.example")) })
		moved := w.merge(surviving.ID, discarded.ID)
		slices.Sort(moved)
		wanted := []chat.ConversationID{first.ID, second.ID}
		slices.Sort(wanted)
		want(w, "moved", moved, wanted)
		w.read(func(tx store.Tx) error {
			_, err := tx.GetUser(w.app, discarded.ID)
			w.wantKind(err, chat.NotFound)
			_, found, _ := tx.FindUserByNumber(w.app, discarded.Number)
			want(w, "found by number", found, false)
			into, _, err := tx.FindMerged(w.app, discarded.ID)
			want(w, "finding the merge", err, nil)
			want(w, "merged into", into, surviving.ID)
			audience, _ := tx.ListAudience(w.app, first.ID)
			want(w, "audience", audience, []chat.UserID{surviving.ID})
			message, _ := tx.GetMessage(w.app, first.ID, said.ID)
			want(w, "author", message.Author.User, surviving.ID)
			want(w, "external id of author", message.Author.ExternalID, "known")
			got, _, _ := tx.FindClient(w.app, client.ID)
			want(w, "client's user", got.User, surviving.ID)
			_, err = tx.GetSession(session.Client, session.ID)
			w.wantKind(err, chat.NotFound)
			owner, _, err := tx.FindUserByIdentity(w.app, chat.IdentityEmail, "d@x.example")
			want(w, "owner of identity", owner.ID, surviving.ID)
			return err
		})
	}},
	{"the survivor's default stays the default", func(w *world) {
		surviving, discarded := w.user("known"), w.user("")
		kept, other := w.makeDefault(surviving.ID), w.makeDefault(discarded.ID)
		w.merge(surviving.ID, discarded.ID)
		w.read(func(tx store.Tx) error {
			got, _, err := tx.FindDefault(w.app, surviving.ID)
			want(w, "default", got, kept.ID)
			p, found, _ := tx.FindParticipant(w.app, other.ID, surviving.ID)
			want(w, "in the other as well", found && !p.Default, true)
			return err
		})
	}},
	{"the discarded default becomes the default of who has none", func(w *world) {
		surviving, discarded := w.user("known"), w.user("")
		moved := w.makeDefault(discarded.ID)
		w.merge(surviving.ID, discarded.ID)
		w.read(func(tx store.Tx) error {
			got, _, err := tx.FindDefault(w.app, surviving.ID)
			want(w, "default", got, moved.ID)
			return err
		})
	}},
	{"in a shared group one participation stays with the later read mark", func(w *world) {
		surviving, discarded := w.user("known"), w.user("")
		group := w.conversation(chat.SDKGroup, surviving.ID, discarded.ID)
		w.say(group.ID, "", "one")
		w.say(group.ID, "", "two")
		w.write(func(tx store.Tx) error { _, err := tx.MarkRead(w.app, group.ID, surviving.ID, 1, w.now); return err })
		w.write(func(tx store.Tx) error { _, err := tx.MarkRead(w.app, group.ID, discarded.ID, 2, w.now); return err })
		w.merge(surviving.ID, discarded.ID)
		w.read(func(tx store.Tx) error {
			all, err := tx.ListParticipants(w.app, group.ID, store.Span{Limit: 9})
			want(w, "participants", each(all, func(p chat.Participant) chat.UserID { return p.User }), []chat.UserID{surviving.ID})
			want(w, "read number", all[0].ReadNumber, 2)
			return err
		})
	}},
	{"an alias of an alias leads to the last survivor", func(w *world) {
		a, b, c := w.user("a"), w.user("b"), w.user("c")
		w.merge(b.ID, a.ID)
		w.merge(c.ID, b.ID)
		w.read(func(tx store.Tx) error {
			into, found, err := tx.FindMerged(w.app, a.ID)
			want(w, "merged into", into, c.ID)
			want(w, "found", found, true)
			return err
		})
		w.write(func(tx store.Tx) error { return tx.DeleteUser(w.app, c.ID) })
		w.read(func(tx store.Tx) error {
			_, found, err := tx.FindMerged(w.app, a.ID)
			want(w, "alias of a deleted user", found, false)
			return err
		})
	}},
	{"conflicts between the two are settled and others move once", func(w *world) {
		surviving, discarded, third := w.user("s"), w.user("d"), w.user("t")
		record := func(user, owner chat.UserID, value string) {
			w.write(func(tx store.Tx) error {
				return tx.RecordConflict(chat.IdentityConflict{App: w.app, ID: chat.ConflictID(w.id()), User: user, Owner: owner, Kind: chat.IdentityEmail, Value: value})
			})
		}
		record(discarded.ID, surviving.ID, "settled")
		record(surviving.ID, discarded.ID, "settled")
		record(surviving.ID, third.ID, "both")
		record(discarded.ID, third.ID, "both")
		record(third.ID, discarded.ID, "owned")
		w.merge(surviving.ID, discarded.ID)
		w.read(func(tx store.Tx) error {
			all, err := tx.ListConflicts(store.ConflictPage{App: w.app, Limit: 9})
			left := each(all, func(c chat.IdentityConflict) string {
				return string(c.User + " " + c.Owner + " " + chat.UserID(c.Value))
			})
			slices.Sort(left)
			wanted := []string{string(surviving.ID + " " + third.ID + " both"), string(third.ID + " " + surviving.ID + " owned")}
			slices.Sort(wanted)
			want(w, "conflicts", left, wanted)
			return err
		})
		settled := w.conflicts(store.ConflictPage{Settled: true, Limit: 9})
		want(w, "settled", len(settled), 1)
		want(w, "how and by whom", string(settled[0].Settled)+" "+settled[0].SettledBy, "merged test")
		want(w, "of the survivor alone", settled[0].User == surviving.ID && settled[0].Owner == surviving.ID, true)
	}},
	{"opposite merges at once do not stall", func(w *world) {
		a, b := w.user("a"), w.user("b")
		pair := [][2]chat.UserID{{a.ID, b.ID}, {b.ID, a.ID}}
		errs := atOnce(2, func(i int) error {
			return w.try(func(tx store.Tx) error { _, err := tx.MergeUser(w.app, pair[i][0], pair[i][1], "test"); return err })
		})
		want(w, "refused", len(errs), 1)
		for _, err := range errs {
			w.wantKind(err, chat.NotFound)
		}
	}},
	{"a user of another app cannot be merged", func(w *world) {
		mine, theirs := w.user("a"), newWorld(w.T, w.store, w.heard).user("b")
		w.wantKind(w.try(func(tx store.Tx) error { _, err := tx.MergeUser(w.app, mine.ID, theirs.ID, "test"); return err }), chat.NotFound)
	}},
}
