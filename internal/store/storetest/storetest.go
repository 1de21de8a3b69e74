// Package storetest is the contract of package store as tests. Every backend runs them all:
//
//	storetest.Run(t, func(t *testing.T, listener store.Listener) store.Store { … })
//
// Most cases share one store and work in an app of their own, so that each also proves that apps do not see each other
// and that they may be used at the same time.
package storetest

import (
	"context"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Open returns a fresh, empty store that tells the listener, and closes it after the test.
type Open func(t *testing.T, listener store.Listener) store.Store

// Run runs the contract.
func Run(t *testing.T, open Open) {
	heard := &recorder{}
	s := open(t, heard)
	for _, suite := range []struct {
		name  string
		cases []testCase
	}{
		{"Apps", apps},
		{"Keys", keys},
		{"Users", users},
		{"Identities", identities},
		{"Conflicts", conflicts},
		{"Merges", merges},
		{"KeptMerges", keptMerges},
		{"Imports", imports},
		{"Clients", clients},
		{"Sessions", sessions},
		{"EmailCodes", emailCodes},
		{"Conversations", conversations},
		{"Participants", participants},
		{"Messages", messages},
		{"Attachments", attachments},
		{"Changes", changes},
		{"Events", events},
		{"Audits", audits},
		{"Agents", agents},
		{"Teams", teams},
		{"Integrations", integrations},
		{"Webhooks", webhooks},
		{"Deliveries", deliveries},
		{"Attempts", attempts},
		{"Receipts", receipts},
		{"Switchboards", switchboards},
		{"Inbox", inbox},
		{"Episodes", episodes},
		{"Notes", notes},
		{"Transactions", transactions},
		{"CannedReplies", cannedReplies},
		{"Members", members},
		{"Factors", factors},
		{"Passkeys", passkeys},
		{"Mails", mails},
		{"Ratings", ratings},
		{"Retention", retention},
		{"SavedViews", savedViews},
		{"ServerSecrets", serverSecrets},
	} {
		t.Run(suite.name, func(t *testing.T) {
			t.Parallel()
			for _, c := range suite.cases {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					c.run(newWorld(t, s, heard))
				})
			}
		})
	}
	t.Run("Search", func(t *testing.T) {
		t.Parallel()
		alone := &recorder{}
		s := open(t, alone) // whoever indexes does so for all apps, and is one at a time
		for _, c := range search {
			t.Run(c.name, func(t *testing.T) { c.run(newWorld(t, s, alone)) })
		}
	})
	t.Run("AppOrder", func(t *testing.T) {
		t.Parallel()
		appOrder(t, open(t, &recorder{}))
	})
}

type testCase struct {
	name string
	run  func(w *world)
}

// recorder is a listener that remembers.
type recorder struct {
	mu     sync.Mutex
	events []chat.Event
}

func (r *recorder) Committed(events []chat.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, events...)
}

func (r *recorder) of(app chat.AppID) []chat.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	var found []chat.Event
	for _, event := range r.events {
		if event.App == app {
			found = append(found, event)
		}
	}
	return found
}

// world is one app in a store, with short ways to fill it. Its methods end the test when the store fails.
type world struct {
	*testing.T
	store store.Store
	heard *recorder
	app   chat.AppID
	now   time.Time
}

func newWorld(t *testing.T, s store.Store, heard *recorder) *world {
	t.Helper()
	now := time.Now().UTC().Truncate(time.Microsecond)
	w := &world{T: t, store: s, heard: heard, app: chat.AppID(chat.NewID(now)), now: now}
	app := chat.App{ID: w.app, IntegrationID: chat.IntegrationID(chat.NewID(now)), Name: t.Name(), Settings: chat.DefaultAppSettings(), CreatedAt: now}
	w.write(func(tx store.Tx) error { return tx.InsertApp(&app) })
	return w
}

func (w *world) id() string { return chat.NewID(w.now) }

func (w *world) try(f func(store.Tx) error) error {
	return w.store.Write(context.Background(), f)
}

func (w *world) write(f func(store.Tx) error) {
	w.Helper()
	if err := w.try(f); err != nil {
		w.Fatalf("write: %v", err)
	}
}

