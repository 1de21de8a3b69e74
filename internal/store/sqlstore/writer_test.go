package sqlstore

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func sqliteStore(t *testing.T, listener store.Listener) *Store {
	t.Helper()
	return openFor(t, Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "parlor.db"), Listener: listener})
}

// blocked runs a write that holds the writer until release is called, which returns how it ended. What waits then is of the same batch.
func blocked(t *testing.T, s *Store) (release func() error) {
	t.Helper()
	s.backend.(*sqliteBackend).writer.batchTime = time.Hour // however slow this machine is
	running, hold, ended := make(chan struct{}), make(chan struct{}), make(chan error)
	once := sync.OnceFunc(func() { close(running) })
	go func() {
		ended <- s.Write(context.Background(), func(store.Tx) error {
			once()
			<-hold
			return nil
		})
	}()
	<-running
	return func() error {
		close(hold)
		return <-ended
	}
}

func waiting(s *Store) int { return len(s.backend.(*sqliteBackend).writer.queue) }

// until waits for something that another goroutine is about to do.
func until(t *testing.T, what string, f func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !f(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("it did not come to: %s", what)
		}
	}
}

func insertAgent(name string) func(store.Tx) error {
	return func(x store.Tx) error { return x.InsertAgent(chat.Agent{ID: chat.AgentID(name), Email: name}) }
}

func countAgents(t *testing.T, s *Store) int { return len(lines(t, s, `SELECT id FROM agents`)) }

