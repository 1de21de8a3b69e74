package storetest

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// keep merges two users so that it can be undone.
func (w *world) keep(surviving, discarded chat.UserID) chat.UserMerge {
	w.Helper()
	m := chat.UserMerge{App: w.app, ID: chat.MergeID(w.id()), Surviving: surviving, Discarded: discarded, By: "key", At: w.now}
	w.write(func(tx store.Tx) error {
		kept := m
		if err := tx.KeepMerge(&kept, chat.MergeGain{Profile: []string{"locale"}, Metadata: chat.Metadata{"a": "b"}}); err != nil {
			return err
		}
		_, err := tx.MergeUser(w.app, surviving, discarded, "test")
		m.Ordinal = kept.Ordinal
		return err
	})
	return m
}

func (w *world) undo(m chat.UserMerge) (back store.Unmerged) {
	w.Helper()
	m.UndoneBy, m.UndoneAt = "other key", w.now
	w.write(func(tx store.Tx) (err error) {
		back, err = tx.UndoMerge(m)
		return err
	})
	return back
}

func (w *world) takesPart(conversation chat.ConversationID, user chat.UserID) (chat.Participant, bool) {
	w.Helper()
	var p chat.Participant
	var found bool
	w.read(func(tx store.Tx) (err error) {
		p, found, err = tx.FindParticipant(w.app, conversation, user)
		return err
	})
	return p, found
}

func mergeIDs(merges []chat.UserMerge) []chat.MergeID {
	return each(merges, func(m chat.UserMerge) chat.MergeID { return m.ID })
}

