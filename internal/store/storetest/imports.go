package storetest

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

var imports = []testCase{
	{"a reference stands for one thing in its app and conversation", func(w *world) {
		first, second := w.conversation(chat.SDKGroup), w.conversation(chat.SDKGroup)
		ref := chat.ImportRef{App: w.app, Kind: chat.ImportedMessage, Conversation: first.ID, Ref: "ü/1"}
		w.write(func(tx store.Tx) error { return tx.InsertReference(ref, "here") })
		w.wantKind(w.try(func(tx store.Tx) error { return tx.InsertReference(ref, "there") }), chat.Conflict)
		elsewhere, other, another := ref, ref, ref
		elsewhere.Conversation, other.Kind, another.App = second.ID, chat.ImportedUser, "another"
		w.read(func(tx store.Tx) error {
			id, found, err := tx.FindReference(ref)
			want(w, "id", id, "here")
			want(w, "found", found, true)
			for _, ref := range []chat.ImportRef{elsewhere, other, another} {
				_, found, _ := tx.FindReference(ref)
				want(w, "found elsewhere", found, false)
			}
			return err
		})
		w.write(func(tx store.Tx) error { return tx.DeleteConversation(w.app, first.ID) })
		w.read(func(tx store.Tx) error {
			_, found, err := tx.FindReference(ref)
			want(w, "found when the conversation is gone", found, false)
			return err
		})
	}},
	{"an id is taken whoever has it", func(w *world) {
		theirs := newWorld(w.T, w.store, w.heard)
		user, conversation := theirs.user("u"), theirs.conversation(chat.SDKGroup)
		message := theirs.say(conversation.ID, "", "hi")
		discarded := theirs.user("d")
		theirs.merge(user.ID, discarded.ID)
		w.read(func(tx store.Tx) error {
			for kind, ids := range map[chat.Imported][]string{chat.ImportedUser: {string(user.ID), string(discarded.ID)},
				chat.ImportedConversation: {string(conversation.ID)}, chat.ImportedMessage: {string(message.ID)}} {
				for _, id := range ids {
					taken, err := tx.IsTaken(kind, id)
					want(w, "taken", taken, true)
					want(w, "error", err, nil)
				}
				free, err := tx.IsTaken(kind, w.id())
				want(w, "free", free, false)
				want(w, "error", err, nil)
			}
			return nil
		})
	}},
}
