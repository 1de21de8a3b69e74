package sqlstore

import (
	"context"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/store"
)

// TestAnEventOutlivesItsWebhook: what a user does neither waits for an admin who removes a webhook meanwhile, nor fails.
func TestAnEventOutlivesItsWebhook(t *testing.T) {
	t.Parallel()
	s := openFor(t, Options{URL: pgtest.New(t)})
	fillEverything(t, s, "app")
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	err := s.Write(ctx, func(admin store.Tx) error {
		if err := admin.DeleteWebhook("app", "apphook"); err != nil {
			return err
		}
		return s.Write(ctx, func(user store.Tx) error {
			user.Emit(chat.Event{App: "app", Trigger: chat.TriggerMessage})
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if left := lines(t, s, `SELECT kind FROM deliveries`); len(left) != 2 {
		t.Errorf("kept for the webhook that is gone: %v", left)
	}
	if err := s.Write(t.Context(), func(tx store.Tx) error { _, err := tx.ClearStranded("apphook", time.Now(), 10); return err }); err != nil {
		t.Fatal(err)
	}
	if left := lines(t, s, `SELECT kind FROM deliveries`); len(left) != 0 {
		t.Errorf("still kept: %v", left)
	}
}