var keptMerges = []testCase{
	{"a merge is found until it is undone, and listed after", func(w *world) {
		a, b := w.user("a"), w.user("b")
		m := w.keep(a.ID, b.ID)
		m.DiscardedExternalID = "b"
		w.read(func(tx store.Tx) error {
			got, err := tx.GetMerge(w.app, m.ID)
			want(w, "merge", got, m)
			last, found, _ := tx.FindLastMerge(w.app, b.ID)
			want(w, "last of the discarded", last, m)
			want(w, "found", found, true)
			_, err2 := tx.GetMerge("another", m.ID)
			w.wantKind(err2, chat.NotFound)
			return err
		})
		w.undo(m)
		m.DiscardedExternalID, m.UndoneBy, m.UndoneAt = "", "other key", w.now
		w.read(func(tx store.Tx) error {
			got, err := tx.GetMerge(w.app, m.ID)
			want(w, "undone", got, m)
			_, found, _ := tx.FindLastMerge(w.app, a.ID)
			want(w, "found when undone", found, false)
			_, _, err2 := tx.GetKept(w.app, m.ID)
			w.wantKind(err2, chat.NotFound)
			return err
		})
	}},
	{"pages, newest first", func(w *world) {
		a, other := w.user("a"), w.user("other")
		first, second := w.keep(a.ID, w.user("b").ID), w.keep(a.ID, w.user("c").ID)
		third := w.keep(other.ID, w.user("d").ID)
		w.read(func(tx store.Tx) error {
			all, err := tx.ListMerges(store.MergePage{App: w.app, Span: store.Span{Limit: 9}})
			want(w, "all", mergeIDs(all), []chat.MergeID{third.ID, second.ID, first.ID})
			page, _ := tx.ListMerges(store.MergePage{App: w.app, User: a.ID, Span: store.Span{Limit: 1}})
			want(w, "page", mergeIDs(page), []chat.MergeID{second.ID})
			page, _ = tx.ListMerges(store.MergePage{App: w.app, User: a.ID, Span: store.Span{After: string(page[0].ID), Limit: 9}})
			want(w, "next page", mergeIDs(page), []chat.MergeID{first.ID})
			page, _ = tx.ListMerges(store.MergePage{App: w.app, User: third.Discarded, Span: store.Span{Limit: 9}})
			want(w, "of who was discarded", mergeIDs(page), []chat.MergeID{third.ID})
			return err
		})
		list := func(user chat.UserID) func(store.Tx, store.Span) ([]string, error) {
			return func(tx store.Tx, span store.Span) ([]string, error) {
				page, err := tx.ListMerges(store.MergePage{App: w.app, User: user, Span: span})
				return each(page, func(m chat.UserMerge) string { return string(m.ID) }), err
			}
		}
		w.walk(3, list(""), string(a.ID))
		w.walk(2, list(a.ID), string(third.ID))
	}},
	{"the record comes back, and what the survivor gained is known", func(w *world) {
		a, b := w.user("a"), w.user("b")
		b.Profile, b.Metadata, b.Seat = chat.Profile{GivenName: "Ben", Locale: "pt"}, chat.Metadata{"a": "c"}, true
		w.write(func(tx store.Tx) error { return tx.UpdateUser(&b) })
		m := w.keep(a.ID, b.ID)
		w.read(func(tx store.Tx) error {
			kept, gain, err := tx.GetKept(w.app, m.ID)
			want(w, "kept", kept, b)
			want(w, "gain", gain, chat.MergeGain{Profile: []string{"locale"}, Metadata: chat.Metadata{"a": "c"}})
			return err
		})
		w.undo(m)
		w.read(func(tx store.Tx) error {
			got, _, err := tx.FindUserByExternalID(w.app, "b")
			b.Change++
			want(w, "user", got, b)
			return err
		})
	}},
	{"an external id that was taken is a conflict", func(w *world) {
		m := w.keep(w.user("a").ID, w.user("b").ID)
		w.user("b")
		w.wantKind(w.try(func(tx store.Tx) error { _, err := tx.UndoMerge(m); return err }), chat.Conflict)
	}},
	{"what was written since stays the survivor's", func(w *world) {
		a, b := w.user("a"), w.user("b")
		c := w.makeDefault(b.ID)
		before := w.say(c.ID, b.ID, "before")
		m := w.keep(a.ID, b.ID)
		after := w.say(c.ID, a.ID, "after")
		made := w.conversation(chat.Personal, a.ID)
		w.write(func(tx store.Tx) error { _, err := tx.MarkRead(w.app, c.ID, a.ID, 2, w.now); return err })
		back := w.undo(m)
		want(w, "left the survivor", back.Conversations, []chat.ConversationID{c.ID})
		w.read(func(tx store.Tx) error {
			first, _ := tx.GetMessage(w.app, c.ID, before.ID)
			second, err := tx.GetMessage(w.app, c.ID, after.ID)
			want(w, "authors", []chat.UserID{first.Author.User, second.Author.User}, []chat.UserID{b.ID, a.ID})
			return err
		})
		p, _ := w.takesPart(c.ID, b.ID)
		want(w, "default, read and unread", []any{p.Default, p.ReadNumber, p.Unread}, []any{true, int64(0), int64(1)})
		_, still := w.takesPart(c.ID, a.ID)
		_, own := w.takesPart(made.ID, a.ID)
		want(w, "survivor in theirs, in their own", []bool{still, own}, []bool{false, true})
	}},
	{"messages that were removed meanwhile stay removed", func(w *world) {
		a, b := w.user("a"), w.user("b")
		c := w.conversation(chat.Personal, b.ID)
		said := w.say(c.ID, b.ID, "gone soon")
		m := w.keep(a.ID, b.ID)
		w.write(func(tx store.Tx) error { return tx.EraseMessage(w.app, c.ID, said.ID) })
		w.undo(m)
		w.read(func(tx store.Tx) error {
			got, err := tx.GetMessage(w.app, c.ID, said.ID)
			want(w, "deleted, author", []any{got.Deleted, got.Author.User}, []any{true, chat.UserID("")})
			return err
		})
	}},
	{"both are in a shared group again, in their places if these are free", func(w *world) {
		a, b, late := w.user("a"), w.user("b"), w.user("late")
		group, crowded := w.conversation(chat.SDKGroup, a.ID, b.ID), w.conversation(chat.SDKGroup, a.ID, b.ID)
		for range 3 {
			w.say(group.ID, "", "hi")
		}
		w.write(func(tx store.Tx) error { _, err := tx.MarkRead(w.app, group.ID, a.ID, 1, w.now); return err })
		w.write(func(tx store.Tx) error { _, err := tx.MarkRead(w.app, group.ID, b.ID, 2, w.now); return err })
		m := w.keep(a.ID, b.ID)
		w.write(func(tx store.Tx) error { return tx.InsertParticipant(w.participation(crowded.ID, late.ID)) })
		back := w.undo(m)
		want(w, "shared", len(back.Shared), 2)
		for id, users := range map[chat.ConversationID][]chat.UserID{group.ID: {a.ID, b.ID}, crowded.ID: {a.ID, late.ID, b.ID}} {
			w.read(func(tx store.Tx) error {
				audience, err := tx.ListAudience(w.app, id)
				want(w, "audience", audience, users)
				return err
			})
		}
		mine, _ := w.takesPart(group.ID, a.ID)
		theirs, _ := w.takesPart(group.ID, b.ID)
		want(w, "read marks", []int64{mine.ReadNumber, theirs.ReadNumber}, []int64{1, 2})
	}},
	{"who left a group meanwhile has left it for both", func(w *world) {
		a, b := w.user("a"), w.user("b")
		group := w.conversation(chat.SDKGroup, b.ID)
		w.say(group.ID, b.ID, "before")
		m := w.keep(a.ID, b.ID)
		w.say(group.ID, a.ID, "after")
		w.write(func(tx store.Tx) error { return tx.DeleteParticipant(w.app, group.ID, a.ID) })
		w.undo(m)
		for _, user := range []chat.UserID{a.ID, b.ID} {
			_, in := w.takesPart(group.ID, user)
			want(w, "takes part", in, false)
			w.write(func(tx store.Tx) error { return tx.DeleteUser(w.app, user) })
		}
		w.read(func(tx store.Tx) error {
			all, err := tx.ListMessages(store.MessagePage{App: w.app, Conversation: group.ID, Limit: 9})
			want(w, "authors", each(all, func(m chat.Message) chat.UserID { return m.Author.User }), []chat.UserID{"", ""})
			return err
		})
	}},
	{"a conversation that was removed meanwhile stays removed", func(w *world) {
		a, b := w.user("a"), w.user("b")
		group, left := w.conversation(chat.SDKGroup, a.ID, b.ID), w.conversation(chat.SDKGroup, b.ID)
		w.write(func(tx store.Tx) error { return tx.DeleteParticipant(w.app, left.ID, b.ID) })
		m := w.keep(a.ID, b.ID)
		w.write(func(tx store.Tx) error { return tx.DeleteConversation(w.app, group.ID) })
		w.write(func(tx store.Tx) error { return tx.DeleteConversation(w.app, left.ID) })
		back := w.undo(m)
		want(w, "shared", len(back.Shared), 0)
	}},
	{"clients go back, and sessions on them end", func(w *world) {
		a, b := w.user("a"), w.user("b")
		theirs, mine := w.client(b.ID), w.client(a.ID)
		own := w.session(mine, "")
		m := w.keep(a.ID, b.ID)
		theirs.User = a.ID
		since := w.session(theirs, "")
		back := w.undo(m)
		want(w, "went back, ended", [][]chat.ClientID{back.Clients, back.Sessions}, [][]chat.ClientID{{theirs.ID}, {theirs.ID}})
		w.read(func(tx store.Tx) error {
			client, _, err := tx.FindClient(w.app, theirs.ID)
			want(w, "client's user", client.User, b.ID)
			_, gone := tx.GetSession(theirs.ID, since.ID)
			w.wantKind(gone, chat.NotFound)
			_, lives := tx.GetSession(mine.ID, own.ID)
			want(w, "the survivor's own session", lives, nil)
			return err
		})
	}},
	{"identities go back unless somebody else has them", func(w *world) {
		a, b, other := w.user("a"), w.user("b"), w.user("other")
		for _, address := range []string{"kept@x.example", "lost@x.example", "freed@x.example"} {
			w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, b.ID, w.identity(address)) })
		}
		m := w.keep(a.ID, b.ID)
		w.write(func(tx store.Tx) error { return tx.DeleteIdentities(w.app, a.ID) })
		w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, a.ID, w.identity("kept@x.example")) })
		w.write(func(tx store.Tx) error { return tx.InsertIdentity(w.app, other.ID, w.identity("lost@x.example")) })
		back := w.undo(m)
		want(w, "clashes", back.Clashes, []chat.IdentityConflict{{App: w.app, User: b.ID, Owner: other.ID, Kind: chat.IdentityEmail, Value: "lost@x.example"}})
		w.read(func(tx store.Tx) error {
			all, err := tx.ListIdentities(w.app, b.ID)
			want(w, "identities", each(all, func(i chat.Identity) string { return i.Value }), []string{"freed@x.example", "kept@x.example"})
			return err
		})
	}},
	{"earlier aliases go back with the user", func(w *world) {
		a, b, c := w.user("a"), w.user("b"), w.user("c")
		w.merge(b.ID, a.ID)
		m := w.keep(c.ID, b.ID)
		w.undo(m)
		w.read(func(tx store.Tx) error {
			into, _, err := tx.FindMerged(w.app, a.ID)
			want(w, "merged into", into, b.ID)
			_, found, _ := tx.FindMerged(w.app, b.ID)
			want(w, "still an alias", found, false)
			return err
		})
	}},
	{"erasing forgets whatever led to the user", func(w *world) {
		a, b, c, d := w.user("a"), w.user("b"), w.user("c"), w.user("d")
		w.write(func(tx store.Tx) error {
			return tx.RecordConflict(chat.IdentityConflict{App: w.app, ID: chat.ConflictID(w.id()), User: a.ID, Owner: d.ID, Kind: chat.IdentityEmail, Value: "d@x.example"})
		})
		first, second := w.keep(b.ID, a.ID), w.keep(c.ID, b.ID)
		other := w.keep(d.ID, w.user("e").ID)
		w.write(func(tx store.Tx) error { return tx.DeleteUser(w.app, c.ID) })
		w.read(func(tx store.Tx) error {
			for _, m := range []chat.UserMerge{first, second} {
				_, err := tx.GetMerge(w.app, m.ID)
				w.wantKind(err, chat.NotFound)
			}
			_, err := tx.GetMerge(w.app, other.ID)
			return err
		})
	}},
	{"a conflict with somebody who was erased does not come back", func(w *world) {
		a, b, third := w.user("a"), w.user("b"), w.user("third")
		w.write(func(tx store.Tx) error {
			return tx.RecordConflict(chat.IdentityConflict{App: w.app, ID: chat.ConflictID(w.id()), User: b.ID, Owner: third.ID, Kind: chat.IdentityEmail, Value: "t@x.example"})
		})
		m := w.keep(a.ID, b.ID)
		w.write(func(tx store.Tx) error { return tx.DeleteUser(w.app, third.ID) })
		w.undo(m)
		w.read(func(tx store.Tx) error {
			all, err := tx.ListConflicts(store.ConflictPage{App: w.app, Limit: 9})
			want(w, "conflicts", len(all), 0)
			return err
		})
	}},
	{"counts say what would move", func(w *world) {
		a, b := w.user("a"), w.user("b")
		w.conversation(chat.SDKGroup, a.ID, b.ID)
		w.conversation(chat.Personal, b.ID)
		w.conversation(chat.Personal, b.ID)
		w.client(b.ID)
		w.read(func(tx store.Tx) error {
			counts, err := tx.CountMerge(w.app, a.ID, b.ID)
			want(w, "counts", counts, chat.MergeCounts{Conversations: 2, Shared: 1, Clients: 1})
			return err
		})
	}},
	{"crossing merges that can be undone do not stall", func(w *world) {
		a, b := w.user("a"), w.user("b")
		pair := [][2]chat.UserID{{a.ID, b.ID}, {b.ID, a.ID}}
		errs := atOnce(2, func(i int) error {
			m := chat.UserMerge{App: w.app, ID: chat.MergeID(w.id()), Surviving: pair[i][0], Discarded: pair[i][1]}
			return w.try(func(tx store.Tx) error {
				if err := tx.KeepMerge(&m, chat.MergeGain{}); err != nil {
					return err
				}
				_, err := tx.MergeUser(w.app, m.Surviving, m.Discarded, "test")
				return err
			})
		})
		want(w, "refused", len(errs), 1)
		for _, err := range errs {
			w.wantKind(err, chat.NotFound)
		}
	}},
}
