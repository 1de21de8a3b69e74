package store_test

import (
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// FuzzConversationPosition reads positions that clients hand back: those that were made are read as they were made, and
// nothing crashes.
func FuzzConversationPosition(f *testing.F) {
	f.Add(int64(1_700_000_000_123_456), "0123456789abcdef01234567", "")
	f.Add(int64(0), "", "nonsense")
	f.Fuzz(func(t *testing.T, micros int64, id, foreign string) {
		c := chat.Conversation{ID: chat.ConversationID(id), CreatedAt: time.UnixMicro(micros).UTC()}
		at, got, err := store.ParseConversationPosition(store.ConversationPosition(c))
		if chat.IsID(id) && micros > 0 && (err != nil || got != c.ID || !at.Equal(c.CreatedAt)) {
			t.Fatalf("%v %q came back as %v %q, %v", c.CreatedAt, id, at, got, err)
		}
		if _, _, err := store.ParseConversationPosition(foreign); err != nil && chat.KindOf(err) != chat.Invalid {
			t.Fatalf("%q: %v", foreign, err)
		}
	})
}
