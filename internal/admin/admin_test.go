package admin_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/password"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// TestMain stops the Postgres that a test started.
func TestMain(m *testing.M) { pgtest.Main(m) }

var operator = chat.Principal{Operator: true, Name: "cli"}

// house is a Service over a real store, with a clock that tests set and the events that were told.
type house struct {
	*admin.Service
	store  store.Store
	master *seal.Master

	mu     sync.Mutex // guards now and events
	now    time.Time
	events []chat.Event
}

func (h *house) Committed(events []chat.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, events...)
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// told returns the events since the last call, as "kind subject".
func (h *house) told() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []string
	for _, e := range h.events {
		subject := string(e.App)
		switch {
		case e.Ended != nil:
			subject = string(e.Ended.Key) + " " + e.Ended.Why
		case e.Key != "":
			subject = string(e.Key)
		}
		all = append(all, string(e.Kind)+" "+subject)
	}
	h.events = nil
	return all
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return newHouseAt(t, sqlitetest.New(t))
}

func newHouseAt(t *testing.T, url string) *house {
	t.Helper()
	h := &house{now: time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC), master: seal.NewMaster([32]byte{1})}
	s, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: url, Listener: h})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	h.store = s
	h.Service = admin.New(admin.Options{Store: s, Master: h.master, Now: h.clock})
	return h
}

func (h *house) app(t *testing.T) chat.App {
	t.Helper()
	app, err := h.CreateApp(t.Context(), operator, admin.AppInput{Name: "Shop"})
	if err != nil {
		t.Fatal(err)
	}
	return app
}

func (h *house) key(t *testing.T, app chat.AppID, uses ...chat.Use) (chat.Key, string) {
	t.Helper()
	key, secret, err := h.CreateKey(t.Context(), operator, admin.KeyInput{App: app, Name: "backend", Uses: uses})
	if err != nil {
		t.Fatal(err)
	}
	return key, secret
}

