package messaging_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/broker"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// room is messaging over a real database with one app and three users.
type room struct {
	*testing.T
	*messaging.Service
	store store.Store
	app   chat.AppID

	mu     sync.Mutex
	events []chat.Event
}

const (
	ana = chat.UserID("0000000000000000000000a1")
	ben = chat.UserID("0000000000000000000000b2")
	eve = chat.UserID("0000000000000000000000e3")
)

var start = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func newRoom(t *testing.T) *room {
	t.Helper()
	r := &room{T: t, app: "0000000000000000000000aa"}
	bus := &broker.Memory{}
	bus.Subscribe(func(events []chat.Event) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.events = append(r.events, events...)
	})
	s, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: sqlitetest.New(t), Listener: listener{bus}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	r.store = s
	r.Service = messaging.New(s, bus, func() time.Time { return start })
	r.write(func(tx store.Tx) error {
		app := chat.App{ID: r.app, IntegrationID: "0000000000000000000000bb", Settings: chat.DefaultAppSettings(), CreatedAt: start}
		if err := tx.InsertApp(&app); err != nil {
			return err
		}
		for i, id := range []chat.UserID{ana, ben, eve} {
			user := chat.User{App: r.app, ID: id, Number: int64(i + 1), ExternalID: "ext-" + string(id[22:]), CreatedAt: start, SignedUpAt: start}
			if err := tx.InsertUser(user); err != nil {
				return err
			}
		}
		return nil
	})
	return r
}

type listener struct{ bus broker.Broker }

func (l listener) Committed(events []chat.Event) { l.bus.Publish(events) }

func (r *room) write(f func(store.Tx) error) {
	r.Helper()
	if err := r.store.Write(context.Background(), f); err != nil {
		r.Fatal(err)
	}
}

// as is the principal of a user at one of their browsers.
func (r *room) as(user chat.UserID, browser string) chat.Principal {
	return chat.Principal{App: r.app, Session: &chat.Session{App: r.app, User: user, Client: chat.ClientID(browser), Assurance: chat.AssuranceSigned}}
}

func (r *room) business() chat.Principal {
	return chat.Principal{App: r.app, Key: &chat.Key{ID: "app_x"}, Scope: chat.ScopeApp, Name: "key app_x"}
}

func text(id, text string) messaging.SendInput {
	return messaging.SendInput{ClientMessageID: id, Content: chat.Content{Type: chat.ContentText, Text: text}}
}

func (r *room) sends(p chat.Principal, in messaging.SendInput) chat.Message {
	r.Helper()
	sent, err := r.Send(context.Background(), p, in)
	if err != nil {
		r.Fatal(err)
	}
	return sent.Message
}

func (r *room) answers(id chat.ConversationID, words string) chat.Message {
	r.Helper()
	in := text("", words)
	in.Conversation, in.Author = id, messaging.AuthorInput{Type: chat.AuthorBusiness, DisplayName: "Shop"}
	return r.sends(r.business(), in)
}

func (r *room) heard(kind chat.EventKind) []chat.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(r.events), func(e chat.Event) bool { return e.Kind != kind })
}

func (r *room) wantCode(err error, code string) {
	r.Helper()
	if chat.CodeOf(err) != code {
		r.Fatalf("got %v, want code %s", err, code)
	}
}

