package directory_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// signed is a verifier that takes the assertion from a table: the token is its name.
type signed map[string]chat.Assertion

func (s signed) Verify(_ context.Context, app chat.App, c directory.Credential) (chat.Assertion, error) {
	a, ok := s[c.Token]
	if !ok {
		return a, chat.InvalidAuth(chat.ReasonSignatureInvalid, "", "no such token in the test", "")
	}
	a.App, a.Door, a.Key = app.ID, c.Door, "app_test"
	return a, nil
}

// heard collects events.
type heard struct {
	mu     sync.Mutex
	events []chat.Event
}

func (h *heard) Committed(events []chat.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, events...)
}

func (h *heard) ended() []chat.EndedSessions {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []chat.EndedSessions
	for _, e := range h.events {
		if e.Ended != nil {
			all = append(all, *e.Ended)
		}
	}
	return all
}

func (h *heard) kinds() map[chat.EventKind]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	count := map[chat.EventKind]int{}
	for _, e := range h.events {
		count[e.Kind]++
	}
	return count
}

// house is a directory over a real database with one app.
type house struct {
	*testing.T
	*directory.Service
	store  store.Store
	heard  *heard
	tokens signed
	mails  *[]string // what was sent
	app    chat.App
	now    time.Time
}

func newHouse(t *testing.T, change ...func(*chat.AppSettings)) *house {
	t.Helper()
	h := &house{T: t, heard: &heard{}, tokens: signed{}, mails: &[]string{}, now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	s, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: sqlitetest.New(t), Listener: h.heard,
		Clock: func() time.Time { return h.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	h.store = s
	h.app = chat.App{ID: "0000000000000000000000aa", IntegrationID: "0000000000000000000000bb", Name: "Test",
		Settings: chat.DefaultAppSettings(), CreatedAt: h.now}
	for _, f := range change {
		f(&h.app.Settings)
	}
	h.write(func(tx store.Tx) error {
		if err := tx.InsertApp(&h.app); err != nil {
			return err
		}
		return tx.InsertKey(chat.Key{ID: "app_test", App: h.app.ID, Uses: []chat.Use{chat.UseSDK}, CreatedAt: h.now})
	})
	h.Service = directory.New(s, h.tokens, h.codes(), func() time.Time { return h.now }, slog.New(slog.DiscardHandler))
	return h
}

func (h *house) write(f func(store.Tx) error) {
	h.Helper()
	if err := h.store.Write(context.Background(), f); err != nil {
		h.Fatal(err)
	}
}

// comes signs in with the token, replacing a session.
func (h *house) comes(door chat.Door, token, replaces string) (directory.SignedIn, error) {
	return h.SignIn(context.Background(), h.app, directory.SignInInput{
		Credential: directory.Credential{Door: door, Presented: token != "", Token: token}, Replaces: replaces})
}

func (h *house) in(door chat.Door, token, replaces string) directory.SignedIn {
	h.Helper()
	out, err := h.comes(door, token, replaces)
	if err != nil {
		h.Fatalf("%s %s: %v", door, token, err)
	}
	return out
}

func (h *house) anonymous() directory.SignedIn { h.Helper(); return h.in("", "", "") }

// talks gives the user of a session a conversation with one message.
func (h *house) talks(who directory.SignedIn) chat.ConversationID {
	h.Helper()
	id := chat.ConversationID(chat.NewID(h.now))
	h.write(func(tx store.Tx) error {
		if err := tx.InsertConversation(chat.Conversation{App: h.app.ID, ID: id, Type: chat.Personal, CreatedAt: h.now}); err != nil {
			return err
		}
		_, has, err := tx.FindDefault(h.app.ID, who.User.ID)
		if err != nil {
			return err
		}
		return tx.InsertParticipant(chat.Participant{App: h.app.ID, Conversation: id, ID: chat.ParticipantID(chat.NewID(h.now)),
			User: who.User.ID, Default: !has, JoinedAt: h.now})
	})
	return id
}

func (h *house) conversations(user chat.UserID) []chat.ConversationID {
	h.Helper()
	var ids []chat.ConversationID
	err := h.store.Read(context.Background(), func(tx store.Tx) error {
		list, err := tx.ListConversations(store.ConversationPage{App: h.app.ID, User: user, Span: store.Span{Limit: 100}})
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return ids
}

func (h *house) seatsUsed() int64 {
	h.Helper()
	var used int64
	if err := h.store.Read(context.Background(), func(tx store.Tx) error {
		app, err := tx.GetApp(h.app.ID)
		used = app.SeatsUsed
		return err
	}); err != nil {
		h.Fatal(err)
	}
	return used
}

func external(id string) chat.Assertion {
	return chat.Assertion{Subject: chat.SubjectExternalID, ExternalID: id}
}

func byEmail(address string) chat.Assertion {
	normal, _ := chat.NormalEmail(address)
	return chat.Assertion{Subject: chat.SubjectEmail, Email: normal, EmailAsWritten: address, EmailVerified: true}
}

func withEmail(a chat.Assertion, address string) chat.Assertion {
	b := byEmail(address)
	a.Email, a.EmailAsWritten, a.EmailVerified = b.Email, b.EmailAsWritten, true
	return a
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if chat.CodeOf(err) != code {
		t.Fatalf("got %v, want code %s", err, code)
	}
}

func wantReason(t *testing.T, err error, reason chat.Reason, claim string) {
	t.Helper()
	e, ok := chat.AsError(err)
	if !ok || e.Reason != reason || e.Field != claim {
		t.Fatalf("got %v, want reason %s of %s", err, reason, claim)
	}
}

func TestSDKDoor(t *testing.T) {
	t.Parallel()
	t.Run("the first sign-in makes the user, the next finds it", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.tokens["ana"] = external("u-1")
		first, second := h.in("sdk", "ana", ""), h.in("sdk", "ana", "")
		if first.User.ID != second.User.ID || first.User.Number != 1 || h.seatsUsed() != 1 {
			t.Fatalf("%+v then %+v, seats %d", first.User, second.User, h.seatsUsed())
		}
		if first.Token == second.Token || first.Client.ID == second.Client.ID {
			t.Fatal("two browsers got one session or one client")
		}
	})
	t.Run("a verified address of somebody else moves nothing and is recorded", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.tokens["ana"] = withEmail(external("u-1"), "ana@example.com")
		h.tokens["eve"] = withEmail(external("u-2"), "Ana@Example.com")
		ana, eve := h.in("sdk", "ana", ""), h.in("sdk", "eve", "")
		h.in("sdk", "eve", "")
		if ana.User.ID == eve.User.ID {
			t.Fatal("the address joined two people")
		}
		var conflicts []chat.IdentityConflict
		h.write(func(tx store.Tx) (err error) {
			conflicts, err = tx.ListConflicts(store.ConflictPage{App: h.app.ID, Limit: 10})
			return err
		})
		if len(conflicts) != 1 || conflicts[0].User != eve.User.ID || conflicts[0].Owner != ana.User.ID || conflicts[0].Times != 2 || conflicts[0].Door != chat.DoorSDK {
			t.Fatalf("conflicts: %+v", conflicts)
		}
	})
	t.Run("an external id that is an internal id of another user is refused", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.tokens["ana"] = external("u-1")
		h.tokens["thief"] = external(string(h.in("sdk", "ana", "").User.ID))
		_, err := h.comes("sdk", "thief", "")
		wantReason(t, err, chat.ReasonClaimInvalid, "external_id")
	})
	t.Run("a signed name is shown", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		a := external("u-1")
		a.Name = "Ana"
		h.tokens["ana"] = a
		h.in("sdk", "ana", "")
		a.Name = "Ana Almeida"
		h.tokens["ana"] = a
		if got := h.in("sdk", "ana", "").User.Name(); got != "Ana Almeida" {
			t.Fatalf("name is %q", got)
		}
	})
}

