// Package retention removes what apps keep no longer: conversations in which nothing was said for as long as the app keeps messages, with
// all that hangs on them, and what webhooks were still to be told of that time. Beside that it tidies what nobody asks for any more: old
// events of the log, and links to the console that ended.
//
// Of all processes one sweeps an app at a time, under a lease, some conversations in each transaction. What a run has removed is counted in that
// same transaction, so that whoever goes on after a crash goes on with the count, too, and the audit log says the whole.
package retention

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
)

// Figures of the sweeper.
const (
	lookEvery       = time.Minute
	sweepEvery      = time.Hour   // of an app
	leaseFor        = time.Minute // much longer than one transaction
	atOnce          = 20          // conversations that go in one transaction,
	messagesAtOnce  = 5000        // fewer where they are long: no further one once so many messages went
	pageOfRows      = 1000        // other rows that do
	pageOfApps      = 100
	keepEvents      = 30 * 24 * time.Hour // processes read the log of events within seconds
	keepInvitations = 30 * 24 * time.Hour
)

// Sweeper is run once. Make it with New.
type Sweeper struct {
	store store.Store
	now   func() time.Time
	log   *slog.Logger
	lease string
}

// New returns a Sweeper.
func New(s store.Store, now func() time.Time, log *slog.Logger) *Sweeper {
	return &Sweeper{store: s, now: now, log: log, lease: chat.NewSecret()}
}

// Run sweeps until ctx ends.
func (s *Sweeper) Run(ctx context.Context) error {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		if err := s.Sweep(ctx); err != nil && ctx.Err() == nil && chat.KindOf(err) != chat.Unavailable {
			s.log.WarnContext(ctx, "what is kept no longer cannot be removed; trying again", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
		}
	}
}

// Sweep sweeps each app that is due, and tidies up. An app that cannot be swept keeps no other one from it.
func (s *Sweeper) Sweep(ctx context.Context) error {
	var failed error
	for span, more := (store.Span{Limit: pageOfApps}), true; more; {
		var page store.Page[chat.App]
		err := s.store.Read(ctx, func(tx store.Tx) (err error) {
			page, err = store.ReadPage(span, func(a chat.App) string { return string(a.ID) }, tx.ListApps)
			return err
		})
		if err != nil {
			return err
		}
		for _, app := range page.Records {
			failed = errors.Join(failed, s.sweepApp(ctx, app))
		}
		span.After, more = page.After, page.More
	}
	return errors.Join(failed, s.tidy(ctx))
}

// sweepApp removes what an app keeps no longer, where nobody else does.
func (s *Sweeper) sweepApp(ctx context.Context, app chat.App) error {
	now := s.now().UTC().Truncate(time.Microsecond)
	since, ends := app.Settings.KeptSince(now)
	if !ends {
		return nil
	}
	leased := false
	err := s.store.Write(ctx, func(tx store.Tx) (err error) {
		leased, err = tx.LeaseSweep(app.ID, s.lease, now, now.Add(leaseFor))
		return err
	})
	if err != nil || !leased {
		return err
	}
	for more := true; more; {
		if more, err = s.removeSome(ctx, app.ID); err != nil {
			return err
		}
	}
	err = s.inPages(ctx, func(tx store.Tx) (int64, error) {
		since, ends, err := s.keptSince(tx, app.ID)
		if err != nil || !ends {
			return 0, err
		}
		return tx.ForgetDeliveriesBefore(app.ID, since, pageOfRows)
	})
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx store.Tx) error { return s.finish(tx, app, since, now) })
}

// keptSince is since when an app keeps things, as it says by now: whoever has changed their mind during a long run is heard. An app that is gone has nothing.
func (s *Sweeper) keptSince(tx store.Tx, id chat.AppID) (since time.Time, ends bool, err error) {
	app, err := tx.GetApp(id)
	if chat.KindOf(err) == chat.NotFound {
		return time.Time{}, false, nil
	}
	since, ends = app.Settings.KeptSince(s.now().UTC().Truncate(time.Microsecond))
	return since, ends, err
}

// removeSome removes some conversations, and tells whether there may be more. It ends where the lease is another's by now.
func (s *Sweeper) removeSome(ctx context.Context, app chat.AppID) (more bool, err error) {
	err = s.store.Write(ctx, func(tx store.Tx) error {
		since, ends, err := s.keptSince(tx, app)
		if more = false; err != nil || !ends {
			return err
		}
		stale, err := tx.ListStale(app, since, atOnce)
		if err != nil {
			return err
		}
		now := s.now().UTC().Truncate(time.Microsecond)
		conversations, messages, err := removeStale(tx, app, stale, since, now)
		if err != nil {
			return err
		}
		held, err := tx.CountSweep(app, s.lease, conversations, messages, now.Add(leaseFor))
		more = held && (len(stale) == atOnce || messages >= messagesAtOnce)
		return err
	})
	return more, err
}

// removeStale removes those in which nothing was said since the time, and returns how many, and how many messages were in them. Others who lock several conversations do it
// in the order of their ids, too.
func removeStale(tx store.Tx, app chat.AppID, stale []chat.ConversationID, since, now time.Time) (conversations, messages int64, err error) {
	slices.Sort(stale)
	for _, id := range stale {
		if messages >= messagesAtOnce {
			break
		}
		conversation, err := tx.LockConversation(app, id)
		if chat.KindOf(err) == chat.NotFound || err == nil && !conversation.LastUpdatedAt().Before(since) {
			continue // it went, or somebody wrote, since it was found
		}
		if err == nil {
			err = messaging.Remove(tx, conversation, now)
		}
		if err != nil {
			return 0, 0, err
		}
		conversations, messages = conversations+1, messages+conversation.LastNumber
	}
	return conversations, messages, nil
}

// finish ends the run, and leaves an entry in the audit log where something was removed.
func (s *Sweeper) finish(tx store.Tx, app chat.App, since, now time.Time) error {
	done, held, err := tx.FinishSweep(app.ID, s.lease, now.Add(sweepEvery))
	if err != nil || !held || done.Conversations == 0 {
		return err
	}
	return tx.AppendAudit(store.Audit{App: app.ID, At: now, Actor: "server", Action: "app.sweep", Target: string(app.ID), Detail: map[string]string{
		"conversations": strconv.FormatInt(done.Conversations, 10), "messages": strconv.FormatInt(done.Messages, 10), "before": since.Format(time.RFC3339),
	}})
}

// tidy removes what nobody asks for any more, of all apps.
func (s *Sweeper) tidy(ctx context.Context) error {
	now := s.now()
	err := s.inPages(ctx, func(tx store.Tx) (int64, error) { return tx.ForgetEvents(now.Add(-keepEvents), pageOfRows) })
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx store.Tx) error { return tx.ForgetInvitations(now.Add(-keepInvitations)) })
}

// inPages does something to many rows, each page of them in a transaction of its own, so that nobody waits for all of them.
func (s *Sweeper) inPages(ctx context.Context, do func(store.Tx) (int64, error)) error {
	for full := true; full; {
		err := s.store.Write(ctx, func(tx store.Tx) error {
			n, err := do(tx)
			full = n == pageOfRows
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