func TestSend(t *testing.T) {
	t.Parallel()
	t.Run("the first message makes the default conversation", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t)
		first := r.sends(r.as(ana, "a"), text("1", "hello"))
		second := r.sends(r.as(ana, "phone"), text("1", "from the phone"))
		if first.Number != 1 || second.Number != 2 || first.Conversation != second.Conversation {
			t.Fatalf("%+v then %+v", first, second)
		}
		if first.Assurance != chat.AssuranceSigned || first.Author.User != ana {
			t.Fatalf("%+v", first)
		}
	})
	t.Run("the same id and content gives the first message", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t)
		first := r.sends(r.as(ana, "a"), text("1", "hello"))
		again, err := r.Send(t.Context(), r.as(ana, "a"), text("1", "hello"))
		if err != nil || !again.Duplicate || again.Message.ID != first.ID {
			t.Fatalf("%+v, %v", again, err)
		}
		_, err = r.Send(t.Context(), r.as(ana, "a"), text("1", "something else"))
		r.wantCode(err, "conflict")
		if next := r.sends(r.as(ana, "a"), text("2", "next")); next.Number != 2 {
			t.Fatalf("a repetition took a number: next is %d", next.Number)
		}
		if n := len(r.heard(chat.EventMessage)); n != 2 {
			t.Fatalf("%d events for 2 messages", n)
		}
	})
	t.Run("raced repetitions are one message", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t)
		r.sends(r.as(ana, "a"), text("0", "open"))
		var wait sync.WaitGroup
		ids := make([]chat.MessageID, 20)
		for i := range ids {
			wait.Go(func() { ids[i] = r.sends(r.as(ana, "a"), text("1", "once")).ID })
		}
		wait.Wait()
		if slices.Sort(ids); ids[0] != ids[len(ids)-1] {
			t.Fatalf("several messages: %v", ids)
		}
	})
	t.Run("others see no such conversation", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t)
		mine := r.sends(r.as(ana, "a"), text("1", "hello"))
		in := text("1", "let me in")
		in.Conversation = mine.Conversation
		_, err := r.Send(t.Context(), r.as(eve, "e"), in)
		r.wantCode(err, "conversation_not_found")
		_, err = r.ListMessages(t.Context(), r.as(eve, "e"), mine.Conversation, store.Span{Limit: 10})
		r.wantCode(err, "conversation_not_found")
		_, _, err = r.History(t.Context(), r.as(eve, "e"), mine.Conversation, 0, 10)
		r.wantCode(err, "conversation_not_found")
		_, err = r.Get(t.Context(), r.as(eve, "e"), mine.Conversation)
		r.wantCode(err, "conversation_not_found")
		r.wantCode(r.MarkRead(t.Context(), r.as(eve, "e"), mine.Conversation, 0), "conversation_not_found")
		r.wantCode(r.Type(t.Context(), r.as(eve, "e"), mine.Conversation, messaging.AuthorInput{}, true), "conversation_not_found")
		_, err = r.Update(t.Context(), r.as(eve, "e"), mine.Conversation, messaging.ConversationInput{})
		r.wantCode(err, "conversation_not_found")
		if missed, err := r.Sync(t.Context(), r.as(eve, "e"), mine.Conversation, messaging.Cursor{}); err != nil || !missed.Reset || len(missed.Events) > 0 {
			t.Fatalf("%+v, %v", missed, err)
		}
	})
	t.Run("a typed address raises anonymous to claimed", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t)
		guest := r.as(eve, "e")
		guest.Session.Anonymous, guest.Session.Assurance = true, chat.AssuranceAnonymous
		if m := r.sends(guest, text("1", "hi")); m.Assurance != chat.AssuranceAnonymous {
			t.Fatal(m.Assurance)
		}
		r.write(func(tx store.Tx) error {
			user, err := tx.LockUser(r.app, eve)
			if err != nil {
				return err
			}
			user.Profile.Email = "eve@example.com"
			return tx.UpdateUser(&user)
		})
		if m := r.sends(guest, text("2", "hi")); m.Assurance != chat.AssuranceClaimed {
			t.Fatal(m.Assurance)
		}
	})
}

func TestSendRefusesBadInput(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	mine := r.sends(r.as(ana, "a"), text("1", "hello")).Conversation
	post := func(change func(*messaging.SendInput)) error {
		in := text("", "words")
		in.Conversation, in.Author.Type = mine, chat.AuthorBusiness
		change(&in)
		_, err := r.Send(t.Context(), r.business(), in)
		return err
	}
	long := string(make([]rune, chat.MaxText+1))
	for _, c := range []struct {
		name, field string
		change      func(*messaging.SendInput)
	}{
		{"no text", "content.text", func(in *messaging.SendInput) { in.Content.Text = "" }},
		{"a long text", "content.text", func(in *messaging.SendInput) { in.Content.Text = long }},
		{"another type", "content.type", func(in *messaging.SendInput) { in.Content.Type = "video" }},
		{"no author", "author.type", func(in *messaging.SendInput) { in.Author.Type = "" }},
		{"a user without a name", "author", func(in *messaging.SendInput) { in.Author.Type = chat.AuthorUser }},
		{"a user who takes no part", "author", func(in *messaging.SendInput) {
			in.Author = messaging.AuthorInput{Type: chat.AuthorUser, User: ben}
		}},
		{"a subtype that is none", "author.subtypes", func(in *messaging.SendInput) { in.Author.Subtype = "robot" }},
		{"nested metadata", "metadata", func(in *messaging.SendInput) { in.Metadata = chat.Metadata{"a": []any{}} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, ok := chat.AsError(post(c.change))
			if !ok || e.Kind != chat.Invalid || e.Field != c.field {
				t.Fatalf("got %v, want a fault in %s", e, c.field)
			}
		})
	}
	if n := len(r.heard(chat.EventMessage)); n != 1 {
		t.Fatalf("%d messages were stored", n-1)
	}
}