func TestCodeDoor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		assertion chat.Assertion
		code      string
	}{
		{"an unknown number", chat.Assertion{Subject: chat.SubjectNumber, Number: 99}, "user_not_found"},
		{"an unknown address", byEmail("nobody@example.com"), "user_not_found"},
		{"a number with another user.id", chat.Assertion{Subject: chat.SubjectNumber, Number: 1, AlsoExternalID: "u-2"}, "invalid_auth"},
		{"a number with its own user.id", chat.Assertion{Subject: chat.SubjectNumber, Number: 1, AlsoExternalID: "u-1"}, ""},
		{"a number", chat.Assertion{Subject: chat.SubjectNumber, Number: 1}, ""},
		{"a known address", byEmail("ana@example.com"), ""},
		{"a known user.id", external("u-1"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.tokens["ana"] = withEmail(external("u-1"), "ana@example.com")
			ana := h.in("code", "ana", "")
			h.tokens["link"] = c.assertion
			out, err := h.comes("code", "link", "")
			if chat.CodeOf(err) != c.code {
				t.Fatalf("got %v, want %q", err, c.code)
			}
			if err == nil && out.User.ID != ana.User.ID {
				t.Fatal("found somebody else")
			}
			if h.seatsUsed() != 1 {
				t.Fatalf("%d seats are used", h.seatsUsed())
			}
		})
	}
	t.Run("metadata is brought up to date at each sign-in", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		a := external("u-1")
		for _, plan := range []string{"silver", "gold"} {
			a.Attributes = chat.Metadata{"plan": plan}
			h.tokens["ana"] = a
			if got := h.in("code", "ana", "").User.Attributes["plan"]; got != plan {
				t.Fatalf("plan is %v, want %s", got, plan)
			}
		}
	})
	for _, link := range []bool{false, true} {
		t.Run(fmt.Sprintf("a new user.id with a known address, link_by_email %v", link), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, func(s *chat.AppSettings) { s.LinkByEmail = link })
			h.tokens["mail"] = byEmail("ana@example.com")
			ana := h.in("jsm", "mail", "")
			h.tokens["crm"] = withEmail(external("crm-1"), "ana@example.com")
			out := h.in("code", "crm", "")
			if joined := out.User.ID == ana.User.ID; joined != link {
				t.Fatalf("joined: %v", joined)
			}
			if again := h.in("code", "crm", ""); again.User.ID != out.User.ID {
				t.Fatal("the second sign-in found somebody else")
			}
		})
	}
	t.Run("a one-time code works once", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(s *chat.AppSettings) { s.OneTimeCodes = true })
		a := external("u-1")
		a.TokenID, a.ExpiresAt = "j-1", h.now.Add(time.Hour)
		h.tokens["once"] = a
		h.in("code", "once", "")
		_, err := h.comes("code", "once", "")
		wantReason(t, err, chat.ReasonTokenRevoked, "jti")
	})
}

