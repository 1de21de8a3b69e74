package realtime

import (
	"strings"
	"sync"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
)

// line is a client's end: it takes what is flushed, unless it is stuck.
type line struct {
	connection *Connection
	stuck      bool

	mu      sync.Mutex
	got     []string
	code    int
	changed int
}

func (l *line) Flush() {
	if l.stuck {
		return
	}
	for taken := l.connection.Take(); len(taken) > 0; taken = l.connection.Take() {
		l.mu.Lock()
		for _, event := range taken {
			l.got = append(l.got, string(event))
		}
		l.mu.Unlock()
	}
}

func (l *line) Hangup(code int, _ string) { l.code = code }
func (l *line) UserChanged()              { l.changed++ }

func connect(h *Hub, user chat.UserID, session chat.SessionID) *line {
	l := &line{}
	l.connection = NewConnection(chat.Session{App: "app", User: user, ID: session, Client: chat.ClientID("c" + session), Key: "key"}, l)
	h.Add(l.connection)
	l.Flush() // lets go of what NewConnection holds
	return l
}

func message(author chat.UserID, audience ...chat.UserID) chat.Event {
	return chat.Event{Kind: chat.EventMessage, App: "app", Conversation: "conv", Change: 1, Audience: audience,
		Message: &chat.Message{ID: "m", Number: 1, Author: chat.Author{Type: chat.AuthorUser, User: author},
			Origin:  chat.Origin{Type: "web", Client: "ca", ClientMessageID: "secret-id"},
			Content: chat.Content{Type: chat.ContentText, Text: "hello"}}}
}

func TestDeliverReachesTheAudienceOnly(t *testing.T) {
	t.Parallel()
	h := NewHub(nil)
	phone, desk, ben, eve := connect(h, "ana", "a"), connect(h, "ana", "b"), connect(h, "ben", "d"), connect(h, "eve", "e")
	h.Deliver([]chat.Event{message("ana", "ana", "ben")})
	for name, l := range map[string]*line{"phone": phone, "desk": desk} {
		if len(l.got) != 1 || !strings.Contains(l.got[0], "secret-id") {
			t.Errorf("%s of the author got %v", name, l.got)
		}
	}
	if len(ben.got) != 1 || strings.Contains(ben.got[0], "secret-id") || strings.Contains(ben.got[0], `"ca"`) {
		t.Errorf("the other participant got %v", ben.got)
	}
	if len(eve.got) != 0 {
		t.Errorf("a stranger got %v", eve.got)
	}
	h.Remove(desk.connection)
	h.Deliver([]chat.Event{message("ana", "ana")})
	if len(phone.got) != 2 || len(desk.got) != 1 {
		t.Errorf("after it left, desk has %d, phone %d", len(desk.got), len(phone.got))
	}
	other := message("ana", "ana")
	other.App = "another app"
	h.Deliver([]chat.Event{other})
	if len(phone.got) != 2 {
		t.Error("an event of another app came through")
	}
}

func TestSlowReaderIsClosed(t *testing.T) {
	t.Parallel()
	h := NewHub(nil)
	slow := connect(h, "ana", "a")
	slow.stuck = true
	for range maxQueued {
		h.Deliver([]chat.Event{message("ben", "ana")})
	}
	if slow.code != 0 {
		t.Fatalf("closed with %d while there is room", slow.code)
	}
	h.Deliver([]chat.Event{message("ben", "ana")})
	if slow.code != CloseTooSlow || slow.connection.Take() != nil {
		t.Fatalf("closed with %d", slow.code)
	}
}

func TestHeldConnectionKeepsOrder(t *testing.T) {
	t.Parallel()
	h := NewHub(nil)
	l := &line{}
	l.connection = NewConnection(chat.Session{App: "app", User: "ana", ID: "a"}, l)
	h.Add(l.connection)
	h.Deliver([]chat.Event{message("ben", "ana")})
	if len(l.got) != 0 {
		t.Fatal("a held connection was flushed")
	}
	l.connection.Prepend([][]byte{[]byte("welcome")})
	l.Flush()
	if len(l.got) != 2 || l.got[0] != "welcome" {
		t.Fatalf("%v", l.got)
	}
	if !l.connection.Hold() || l.connection.Hold() {
		t.Fatal("one holds an idle connection, and only one")
	}
}

func TestEndedSessionsAreClosed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		user   chat.UserID
		over   chat.EndedSessions
		closed string
	}{
		"one session":         {"ana", chat.EndedSessions{Session: "a"}, "a"},
		"one client":          {"ana", chat.EndedSessions{Client: "cb"}, "b"},
		"a user":              {"ana", chat.EndedSessions{User: "ana"}, "ab"},
		"a key":               {"", chat.EndedSessions{Key: "key"}, "abd"},
		"another key":         {"", chat.EndedSessions{Key: "key2"}, ""},
		"a session of nobody": {"ana", chat.EndedSessions{Session: "d"}, ""},
	} {
		h := NewHub(nil)
		lines := map[string]*line{"a": connect(h, "ana", "a"), "b": connect(h, "ana", "b"), "d": connect(h, "ben", "d")}
		before := h.Ends()
		h.Deliver([]chat.Event{{Kind: chat.EventSessionsEnded, App: "app", User: c.user, Ended: &c.over}})
		if h.Ends() == before {
			t.Errorf("%s: the count of ends did not move", name)
		}
		for session, l := range lines {
			if closed := l.code == CloseSessionEnded; closed != strings.Contains(c.closed, session) {
				t.Errorf("%s: session %s closed: %v", name, session, closed)
			}
		}
	}
}

func TestUserEventsReachTheirUser(t *testing.T) {
	t.Parallel()
	h := NewHub(nil)
	ana, ben := connect(h, "ana", "a"), connect(h, "ben", "b")
	h.Deliver([]chat.Event{{Kind: chat.EventUserUpdated, App: "app", User: "ana"}})
	if ana.changed != 1 || ben.changed != 0 {
		t.Fatalf("%d and %d", ana.changed, ben.changed)
	}
}

// TestConcurrentUse is for the race detector.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	h := NewHub(nil)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 200 {
				l := connect(h, "ana", "a")
				h.Deliver([]chat.Event{message("ana", "ana")})
				h.Remove(l.connection)
				l.connection.Close(CloseRestart, "")
			}
		})
	}
	wait.Wait()
	if left := len(h.connections(person{"app", "ana"})); left != 0 {
		t.Fatalf("%d connections are left", left)
	}
}
