// Package servertest runs a whole server inside a test: a real database in a folder of the test, real HTTP and real
// sockets on loopback, an app with keys, and actors who use it from outside. With PARLOR_TEST_DATABASE=postgres the same
// tests run on a throwaway Postgres.
package servertest

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/eventlog"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/server"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
)

// Env is a running server and what a test needs to use it.
type Env struct {
	*testing.T
	URL  string // of the server
	App  chat.App
	Key  Key // good for api and sdk, as the documented keys are
	Data config.Store
	Logs *Logs

	server *server.Server
	stop   func()
}

// SetUpToken is what the link holds by which the first account of the console is made.
func (e *Env) SetUpToken() string {
	e.Helper()
	link, err := e.server.SetUpLink(e.Context())
	if err != nil {
		e.Fatal(err)
	}
	_, token, _ := strings.Cut(link, "#")
	return token
}

// Key is a key with its secret.
type Key struct {
	ID     string
	Secret string
}

// Option changes the settings before the start.
type Option func(*config.Server)

// operator is who sets a test up.
var operator = chat.Principal{Operator: true, Name: "test"}

// Start runs a server until the test ends. Limits on failures and messages are off unless an option sets them.
func Start(t *testing.T, options ...Option) *Env {
	t.Helper()
	settings := config.Server{Addr: "127.0.0.1:0", Store: config.Store{Data: filepath.Join(t.TempDir(), "data")},
		WebhookPause: 20 * time.Millisecond, OutboundAllow: []string{"127.0.0.1/32"}}
	if os.Getenv("PARLOR_TEST_DATABASE") == "postgres" {
		settings.Database = pgtest.New(t)
	} else {
		prepare(t, settings.Data)
	}
	for _, option := range options {
		option(&settings)
	}
	e := &Env{T: t, Data: settings.Store, Logs: &Logs{}}
	e.Admin(func(ctx context.Context, a *admin.Service) error {
		var err error
		if e.App, err = a.CreateApp(ctx, operator, admin.AppInput{Name: "Test"}); err != nil {
			return err
		}
		e.Key, err = newKey(ctx, a, e.App.ID, chat.UseAPI, chat.UseSDK)
		return err
	})
	e.run(settings)
	t.Cleanup(func() {
		e.stop()
		e.checkLogs()
	})
	return e
}

// prepare puts a database into a new data folder.
func prepare(t *testing.T, folder string) {
	t.Helper()
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	sqlitetest.In(t, folder)
}

// neverLogged are what no line of a log may hold: tokens, addresses, query strings (security rule 56).
var neverLogged = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{8,}\.|[a-z]@[a-z]+\.example|@example\.com|[?&](page|filter|externalAuthCode)[^"]*=`)

func (e *Env) checkLogs() {
	for line := range strings.Lines(e.Logs.String()) {
		if found := neverLogged.FindString(line); found != "" || strings.Contains(line, e.Key.Secret) {
			e.Errorf("a line of the log tells too much (%q): %s", found, line)
		}
	}
}

// On runs a server on data that are there already, with an app and a key in them.
func On(t *testing.T, settings config.Server, app chat.AppID, key Key) *Env {
	t.Helper()
	e := &Env{T: t, Data: settings.Store, Logs: &Logs{}, App: chat.App{ID: app}, Key: key}
	e.run(settings)
	t.Cleanup(func() { e.stop() })
	return e
}

func (e *Env) run(settings config.Server) {
	e.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := server.New(ctx, settings, slog.New(slog.NewJSONHandler(e.Logs, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		cancel()
		e.Fatal(err)
	}
	e.server, e.URL = s, "http://"+s.Addr()
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	e.stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				e.Errorf("the server stopped with %v", err)
			}
		case <-time.After(20 * time.Second):
			e.Error("the server did not stop within 20 seconds")
		}
	})
}

// In is the same server for a subtest.
func (e *Env) In(t *testing.T) *Env {
	inside := *e
	inside.T = t
	return &inside
}

// Stop ends the server and waits for it.
func (e *Env) Stop() { e.stop() }

// Admin runs f as the operator, in a process of its own as far as the server can tell.
func (e *Env) Admin(f func(context.Context, *admin.Service) error) {
	e.Helper()
	data, err := server.Open(e.Context(), e.Data, eventlog.Unheard{}, slog.New(slog.DiscardHandler))
	if err != nil {
		e.Fatal(err)
	}
	defer data.Store.Close()
	if err := f(e.Context(), admin.New(admin.Options{Store: data.Store, Master: data.Master, Now: time.Now})); err != nil {
		e.Fatal(err)
	}
}