func TestJSMDoor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := byEmail("Ana@Example.com")
	a.Name = "Ana"
	h.tokens["ana"] = a
	var wait sync.WaitGroup
	users := make([]chat.UserID, 5)
	for i := range users {
		wait.Go(func() { users[i] = h.in("jsm", "ana", "").User.ID })
	}
	wait.Wait()
	for _, id := range users {
		if id != users[0] {
			t.Fatalf("five sign-ins at once made several users: %v", users)
		}
	}
	h.tokens["folded"] = byEmail("ana@example.com")
	if out := h.in("jsm", "folded", ""); out.User.ID != users[0] || h.seatsUsed() != 1 {
		t.Fatalf("letters of another case made another user; seats %d", h.seatsUsed())
	}
}

func TestAnonymousBecomesKnown(t *testing.T) {
	t.Parallel()
	t.Run("nobody has the id: the record stays and gains it", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.tokens["ana"] = external("u-1")
		guest := h.anonymous()
		conversation := h.talks(guest)
		out := h.in("sdk", "ana", guest.Token)
		if out.User.ID != guest.User.ID || out.Merge != nil || out.Client.ID != guest.Client.ID {
			t.Fatalf("%+v became %+v, merge %v", guest.User, out.User, out.Merge)
		}
		if got := h.conversations(out.User.ID); len(got) != 1 || got[0] != conversation {
			t.Fatalf("conversations: %v", got)
		}
		if h.seatsUsed() != 1 || h.heard.kinds()[chat.EventUserUpdated] == 0 {
			t.Fatalf("seats %d, events %v", h.seatsUsed(), h.heard.kinds())
		}
		_, err := h.Authenticate(t.Context(), h.app.ID, guest.Token)
		wantCode(t, err, "session_ended")
	})
	t.Run("somebody has the id: history moves, the anonymous id is gone", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.tokens["ana"] = external("u-1")
		ana := h.in("sdk", "ana", "")
		first := h.talks(ana)
		guest := h.anonymous()
		moved := h.talks(guest)
		out := h.in("sdk", "ana", guest.Token)
		if out.User.ID != ana.User.ID || out.Merge == nil || out.Merge.Discarded != guest.User.ID {
			t.Fatalf("%+v, merge %+v", out.User, out.Merge)
		}
		if out.Client.ID != guest.Client.ID {
			t.Fatal("the browser lost its client")
		}
		if got := h.conversations(ana.User.ID); len(got) != 2 {
			t.Fatalf("conversations: %v, want %v and %v", got, first, moved)
		}
		_, err := h.GetUser(t.Context(), chat.Principal{App: h.app.ID, Operator: true}, string(guest.User.ID))
		wantCode(t, err, "user_not_found")
		h.write(func(tx store.Tx) error {
			id, _, err := tx.FindDefault(h.app.ID, ana.User.ID)
			if id != first {
				t.Errorf("the default conversation is %v, want %v", id, first)
			}
			return err
		})
	})
	t.Run("a dead or unknown session is as if it were absent", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.tokens["ana"] = external("u-1")
		guest := h.anonymous()
		if err := h.Logout(t.Context(), h.app.ID, guest.Token); err != nil {
			t.Fatal(err)
		}
		for _, token := range []string{guest.Token, "never issued"} {
			if out := h.in("sdk", "ana", token); out.User.ID == guest.User.ID || out.Merge != nil {
				t.Fatalf("history moved on a dead session: %+v", out)
			}
		}
	})
	t.Run("a refused sign-in changes nothing", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		guest := h.anonymous()
		_, err := h.comes("sdk", "unknown", guest.Token)
		wantReason(t, err, chat.ReasonSignatureInvalid, "")
		if _, err := h.Authenticate(t.Context(), h.app.ID, guest.Token); err != nil {
			t.Fatalf("the anonymous session is gone: %v", err)
		}
	})
}

