package admin_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/pgtest"
)

func TestCannedReplies(t *testing.T) {
	t.Parallel()
	testCannedReplies(t, newHouse(t))
}

func TestCannedRepliesOnPostgres(t *testing.T) {
	t.Parallel()
	testCannedReplies(t, newHouseAt(t, pgtest.New(t)))
}

// testCannedReplies asks for shortcuts and for the last places at once, so that neither rule is one of good luck.
func testCannedReplies(t *testing.T, h *house) {
	t.Helper()
	app := h.app(t).ID
	ada := chat.Principal{App: app, Agent: &chat.AgentAtWork{ID: "ada", Role: chat.RoleAdmin}, Name: "agent ada"}
	var made, taken, full atomic.Int64
	make := func(shortcut string) {
		_, err := h.CreateCannedReply(t.Context(), ada, admin.CannedReplyInput{Shortcut: shortcut, Title: "Hi", Text: "Hi"})
		switch chat.KindOf(err) {
		case chat.Conflict:
			taken.Add(1)
		case chat.Invalid:
			full.Add(1)
		default:
			if err != nil {
				t.Error(err)
			}
			made.Add(1)
		}
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() { make("hi") })
	}
	wait.Wait()
	if made.Load() != 1 || taken.Load() != 7 {
		t.Errorf("%d have the shortcut, %d were refused", made.Load(), taken.Load())
	}
	for part := range 4 {
		wait.Go(func() {
			for i := range 130 {
				make(fmt.Sprintf("r-%d-%d", part, i))
			}
		})
	}
	wait.Wait()
	all, err := h.ListCannedReplies(t.Context(), ada)
	if err != nil || len(all) != chat.MaxCannedReplies || full.Load() != 21 {
		t.Errorf("%d are kept, %d refused: %v", len(all), full.Load(), err)
	}
	if _, err := h.ListCannedReplies(t.Context(), chat.Principal{App: app, Session: &chat.Session{}}); chat.KindOf(err) != chat.Forbidden {
		t.Errorf("a user sees them: %v", err)
	}
	agent := ada
	agent.Agent = &chat.AgentAtWork{ID: "kim", Role: chat.RoleAgent}
	if err := h.DeleteCannedReply(t.Context(), agent, all[0].ID); chat.KindOf(err) != chat.Forbidden {
		t.Errorf("an agent removes one: %v", err)
	}
}
