package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/load"
)

// writer is a user's browser that sends numbered messages, and sends again what it has no acknowledgement for.
type writer struct {
	name, token  string
	conversation string
	acknowledged int // messages 1 … acknowledged are
}

// run sends until the line breaks.
func (w *writer) run(s *load.Server, client string) string {
	c, err := s.Hello(map[string]any{"door": "sdk", "token": w.token, "client": map[string]any{"id": client}})
	if err != nil {
		return client
	}
	defer c.Close()
	for {
		next := w.acknowledged + 1
		if err := c.Send(int64(next), strconv.Itoa(next)); err != nil {
			return c.ID
		}
		w.conversation, w.acknowledged = c.Conversation, next
	}
}

// TestKillLosesNothing kills the server at random moments under load, 20 times, and then looks for every message that
// was acknowledged: none may be missing, doubled or out of order.
func TestKillLosesNothing(t *testing.T) {
	t.Parallel()
	rounds := 20
	if n, err := strconv.Atoi(os.Getenv("PARLOR_KILL_ROUNDS")); err == nil {
		rounds = n
	}
	s, err := load.Start(t.Context(), binary, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Kill() })
	writers := make([]*writer, 8)
	for i := range writers {
		writers[i] = &writer{name: fmt.Sprintf("user-%d", i)}
		if writers[i].token, err = s.Token(writers[i].name); err != nil {
			t.Fatal(err)
		}
	}
	clients := make([]string, len(writers))
	var slowest time.Duration
	for range rounds {
		var wait sync.WaitGroup
		for i, w := range writers {
			wait.Go(func() { clients[i] = w.run(s, clients[i]) })
		}
		time.Sleep(time.Duration(50+rand.IntN(250)) * time.Millisecond) // the random moment
		if err := s.Kill(); err != nil {
			t.Fatal(err)
		}
		wait.Wait()
		took, err := s.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		slowest = max(slowest, took)
	}
	total := 0
	for _, w := range writers {
		total += w.check(t, s)
	}
	t.Logf("%d kills, %d acknowledged messages, all there; back within %v", rounds, total, slowest.Round(time.Millisecond))
	if slowest > 5*time.Second {
		t.Errorf("it took %v to be back", slowest)
	}
}

// check compares what is stored with what was acknowledged; one message more may have been stored without an answer.
func (w *writer) check(t *testing.T, s *load.Server) int {
	t.Helper()
	stored, err := s.List(w.conversation)
	if err != nil {
		t.Fatal(err)
	}
	if len(stored) < w.acknowledged || len(stored) > w.acknowledged+1 {
		t.Errorf("%s: %d messages were acknowledged, %d are stored", w.name, w.acknowledged, len(stored))
	}
	for i, m := range stored {
		if m.Number != int64(i+1) || m.Content.Text != strconv.Itoa(i+1) {
			t.Fatalf("%s: message %d has number %d and text %s", w.name, i+1, m.Number, m.Content.Text)
		}
	}
	return w.acknowledged
}

// TestEveryAcknowledgedMessageIsSynced counts the syncs of the server while one client sends one message after the
// other: each needs its own. Kills alone prove nothing here, since the kernel keeps what was written (security rule 52).
func TestEveryAcknowledgedMessageIsSynced(t *testing.T) {
	t.Parallel()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal("strace is not installed: apt-get install strace")
	}
	trace := filepath.Join(t.TempDir(), "trace")
	s, err := load.Start(t.Context(), binary, t.TempDir(), strace, "-f", "-qq", "-o", trace, "-e", "trace=fsync,fdatasync", "-e", "signal=none")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Kill() })
	c := signedIn(t, s)
	const messages = 50
	before := syncs(t, trace)
	for i := range messages {
		if err := c.Send(int64(i+1), "one at a time"); err != nil {
			t.Fatal(err)
		}
	}
	if n := syncs(t, trace) - before; n < messages {
		t.Fatalf("%d messages were acknowledged after %d syncs", messages, n)
	}
}

var synced = regexp.MustCompile(`f(data)?sync\(.*\) += 0|f(data)?sync resumed.* = 0`)

func syncs(t *testing.T, trace string) int {
	t.Helper()
	file, err := os.Open(trace)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	n := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if synced.MatchString(lines.Text()) {
			n++
		}
	}
	return n
}

// TestServerStopsOnTerm sends what an init system sends.
func TestServerStopsOnTerm(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	s, err := load.Start(ctx, binary, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := signedIn(t, s)
	began := time.Now()
	done := make(chan error, 1)
	go func() { done <- s.Stop() }()
	if err := c.Send(1, "x"); err == nil {
		err = c.Messages(1<<30, func(string) {})
		if !strings.Contains(err.Error(), "1012") {
			t.Errorf("the socket ended with %v, want 1012", err)
		}
	} else if !strings.Contains(err.Error(), "1012") {
		t.Errorf("the socket ended with %v, want 1012", err)
	}
	if err := <-done; err != nil {
		t.Errorf("the server ended with %v", err)
	}
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("it took %v", took)
	}
}

// signedIn is a connection of a user with a token of a good hour.
func signedIn(t *testing.T, s *load.Server) *load.Client {
	t.Helper()
	token, err := s.Token("ana")
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.SignIn(token)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