func TestSwitchAndRefresh(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.tokens["ana"], h.tokens["ben"] = external("u-1"), external("u-2")
	ana := h.in("sdk", "ana", "")

	refreshed := h.in("sdk", "ana", ana.Token)
	if refreshed.Client.ID != ana.Client.ID || refreshed.Token == ana.Token || refreshed.Session.ID != ana.Session.ID {
		t.Fatalf("refresh: %+v after %+v", refreshed.Session, ana.Session)
	}
	if _, err := h.Authenticate(t.Context(), h.app.ID, ana.Token); chat.CodeOf(err) != "session_ended" {
		t.Fatalf("the former session token lives on: %v", err)
	}

	_, err := h.SignIn(t.Context(), h.app, directory.SignInInput{Replaces: refreshed.Token, Refresh: true,
		Credential: directory.Credential{Door: "sdk", Presented: true, Token: "ben"}})
	wantReason(t, err, chat.ReasonClaimInvalid, "external_id")

	ben := h.in("sdk", "ben", refreshed.Token)
	if ben.User.ID == ana.User.ID || ben.Client.ID == ana.Client.ID || ben.Merge != nil {
		t.Fatalf("switch: %+v", ben)
	}
	if _, err := h.Authenticate(t.Context(), h.app.ID, refreshed.Token); chat.CodeOf(err) != "session_ended" {
		t.Fatalf("the session of the one before lives on: %v", err)
	}
	last := h.heard.ended()
	if len(last) == 0 || last[len(last)-1].Session != ana.Session.ID || last[len(last)-1].Why != "switch" {
		t.Fatalf("ended: %+v", last)
	}
}

