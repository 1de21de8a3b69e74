package attachment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const (
	sweepEvery = time.Minute
	sweepPage  = 100
	sweepAgain = 10 * time.Minute // after a file could not be taken away
)

// Run sweeps every minute until ctx ends. When it returns, nothing that was begun for a request of before goes on, and
// nothing more is fetched.
func (s *Service) Run(ctx context.Context) error {
	defer s.work.stop()
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := s.Sweep(ctx); err != nil && ctx.Err() == nil && chat.KindOf(err) != chat.Unavailable {
			s.Log.WarnContext(ctx, "files could not be swept", "err", err)
		}
	}
}

// Sweep drops attachments that no message has shown within a day, and takes away the bytes of all that are left over. It
// may run on several servers at a time.
func (s *Service) Sweep(ctx context.Context) error {
	for {
		var dropped int
		err := s.Store.Write(ctx, func(tx store.Tx) error {
			var err error
			dropped, err = tx.DropUnsent(s.clock().Add(-chat.UnsentFor), sweepPage)
			return err
		})
		if err != nil {
			return err
		}
		if dropped < sweepPage {
			break
		}
	}
	for {
		var due []chat.AttachmentID
		err := s.Store.Read(ctx, func(tx store.Tx) error {
			var err error
			due, err = tx.ListLeftovers(s.clock(), sweepPage)
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range due {
			if err := s.sweepOne(ctx, id); err != nil {
				return err
			}
		}
		if len(due) < sweepPage {
			return nil
		}
	}
}

// sweepOne does not stop for a file that cannot be taken away: it comes again later.
func (s *Service) sweepOne(ctx context.Context, id chat.AttachmentID) error {
	err := s.remove(ctx, id)
	if err == nil || ctx.Err() != nil {
		return err
	}
	s.Log.WarnContext(ctx, "a file could not be taken away; trying again later", "attachment_id", string(id), "err", err)
	return s.Store.Write(ctx, func(tx store.Tx) error { return tx.PostponeLeftover(id, s.clock().Add(sweepAgain)) })
}

// remove takes the bytes of a leftover away, and then the leftover.
func (s *Service) remove(ctx context.Context, id chat.AttachmentID) error {
	if err := errors.Join(s.Files.Delete(ctx, string(id)), s.Files.Delete(ctx, thumbnailOf(id))); err != nil {
		return fmt.Errorf("delete file: %w", err)
	}
	return s.Store.Write(ctx, func(tx store.Tx) error { return tx.DeleteLeftover(id) })
}
