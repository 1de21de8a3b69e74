package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/load"
)

// TestBackupUnderLoad takes a backup while messages are posted, throws the data away, and serves the backup in their
// place: every message that was acknowledged before the backup began is there, once and in order.
func TestBackupUnderLoad(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	s, err := load.Start(t.Context(), binary, folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Kill() })
	picture := []byte("the bytes of a file")
	if err := errors.Join(os.MkdirAll(filepath.Join(data, "files", "ab"), 0o700), os.WriteFile(filepath.Join(data, "files", "ab", "ab"), picture, 0o600)); err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(filepath.Join(data, "master.key"))
	if err != nil {
		t.Fatal(err)
	}

	writers := make([]*postman, 4)
	var posting sync.WaitGroup
	for i := range writers {
		writers[i] = hire(t, s, fmt.Sprintf("user-%d", i))
		posting.Go(writers[i].run)
	}
	for _, w := range writers {
		w.wait(50)
	}
	before := make([]int64, len(writers))
	for i, w := range writers {
		before[i] = w.acknowledged.Load()
	}
	backup := filepath.Join(folder, "backup")
	command := exec.CommandContext(t.Context(), binary, "backup", backup, "--data", data)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("backup: %v\n%s", err, out)
	}
	for _, w := range writers {
		w.wait(w.acknowledged.Load() + 1) // nobody was kept from writing
	}
	if err := s.Kill(); err != nil {
		t.Fatal(err)
	}
	posting.Wait()

	if _, err := os.Stat(filepath.Join(backup, "master.key")); err == nil {
		t.Error("the master key was copied")
	}
	err = errors.Join(os.RemoveAll(data), os.Rename(backup, data), os.WriteFile(filepath.Join(data, "master.key"), key, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, w := range writers {
		stored, err := s.List(w.conversation)
		if err != nil || int64(len(stored)) < before[i] {
			t.Errorf("%d messages were acknowledged before the backup, %d are in it (%v)", before[i], len(stored), err)
		}
		for n, m := range stored {
			if want := fmt.Sprint(n + 1); m.Number != int64(n+1) || m.Content.Text != want {
				t.Fatalf("message %s has number %d and text %s", want, m.Number, m.Content.Text)
			}
		}
	}
	if restored, err := os.ReadFile(filepath.Join(data, "files", "ab", "ab")); err != nil || string(restored) != string(picture) {
		t.Errorf("the file is %q, %v", restored, err)
	}
}

// postman is a user who sends numbered messages until the line breaks.
type postman struct {
	*testing.T
	client       *load.Client
	conversation string
	acknowledged atomic.Int64
}

// hire signs somebody in and sends the first message.
func hire(t *testing.T, s *load.Server, name string) *postman {
	t.Helper()
	token, err := s.Token(name)
	if err != nil {
		t.Fatal(err)
	}
	p := &postman{T: t}
	if p.client, err = s.SignIn(token); err == nil {
		err = p.client.Send(1, "1")
	}
	if err != nil {
		t.Fatal(err)
	}
	p.conversation = p.client.Conversation
	p.acknowledged.Store(1)
	return p
}

func (p *postman) run() {
	defer p.client.Close()
	for next := int64(2); p.client.Send(next, fmt.Sprint(next)) == nil; next++ {
		p.acknowledged.Store(next)
	}
}

// wait returns when n messages are acknowledged.
func (p *postman) wait(n int64) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.Context(), 20*time.Second)
	defer cancel()
	for tick := time.Tick(time.Millisecond); p.acknowledged.Load() < n; {
		select {
		case <-ctx.Done():
			p.Fatalf("only %d messages were acknowledged", p.acknowledged.Load())
		case <-tick:
		}
	}
}
