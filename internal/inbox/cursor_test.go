package inbox

import (
	"slices"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// FuzzCursors: whatever comes as a cursor is a place or refused, and a place comes back as it was written.
func FuzzCursors(f *testing.F) {
	e := chat.InboxEntry{Conversation: "0000000000000000000000aa", MovedAt: time.UnixMicro(1), WaitingSince: time.UnixMicro(2)}
	for _, text := range []string{writeCursor(store.InboxOpen, e), writeCursor(store.InboxWaiting, e), "", "1.2", "1.2.3", "-1.2", "1..2", "9223372036854775807.1", "."} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := readCursor(store.InboxOpen, text)
		if err == nil && text != "" {
			again, err := readCursor(store.InboxOpen, writeCursor(store.InboxOpen, chat.InboxEntry{Conversation: at.Conversation, MovedAt: at.At}))
			if err != nil || again != at {
				t.Errorf("%q is %+v, and then %+v, %v", text, at, again, err)
			}
		}
		place, err := readPlace("after", text, 3)
		if again, errAgain := readPlace("after", place.String(), 3); err == nil && (errAgain != nil || !slices.Equal(place, again)) {
			t.Errorf("%q is %v, and then %v, %v", text, place, again, errAgain)
		}
	})
}