// Read looks into the data beside the running server.
func (e *Env) Read(f func(store.Tx) error) {
	e.Helper()
	data, err := server.Open(e.Context(), e.Data, eventlog.Unheard{}, slog.New(slog.DiscardHandler))
	if err != nil {
		e.Fatal(err)
	}
	defer data.Store.Close()
	if err := data.Store.Read(e.Context(), f); err != nil {
		e.Fatal(err)
	}
}

// Set changes settings of the app by name, as the command line does, and waits until the server has heard of it.
func (e *Env) Set(values map[string]string) {
	e.Helper()
	e.SetOf(e.App.ID, values)
}

// SetOf is Set of any app.
func (e *Env) SetOf(app chat.AppID, values map[string]string) {
	e.Helper()
	seen := e.hears(chat.EventAppChanged)
	e.Admin(func(ctx context.Context, a *admin.Service) error {
		_, err := a.SetApp(ctx, operator, app, admin.AppChanges{Settings: values})
		return err
	})
	e.await(seen)
}

// hears returns a channel that is closed when the server hears of an event of the kind.
func (e *Env) hears(kind chat.EventKind) <-chan struct{} {
	seen := make(chan struct{})
	once := sync.OnceFunc(func() { close(seen) })
	e.Cleanup(e.server.Subscribe(func(events []chat.Event) {
		for _, event := range events {
			if event.Kind == kind {
				once()
			}
		}
	}))
	return seen
}

func (e *Env) await(seen <-chan struct{}) {
	e.Helper()
	select {
	case <-seen:
	case <-time.After(10 * time.Second):
		e.Fatal("the server did not hear of a change by another process within 10 seconds")
	}
}

// NewKey makes a key of the app.
func (e *Env) NewKey(uses ...chat.Use) (key Key) {
	e.Helper()
	e.Admin(func(ctx context.Context, a *admin.Service) error {
		var err error
		key, err = newKey(ctx, a, e.App.ID, uses...)
		return err
	})
	return key
}

// NewApp makes another app with a key.
func (e *Env) NewApp(name string) (app chat.App, key Key) {
	e.Helper()
	e.Admin(func(ctx context.Context, a *admin.Service) error {
		var err error
		if app, err = a.CreateApp(ctx, operator, admin.AppInput{Name: name}); err != nil {
			return err
		}
		key, err = newKey(ctx, a, app.ID, chat.UseAPI, chat.UseSDK)
		return err
	})
	return app, key
}

func newKey(ctx context.Context, a *admin.Service, app chat.AppID, uses ...chat.Use) (Key, error) {
	key, secret, err := a.CreateKey(ctx, operator, admin.KeyInput{App: app, Uses: uses})
	return Key{ID: string(key.ID), Secret: secret}, err
}

// Token signs claims with a key as an integrator's backend would.
func (k Key) Token(t *testing.T, claims map[string]any) string {
	t.Helper()
	return k.sign(t, claims, map[string]any{"kid": k.ID})
}

// TokenWithoutKid is Token for the doors whose documented tokens do not name their key.
func (k Key) TokenWithoutKid(t *testing.T, claims map[string]any) string {
	t.Helper()
	return k.sign(t, claims, nil)
}

func (k Key) sign(t *testing.T, claims, header map[string]any) string {
	t.Helper()
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims(claims))
	maps.Copy(token.Header, header)
	signed, err := token.SignedString([]byte(k.Secret))
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// UserToken is the documented token of a user, good for an hour.
func (e *Env) UserToken(externalID string) string {
	e.Helper()
	return e.Key.Token(e.T, map[string]any{"scope": "user", "external_id": externalID,
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix()})
}

// client shows redirects as they are.
var client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// Do sends a request and returns status, header and body. Headers are given as "Name: value".
func (e *Env) Do(method, path, body string, headers ...string) (int, http.Header, []byte) {
	e.Helper()
	request, err := http.NewRequestWithContext(e.Context(), method, e.URL+path, bytes.NewReader([]byte(body)))
	if err != nil {
		e.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for _, header := range headers {
		name, value, _ := bytes.Cut([]byte(header), []byte(": "))
		request.Header.Set(string(name), string(value))
		if string(name) == "Host" {
			request.Host = string(value)
		}
	}
	response, err := client.Do(request)
	if err != nil {
		e.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		e.Fatal(err)
	}
	return response.StatusCode, response.Header, raw
}

// Logs keeps all that the server logs.
type Logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *Logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *Logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Basic is the header by which a program calls with the key.
func (k Key) Basic() string {
	return "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(k.ID+":"+k.Secret))
}
