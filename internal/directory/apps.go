package directory

import (
	"cmp"
	"context"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// appsFresh is how long a cached app may be used: a change by another process is seen within it.
const appsFresh = time.Second

// Apps finds apps for the doors, which ask for one with every request. It is safe for concurrent use.
type Apps struct {
	store store.Store
	now   func() time.Time

	mu    sync.Mutex // guards known
	known map[string]knownApp
}

type knownApp struct {
	app   chat.App
	until time.Time
}

// NewApps returns an empty cache.
func NewApps(s store.Store, now func() time.Time) *Apps {
	return &Apps{store: s, now: now, known: make(map[string]knownApp)}
}

// Find returns the app with the id, or with a web integration of the id, as that integration shows it; NotFound
// app_not_found.
func (a *Apps) Find(ctx context.Context, id string) (chat.App, error) {
	return a.cached(ctx, id, func(tx store.Tx) (chat.App, error) {
		app, err := tx.GetApp(chat.AppID(id))
		if chat.KindOf(err) != chat.NotFound {
			return app, err
		}
		app, found, err := tx.FindAppByIntegration(chat.IntegrationID(id))
		if err == nil && !found {
			err = chat.Missing("app")
		}
		if id != string(app.IntegrationID) {
			app.Via = chat.IntegrationID(id)
		}
		return app, err
	})
}

// FindByHost returns the app whose hosted page is shown under the host name, else the default app.
func (a *Apps) FindByHost(ctx context.Context, host string) (chat.App, error) {
	return a.cached(ctx, "host "+host, func(tx store.Tx) (chat.App, error) {
		app, found, err := tx.FindAppByHost(host)
		if err == nil && !found {
			app, found, err = tx.FindDefaultApp()
		}
		if err == nil && !found {
			err = chat.Missing("app")
		}
		return app, err
	})
}

// HostName is the name in a Host header: in lower case and without the port.
func HostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// FindByPortal returns the app with the number of a customer portal (contracts/jsm-chat.md section 4.1).
func (a *Apps) FindByPortal(ctx context.Context, portal int64) (chat.App, error) {
	return a.cached(ctx, "portal "+strconv.FormatInt(portal, 10), func(tx store.Tx) (chat.App, error) {
		app, found, err := tx.FindAppByPortal(portal)
		if err == nil && !found {
			err = chat.Missing("app")
		}
		return app, err
	})
}

// Logo returns the app's logo of the name; NotFound. It is read with its name at one moment, so that no node shows
// one logo at the address of another, which browsers would keep for ever.
func (a *Apps) Logo(ctx context.Context, app chat.AppID, name string) (logo chat.Logo, err error) {
	err = a.store.Read(ctx, func(tx store.Tx) error {
		now, err := tx.GetApp(app)
		if err != nil {
			return err
		}
		if name == "" || now.Settings.Logo != name {
			return chat.Missing("logo")
		}
		found := false
		logo, found, err = tx.FindLogo(app)
		if err == nil && !found {
			err = chat.Missing("logo")
		}
		return err
	})
	return logo, err
}

// Forget drops what is cached of apps that the events tell of.
func (a *Apps) Forget(events []chat.Event) {
	for _, event := range events {
		if event.Kind == chat.EventAppChanged {
			a.mu.Lock()
			clear(a.known)
			a.mu.Unlock()
			return
		}
	}
}

// cached asks the store at most once a second for each name that has an app. Names without one are not kept, so that
// strangers cannot fill the cache.
func (a *Apps) cached(ctx context.Context, name string, load func(store.Tx) (chat.App, error)) (chat.App, error) {
	now := a.now()
	a.mu.Lock()
	known, ok := a.known[name]
	a.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.app, nil
	}
	var app chat.App
	err := a.store.Read(ctx, func(tx store.Tx) error {
		var err error
		if app, err = load(tx); err != nil {
			return err
		}
		integration, err := tx.GetIntegration(app.ID, cmp.Or(app.Via, app.IntegrationID))
		app = integration.Show(app)
		return err
	})
	if err != nil {
		return chat.App{}, err
	}
	a.mu.Lock()
	a.known[name] = knownApp{app: app, until: now.Add(appsFresh)}
	a.mu.Unlock()
	return app, nil
}