func TestNumbersHaveNoGaps(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	mine := r.sends(r.as(ana, "a"), text("first", "hello")).Conversation
	var wait sync.WaitGroup
	for browser := range 8 {
		wait.Go(func() {
			for i := range 25 {
				in := text(fmt.Sprint(i), "words")
				in.Conversation = mine
				if i%5 == 4 {
					in.ClientMessageID = "0" // a repetition, or another text under a used id
				}
				r.Send(t.Context(), r.as(ana, fmt.Sprint(browser)), in)
			}
		})
	}
	wait.Wait()
	var last int64
	for _, e := range r.heard(chat.EventMessage) {
		if e.Message.Number != last+1 || e.Change != last+1 {
			t.Fatalf("message %d, change %d after %d", e.Message.Number, e.Change, last)
		}
		last++
	}
	if last != 1+8*20 {
		t.Fatalf("%d messages", last)
	}
}

func TestUnreadAndRead(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	mine := r.sends(r.as(ana, "a"), text("1", "hello")).Conversation
	r.answers(mine, "one")
	two := r.answers(mine, "two")
	r.answers(mine, "three")
	unread := func() int64 {
		v, err := r.Get(t.Context(), r.as(ana, "a"), mine)
		if err != nil {
			t.Fatal(err)
		}
		return v.Participants[0].Unread
	}
	for _, step := range []struct {
		upTo, left int64
	}{{two.Number, 1}, {1, 1}, {0, 0}, {99, 0}} {
		if err := r.MarkRead(t.Context(), r.as(ana, "a"), mine, step.upTo); err != nil {
			t.Fatal(err)
		}
		if got := unread(); got != step.left {
			t.Fatalf("read up to %d leaves %d, want %d", step.upTo, got, step.left)
		}
	}
	if n := len(r.heard(chat.EventRead)); n != 2 {
		t.Fatalf("%d events for 2 steps forward", n)
	}
}

func TestSync(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	me := r.as(ana, "a")
	mine := r.sends(me, text("1", "hello")).Conversation
	gone := r.answers(mine, "a slip")
	r.MarkRead(t.Context(), me, mine, 0)
	if err := r.DeleteMessage(t.Context(), r.business(), mine, gone.ID); err != nil {
		t.Fatal(err)
	}
	name := "Lamps"
	if _, err := r.Update(t.Context(), me, mine, messaging.ConversationInput{DisplayName: &name}); err != nil {
		t.Fatal(err)
	}
	r.answers(mine, "better")

	live := r.heardOf(mine)
	for from := range live {
		cursor := messaging.Cursor{}
		for _, e := range live[:from] {
			cursor.Change = e.Change
			if e.Kind == chat.EventMessage {
				cursor.Number = e.Message.Number
			}
		}
		missed, err := r.Sync(t.Context(), me, mine, cursor)
		if err != nil || missed.Reset || len(missed.Events) != len(live)-from {
			t.Fatalf("from %d: %+v, %v", from, missed, err)
		}
		for i, e := range missed.Events {
			want := live[from+i]
			sameKind := e.Kind == want.Kind || want.Kind == chat.EventMessage && want.Message.ID == gone.ID && e.Kind == chat.EventMessageRemoved
			if e.Change != want.Change || !sameKind {
				t.Fatalf("from %d: event %d is %s %d, was %s %d", from, i, e.Kind, e.Change, want.Kind, want.Change)
			}
		}
	}
	for _, impossible := range []messaging.Cursor{{Change: 99}, {Number: 5, Change: 1}, {Number: -1}} {
		if missed, err := r.Sync(t.Context(), me, mine, impossible); err != nil || !missed.Reset {
			t.Fatalf("%+v: %+v, %v", impossible, missed, err)
		}
	}
}

// heardOf are the counted events of a conversation.
func (r *room) heardOf(id chat.ConversationID) []chat.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(r.events), func(e chat.Event) bool { return e.Conversation != id || e.Change == 0 })
}

