package inbox_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
)

func ptr[T any](v T) *T { return &v }

func TestChange(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.asks(ana)
	d.heard(chat.EventInbox)
	asked := d.now
	now := d.later(time.Minute)
	tags := []string{"vip", " bug "}
	d.changes(c, inbox.Change{Assignee: ptr(lou), Tags: &tags})
	want := chat.InboxEntry{Status: chat.InboxOpen, Assignee: chat.Colleague{ID: lou}, Tags: []string{"bug", "vip"}, WaitingSince: asked, MovedAt: asked}
	d.wantEntry(c, want)
	d.changes(c, inbox.Change{Status: chat.InboxOpen, Assignee: ptr(lou), Tags: &tags}) // is so already
	d.changes(c, inbox.Change{})
	d.changes(c, inbox.Change{Status: chat.InboxSnoozed, SnoozedUntil: now.Add(time.Hour)})
	want.Status, want.SnoozedUntil, want.MovedAt = chat.InboxSnoozed, now.Add(time.Hour), now
	d.wantEntry(c, want)
	d.later(time.Minute)
	d.changes(c, inbox.Change{Status: chat.InboxSnoozed, SnoozedUntil: now.Add(2 * time.Hour)})
	want.SnoozedUntil = now.Add(2 * time.Hour)
	d.wantEntry(c, want)
	now = d.later(time.Minute)
	d.changes(c, inbox.Change{Status: chat.InboxClosed})
	want.Status, want.SnoozedUntil, want.MovedAt = chat.InboxClosed, time.Time{}, now
	d.wantEntry(c, want)
	d.changes(c, inbox.Change{Status: chat.InboxOpen, Assignee: ptr(chat.AgentID("")), Tags: &[]string{}})
	d.wantEntry(c, chat.InboxEntry{Status: chat.InboxOpen, WaitingSince: asked, MovedAt: now})
	wanted := []string{"assigned by Kim Lou[]", "tagged by Kim [bug vip]", "snoozed by Kim []", "snoozed by Kim []", "closed by Kim []",
		"assigned by Kim []", "tagged by Kim []", "reopened by Kim []"}
	if got := d.happened(c); !slices.Equal(got, wanted) {
		t.Errorf("happened %q", got)
	}
	if told := d.heard(chat.EventInbox); len(told) != 5 {
		t.Errorf("told %d times", len(told))
	}
	if told := d.heard(chat.EventHappening); len(told) != len(wanted) {
		t.Errorf("told of %d happenings", len(told))
	}
}

