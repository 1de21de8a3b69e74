package inbox_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/broker"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const (
	app = chat.AppID("0000000000000000000000aa")
	ana = chat.UserID("0000000000000000000000a1")
	ben = chat.UserID("0000000000000000000000b2")
	kim = chat.AgentID("0000000000000000000000c1")
	lou = chat.AgentID("0000000000000000000000c2")
)

var start = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// desk is an inbox over a real database, beside messaging, in an app with two users and two agents. Its clock stands still until it is moved.
type desk struct {
	*testing.T
	*inbox.Service
	messages *messaging.Service
	plain    store.Store

	mu     sync.Mutex
	now    time.Time
	events []chat.Event
	sent   int
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	url := sqlitetest.New(t)
	if os.Getenv("PARLOR_TEST_DATABASE") == "postgres" {
		url = pgtest.New(t)
	}
	return newDeskAt(t, url)
}

func newDeskAt(t *testing.T, url string) *desk {
	t.Helper()
	d := &desk{T: t, now: start}
	s, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: url, Listener: d})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d.plain = s
	d.messages = messaging.New(inbox.Store(s), &broker.Memory{}, d.clock)
	d.Service = inbox.New(inbox.Store(s), d, d.messages, d.clock)
	d.write(func(tx store.Tx) error {
		if err := tx.InsertApp(&chat.App{ID: app, IntegrationID: "0000000000000000000000bb", Settings: chat.DefaultAppSettings(), CreatedAt: start}); err != nil {
			return err
		}
		for i, id := range []chat.UserID{ana, ben} {
			user := chat.User{App: app, ID: id, Number: int64(i + 1), ExternalID: "ext-" + string(id[22:]), Profile: chat.Profile{GivenName: "User"}, Seat: true}
			if err := tx.InsertUser(user); err != nil {
				return err
			}
		}
		for name, id := range map[string]chat.AgentID{"Kim": kim, "Lou": lou} {
			if err := tx.InsertAgent(chat.Agent{ID: id, Email: name + "@x.example", Name: name}); err != nil {
				return err
			}
			if err := tx.PutMembership(chat.Membership{App: app, Agent: id, Role: chat.RoleAgent}); err != nil {
				return err
			}
		}
		return nil
	})
	return d
}

func (d *desk) Committed(events []chat.Event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.events = append(d.events, events...)
}

// Publish is told of passing signs.
func (d *desk) Publish(events []chat.Event) { d.Committed(events) }

func (d *desk) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

func (d *desk) later(by time.Duration) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(by)
	return d.now
}

// heard are the events of a kind since it was asked last.
func (d *desk) heard(kind chat.EventKind) (found []chat.Event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.events = slices.DeleteFunc(d.events, func(e chat.Event) bool {
		if e.Kind == kind {
			found = append(found, e)
		}
		return e.Kind == kind
	})
	return found
}

func (d *desk) write(f func(store.Tx) error) {
	d.Helper()
	if err := d.plain.Write(context.Background(), f); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) wantCode(err error, code string) {
	d.Helper()
	if chat.CodeOf(err) != code {
		d.Fatalf("got %v, want code %s", err, code)
	}
}

func agent(id chat.AgentID) chat.Principal {
	names := map[chat.AgentID]string{kim: "Kim", lou: "Lou"}
	return chat.Principal{App: app, Agent: &chat.AgentAtWork{ID: id, Name: names[id], Role: chat.RoleAgent}}
}

func user(id chat.UserID) chat.Principal {
	return chat.Principal{App: app, Session: &chat.Session{App: app, User: id, Client: chat.ClientID(id), Assurance: chat.AssuranceSigned}}
}

var key = chat.Principal{App: app, Key: &chat.Key{ID: "app_x"}, Scope: chat.ScopeApp}

// sends posts a message under a new id.
func (d *desk) sends(p chat.Principal, in messaging.SendInput) chat.Message {
	d.Helper()
	d.mu.Lock()
	d.sent++
	in.ClientMessageID = fmt.Sprint("m", d.sent)
	d.mu.Unlock()
	if in.Content.Text == "" {
		in.Content.Text = "hello"
	}
	in.Content.Type, in.Anyway = chat.ContentText, true
	sent, err := d.messages.Send(context.Background(), p, in)
	d.must(err)
	return sent.Message
}

// asks has a user write in their conversation, and answers has an agent answer there.
func (d *desk) asks(id chat.UserID) chat.ConversationID {
	d.Helper()
	return d.sends(user(id), messaging.SendInput{}).Conversation
}

func (d *desk) answers(id chat.AgentID, conversation chat.ConversationID) {
	d.Helper()
	d.sends(agent(id), sendTo(conversation))
}

func sendTo(conversation chat.ConversationID) messaging.SendInput {
	return messaging.SendInput{Conversation: conversation}
}

func (d *desk) entry(id chat.ConversationID) chat.InboxEntry {
	d.Helper()
	row, err := d.Get(context.Background(), agent(kim), id)
	d.must(err)
	return row.Entry
}

func (d *desk) changes(id chat.ConversationID, change inbox.Change) chat.InboxEntry {
	d.Helper()
	row, err := d.Change(context.Background(), agent(kim), id, change)
	d.must(err)
	return row.Entry
}

// wantEntry compares an entry in all but its place and the count of what happened.
func (d *desk) wantEntry(id chat.ConversationID, want chat.InboxEntry) {
	d.Helper()
	got := d.entry(id)
	want.LastOrdinal, want.OpenedAt, want.AnsweredAt, want.AnsweredBy = got.LastOrdinal, got.OpenedAt, got.AnsweredAt, got.AnsweredBy
	if !got.Equal(want) {
		d.Errorf("got %+v, want %+v", got, want)
	}
}

// happened says in words what happened in a conversation.
func (d *desk) happened(id chat.ConversationID) (all []string) {
	d.Helper()
	d.must(d.plain.Read(context.Background(), func(tx store.Tx) error {
		happenings, err := tx.ListHappenings(store.ItemPage{App: app, Conversation: id, Before: 999, Limit: 999})
		for _, h := range happenings {
			all = append(all, fmt.Sprint(h.Type, " by ", h.By.Name, " ", h.Team.Name, h.To.Name, h.Tags))
		}
		return err
	}))
	return all
}

func newConversation(first messaging.SendInput) messaging.CreateInput {
	return messaging.CreateInput{Messages: []messaging.SendInput{first}}
}