func TestClientOfAnotherUserIsNotTaken(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.tokens["ana"], h.tokens["ben"] = external("u-1"), external("u-2")
	ana := h.in("sdk", "ana", "")
	out, err := h.SignIn(t.Context(), h.app, directory.SignInInput{Client: chat.Client{ID: ana.Client.ID},
		Credential: directory.Credential{Door: "sdk", Presented: true, Token: "ben"}})
	if err != nil || out.Client.ID == ana.Client.ID {
		t.Fatalf("%v, client %v", err, out.Client)
	}
	if _, err := h.Authenticate(t.Context(), h.app.ID, ana.Token); err != nil {
		t.Fatalf("naming a client ended its session: %v", err)
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		door    chat.Door
		exp     time.Duration // from now; 0: none
		after   time.Duration
		renewAt time.Duration // from now; 0: never
		live    bool
	}{
		{"sdk before exp", "sdk", time.Hour, time.Hour - time.Second, time.Hour - time.Minute, true},
		{"sdk at exp", "sdk", time.Hour, time.Hour, time.Hour - time.Minute, false},
		{"sdk short token", "sdk", 90 * time.Second, 89 * time.Second, time.Minute, true},
		{"sdk taken inside the leeway", "sdk", -30 * time.Second, 29 * time.Second, 20 * time.Second, true},
		{"sdk inside the leeway, over", "sdk", -30 * time.Second, 31 * time.Second, 20 * time.Second, false},
		{"sdk without exp, idle", "sdk", 0, 31 * 24 * time.Hour, 0, false},
		{"sdk without exp", "sdk", 0, 29 * 24 * time.Hour, 0, true},
		{"jsm outlives its ticket", "jsm", 5 * time.Minute, 11 * time.Hour, 0, true},
		{"jsm idle", "jsm", 5 * time.Minute, 12*time.Hour + time.Second, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			a := external("u-1")
			if c.door == "jsm" {
				a = byEmail("ana@example.com")
			}
			if c.exp != 0 {
				a.ExpiresAt = h.now.Add(c.exp)
			}
			h.tokens["ana"] = a
			out := h.in(c.door, "ana", "")
			if got := out.RenewAt.Sub(h.now); c.renewAt == 0 != out.RenewAt.IsZero() || c.renewAt != 0 && got != c.renewAt {
				t.Errorf("renew after %v, want %v", got, c.renewAt)
			}
			h.now = h.now.Add(c.after)
			if _, err := h.Authenticate(t.Context(), h.app.ID, out.Token); (err == nil) != c.live {
				t.Fatalf("after %v: %v", c.after, err)
			}
		})
	}
}

func TestIdleSessionsLiveWhileUsed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.tokens["ana"] = byEmail("ana@example.com")
	out := h.in("jsm", "ana", "")
	end := h.now.Add(30 * 24 * time.Hour)
	for h.now = h.now.Add(11 * time.Hour); h.now.Before(end); h.now = h.now.Add(11 * time.Hour) {
		if _, err := h.Authenticate(t.Context(), h.app.ID, out.Token); err != nil {
			t.Fatalf("used every 11 hours, ended at %v: %v", h.now, err)
		}
	}
	_, err := h.Authenticate(t.Context(), h.app.ID, out.Token)
	wantCode(t, err, "session_ended")
}

