package socket

import (
	"context"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// gate is a door whose apps are in a real store, with a clock that the test moves.
type gate struct {
	*testing.T
	*Door
	store store.Store
	at    time.Time
}

func newGate(t *testing.T, apps ...chat.AppID) *gate {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: sqlitetest.New(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	g := &gate{T: t, store: s, at: time.Unix(1_800_000_000, 0)}
	g.Door = &Door{Apps: directory.NewApps(s, func() time.Time { return g.at }), Now: func() time.Time { return g.at }}
	for _, id := range apps {
		app := chat.App{ID: id, IntegrationID: chat.IntegrationID("web of " + id), Settings: chat.DefaultAppSettings(), CreatedAt: g.at}
		g.write(func(tx store.Tx) error { return tx.InsertApp(&app) })
	}
	return g
}

func (g *gate) write(f func(store.Tx) error) {
	g.Helper()
	if err := g.store.Write(g.Context(), f); err != nil {
		g.Fatal(err)
	}
}

// set changes the settings of an app, as another process does.
func (g *gate) set(id chat.AppID, change func(*chat.AppSettings)) {
	g.Helper()
	g.write(func(tx store.Tx) error {
		app, err := tx.LockApp(id)
		if err != nil {
			return err
		}
		change(&app.Settings)
		return tx.UpdateApp(app)
	})
}

func (g *gate) block(id chat.AppID, addresses string) {
	g.Helper()
	g.set(id, func(s *chat.AppSettings) {
		s.AddressBlocks = append(s.AddressBlocks, chat.AddressBlock{ID: chat.AddressBlockID(chat.NewID(g.at)), Addresses: netip.MustParsePrefix(addresses), At: g.at})
	})
}

// look has the door look at the connections, a beat later.
func (g *gate) look(conns ...*conn) {
	g.at = g.at.Add(time.Second)
	g.closeBlocked(g.Context(), conns)
}

// closing is a transport that says with which code it was closed.
type closing chan int

func (c closing) write([][]byte) error     { return nil }
func (c closing) ping()                    {}
func (c closing) close(code int, _ string) { c <- code }

func (g *gate) enter(app chat.AppID, source string) *conn {
	return &conn{door: g.Door, app: chat.App{ID: app}, transport: make(closing, 1), source: source}
}

func (g *gate) wantClosed(c *conn) {
	g.Helper()
	c.hangup.Do(func() { g.Fatal("open, though its address is blocked") })
	if code := <-c.transport.(closing); code != 4403 {
		g.Errorf("closed with %d", code)
	}
}

// wantOpen: whoever hangs up does so once, so that nobody has if it can be done now.
func (g *gate) wantOpen(c *conn) {
	g.Helper()
	open := false
	c.hangup.Do(func() { open = true })
	if !open {
		g.Error("closed, though nobody has blocked it")
	}
	c.hangup = sync.Once{}
}

// TestBlockListsJudgeEachConnectionOnce: another list judges all of its app again, and nobody of another app.
func TestBlockListsJudgeEachConnectionOnce(t *testing.T) {
	t.Parallel()
	g := newGate(t, "a", "b")
	near, far, elsewhere := g.enter("a", "203.0.113.1"), g.enter("a", "198.51.100.1"), g.enter("b", "203.0.113.1")
	g.look(near, far, elsewhere)
	first, other := far.judgedBy, elsewhere.judgedBy
	g.set("a", func(s *chat.AppSettings) { s.TimeZone = "Asia/Tokyo" })
	g.look(near, far, elsewhere)
	if far.judgedBy != first || near.judgedBy != first {
		t.Error("judged again by the same list")
	}
	g.block("a", "203.0.113.0/24")
	g.look(near, far, elsewhere)
	g.wantClosed(near)
	if far.judgedBy == first || elsewhere.judgedBy != other {
		t.Error("a new list judges its own app alone")
	}
	second := far.judgedBy
	late := g.enter("a", "203.0.113.2") // let in by what was known a moment ago
	g.look(far, elsewhere, late)
	g.wantClosed(late)
	if far.judgedBy != second {
		t.Error("judged again when somebody came")
	}
	g.wantOpen(far)
	g.wantOpen(elsewhere)
	g.block("a", "198.51.100.1/32")
	g.look(far, elsewhere)
	g.wantClosed(far)
	g.wantOpen(elsewhere)
}

// TestAnAppThatCannotBeReadIsLookedAtAgain, whether or not it was read before.
func TestAnAppThatCannotBeReadIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	g := newGate(t, "a")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	before, near := g.enter("a", "203.0.113.1"), g.enter("a", "203.0.113.2")
	g.closeBlocked(gone, []*conn{before})
	g.block("a", "203.0.113.1/32")
	g.look(before, near)
	g.wantClosed(before)
	g.block("a", "203.0.113.2/32")
	g.at = g.at.Add(time.Second)
	g.closeBlocked(gone, []*conn{near})
	g.wantOpen(near)
	g.look(near)
	g.wantClosed(near)
}
