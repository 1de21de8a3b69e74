package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// partsOf are messages of conversations that were said in turns, with so much time between two.
func partsOf(app chat.AppID, conversations, messages int, between time.Duration) []store.IndexedPart {
	parts := make([]store.IndexedPart, conversations)
	began := time.UnixMilli(1_700_000_000_000)
	for c := range parts {
		parts[c].Unindexed = store.Unindexed{App: app, Conversation: chat.ConversationID(fmt.Sprint("c", c)), From: 1}
		for m := range messages {
			at := began.Add(time.Duration(m*conversations+c) * between)
			parts[c].Messages = append(parts[c].Messages, store.IndexedMessage{Number: int64(m + 1), At: at, Tokens: []string{"word", fmt.Sprint("w", c), fmt.Sprint("n", m)}})
		}
	}
	return parts
}

// indexParts has them found in an app of their own.
func indexParts(t *testing.T, s *Store, parts []store.IndexedPart) {
	t.Helper()
	err := s.Write(context.Background(), func(x store.Tx) error {
		if err := x.InsertApp(&chat.App{ID: "a", IntegrationID: "i"}); err != nil {
			return err
		}
		return x.IndexMessages(parts)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestConversationsIndexedTogetherAreWrittenOutOnce: FTS5 writes out what it holds before it takes a row below the last one, and would make a segment
// of each conversation, to be merged again.
func TestConversationsIndexedTogetherAreWrittenOutOnce(t *testing.T) {
	t.Parallel()
	s := openFor(t, Options{URL: dialects[0].url(t)})
	indexParts(t, s, partsOf("a", 20, 10, time.Millisecond))
	if segments := lines(t, s, `SELECT DISTINCT CAST(segid AS TEXT) FROM search_said_idx`); len(segments) != 1 {
		t.Errorf("%d segments", len(segments))
	}
}

// TestWhatWasSaidAtTheSameTimeKeepsItsOrder: imports have any number of messages of one time, more than there are places for it.
func TestWhatWasSaidAtTheSameTimeKeepsItsOrder(t *testing.T) {
	t.Parallel()
	onDialects(t, func(t *testing.T, _, url string) {
		s := openFor(t, Options{URL: url})
		const conversations, messages = 3, 300
		indexParts(t, s, partsOf("a", conversations, messages, 0))
		for c := range conversations {
			got := lines(t, s, `SELECT CAST(number AS TEXT) FROM search WHERE subject = $1 ORDER BY id`, fmt.Sprint("c", c))
			var want []string
			for number := range messages {
				want = append(want, fmt.Sprint(number+1))
			}
			if !slices.Equal(got, want) {
				t.Errorf("c%d: %d in the order %q", c, len(got), got)
			}
		}
	})
}