func TestSeats(t *testing.T) {
	t.Parallel()
	one := int64(1)
	h := newHouse(t, func(s *chat.AppSettings) { s.Seats = &one })
	for i := range 50 {
		h.tokens[fmt.Sprint(i)] = external(fmt.Sprintf("u-%d", i))
	}
	var wait sync.WaitGroup
	var mu sync.Mutex
	admitted, refused := 0, 0
	for i := range 50 {
		wait.Go(func() {
			_, err := h.comes("sdk", fmt.Sprint(i), "")
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				admitted++
			case chat.CodeOf(err) == "seat_limit_reached":
				refused++
			default:
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if admitted != 1 || refused != 49 || h.seatsUsed() != 1 {
		t.Fatalf("%d admitted, %d refused, %d seats", admitted, refused, h.seatsUsed())
	}
	t.Run("the anonymous take none, and cannot become known", func(t *testing.T) {
		guest := h.anonymous()
		h.tokens["late"] = external("late")
		_, err := h.comes("sdk", "late", guest.Token)
		wantCode(t, err, "seat_limit_reached")
		if _, err := h.Authenticate(t.Context(), h.app.ID, guest.Token); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("deletion frees", func(t *testing.T) {
		p := chat.Principal{App: h.app.ID, Operator: true}
		for i := range 50 {
			h.DeleteUser(t.Context(), p, fmt.Sprintf("u-%d", i))
		}
		if h.seatsUsed() != 0 {
			t.Fatalf("%d seats are used", h.seatsUsed())
		}
		h.in("sdk", "7", "")
	})
}

func TestWhoMayNotComeIn(t *testing.T) {
	t.Parallel()
	t.Run("door closed", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(s *chat.AppSettings) { s.Doors = []chat.Door{chat.DoorJSM} })
		h.tokens["ana"] = external("u-1")
		_, err := h.comes("sdk", "ana", "")
		wantCode(t, err, "door_closed")
	})
	t.Run("anonymous off", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(s *chat.AppSettings) { s.Anonymous = false })
		_, err := h.comes("", "", "")
		wantCode(t, err, "anonymous_off")
	})
	t.Run("blocked", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.tokens["ana"] = external("u-1")
		ana := h.in("sdk", "ana", "")
		h.write(func(tx store.Tx) error {
			user, err := tx.LockUser(h.app.ID, ana.User.ID)
			if err != nil {
				return err
			}
			user.BlockedAt = h.now
			return tx.UpdateUser(&user)
		})
		_, err := h.comes("sdk", "ana", "")
		wantCode(t, err, "user_blocked")
	})
	t.Run("the key is revoked while the token is judged", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.tokens["ana"] = external("u-1")
		h.write(func(tx store.Tx) error {
			key, err := tx.GetKey("app_test")
			if err != nil {
				return err
			}
			key.RevokedAt = h.now
			return tx.UpdateKey(key)
		})
		_, err := h.comes("sdk", "ana", "")
		wantReason(t, err, chat.ReasonKeyUnknown, "kid")
	})
	t.Run("signed out everywhere", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		a := external("u-1")
		a.IssuedAt = h.now.Add(-time.Minute)
		h.tokens["ana"] = a
		h.tokens["undated"] = external("u-1")
		ana := h.in("sdk", "ana", "")
		p := chat.Principal{App: h.app.ID, Operator: true}
		if err := h.SignOutEverywhere(t.Context(), p, ana.User.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Authenticate(t.Context(), h.app.ID, ana.Token); chat.CodeOf(err) != "session_ended" {
			t.Fatalf("the session lives on: %v", err)
		}
		for _, token := range []string{"ana", "undated"} {
			_, err := h.comes("sdk", token, "")
			wantReason(t, err, chat.ReasonTokenRevoked, "iat")
		}
		a.IssuedAt = h.now.Add(time.Second)
		h.tokens["ana"] = a
		h.in("sdk", "ana", "")
	})
}
