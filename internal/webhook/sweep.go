package webhook

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// sweepOften tidies up until ctx ends: also what a process left behind that died.
func (r *Runner) sweepOften(ctx context.Context) {
	again := time.NewTicker(sweepEvery)
	defer again.Stop()
	for {
		r.sweep(ctx)
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// sweep gives up what waits in vain, removes what is kept for webhooks that are gone, and forgets dead letters that nobody has
// asked for in a long time.
func (r *Runner) sweep(ctx context.Context) {
	var stranded []chat.WebhookID
	err := r.Store.Read(ctx, func(tx store.Tx) (err error) {
		stranded, err = tx.ListStranded()
		return err
	})
	r.note(ctx, "webhooks that are off or gone cannot be found", err)
	for _, id := range stranded {
		r.clear(ctx, id)
	}
	r.inPages(ctx, "old dead letters cannot be forgotten", func(tx store.Tx) (int64, error) {
		return tx.ForgetDeadLetters(r.Now().Add(-keepDead), pageOfRows)
	})
}

// clear gives up what waits for a webhook that was switched off.
func (r *Runner) clear(ctx context.Context, id chat.WebhookID) {
	r.inPages(ctx, "what waits for a webhook in vain cannot be given up", func(tx store.Tx) (int64, error) {
		return tx.ClearStranded(id, r.Now(), pageOfRows)
	})
}

// inPages does something to many rows, each page of them in a transaction of its own, so that nobody waits for all of them.
func (r *Runner) inPages(ctx context.Context, what string, do func(store.Tx) (int64, error)) {
	for full := true; full && ctx.Err() == nil; {
		err := r.Store.Write(ctx, func(tx store.Tx) error {
			n, err := do(tx)
			full = n == pageOfRows
			return err
		})
		if err != nil {
			r.note(ctx, what, err)
			return
		}
	}
}
