package storetest

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// fill says n things in a conversation of its own.
func (w *world) fill(n int) (chat.Conversation, []chat.Message) {
	w.Helper()
	user := w.user("author")
	c := w.conversation(chat.Personal, user.ID)
	said := make([]chat.Message, n)
	for i := range said {
		said[i] = w.say(c.ID, user.ID, fmt.Sprint("text ", i+1))
		said[i].Author.ExternalID = "author"
	}
	return c, said
}

var messages = []testCase{
	{"a message of the business is told from one of a user", func(w *world) {
		user := w.user("")
		c := w.conversation(chat.Personal, user.ID)
		business := func() (found bool) {
			w.read(func(tx store.Tx) (err error) {
				found, err = tx.HasBusinessMessage(w.app, c.ID)
				return err
			})
			return found
		}
		w.say(c.ID, user.ID, `{"author":"business"}`)
		want(w, "with a user's", business(), false)
		m := w.say(c.ID, "", "hello")
		want(w, "with the business's", business(), true)
		w.write(func(tx store.Tx) error { return tx.EraseMessage(w.app, c.ID, m.ID) })
		want(w, "with that erased", business(), false)
	}},
	{"messages of the business are listed without those of users", func(w *world) {
		user := w.user("")
		c := w.conversation(chat.Personal, user.ID)
		first, second := w.say(c.ID, "", "first"), w.say(c.ID, "", "second")
		w.say(c.ID, user.ID, "a user's")
		gone := w.say(c.ID, "", "gone")
		w.write(func(tx store.Tx) error { return tx.EraseMessage(w.app, c.ID, gone.ID) })
		w.read(func(tx store.Tx) error {
			all, err := tx.ListMessagesOfBusiness(w.app, c.ID, 0, 9)
			want(w, "all", all, []chat.Message{second, first})
			later, errOfLater := tx.ListMessagesOfBusiness(w.app, c.ID, 1, 9)
			want(w, "after the first", numbers(later), []int64{2})
			one, errOfOne := tx.ListMessagesOfBusiness(w.app, c.ID, 0, 1)
			want(w, "the newest", numbers(one), []int64{2})
			return errors.Join(err, errOfLater, errOfOne)
		})
	}},
	{"a message comes back as stored", func(w *world) {
		user := w.user("ext")
		c := w.conversation(chat.Personal, user.ID)
		texts := []string{"plain", `quotes " and \ and </script>`, "e\u0301 é 🎉 \u2028 \u0000", strings.Repeat("ж", chat.MaxText), "tab\tnewline\n", `{"type":"text"}`}
		for _, text := range texts {
			var m chat.Message
			w.write(func(tx store.Tx) error {
				taken, err := tx.TakeNumber(w.app, c.ID, w.now)
				if err != nil {
					return err
				}
				m = w.message(taken, user.ID, text)
				m.Author.DisplayName, m.Author.AvatarURL, m.Author.Subtype = "Ana", "https://a", "bot"
				m.Content.Payload, m.Metadata, m.Assurance = "pay\"load", chat.Metadata{"k": 1.5}, chat.AssuranceSigned
				m.Origin = chat.Origin{Type: "web", Client: chat.ClientID(w.id()), ClientMessageID: "c1", IntegrationID: "i"}
				ok, err := tx.InsertMessage(m)
				want(w, "stored", ok, true)
				return err
			})
			m.Author.ExternalID = "ext"
			w.read(func(tx store.Tx) error {
				got, err := tx.GetMessage(w.app, c.ID, m.ID)
				want(w, "message", got, m)
				sent, found, _ := tx.FindSent(w.app, m.Origin.Client, "c1")
				want(w, "sent message", sent, m)
				want(w, "found", found, true)
				page, _ := tx.ListMessages(store.MessagePage{App: w.app, Conversation: c.ID, Limit: 1})
				want(w, "listed message", page, []chat.Message{m})
				_, found, _ = tx.FindSent("another", m.Origin.Client, "c1")
				want(w, "found in another app", found, false)
				return err
			})
		}
	}},
	{"content of every kind comes back as stored, and anew", func(w *world) {
		c := w.conversation(chat.Personal, w.user("ext").ID)
		actions := []chat.MessageAction{{Type: chat.ActionBuy, Text: "Buy \"it\"", Amount: new(int64(999)), Currency: "eur", Metadata: chat.Metadata{"k": 1.5}},
			{Type: chat.ActionWebview, Text: "t", URI: "https://a", Fallback: "https://b", Size: "full", OpenOnReceive: true},
			{Type: chat.ActionPostback, Text: "t", Payload: new("")}, {Type: chat.ActionBuy, Text: "t", Amount: new(int64(0))}}
		for _, content := range []chat.Content{
			{Type: chat.ContentText, Text: "a", Markdown: "**a**", HTML: "<p><b>a</b></p>", Payload: "p", Actions: actions, BlockChatInput: true},
			{Type: chat.ContentImage, Text: "a", Media: &chat.Media{URL: "https://a", Type: "image/png", Size: 7, Alt: "b", Attachment: "c"}},
			{Type: chat.ContentCarousel, Cards: &chat.Cards{AspectRatio: "square", Items: []chat.Item{{Title: "t", Actions: actions}, {Title: "\\ \u2028"}}}},
			{Type: chat.ContentForm, Form: &chat.Form{Submitted: true, Fields: []chat.FormField{
				{Type: chat.FieldText, Name: "n", Label: "l", MinSize: new(1), MaxSize: new(9)}, {Options: []chat.Option{{Name: "a", Label: "A"}}}}}},
			{Type: chat.ContentFormResponse, Quoted: "q", Form: &chat.Form{Fields: []chat.FormField{{Type: chat.FieldSelect, Select: []chat.Option{{Name: "a", Label: "A"}}}}}},
			{Type: chat.ContentLocation, Location: &chat.Location{Lat: -1.25, Name: "n"}, BlockChatInput: true},
			{Type: chat.ContentTemplate, Template: `{"a":{"b":12345678901234567890}}`},
		} {
			m := w.say(c.ID, "", "plain")
			for range 2 {
				m.Content = content
				w.write(func(tx store.Tx) error { return tx.UpdateContent(m) })
				w.read(func(tx store.Tx) error {
					got, err := tx.GetMessage(w.app, c.ID, m.ID)
					want(w, "message", got, m)
					return err
				})
				w.write(func(tx store.Tx) error {
					taken, err := tx.TakeNumber(w.app, c.ID, w.now)
					if err != nil {
						return err
					}
					m = w.message(taken, "", "")
					m.Content = content
					_, err = tx.InsertMessage(m)
					return err
				})
			}
			elsewhere := m
			elsewhere.App = "another"
			w.wantKind(w.store.Write(w.Context(), func(tx store.Tx) error { return tx.UpdateContent(elsewhere) }), chat.NotFound)
			w.write(func(tx store.Tx) error { return tx.EraseMessage(w.app, c.ID, m.ID) })
			w.wantKind(w.store.Write(w.Context(), func(tx store.Tx) error { return tx.UpdateContent(m) }), chat.NotFound)
		}
	}},
	{"pages go both ways and are ascending", func(w *world) {
		c, said := w.fill(7)
		w.write(func(tx store.Tx) error { return tx.EraseMessage(w.app, c.ID, said[3].ID) })
		for _, k := range []struct {
			name string
			page store.MessagePage
			want []int64
		}{
			{"the newest", store.MessagePage{Limit: 3}, []int64{5, 6, 7}},
			{"the newest of all", store.MessagePage{Limit: 4}, []int64{3, 5, 6, 7}},
			{"the newest with deleted", store.MessagePage{Limit: 4, Deleted: true}, []int64{4, 5, 6, 7}},
			{"after", store.MessagePage{After: 2, Limit: 3}, []int64{3, 5, 6}},
			{"after with deleted", store.MessagePage{After: 2, Limit: 3, Deleted: true}, []int64{3, 4, 5}},
			{"before", store.MessagePage{Before: 6, Limit: 3}, []int64{2, 3, 5}},
			{"after the end", store.MessagePage{After: 7, Limit: 3}, []int64{}},
			{"before the start", store.MessagePage{Before: 1, Limit: 3}, []int64{}},
		} {
			k.page.App, k.page.Conversation = w.app, c.ID
			w.read(func(tx store.Tx) error {
				page, err := tx.ListMessages(k.page)
				want(w, k.name, numbers(page), k.want)
				return err
			})
		}
		w.read(func(tx store.Tx) error {
			page, err := tx.ListMessages(store.MessagePage{App: "another", Conversation: c.ID, Limit: 9})
			want(w, "of another app", len(page), 0)
			return err
		})
	}},
	{"a message has its number for ever, in its conversation", func(w *world) {
		c, said := w.fill(3)
		w.write(func(tx store.Tx) error { return tx.EraseMessage(w.app, c.ID, said[1].ID) })
		other := w.conversation(chat.Personal)
		w.read(func(tx store.Tx) error {
			for i, m := range said {
				number, found, err := tx.FindMessageNumber(w.app, c.ID, m.ID)
				if err != nil {
					return err
				}
				want(w, "number", [2]any{number, found}, [2]any{int64(i + 1), true})
				_, found, _ = tx.FindMessageNumber(w.app, other.ID, m.ID)
				want(w, "found in another conversation", found, false)
				_, found, _ = tx.FindMessageNumber("another", c.ID, m.ID)
				want(w, "found in another app", found, false)
			}
			return nil
		})
	}},
	{"the same client message id is stored once", func(w *world) {
		user := w.user("")
		client := w.client(user.ID)
		c := w.conversation(chat.Personal, user.ID)
		var stored atomic.Int64
		duplicate := chat.Refuse("duplicate", "given up")
		errs := atOnce(20, func(int) error {
			kept := false
			err := w.try(func(tx store.Tx) error {
				taken, err := tx.TakeNumber(w.app, c.ID, w.now)
				if err != nil {
					return err
				}
				m := w.message(taken, user.ID, "once")
				m.ID, m.Origin.Client, m.Origin.ClientMessageID = chat.MessageID(chat.NewID(w.now)), client.ID, "same"
				kept, err = tx.InsertMessage(m)
				if err == nil && !kept {
					err = duplicate
				}
				return err
			})
			if err == nil && kept {
				stored.Add(1)
			}
			return err
		})
		want(w, "stored", stored.Load(), 1)
		want(w, "given up", len(errs), 19)
		for _, err := range errs {
			w.wantKind(err, chat.Forbidden)
		}
		w.read(func(tx store.Tx) error {
			got, err := tx.GetConversation(w.app, c.ID)
			want(w, "last number", got.LastNumber, 1)
			return err
		})
	}},
	{"messages without a client message id are never the same", func(w *world) {
		c, said := w.fill(2)
		want(w, "numbers", numbers(said), []int64{1, 2})
		w.read(func(tx store.Tx) error {
			_, found, err := tx.FindSent(w.app, "", "")
			want(w, "looking by no id", err, nil)
			want(w, "found by no id", found, false)
			_, err = tx.GetMessage(w.app, c.ID, said[1].ID)
			return err
		})
	}},
	{"an erased message keeps its place only", func(w *world) {
		c, said := w.fill(2)
		w.write(func(tx store.Tx) error { return tx.EraseMessage(w.app, c.ID, said[0].ID) })
		w.read(func(tx store.Tx) error {
			got, err := tx.GetMessage(w.app, c.ID, said[0].ID)
			want(w, "message", got, chat.Message{App: w.app, Conversation: c.ID, ID: said[0].ID, Number: 1, Change: 1,
				Received: w.now, Deleted: true})
			return err
		})
		w.write(func(tx store.Tx) error {
			n, err := tx.EraseMessages(w.app, c.ID)
			want(w, "erased", n, 1)
			n, _ = tx.EraseMessages("another", c.ID)
			want(w, "erased in another app", n, 0)
			return err
		})
	}},
	{"an unknown message is missing", func(w *world) {
		c, said := w.fill(1)
		for _, of := range []struct {
			app chat.AppID
			id  chat.MessageID
		}{{w.app, "none"}, {"another", said[0].ID}} {
			w.wantKind(w.try(func(tx store.Tx) error { _, err := tx.GetMessage(of.app, c.ID, of.id); return err }), chat.NotFound)
			w.wantKind(w.try(func(tx store.Tx) error { return tx.EraseMessage(of.app, c.ID, of.id) }), chat.NotFound)
		}
	}},
}
