package messaging_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
)

const (
	bot   = chat.SwitchboardIntegrationID("0000000000000000000000f1")
	human = chat.SwitchboardIntegrationID("0000000000000000000000f2")
)

// setUp gives the app a switchboard with a bot, which begins, and a human.
func (r *room) setUp() {
	r.Helper()
	r.write(func(tx store.Tx) error {
		if err := tx.InsertSwitchboard(chat.Switchboard{App: r.app, ID: "board", Enabled: true, Default: bot, CreatedAt: start}); err != nil {
			return err
		}
		for i, id := range []chat.SwitchboardIntegrationID{bot, human} {
			integration := chat.Integration{App: r.app, ID: "of-" + chat.IntegrationID(id), Type: chat.IntegrationCustom, CreatedAt: start}
			if err := tx.InsertIntegration(integration); err != nil {
				return err
			}
			member := chat.SwitchboardIntegration{App: r.app, Switchboard: "board", ID: id, Name: []string{"bot", "human"}[i], Integration: integration.ID, CreatedAt: start}
			if err := tx.InsertSwitchboardIntegration(member); err != nil {
				return err
			}
		}
		return nil
	})
}

// program is the principal of a key of an integration on the switchboard.
func (r *room) program(id chat.SwitchboardIntegrationID) chat.Principal {
	return chat.Principal{App: r.app, Scope: chat.ScopeIntegration, Key: &chat.Key{ID: "int_x", Integration: "of-" + chat.IntegrationID(id)}}
}

func (r *room) wantControl(id chat.ConversationID, active, pending chat.SwitchboardIntegrationID) {
	r.Helper()
	view, err := r.Get(context.Background(), r.business(), id)
	if want := (chat.Control{Active: active, Pending: pending}); err != nil || view.Conversation.Control != want {
		r.Fatalf("control stands %+v (%v), want %+v", view.Conversation.Control, err, want)
	}
}

// TestNewConversationsAreLed: those of users, of keys, and the one that a first message makes.
func TestNewConversationsAreLed(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	ctx := context.Background()
	before := r.sends(r.as(ana, "a"), text("1", "before there was a switchboard")).Conversation
	r.setUp()
	first := r.sends(r.as(ben, "b"), text("1", "hi"))
	own, _, err := r.Create(ctx, r.as(ben, "b"), messaging.CreateInput{Messages: []messaging.SendInput{text("2", "another thing")}})
	if err != nil {
		t.Fatal(err)
	}
	group, _, err := r.Create(ctx, r.business(), messaging.CreateInput{Type: chat.SDKGroup})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []chat.ConversationID{first.Conversation, own.Conversation.ID, group.Conversation.ID} {
		r.wantControl(id, bot, "")
	}
	if own.Conversation.Active.Name != "bot" || first.Change != 1 {
		t.Errorf("got %+v, and a first message with change %d", own.Conversation.Active, first.Change)
	}
	r.wantControl(before, "", "")
}

// TestControlIsSeen: each change of control is a change of the conversation, which a client that was away finds, too.
func TestControlIsSeen(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.setUp()
	ctx := context.Background()
	id := r.sends(r.as(ana, "a"), text("1", "hi")).Conversation
	for i, err := range []error{
		r.OfferControl(ctx, r.program(bot), id, "human", nil),
		r.OfferControl(ctx, r.program(bot), id, "human", nil), // is so already
		r.AcceptControl(ctx, r.program(human), id, nil),
		r.ReleaseControl(ctx, r.program(human), id, nil),
	} {
		if err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	r.answers(id, "somebody there?") // gives control to the bot
	r.answers(id, "yes")

	var told []string
	for _, event := range r.heardOf(id)[1:] { // after the first message
		line := string(event.Kind) + " " + string(event.Trigger)
		if event.ConversationState != nil {
			line += " " + nameOf(event.ConversationState.Active) + "/" + nameOf(event.ConversationState.Pending)
		}
		if event.Control != nil {
			line += " " + string(event.Control.Active) + "/" + string(event.Control.Pending)
		}
		told = append(told, line)
		if !slices.Equal(event.Audience, []chat.UserID{ana}) {
			t.Errorf("%s is told to %v", line, event.Audience)
		}
	}
	want := []string{
		"conversation switchboard:offerControl bot/human " + string(bot+"/"+human),
		"conversation switchboard:acceptControl human/ " + string(human+"/"),
		"conversation switchboard:releaseControl / /",
		"message conversation:message " + string(bot+"/"),
		"conversation  bot/",
		"message conversation:message " + string(bot+"/"),
	}
	if !slices.Equal(told, want) {
		t.Errorf("told\n%q\nwant\n%q", told, want)
	}
	missed, err := r.Sync(ctx, r.as(ana, "a"), id, messaging.Cursor{Number: 1, Change: 1})
	if err != nil || missed.Reset || len(missed.Events) != 6 || missed.Change != 7 {
		t.Errorf("missed %+v, %v", missed, err)
	}
}

func nameOf(m *chat.SwitchboardIntegration) string {
	if m == nil {
		return ""
	}
	return m.Name
}

func TestWhoHasNoSayInControl(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.setUp()
	ctx := context.Background()
	id := r.sends(r.as(ana, "a"), text("1", "hi")).Conversation
	for name, p := range map[string]chat.Principal{"a user": r.as(ana, "a"), "another integration": r.program("0000000000000000000000f3"), "nobody": {App: r.app}} {
		t.Log(name)
		r.wantCode(r.PassControl(ctx, p, id, "human", nil), "forbidden")
		r.wantCode(r.OfferControl(ctx, p, id, "human", nil), "forbidden")
		r.wantCode(r.AcceptControl(ctx, p, id, nil), "forbidden")
		r.wantCode(r.ReleaseControl(ctx, p, id, nil), "forbidden")
	}
	r.wantControl(id, bot, "")
}

// TestOneAcceptance: of two that accept at once, one is told that there is nothing to accept.
func TestOneAcceptance(t *testing.T) {
	t.Parallel()
	r := newRoom(t)
	r.setUp()
	ctx := context.Background()
	id := r.sends(r.as(ana, "a"), text("1", "hi")).Conversation
	if err := r.OfferControl(ctx, r.program(bot), id, "human", nil); err != nil {
		t.Fatal(err)
	}
	var errs [2]error
	var both sync.WaitGroup
	for i := range errs {
		both.Go(func() { errs[i] = r.AcceptControl(ctx, r.program(human), id, nil) })
	}
	both.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("got %v", errs)
	}
	accepted := 0
	for _, event := range r.heardOf(id) {
		if event.Trigger == chat.TriggerAcceptControl {
			accepted++
		}
	}
	if accepted != 1 {
		t.Errorf("accepted %d times", accepted)
	}
	r.wantControl(id, human, "")
}