func (h *house) read(t *testing.T, do func(store.Tx) error) {
	t.Helper()
	if err := h.store.Read(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// audits returns the actions in the log of an app, the newest first.
func (h *house) audits(t *testing.T, app chat.AppID) string {
	t.Helper()
	var actions []string
	h.read(t, func(tx store.Tx) error {
		entries, err := tx.ListAudits(app, 0, 100)
		for _, entry := range entries {
			if entry.Actor != operator.Name || entry.Target == "" || !entry.At.Equal(h.clock()) {
				t.Errorf("entry %+v", entry)
			}
			actions = append(actions, entry.Action)
		}
		return err
	})
	return strings.Join(actions, " ")
}

func mustBe(t *testing.T, err error, kind chat.Kind, field, says string) {
	t.Helper()
	var e *chat.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Field != field || !strings.Contains(e.Message, says) {
		t.Errorf("got %#v, want kind %v, field %q, %q", err, kind, field, says)
	}
}

func TestOnlyManagersManage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	key, _ := h.key(t, app.ID, chat.UseAPI)
	before := h.audits(t, app.ID)
	for name, p := range map[string]chat.Principal{
		"nobody":      {},
		"app key":     {App: app.ID, Key: &key, Scope: chat.ScopeApp},
		"session":     {App: app.ID, Session: &chat.Session{}},
		"integration": {App: app.ID, Key: &key, Scope: chat.ScopeIntegration},
	} {
		for method, call := range map[string]func(context.Context) error{
			"CreateApp": func(ctx context.Context) error { _, err := h.CreateApp(ctx, p, admin.AppInput{Name: "x"}); return err },
			"ListApps":  func(ctx context.Context) error { _, err := h.ListApps(ctx, p, store.Span{Limit: 10}); return err },
			"SetApp":    func(ctx context.Context) error { _, err := h.SetApp(ctx, p, app.ID, admin.AppChanges{}); return err },
			"DeleteApp": func(ctx context.Context) error { return h.DeleteApp(ctx, p, app.ID) },
			"CreateKey": func(ctx context.Context) error {
				_, _, err := h.CreateKey(ctx, p, admin.KeyInput{App: app.ID, Uses: []chat.Use{chat.UseAPI}})
				return err
			},
			"ImportKey": func(ctx context.Context) error { _, err := h.ImportKey(ctx, p, admin.ImportInput{}); return err },
			"ListKeys":  func(ctx context.Context) error { _, err := h.ListKeys(ctx, p, app.ID); return err },
			"GetKey":    func(ctx context.Context) error { _, err := h.GetKey(ctx, p, app.ID, key.ID); return err },
			"RotateKey": func(ctx context.Context) error { _, _, err := h.RotateKey(ctx, p, app.ID, key.ID, 0); return err },
			"RevokeKey": func(ctx context.Context) error { _, err := h.RevokeKey(ctx, p, app.ID, key.ID); return err },
			"Rewrap":    func(ctx context.Context) error { _, err := h.RewrapSecrets(ctx, p, h.master); return err },
			"CreateAgent": func(ctx context.Context) error {
				_, err := h.CreateAgent(ctx, p, admin.AgentInput{Email: "a@example.com", Password: "long enough"})
				return err
			},
		} {
			if err := call(t.Context()); chat.KindOf(err) != chat.Forbidden {
				t.Errorf("%s by %s: %v", method, name, err)
			}
		}
	}
	if after := h.audits(t, app.ID); after != before {
		t.Errorf("something was done: %s", after)
	}
}

func TestAppLife(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	app := h.app(t)
	if !chat.IsID(string(app.ID)) || !chat.IsID(string(app.IntegrationID)) || app.Ordinal != 1 || !app.Settings.Anonymous {
		t.Errorf("got %+v", app)
	}
	if got := h.told(); len(got) != 1 || got[0] != "app:update "+string(app.ID) {
		t.Errorf("told %v", got)
	}
	if got, err := h.GetApp(t.Context(), operator, app.ID); err != nil || got.Name != "Shop" || got.IntegrationID != app.IntegrationID {
		t.Errorf("got %+v, %v", got, err)
	}
	second := h.app(t)
	if page, err := h.ListApps(t.Context(), operator, store.Span{Limit: 1000}); err != nil || len(page.Records) != 2 || page.Records[0].ID != app.ID {
		t.Errorf("got %v, %v", page, err)
	}
	if page, err := h.ListApps(t.Context(), operator, store.Span{After: string(app.ID), Limit: 1}); err != nil || len(page.Records) != 1 || page.Records[0].ID != second.ID {
		t.Errorf("got %v, %v", page, err)
	}

	key, _ := h.key(t, app.ID, chat.UseAPI)
	own := chat.Principal{App: app.ID, Key: &key, Scope: chat.ScopeApp}
	if _, err := h.GetApp(t.Context(), own, app.ID); err != nil {
		t.Errorf("its own key: %v", err)
	}
	if _, err := h.GetApp(t.Context(), own, second.ID); chat.KindOf(err) != chat.NotFound {
		t.Errorf("another's key: %v", err)
	}

	h.told()
	if err := h.DeleteApp(t.Context(), operator, app.ID); err != nil {
		t.Fatal(err)
	}
	want := "app:update " + string(app.ID) + ", key:update " + string(key.ID) + ", sessions:end " + string(key.ID) + " revoked"
	if got := strings.Join(h.told(), ", "); got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	if got := h.audits(t, ""); got != "app.delete" {
		t.Errorf("audits %s", got)
	}
	for method, err := range map[string]error{
		"DeleteApp": h.DeleteApp(t.Context(), operator, app.ID),
		"GetApp":    second2(h.GetApp(t.Context(), operator, app.ID)),
		"SetApp":    second2(h.SetApp(t.Context(), operator, app.ID, admin.AppChanges{Settings: map[string]string{"name": "x"}})),
		"ListKeys":  second2(h.ListKeys(t.Context(), operator, app.ID)),
		"GetKey":    second2(h.GetKey(t.Context(), operator, "", key.ID)),
		"CreateKey": third(h.CreateKey(t.Context(), operator, admin.KeyInput{App: app.ID, Uses: []chat.Use{chat.UseAPI}})),
	} {
		if chat.KindOf(err) != chat.NotFound {
			t.Errorf("%s after the deletion: %v", method, err)
		}
	}
}

func second2[T any](_ T, err error) error       { return err }
func third[A, B any](_ A, _ B, err error) error { return err }

func TestNames(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, name := range []string{"", " ", " x", "x ", "a\nb", "a\u200bb", "\xFF", strings.Repeat("é", 101)} {
		_, err := h.CreateApp(t.Context(), operator, admin.AppInput{Name: name})
		mustBe(t, err, chat.Invalid, "name", "must")
	}
	if _, err := h.CreateApp(t.Context(), operator, admin.AppInput{Name: strings.Repeat("é", 100)}); err != nil {
		t.Error(err)
	}
}

func TestCreateAgent(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	agent, err := h.CreateAgent(t.Context(), operator, admin.AgentInput{Email: "Ana@Example.com", Name: "Ana", Password: "correct horse", Admin: true})
	if err != nil || agent.Email != "ana@example.com" || agent.Name != "Ana" || !agent.Admin {
		t.Fatalf("got %+v, %v", agent, err)
	}
	if !strings.HasPrefix(agent.PasswordHash, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(agent.PasswordHash, "horse") {
		t.Errorf("hash %s", agent.PasswordHash)
	}
	for given, want := range map[string]bool{"correct horse": true, "correct horse ": false, "Correct horse": false, "": false} {
		if got := password.Matches(agent.PasswordHash, given); got != want {
			t.Errorf("%q matches: %v", given, got)
		}
	}
	_, err = h.CreateAgent(t.Context(), operator, admin.AgentInput{Email: "ANA@example.com", Password: "another one"})
	mustBe(t, err, chat.Conflict, "email", "")
	_, err = h.CreateAgent(t.Context(), operator, admin.AgentInput{Email: "ana@münchen.example", Password: "another one"})
	mustBe(t, err, chat.Invalid, "email", "ASCII")
	for _, given := range []string{"", "1234567", strings.Repeat("x", 1025)} {
		_, err = h.CreateAgent(t.Context(), operator, admin.AgentInput{Email: "ben@example.com", Password: given})
		mustBe(t, err, chat.Invalid, "password", "from 8 to 1024")
	}
	if got := h.audits(t, ""); got != "agent.create" {
		t.Errorf("audits %s", got)
	}
}
