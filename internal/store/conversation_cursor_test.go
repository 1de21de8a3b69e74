package store_test

import (
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// FuzzConversationCursor reads cursors that clients hand back: those that were made are read as they were made, have 24
// characters and are no ids; no id is read as a cursor; and nothing crashes.
func FuzzConversationCursor(f *testing.F) {
	f.Add(int64(1_700_000_000_123_456), "0123456789abcdef01234567", "")
	f.Add(int64(0), "ffffffffffffffffffffffff", "BgrS3_bHwAEjRWeJq83vASNF")
	f.Add(int64(1), "000000000000000000000000", "0123456789abcdef01234567")
	const year2540 = 1 << 54 // in microseconds
	f.Fuzz(func(t *testing.T, micros int64, id, foreign string) {
		c := chat.Conversation{ID: chat.ConversationID(id), CreatedAt: time.UnixMicro(micros).UTC()}
		cursor := store.ConversationCursor(c)
		place, ok := store.ParseConversationCursor(cursor)
		if chat.IsID(id) && micros >= 0 && micros < year2540 {
			if !ok || place.ID != id[:22] || !place.ActiveAt.Equal(c.CreatedAt) || len(cursor) != 24 {
				t.Fatalf("%v %q came back as %v, %t, by %q", c.CreatedAt, id, place, ok, cursor)
			}
		}
		if _, ok := store.ParseConversationCursor(foreign); ok && (chat.IsID(foreign) || len(foreign) < 24) {
			t.Fatalf("%q was read as a cursor", foreign)
		}
	})
}