func (w *world) read(f func(store.Tx) error) {
	w.Helper()
	if err := w.store.Read(context.Background(), f); err != nil {
		w.Fatalf("read: %v", err)
	}
}

func (w *world) user(externalID string) chat.User {
	w.Helper()
	user := chat.User{App: w.app, ID: chat.UserID(w.id()), ExternalID: externalID, Source: chat.SourceREST, SignedUpAt: w.now, CreatedAt: w.now}
	w.write(func(tx store.Tx) error {
		number, _, err := tx.NextUserNumber(w.app, false)
		if err != nil {
			return err
		}
		user.Number = number
		return tx.InsertUser(user)
	})
	return user
}

func (w *world) client(user chat.UserID) chat.Client {
	w.Helper()
	client := chat.Client{App: w.app, ID: chat.ClientID(w.id()), User: user, Platform: "web", LastSeenAt: w.now, CreatedAt: w.now}
	w.write(func(tx store.Tx) error { return tx.InsertClient(client) })
	return client
}

func (w *world) conversation(kind chat.ConversationType, users ...chat.UserID) chat.Conversation {
	w.Helper()
	return w.conversationAt(w.now, kind, users...)
}

func (w *world) conversationAt(at time.Time, kind chat.ConversationType, users ...chat.UserID) chat.Conversation {
	w.Helper()
	c := chat.Conversation{App: w.app, ID: chat.ConversationID(w.id()), Type: kind, CreatedAt: at}
	w.write(func(tx store.Tx) error {
		if err := tx.InsertConversation(c); err != nil {
			return err
		}
		for _, user := range users {
			if err := tx.InsertParticipant(w.participation(c.ID, user)); err != nil {
				return err
			}
		}
		return nil
	})
	return c
}

func (w *world) participation(conversation chat.ConversationID, user chat.UserID) chat.Participant {
	return chat.Participant{App: w.app, Conversation: conversation, ID: chat.ParticipantID(w.id()), User: user, JoinedAt: w.now}
}

// message is what a user says next; its numbers are those that TakeNumber gave.
func (w *world) message(place chat.Place, author chat.UserID, text string) chat.Message {
	m := chat.Message{App: w.app, Conversation: place.Conversation, ID: chat.MessageID(w.id()), Number: place.Number, Change: place.Change,
		Author:  chat.Author{Type: chat.AuthorBusiness},
		Content: chat.Content{Type: chat.ContentText, Text: text}, Origin: chat.Origin{Type: "web"}, Received: w.now}
	if author != "" {
		m.Author = chat.Author{Type: chat.AuthorUser, User: author}
	}
	return m
}

func (w *world) say(conversation chat.ConversationID, author chat.UserID, text string) chat.Message {
	w.Helper()
	return w.sayAt(w.now, conversation, author, text)
}

func (w *world) sayAt(at time.Time, conversation chat.ConversationID, author chat.UserID, text string) chat.Message {
	w.Helper()
	var m chat.Message
	w.write(func(tx store.Tx) error {
		place, err := tx.TakeNumber(w.app, conversation, at)
		if err != nil {
			return err
		}
		m = w.message(place, author, text)
		_, err = tx.InsertMessage(m)
		return err
	})
	return m
}

// wantKind reports an error of another kind.
func (w *world) wantKind(err error, kind chat.Kind) {
	w.Helper()
	if err == nil || chat.KindOf(err) != kind {
		w.Errorf("got error %v, want one of kind %q", err, kind)
	}
}

// want reports what differs.
func want[T any](w *world, what string, got, wanted T) {
	w.Helper()
	if !reflect.DeepEqual(got, wanted) {
		w.Errorf("%s:\n got %+v\nwant %+v", what, got, wanted)
	}
}

// each maps a slice, for comparing what matters of it.
func each[T, U any](all []T, f func(T) U) []U {
	mapped := make([]U, len(all))
	for i, v := range all {
		mapped[i] = f(v)
	}
	return mapped
}

func numbers(messages []chat.Message) []int64 {
	return each(messages, func(m chat.Message) int64 { return m.Number })
}

// atOnce runs f n times at the same time and returns the errors that were returned.
func atOnce(n int, f func(i int) error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = f(i) })
	}
	all.Wait()
	return slices.DeleteFunc(errs, func(err error) bool { return err == nil })
}
