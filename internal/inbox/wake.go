package inbox

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// wakeAtOnce is how many entries wake in one transaction.
const wakeAtOnce = 100

// Wake opens the entries whose time has come, those of all apps. It is called every now and then.
func (s *Service) Wake(ctx context.Context) error {
	for {
		due, err := s.wakeSome(ctx, s.clock())
		if err != nil || due < wakeAtOnce {
			return err
		}
	}
}

// wakeSome opens some that are due, and returns how many were.
func (s *Service) wakeSome(ctx context.Context, now time.Time) (int, error) {
	var due []chat.InboxEntry
	err := s.store.Read(ctx, func(tx store.Tx) (err error) {
		due, err = tx.ListOverslept(now, wakeAtOnce)
		return err
	})
	if err != nil || len(due) == 0 {
		return 0, err
	}
	slices.SortFunc(due, func(a, b chat.InboxEntry) int { return cmp.Compare(a.Conversation, b.Conversation) }) // the order in which all lock
	return len(due), s.store.Write(ctx, func(tx store.Tx) error {
		for _, entry := range due {
			if err := wake(tx, entry, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// wake opens an entry, unless something else became of it since it was found.
func wake(tx store.Tx, found chat.InboxEntry, now time.Time) error {
	entry, _, err := locked(tx, found.App, found.Conversation)
	switch {
	case chat.KindOf(err) == chat.NotFound:
		return nil
	case err != nil, entry.Status != chat.InboxSnoozed, entry.SnoozedUntil.After(now):
		return err
	}
	entry.Status, entry.SnoozedUntil, entry.MovedAt = chat.InboxOpen, time.Time{}, now
	if err := happen(tx, &entry, chat.Happening{Type: chat.HappenedReopened, At: now}); err != nil {
		return err
	}
	tell(tx, entry, now)
	return tx.UpdateInboxEntry(entry)
}