func TestConversations(t *testing.T) {
	t.Parallel()
	t.Run("a session makes its own, with first messages", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t)
		name := "Order 7"
		v, messages, err := r.Create(t.Context(), r.as(ana, "a"), messaging.CreateInput{
			ConversationInput: messaging.ConversationInput{DisplayName: &name},
			Messages:          []messaging.SendInput{text("1", "one"), text("2", "two")}})
		if err != nil || !v.Default || len(messages) != 2 || v.Conversation.LastNumber != 2 || v.Conversation.DisplayName != name {
			t.Fatalf("%+v %v", v, err)
		}
		second, _, err := r.Create(t.Context(), r.as(ana, "a"), messaging.CreateInput{})
		if err != nil || second.Default {
			t.Fatalf("the second is the default too: %+v %v", second, err)
		}
	})
	t.Run("a key makes groups", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t)
		v, _, err := r.Create(t.Context(), r.business(), messaging.CreateInput{Type: chat.SDKGroup,
			Participants: []messaging.ParticipantInput{{User: ana}, {UserExternalID: "ext-b2"}}})
		if err != nil || len(v.Participants) != 2 {
			t.Fatalf("%+v %v", v, err)
		}
		in := text("1", "hi all")
		in.Conversation = v.Conversation.ID
		r.sends(r.as(ben, "b"), in)
		event := r.heard(chat.EventMessage)[0]
		if !slices.Contains(event.Audience, ana) || !slices.Contains(event.Audience, ben) || len(event.Audience) != 2 {
			t.Fatalf("audience: %v", event.Audience)
		}
	})
	t.Run("pages by newest activity", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t)
		for range 7 {
			if _, _, err := r.Create(t.Context(), r.as(ana, "a"), messaging.CreateInput{}); err != nil {
				t.Fatal(err)
			}
		}
		seen := map[chat.ConversationID]bool{}
		span := store.Span{Limit: 3}
		for {
			page, err := r.List(t.Context(), r.as(ana, "a"), messaging.ParticipantInput{}, span)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range page.Records {
				seen[v.Conversation.ID] = true
			}
			if !page.More {
				break
			}
			span.After = page.After
		}
		if len(seen) != 7 {
			t.Fatalf("pages showed %d of 7", len(seen))
		}
	})
	t.Run("the default one cannot be deleted, others can", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t)
		first, _, _ := r.Create(t.Context(), r.as(ana, "a"), messaging.CreateInput{})
		second, _, _ := r.Create(t.Context(), r.as(ana, "a"), messaging.CreateInput{})
		r.wantCode(r.Delete(t.Context(), r.business(), first.Conversation.ID), "bad_request")
		if err := r.Delete(t.Context(), r.business(), second.Conversation.ID); err != nil {
			t.Fatal(err)
		}
		_, err := r.Get(t.Context(), r.as(ana, "a"), second.Conversation.ID)
		r.wantCode(err, "conversation_not_found")
	})
	t.Run("another app's key sees nothing", func(t *testing.T) {
		t.Parallel()
		r := newRoom(t)
		v, _, _ := r.Create(t.Context(), r.as(ana, "a"), messaging.CreateInput{})
		stranger := r.business()
		stranger.App = "0000000000000000000000ff"
		_, err := r.Get(t.Context(), stranger, v.Conversation.ID)
		r.wantCode(err, "conversation_not_found")
	})
}

func TestTypingIsTold(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	mine := r.sends(r.as(ana, "a"), text("1", "hello")).Conversation
	if err := r.Type(t.Context(), r.business(), mine, messaging.AuthorInput{DisplayName: "Shop"}, true); err != nil {
		t.Fatal(err)
	}
	told := r.heard(chat.EventTyping)
	if len(told) != 1 || !told[0].Typing.Active || told[0].Typing.Author.DisplayName != "Shop" || !slices.Equal(told[0].Audience, []chat.UserID{ana}) {
		t.Fatalf("%+v", told)
	}
}

// TestTypingIsQueuedSeldom: the others in the conversation hear of each frame, a webhook of the first.
func TestTypingIsQueuedSeldom(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	mine := r.sends(r.as(ana, "a"), text("1", "hello")).Conversation
	hook := chat.Webhook{App: r.app, Integration: "0000000000000000000000bb", ID: "hook", Triggers: []chat.Trigger{chat.TriggerTyping}, Enabled: true}
	r.write(func(tx store.Tx) error { return tx.InsertWebhook(hook) })
	for range 20 {
		if err := r.Type(t.Context(), r.as(ana, "a"), mine, messaging.AuthorInput{}, true); err != nil {
			t.Fatal(err)
		}
	}
	if told := r.heard(chat.EventTyping); len(told) != 20 {
		t.Errorf("the others heard of %d frames", len(told))
	}
	err := r.store.Read(t.Context(), func(tx store.Tx) error {
		waiting, err := tx.ListDeliveries(hook.ID, 100)
		if len(waiting) != 1 {
			t.Errorf("%d wait for the webhook, want 1", len(waiting))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCreationIsSentAgain(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	in := messaging.CreateInput{Messages: []messaging.SendInput{text("1", "one"), text("2", "two")}}
	first, _, err := r.Create(t.Context(), r.as(ana, "a"), in)
	if err != nil {
		t.Fatal(err)
	}
	again, messages, err := r.Create(t.Context(), r.as(ana, "a"), in)
	if err != nil || again.Conversation.ID != first.Conversation.ID || len(messages) != 2 || messages[1].Number != 2 {
		t.Fatalf("%+v %v %v", again, messages, err)
	}
	in.Messages[1].Content.Text = "something else"
	_, _, err = r.Create(t.Context(), r.as(ana, "a"), in)
	r.wantCode(err, "conflict")
	if page, err := r.List(t.Context(), r.as(ana, "a"), messaging.ParticipantInput{}, store.Span{Limit: 10}); err != nil || len(page.Records) != 1 {
		t.Fatalf("%d conversations, %v", len(page.Records), err)
	}
}
