package storetest

import (
	"errors"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// attachment is one that a user uploads for a conversation; it is not stored.
func (w *world) attachment(user chat.UserID, conversation chat.ConversationID) chat.Attachment {
	return chat.Attachment{App: w.app, ID: chat.AttachmentID(w.id()), Key: chat.NewMediaKey(), Access: chat.AccessPrivate,
		URL: "https://chat.example/media/x", User: user, Conversation: conversation, Name: "Rechnung ü.pdf", Type: "application/pdf",
		Size: 1000, Width: 2, Height: 3, Thumbnail: true, CreatedAt: w.now}
}

// attach stores the attachment.
func (w *world) attach(a chat.Attachment) chat.Attachment {
	w.Helper()
	w.write(func(tx store.Tx) error {
		if err := tx.InsertLeftover(a.ID, w.now.Add(time.Hour)); err != nil {
			return err
		}
		stored, err := tx.InsertAttachment(a)
		want(w, "stored", stored, true)
		return err
	})
	return a
}

// show says a message that shows the attachment.
func (w *world) show(a chat.Attachment, conversation chat.ConversationID) chat.Message {
	w.Helper()
	m := w.say(conversation, "", "look")
	w.write(func(tx store.Tx) error { return tx.ShowAttachment(w.app, a.ID, conversation, m.Number) })
	return m
}

func (w *world) findAttachment(a chat.Attachment) (got chat.Attachment, found bool) {
	w.Helper()
	w.read(func(tx store.Tx) (err error) {
		got, found, err = tx.FindAttachment(w.app, a.ID)
		return err
	})
	return got, found
}

// wantLeftover reports an attachment that is still there, or whose bytes nobody would take away.
func (w *world) wantLeftover(what string, attachments ...chat.Attachment) {
	w.Helper()
	for _, a := range attachments {
		_, found := w.findAttachment(a)
		want(w, what+": found", found, false)
		// Other cases leave their own, so that this one's is looked for by what can be done with it.
		w.write(func(tx store.Tx) error {
			stored, err := tx.InsertAttachment(a)
			want(w, what+": a leftover", stored, true)
			return err
		})
	}
}

var attachments = []testCase{
	{"an attachment comes back as it was, by id and by key, and in its app only", func(w *world) {
		a := w.attach(w.attachment("u", "c"))
		w.read(func(tx store.Tx) error {
			got, found, err := tx.FindAttachment(w.app, a.ID)
			want(w, "by id", got, a)
			want(w, "found by id", found, true)
			got, _, _ = tx.FindAttachmentByKey(w.app, a.Key)
			want(w, "by key", got, a)
			_, found, _ = tx.FindAttachment("another", a.ID)
			want(w, "found in another app", found, false)
			_, found, _ = tx.FindAttachmentByKey("another", a.Key)
			want(w, "found by key in another app", found, false)
			_, found, _ = tx.FindCopy(w.app, a.URL)
			want(w, "taken for a copy", found, false)
			return err
		})
	}},
	{"what is no leftover becomes no attachment", func(w *world) {
		a := w.attachment("u", "c")
		w.write(func(tx store.Tx) error {
			stored, err := tx.InsertAttachment(a)
			want(w, "stored", stored, false)
			return err
		})
		w.attach(a)
		w.write(func(tx store.Tx) error {
			stored, err := tx.InsertAttachment(a)
			want(w, "stored twice", stored, false)
			return err
		})
	}},
	{"one copy of an address", func(w *world) {
		first, second := w.attachment("", ""), w.attachment("", "")
		for _, a := range []*chat.Attachment{&first, &second} {
			a.Access, a.URL = chat.AccessCopy, "https://elsewhere.example/"+w.id()[:4]
		}
		second.URL = first.URL
		w.attach(first)
		givenUp := errors.New("given up")
		err := w.try(func(tx store.Tx) error {
			if err := tx.InsertLeftover(second.ID, w.now); err != nil {
				return err
			}
			stored, err := tx.InsertAttachment(second)
			want(w, "second stored", stored, false)
			return errors.Join(err, givenUp)
		})
		if !errors.Is(err, givenUp) {
			w.Errorf("the second: %v", err)
		}
		w.read(func(tx store.Tx) error {
			got, _, err := tx.FindCopy(w.app, first.URL)
			want(w, "copy", got, first)
			_, found, _ := tx.FindCopy("another", first.URL)
			want(w, "found in another app", found, false)
			return err
		})
	}},
	{"bytes of a user are summed", func(w *world) {
		user := chat.UserID(w.id())
		w.attach(w.attachment(user, "c"))
		w.attach(w.attachment(user, "d"))
		w.attach(w.attachment("", "c"))
		w.read(func(tx store.Tx) error {
			sum, err := tx.SumAttachments(w.app, user)
			want(w, "sum", sum, 2000)
			sum, _ = tx.SumAttachments(w.app, "nobody")
			want(w, "sum of nobody", sum, 0)
			sum, _ = tx.SumAttachments("another", user)
			want(w, "sum in another app", sum, 0)
			return err
		})
	}},
	{"it goes with the last message that shows it", func(w *world) {
		one, two := w.conversation(chat.SDKGroup), w.conversation(chat.SDKGroup)
		a := w.attach(w.attachment("", ""))
		first, second := w.show(a, one.ID), w.show(a, two.ID)
		other := w.attach(w.attachment("", one.ID))
		w.show(other, one.ID)
		w.write(func(tx store.Tx) error { return tx.EraseMessage(w.app, one.ID, first.ID) })
		got, found := w.findAttachment(a)
		want(w, "found while a message shows it", found, true)
		want(w, "sent", got.Sent, true)
		w.read(func(tx store.Tx) error {
			showing, err := tx.ListShowing(w.app, a.ID)
			shown, _ := tx.IsShowing(w.app, a.ID, two.ID, second.Number)
			want(w, "shown by the second", shown, true)
			shown, _ = tx.IsShowing(w.app, a.ID, one.ID, first.Number)
			want(w, "shown by the first", shown, false)
			want(w, "showing", showing, []chat.ConversationID{two.ID})
			return err
		})
		w.write(func(tx store.Tx) error { return tx.EraseMessage(w.app, two.ID, second.ID) })
		w.wantLeftover("after the last", a)
		_, found = w.findAttachment(other)
		want(w, "another message's is found", found, true)
	}},
	{"it goes with all messages, the conversation, the user and the app", func(w *world) {
		conversation := w.conversation(chat.SDKGroup)
		shown := w.attach(w.attachment("", ""))
		w.show(shown, conversation.ID)
		w.write(func(tx store.Tx) error {
			_, err := tx.EraseMessages(w.app, conversation.ID)
			return err
		})
		w.wantLeftover("all messages", shown)

		conversation = w.conversation(chat.SDKGroup)
		shown, unsent := w.attach(w.attachment("", "")), w.attach(w.attachment("", conversation.ID))
		w.show(shown, conversation.ID)
		w.write(func(tx store.Tx) error { return tx.DeleteConversation(w.app, conversation.ID) })
		w.wantLeftover("conversation", shown, unsent)

		user := w.user("")
		conversation = w.conversation(chat.SDKGroup, user.ID)
		shown = w.attach(w.attachment(user.ID, conversation.ID))
		w.show(shown, conversation.ID)
		unsent = w.attach(w.attachment(user.ID, conversation.ID))
		w.write(func(tx store.Tx) error { return tx.DeleteUser(w.app, user.ID) })
		w.wantLeftover("user", shown, unsent)

		gone := newWorld(w.T, w.store, w.heard)
		a := gone.attach(gone.attachment("", ""))
		gone.write(func(tx store.Tx) error { return tx.DeleteApp(gone.app) })
		a.App = w.app
		w.wantLeftover("app", a)
	}},
	{"a merged user's are the survivor's", func(w *world) {
		surviving, discarded := w.user("s"), w.user("")
		a := w.attach(w.attachment(discarded.ID, "c"))
		w.write(func(tx store.Tx) error {
			_, err := tx.MergeUser(w.app, surviving.ID, discarded.ID, "test")
			return err
		})
		got, _ := w.findAttachment(a)
		want(w, "user", got.User, surviving.ID)
	}},
	{"one is dropped once, by its own app", func(w *world) {
		a := w.attach(w.attachment("", ""))
		w.wantKind(w.try(func(tx store.Tx) error { return tx.DropAttachment("another", a.ID) }), chat.NotFound)
		w.write(func(tx store.Tx) error { return tx.DropAttachment(w.app, a.ID) })
		w.wantKind(w.try(func(tx store.Tx) error { return tx.DropAttachment(w.app, a.ID) }), chat.NotFound)
		w.wantLeftover("dropped", a)
	}},
	{"unsent ones are dropped when they are old, sent ones are not", func(w *world) {
		w.now = w.now.AddDate(-20, 0, 0) // before those of all other cases
		conversation := w.conversation(chat.SDKGroup)
		unsent, sent := w.attach(w.attachment("u", conversation.ID)), w.attach(w.attachment("", ""))
		w.show(sent, conversation.ID)
		young := w.attachment("u", conversation.ID)
		young.CreatedAt = w.now.Add(time.Minute)
		w.attach(young)
		w.write(func(tx store.Tx) error {
			n, err := tx.DropUnsent(w.now.Add(time.Second), 10)
			want(w, "dropped", n, 1)
			return err
		})
		w.wantLeftover("unsent", unsent)
		for what, a := range map[string]chat.Attachment{"sent": sent, "young": young} {
			_, found := w.findAttachment(a)
			want(w, what+" is found", found, true)
		}
	}},
	{"leftovers come when they are due, the oldest first", func(w *world) {
		w.now = w.now.AddDate(-30, 0, 0)
		var ids []chat.AttachmentID
		for i := range 3 {
			ids = append(ids, chat.AttachmentID(w.id()))
			w.write(func(tx store.Tx) error { return tx.InsertLeftover(ids[i], w.now.Add(time.Duration(-i)*time.Minute)) })
		}
		due := func() (due []chat.AttachmentID) {
			w.read(func(tx store.Tx) (err error) {
				due, err = tx.ListLeftovers(w.now, 10)
				return err
			})
			return due
		}
		want(w, "due", due(), []chat.AttachmentID{ids[2], ids[1], ids[0]})
		w.write(func(tx store.Tx) error { return tx.PostponeLeftover(ids[2], w.now.Add(time.Hour)) })
		w.write(func(tx store.Tx) error { return tx.DeleteLeftover(ids[0]) })
		want(w, "due then", due(), []chat.AttachmentID{ids[1]})
	}},
}