func TestWriterSyncsWithEachCommit(t *testing.T) {
	t.Parallel()
	s := sqliteStore(t, nil)
	for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1"} {
		err := s.Write(t.Context(), func(x store.Tx) error {
			got, _, err := find(x.(*tx), "look", scanText[string], `SELECT CAST(`+pragma+` AS TEXT) FROM pragma_`+pragma)
			if got != want {
				t.Errorf("%s is %s, want %s", pragma, got, want)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func TestBatchIsOneCommitAndAFailureInItIsItsOwn(t *testing.T) {
	t.Parallel()
	heard := &batches{}
	s := sqliteStore(t, heard)
	release := blocked(t, s)
	var all sync.WaitGroup
	for i := range 30 {
		all.Go(func() {
			err := s.Write(context.Background(), func(x store.Tx) error {
				x.Emit(chat.Event{Change: int64(i)})
				if err := insertAgent(fmt.Sprint(i))(x); err != nil {
					return err
				}
				if i%3 == 0 {
					return chat.Refuse("no", "no")
				}
				return nil
			})
			if (err != nil) != (i%3 == 0) {
				t.Errorf("write %d: %v", i, err)
			}
		})
	}
	until(t, "thirty wait", func() bool { return waiting(s) == 30 })
	if err := release(); err != nil {
		t.Errorf("the blocking write: %v", err)
	}
	all.Wait()
	if n := countAgents(t, s); n != 20 {
		t.Errorf("%d rows, want 20", n)
	}
	if heard.calls != 1 || len(heard.events) != 20 {
		t.Errorf("the listener was called %d times with %d events, want once with 20", heard.calls, len(heard.events))
	}
}

// batches counts how often a listener is called.
type batches struct {
	calls  int
	events []chat.Event
}

func (b *batches) Committed(events []chat.Event) {
	b.calls++
	b.events = append(b.events, events...)
}

func TestEventsAreHeardInOrderOfCommit(t *testing.T) {
	t.Parallel()
	heard := &batches{}
	s := sqliteStore(t, heard)
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			for range 5 {
				if err := s.Write(context.Background(), func(x store.Tx) error { return x.AppendEvent(&chat.Event{}) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for i, event := range heard.events {
		if event.Position != int64(i+1) {
			t.Fatalf("event %d has position %d", i, event.Position)
		}
	}
}

func TestWhoStopsWaitingInTheQueueIsNotRun(t *testing.T) {
	t.Parallel()
	s := sqliteStore(t, nil)
	release := blocked(t, s)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- s.Write(ctx, insertAgent("late")) }()
	until(t, "it waits", func() bool { return waiting(s) == 1 })
	cancel()
	if err := <-ended; chat.KindOf(err) != chat.Unavailable {
		t.Errorf("got %v", err)
	}
	if err := release(); err != nil {
		t.Errorf("the blocking write: %v", err)
	}
	if err := s.Write(t.Context(), insertAgent("next")); err != nil {
		t.Error(err)
	}
	if n := countAgents(t, s); n != 1 {
		t.Errorf("%d rows, want that of the next write only", n)
	}
}

func TestFullQueueRefuses(t *testing.T) {
	t.Parallel()
	s := sqliteStore(t, nil)
	release := blocked(t, s)
	ctx, cancel := context.WithCancel(context.Background())
	var all sync.WaitGroup
	for range maxWaiting {
		all.Go(func() { s.Write(ctx, func(store.Tx) error { return nil }) })
	}
	until(t, "the queue is full", func() bool { return waiting(s) == maxWaiting })
	err := s.Write(t.Context(), func(store.Tx) error { return nil })
	if failure, ok := chat.AsError(err); !ok || failure.Kind != chat.Unavailable || failure.RetryAfter == 0 {
		t.Errorf("got %v", err)
	}
	cancel()
	if err := release(); err != nil {
		t.Errorf("the blocking write: %v", err)
	}
	all.Wait()
}

func TestFunctionThatEndsItsGoroutineEndsItsCallersOnly(t *testing.T) {
	t.Parallel()
	s := sqliteStore(t, nil)
	release := blocked(t, s)
	var all sync.WaitGroup
	var returned [10]bool
	for i := range returned {
		all.Go(func() {
			s.Write(context.Background(), func(x store.Tx) error {
				err := insertAgent(fmt.Sprint(i))(x)
				if i%2 == 0 {
					runtime.Goexit()
				}
				return err
			})
			returned[i] = true
		})
	}
	until(t, "all wait", func() bool { return waiting(s) == len(returned) })
	if err := release(); err != nil {
		t.Errorf("the blocking write: %v", err)
	}
	all.Wait()
	for i, did := range returned {
		if did != (i%2 == 1) {
			t.Errorf("write %d returned: %v", i, did)
		}
	}
	if n := countAgents(t, s); n != 5 {
		t.Errorf("%d rows, want 5", n)
	}
}

func TestFullDiskIsUnavailableUntilThereIsRoom(t *testing.T) {
	t.Parallel()
	s := sqliteStore(t, nil)
	limit := func(pages string) {
		t.Helper()
		err := s.Write(t.Context(), func(x store.Tx) error {
			_, _, err := find(x.(*tx), "set limit", scanNumber, `PRAGMA max_page_count = `+pages)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	big := strings.Repeat("x", 100_000)
	fill := func(name string, swallow bool) error {
		return s.Write(t.Context(), func(x store.Tx) error {
			err := x.InsertAgent(chat.Agent{ID: chat.AgentID(name), Email: name, PasswordHash: big})
			if swallow {
				return nil
			}
			return err
		})
	}
	limit("1") // which means: as many as there are
	for name, swallow := range map[string]bool{"returned": false, "swallowed": true} {
		failure, ok := chat.AsError(fill(name, swallow))
		if !ok || failure.Kind != chat.Unavailable || failure.RetryAfter == 0 || failure.Err == nil {
			t.Errorf("%s: got %v", name, failure)
		}
	}
	if n := countAgents(t, s); n != 0 {
		t.Errorf("%d rows although the disk is full", n)
	}
	limit("1000000")
	if err := fill("room", false); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if n := countAgents(t, s); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
}

func TestFullDiskFailsTheWholeBatch(t *testing.T) {
	t.Parallel()
	heard := &batches{}
	s := sqliteStore(t, heard)
	release := blocked(t, s)
	var all sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		all.Go(func() {
			errs[i] = s.Write(context.Background(), func(x store.Tx) error {
				x.Emit(chat.Event{})
				hash := ""
				if i == 3 {
					if _, _, err := find(x.(*tx), "set limit", scanNumber, `PRAGMA max_page_count = 1`); err != nil {
						return err
					}
					hash = strings.Repeat("x", 100_000)
				}
				return x.InsertAgent(chat.Agent{ID: chat.AgentID(fmt.Sprint(i)), Email: fmt.Sprint(i), PasswordHash: hash})
			})
		})
		until(t, "it waits", func() bool { return waiting(s) == i+1 })
	}
	first := release()
	all.Wait()
	for i, err := range append([]error{first}, errs[:4]...) {
		if chat.KindOf(err) != chat.Unavailable {
			t.Errorf("write %d of the lost batch: %v", i, err)
		}
	}
	for i, err := range errs[4:] {
		if err != nil {
			t.Errorf("write %d of the next batch: %v", i+4, err)
		}
	}
	if n := countAgents(t, s); n != 2 || len(heard.events) != 2 {
		t.Errorf("%d rows and %d events, want 2 of each", n, len(heard.events))
	}
}

func TestLostConnectionIsReplaced(t *testing.T) {
	t.Parallel()
	s := sqliteStore(t, nil)
	w := s.backend.(*sqliteBackend).writer
	err := s.Write(t.Context(), func(store.Tx) error {
		return w.conn.run("COMMIT") // as if somebody had ended the transaction
	})
	if chat.KindOf(err) != chat.Unavailable {
		t.Errorf("got %v", err)
	}
	if err := s.Write(t.Context(), insertAgent("after")); err != nil {
		t.Errorf("the next write: %v", err)
	}
}

func TestLockOfAnotherProcessIsUnavailable(t *testing.T) {
	t.Parallel()
	url := "sqlite:" + filepath.Join(t.TempDir(), "parlor.db")
	first, second := openFor(t, Options{URL: url}), openFor(t, Options{URL: url})
	release := blocked(t, first)
	began := time.Now()
	if err := second.Write(t.Context(), insertAgent("b")); chat.KindOf(err) != chat.Unavailable {
		t.Errorf("after %v: got %v", time.Since(began), err)
	}
	if err := release(); err != nil {
		t.Errorf("the blocking write: %v", err)
	}
	if err := second.Write(t.Context(), insertAgent("b")); err != nil {
		t.Errorf("when the lock is free: %v", err)
	}
}

func TestClosedStoreRefuses(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), Options{URL: "sqlite:" + filepath.Join(t.TempDir(), "parlor.db")})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	nothing := func(store.Tx) error { return nil }
	if err := s.Write(context.Background(), nothing); chat.KindOf(err) != chat.Unavailable {
		t.Errorf("write: %v", err)
	}
	if err := s.Read(context.Background(), nothing); chat.KindOf(err) != chat.Unavailable {
		t.Errorf("read: %v", err)
	}
}
