package retention

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const day = 24 * time.Hour

// house is an app that keeps messages for 30 days, on a real database and with a clock of its own.
type house struct {
	*testing.T
	store store.Store
	now   time.Time
	made  int
}

func newHouse(t *testing.T) *house {
	t.Helper()
	url := sqlitetest.New(t)
	if os.Getenv("PARLOR_TEST_DATABASE") == "postgres" {
		url = pgtest.New(t)
	}
	s, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	h := &house{T: t, store: s, now: time.Date(2026, 9, 1, 10, 30, 0, 0, time.UTC)}
	h.write(func(tx store.Tx) error {
		return errors.Join(
			tx.InsertApp(&chat.App{ID: "app", IntegrationID: "web", Settings: chat.AppSettings{Retention: 30 * day}}),
			tx.InsertApp(&chat.App{ID: "other", IntegrationID: "web2"}),
			tx.InsertUser(chat.User{App: "app", ID: "ana", Number: 1}),
		)
	})
	return h
}

func (h *house) write(f func(store.Tx) error) {
	h.Helper()
	if err := h.store.Write(h.Context(), f); err != nil {
		h.Fatal(err)
	}
}

// talk is a conversation in which something was said so long ago, twice.
func (h *house) talk(app chat.AppID, ago time.Duration) chat.ConversationID {
	h.Helper()
	h.made++
	id, at := chat.ConversationID(fmt.Sprintf("talk-%03d", h.made)), h.now.Add(-ago)
	h.write(func(tx store.Tx) error {
		if err := tx.InsertConversation(chat.Conversation{App: app, ID: id, Type: chat.Personal, CreatedAt: at}); err != nil {
			return err
		}
		for range 2 {
			if err := h.say(tx, app, id, at); err != nil {
				return err
			}
		}
		return nil
	})
	return id
}

func (h *house) say(tx store.Tx, app chat.AppID, id chat.ConversationID, at time.Time) error {
	place, err := tx.TakeNumber(app, id, at)
	if err != nil {
		return err
	}
	_, err = tx.InsertMessage(chat.Message{App: app, Conversation: id, ID: chat.MessageID(chat.NewID(at)), Number: place.Number, Change: place.Change, Received: at,
		Author: chat.Author{Type: chat.AuthorBusiness}, Content: chat.Content{Type: chat.ContentText, Text: "x"}})
	return err
}

func (h *house) isThere(app chat.AppID, id chat.ConversationID) bool {
	h.Helper()
	err := h.store.Read(h.Context(), func(tx store.Tx) error {
		_, err := tx.GetConversation(app, id)
		return err
	})
	if err != nil && chat.KindOf(err) != chat.NotFound {
		h.Fatal(err)
	}
	return err == nil
}

func (h *house) sweeper(s store.Store) *Sweeper {
	return New(s, func() time.Time { return h.now }, slog.New(slog.DiscardHandler))
}

