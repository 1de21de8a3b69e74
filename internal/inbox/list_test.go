package inbox_test

import (
	"encoding/base64"
	"slices"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/store"
)

// talk is a new conversation of the user, in which they have written.
func (d *desk) talk(id chat.UserID) chat.ConversationID {
	d.Helper()
	in := sendTo("")
	in.ClientMessageID, in.Content = chat.NewID(start), chat.Content{Type: chat.ContentText, Text: "hello"}
	view, _, err := d.messages.Create(d.Context(), user(id), newConversation(in))
	d.must(err)
	return view.Conversation.ID
}

func TestListsArePagedByTheirView(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var talks []chat.ConversationID
	for range 5 {
		talks = append(talks, d.talk(ana))
		d.later(time.Second)
	}
	d.answers(kim, talks[1])
	d.changes(talks[2], inbox.Change{Assignee: ptr(kim)})
	for view, want := range map[store.InboxView][]chat.ConversationID{
		store.InboxWaiting: {talks[0], talks[2], talks[3], talks[4]},
		store.InboxOpen:    {talks[1], talks[4], talks[3], talks[2], talks[0]},
		store.InboxMine:    {talks[2]},
	} {
		var got []chat.ConversationID
		for cursor := ""; ; {
			page, err := d.List(t.Context(), agent(kim), view, cursor, 2)
			d.must(err)
			for _, row := range page.Entries {
				got = append(got, row.Entry.Conversation)
			}
			if page.Counts != (store.InboxCounts{Waiting: 4, Mine: 1, Unread: 5, Unassigned: 4, Open: 5}) {
				t.Errorf("counts %+v", page.Counts)
			}
			if cursor = page.Cursor; cursor == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", view, got, want)
		}
	}
}

func TestACursorIsOfOneView(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.talk(ana)
	d.talk(ana)
	page, err := d.List(t.Context(), agent(kim), store.InboxOpen, "", 1)
	d.must(err)
	if _, err := d.List(t.Context(), agent(kim), store.InboxOpen, page.Cursor, 1); page.Cursor == "" || err != nil {
		t.Fatalf("%+v, %v", page, err)
	}
	_, err = d.List(t.Context(), agent(kim), store.InboxClosed, page.Cursor, 1)
	d.wantCode(err, "bad_request")
	for _, bad := range []string{"x", "!", base64.RawURLEncoding.EncodeToString([]byte("open.x.0000000000000000000000aa")), base64.RawURLEncoding.EncodeToString([]byte("open.1.x"))} {
		_, err = d.List(t.Context(), agent(kim), store.InboxOpen, bad, 1)
		d.wantCode(err, "bad_request")
	}
	for _, limit := range []int{0, inbox.MaxPage + 1} {
		_, err = d.List(t.Context(), agent(kim), store.InboxOpen, "", limit)
		d.wantCode(err, "bad_request")
	}
	_, err = d.List(t.Context(), agent(kim), "all", "", 1)
	d.wantCode(err, "bad_request")
}

func TestAPersonAndTheirConversations(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := d.talk(ana)
	d.later(time.Hour)
	second := d.talk(ana)
	d.talk(ben)
	d.later(time.Hour)
	d.answers(kim, first)
	d.write(func(tx store.Tx) error {
		if err := tx.InsertIdentity(app, ana, chat.Identity{Kind: chat.IdentityEmail, Value: "ana@x.example"}); err != nil {
			return err
		}
		return tx.InsertClient(chat.Client{App: app, ID: chat.ClientID(ana), User: ana, Platform: "web"})
	})
	person, err := d.Person(t.Context(), agent(kim), ana)
	d.must(err)
	if person.User.ID != ana || len(person.User.Identities) != 1 || len(person.Clients) != 1 || len(person.Entries) != 2 {
		t.Fatalf("%+v", person)
	}
	if person.Entries[0].Entry.Conversation != first || person.Entries[1].Entry.Conversation != second || person.Entries[0].Assurance != chat.AssuranceSigned {
		t.Errorf("%+v", person.Entries)
	}
	_, err = d.Person(t.Context(), agent(kim), "nobody")
	d.wantCode(err, "user_not_found")
}

func TestWhatSleptWakes(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	soon, late, written := d.talk(ana), d.talk(ana), d.talk(ana)
	for id, until := range map[chat.ConversationID]time.Duration{soon: time.Hour, late: 2 * time.Hour, written: time.Hour} {
		d.changes(id, inbox.Change{Status: chat.InboxSnoozed, SnoozedUntil: start.Add(until)})
	}
	in := sendTo(written)
	d.sends(user(ana), in)
	d.heard(chat.EventInbox)
	at := d.later(time.Hour)
	d.must(d.Wake(t.Context()))
	d.must(d.Wake(t.Context()))
	d.wantEntry(soon, chat.InboxEntry{Status: chat.InboxOpen, WaitingSince: start, MovedAt: at})
	if e := d.entry(late); e.Status != chat.InboxSnoozed {
		t.Errorf("too early: %+v", e)
	}
	if want := []string{"snoozed by Kim []", "reopened by  []"}; !slices.Equal(d.happened(soon), want) || !slices.Equal(d.happened(written), want) {
		t.Errorf("happened %q and %q", d.happened(soon), d.happened(written))
	}
	if told := d.heard(chat.EventInbox); len(told) != 1 || told[0].Conversation != soon {
		t.Errorf("told %+v", told)
	}
}

// TestManyWake: more than one transaction takes.
func TestManyWake(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const many = 201
	d.write(func(tx store.Tx) error {
		for range many {
			c := chat.Conversation{App: app, ID: chat.ConversationID(chat.NewID(start)), Type: chat.SDKGroup, CreatedAt: start}
			if err := tx.InsertConversation(c); err != nil {
				return err
			}
			e := chat.InboxEntry{App: app, Conversation: c.ID, Status: chat.InboxSnoozed, SnoozedUntil: start}
			if _, err := tx.InsertInboxEntry(e); err != nil {
				return err
			}
		}
		return nil
	})
	d.must(d.Wake(t.Context()))
	if told := d.heard(chat.EventInbox); len(told) != many {
		t.Errorf("%d woke", len(told))
	}
}