func TestWhatCannotBeChanged(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.asks(ana)
	closed, admin, stranger := chat.AgentID("0000000000000000000000d1"), chat.AgentID("0000000000000000000000d2"), chat.AgentID("0000000000000000000000d3")
	d.write(func(tx store.Tx) error {
		for _, a := range []chat.Agent{{ID: closed, Email: "closed", DisabledAt: start, Admin: true}, {ID: admin, Email: "admin", Admin: true}, {ID: stranger, Email: "stranger"}} {
			if err := tx.InsertAgent(a); err != nil {
				return err
			}
		}
		return tx.PutMembership(chat.Membership{App: app, Agent: closed, Role: chat.RoleAgent})
	})
	if e := d.changes(c, inbox.Change{Assignee: &admin}); e.Assignee.ID != admin {
		t.Errorf("an admin of the server: %+v", e)
	}
	for name, change := range map[string]inbox.Change{
		"an unknown status": {Status: "done"}, "snoozed without a time": {Status: chat.InboxSnoozed}, "a time without snoozing": {SnoozedUntil: start.Add(time.Hour)},
		"a time and closed": {Status: chat.InboxClosed, SnoozedUntil: start.Add(time.Hour)}, "until now": {Status: chat.InboxSnoozed, SnoozedUntil: start},
		"for more than a year": {Status: chat.InboxSnoozed, SnoozedUntil: start.Add(chat.MaxSnooze + time.Second)}, "an empty tag": {Tags: &[]string{""}},
		"a closed account": {Assignee: &closed}, "an agent of another app": {Assignee: &stranger}, "nobody known": {Assignee: ptr(chat.AgentID("x"))},
	} {
		_, err := d.Change(t.Context(), agent(kim), c, change)
		if chat.CodeOf(err) != "bad_request" {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := d.Change(t.Context(), agent(kim), "nothing", inbox.Change{Status: chat.InboxClosed})
	d.wantCode(err, "conversation_not_found")
	elsewhere := agent(kim)
	elsewhere.App = "0000000000000000000000ab"
	_, err = d.Change(t.Context(), elsewhere, c, inbox.Change{Status: chat.InboxClosed})
	d.wantCode(err, "conversation_not_found")
}

// TestWhoMayUseTheInbox: agents of the app and the operator, in each method.
func TestWhoMayUseTheInbox(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.asks(ana)
	nobody := agent(kim)
	nobody.Agent.Role = ""
	for name, who := range map[string]struct {
		p    chat.Principal
		code string
	}{
		"an agent": {agent(kim), ""}, "the operator": {chat.Principal{App: app, Operator: true}, ""}, "a user": {user(ana), "forbidden"}, "a key": {key, "forbidden"},
		"nobody": {chat.Principal{App: app}, "forbidden"}, "an agent without a role": {nobody, "forbidden"},
	} {
		for method, err := range map[string]error{
			"List":   second(d.List(t.Context(), who.p, store.InboxWaiting, "", 9)),
			"Get":    second(d.Get(t.Context(), who.p, c)),
			"Change": second(d.Change(t.Context(), who.p, c, inbox.Change{})),
			"Thread": second(d.Thread(t.Context(), who.p, c, "", 9)),
			"After":  second(d.ThreadAfter(t.Context(), who.p, c, "0.0.0")),
			"Person": second(d.Person(t.Context(), who.p, ana)),
			"Note": func() error {
				_, _, err := d.Note(t.Context(), who.p, c, "n", "text")
				return err
			}(),
		} {
			if chat.CodeOf(err) != who.code {
				t.Errorf("%s: %s: %v", method, name, err)
			}
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestWhatNobodyHasSeenIsNotPutAway(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.asks(ana)
	d.answers(lou, c)
	d.changes(c, inbox.Change{Status: chat.InboxClosed, Seen: 1}) // a colleague's answer may be missed
	d.changes(c, inbox.Change{Status: chat.InboxOpen, Seen: 1})
	d.asks(ana)
	for _, away := range []inbox.Change{{Status: chat.InboxClosed, Seen: 2}, {Status: chat.InboxSnoozed, SnoozedUntil: start.Add(time.Hour), Seen: 1}} {
		_, err := d.Change(t.Context(), agent(kim), c, away)
		d.wantCode(err, "written_meanwhile")
	}
	if e := d.changes(c, inbox.Change{Status: chat.InboxClosed, Seen: 3}); e.Status != chat.InboxClosed {
		t.Errorf("%+v", e)
	}
}

// TestClosingWhileTheUserWrites: whoever is first, the message is not put away unseen.
func TestClosingWhileTheUserWrites(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for range 20 {
		c := d.asks(ana)
		seen := d.entryNumber(c)
		var both sync.WaitGroup
		both.Go(func() {
			_, err := d.Change(context.Background(), agent(kim), c, inbox.Change{Status: chat.InboxClosed, Seen: seen})
			if err != nil && chat.CodeOf(err) != "written_meanwhile" {
				t.Error(err)
			}
		})
		both.Go(func() {
			in := messaging.SendInput{ClientMessageID: time.Now().String(), Content: chat.Content{Type: chat.ContentText, Text: "wait"}}
			if _, err := d.messages.Send(context.Background(), user(ana), in); err != nil {
				t.Error(err)
			}
		})
		both.Wait()
		if e := d.entry(c); e.Status != chat.InboxOpen || e.WaitingSince.IsZero() {
			t.Fatalf("%+v", e)
		}
	}
}

func (d *desk) entryNumber(id chat.ConversationID) int64 {
	d.Helper()
	row, err := d.Get(context.Background(), agent(kim), id)
	d.must(err)
	return row.Conversation.LastNumber
}

// TestTwoAgentsAnswer: of those who answer at once, one gets through.
func TestTwoAgentsAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for range 10 {
		c := d.asks(ana)
		seen := d.entryNumber(c)
		var both sync.WaitGroup
		codes := make([]string, 2)
		for i, id := range []chat.AgentID{kim, lou} {
			both.Go(func() {
				in := messaging.SendInput{Conversation: c, ClientMessageID: fmt.Sprint("a", seen), Seen: seen, Content: chat.Content{Type: chat.ContentText, Text: "hi"}}
				_, err := d.messages.Send(context.Background(), agent(id), in)
				codes[i] = chat.CodeOf(err)
			})
		}
		both.Wait()
		if slices.Sort(codes); !slices.Equal(codes, []string{"", "answered_meanwhile"}) {
			t.Fatalf("%q", codes)
		}
	}
}