// sweeps are what the audit log says of runs, the last one first.
func (h *house) sweeps() (all []string) {
	h.Helper()
	err := h.store.Read(h.Context(), func(tx store.Tx) error {
		entries, err := tx.ListAudits("app", 0, 100)
		for _, entry := range entries {
			if entry.Action == "app.sweep" {
				all = append(all, entry.Detail["conversations"]+" "+entry.Detail["messages"])
			}
		}
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return all
}

func TestWhatIsOldGoes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	old, atTheEnd, young, foreign := h.talk("app", 31*day), h.talk("app", 30*day), h.talk("app", 30*day-time.Second), h.talk("other", 400*day)
	revived := h.talk("app", 60*day)
	h.write(func(tx store.Tx) error { return h.say(tx, "app", revived, h.now) })
	h.write(func(tx store.Tx) error {
		conversations, messages, err := tx.CountStale("app", h.now.Add(-30*day), 10)
		if conversations != 1 || messages != 2 {
			t.Errorf("%d conversations with %d messages would go", conversations, messages)
		}
		return err
	})
	if err := h.sweeper(h.store).Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[chat.ConversationID]bool{old: false, atTheEnd: true, young: true, revived: true} {
		if h.isThere("app", id) != want {
			t.Errorf("%s is there: %v", id, !want)
		}
	}
	if !h.isThere("other", foreign) {
		t.Error("an app that keeps all for ever lost something")
	}
	if got := fmt.Sprint(h.sweeps()); got != "[1 2]" {
		t.Errorf("the audit log says %s", got)
	}
	h.now = h.now.Add(time.Minute)
	if err := h.sweeper(h.store).Sweep(t.Context()); err != nil || !h.isThere("app", atTheEnd) {
		t.Error("it was swept again before an hour was over", err)
	}
	h.now = h.now.Add(time.Hour)
	if err := h.sweeper(h.store).Sweep(t.Context()); err != nil || h.isThere("app", atTheEnd) || h.isThere("app", young) {
		t.Error("an hour later", err)
	}
	if got := fmt.Sprint(h.sweeps()); got != "[2 4 1 2]" {
		t.Errorf("the audit log says %s", got)
	}
}

// dying is a store of a process that dies after some writes.
type dying struct {
	store.Store
	left int
}

func (d *dying) Write(ctx context.Context, f func(store.Tx) error) error {
	if d.left--; d.left < 0 {
		return errors.New("it died")
	}
	return d.Store.Write(ctx, f)
}

// TestARunGoesOnAfterACrash: another process goes on once the lease is over, and the audit log says the whole.
func TestARunGoesOnAfterACrash(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range 2*atOnce + 5 {
		h.talk("app", 40*day)
	}
	if err := h.sweeper(&dying{h.store, 2}).Sweep(t.Context()); err == nil {
		t.Fatal("it did not die")
	}
	next := h.sweeper(h.store)
	if err := next.Sweep(t.Context()); err != nil || len(h.sweeps()) != 0 {
		t.Error("it went on under the lease of another", err)
	}
	h.now = h.now.Add(leaseFor)
	if err := next.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(h.sweeps()); got != "[45 90]" {
		t.Errorf("the audit log says %s", got)
	}
}

// changing is a store in which something happens before the write of that number.
type changing struct {
	store.Store
	left   int
	change func()
}

func (c *changing) Write(ctx context.Context, f func(store.Tx) error) error {
	if c.left--; c.left == 0 {
		c.change()
	}
	return c.Store.Write(ctx, f)
}

// TestWhoeverKeepsAllMeanwhileIsHeard switches retention off after one transaction has removed something.
func TestWhoeverKeepsAllMeanwhileIsHeard(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range 2*atOnce + 5 {
		h.talk("app", 40*day)
	}
	keep := func() {
		h.write(func(tx store.Tx) error {
			app, err := tx.GetApp("app")
			app.Settings.Retention = 0
			return errors.Join(err, tx.UpdateApp(app))
		})
	}
	if err := h.sweeper(&changing{h.store, 3, keep}).Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(h.sweeps()); got != "[20 40]" {
		t.Errorf("the audit log says %s", got)
	}
}

// TestLongConversationsGoInTransactionsOfTheirOwn counts the writes: of three that are as long as goes at once, each takes one.
func TestLongConversationsGoInTransactionsOfTheirOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range 3 {
		id := h.talk("app", 40*day)
		h.write(func(tx store.Tx) error {
			for range messagesAtOnce {
				if _, err := tx.TakeNumber("app", id, h.now.Add(-40*day)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	inOne := int64(0)
	counted := &counting{h.store, func(n int64) { inOne = max(inOne, n) }}
	if err := h.sweeper(counted).Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(h.sweeps()); got != fmt.Sprintf("[3 %d]", 3*(messagesAtOnce+2)) || inOne != 1 {
		t.Errorf("the audit log says %s, of which %d conversations went at once", got, inOne)
	}
}

// counting is a store that tells how many conversations each write removes.
type counting struct {
	store.Store
	removed func(int64)
}

func (c *counting) Write(ctx context.Context, f func(store.Tx) error) error {
	return c.Store.Write(ctx, func(tx store.Tx) error { return f(countingTx{tx, c.removed}) })
}

type countingTx struct {
	store.Tx
	removed func(int64)
}

func (t countingTx) CountSweep(app chat.AppID, lease string, conversations, messages int64, until time.Time) (bool, error) {
	t.removed(conversations)
	return t.Tx.CountSweep(app, lease, conversations, messages, until)
}

func TestSeveralProcessesSweepOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range 2 * atOnce {
		h.talk("app", 40*day)
	}
	var processes sync.WaitGroup
	for range 4 {
		processes.Go(func() {
			if err := h.sweeper(h.store).Sweep(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	processes.Wait()
	if got := fmt.Sprint(h.sweeps()); got != "[40 80]" {
		t.Errorf("the audit log says %s", got)
	}
}

func TestOldEventsAndLinksGo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write(func(tx store.Tx) error {
		for _, ago := range []time.Duration{60 * day, 31 * day, day} {
			if err := tx.AppendEvent(&chat.Event{Kind: chat.EventAppChanged, App: "app", At: h.now.Add(-ago)}); err != nil {
				return err
			}
			link := chat.Invitation{ID: chat.InvitationID(ago.String()), Hash: chat.HashToken(ago.String()), App: "app", CreatedAt: h.now.Add(-ago), ExpiresAt: h.now.Add(-ago)}
			if err := tx.InsertInvitation(link); err != nil {
				return err
			}
		}
		return nil
	})
	if err := h.sweeper(h.store).Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := h.store.Read(t.Context(), func(tx store.Tx) error {
		events, err := tx.ListEvents(0, 10)
		links, err2 := tx.ListInvitations("app")
		last, err3 := tx.LastPosition()
		if len(events) != 1 || len(links) != 1 || last != 3 {
			t.Errorf("%d events up to %d and %d links are left", len(events), last, len(links))
		}
		return errors.Join(err, err2, err3)
	})
	if err != nil {
		t.Fatal(err)
	}
}
