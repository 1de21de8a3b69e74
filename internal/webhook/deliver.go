package webhook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/outbound"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// Figures of requests and failures.
const (
	maxEvents    = 100    // of one request
	maxBytes     = 60_000 // of one request of more than one event: well below what receivers take by default
	longestPause = time.Hour
	giveUpAfter  = 3 * 24 * time.Hour
	// leastFailures are fewer than the pauses of three days make, and more than a server makes that was down for most of
	// them itself: its own absence is no failure of the receiver.
	leastFailures = 20
	settleWithin  = 5 * time.Second
)

// request is what a webhook is sent, and the rows that are done with once it has taken it.
type request struct {
	batch []chat.Delivery
	gone  []int64 // what there is nothing more to tell of
	body  []byte
}

// empty sends until nothing waits, a request fails, or the webhook is somebody else's.
func (r *Runner) empty(ctx context.Context, w chat.Webhook) {
	if !r.revive(ctx, w) {
		return
	}
	most := maxEvents
	for ctx.Err() == nil {
		next, err := r.next(ctx, w, most)
		if err != nil {
			r.note(ctx, "what waits for a webhook cannot be read", err)
			break
		}
		if len(next.batch) == 0 && len(next.gone) == 0 {
			break
		}
		verdict := outcome{told: true}
		if len(next.batch) > 0 {
			verdict = r.send(ctx, w, next)
		}
		if verdict.tooLarge && len(next.batch) > 1 {
			most = 1
			continue
		}
		if ctx.Err() != nil && !verdict.told {
			break // it was given up by us
		}
		most = maxEvents
		held, err := r.settle(ctx, &w, next, verdict)
		if err != nil || !held {
			r.note(ctx, "the outcome of a request to a webhook cannot be stored", err)
			return // its lease ends by itself
		}
		if verdict.again() {
			return // settle has given it back
		}
	}
	r.giveBack(ctx, w)
}

// revive puts the dead letters back that somebody asked for and that are still on their way, and tells whether the webhook is
// still ours. Nothing is sent before, so that events keep their order.
func (r *Runner) revive(ctx context.Context, w chat.Webhook) (held bool) {
	held = true
	for more := w.ReviveTo > 0; more && held; {
		err := r.Store.Write(ctx, func(tx store.Tx) (err error) {
			if held, err = tx.SetQueue(w.ID, r.owner, w.Queue, r.Now().Add(leaseFor)); err != nil || !held {
				return err
			}
			if err := tx.GoOnReviving(w.ID, pageOfRows); err != nil {
				return err
			}
			now, err := tx.GetWebhook(w.App, w.ID)
			more = now.ReviveTo > 0
			return err
		})
		if err != nil {
			r.note(ctx, "dead letters cannot be revived", err)
			return false
		}
	}
	return held
}

// next makes the next request, of at most so many events.
func (r *Runner) next(ctx context.Context, w chat.Webhook, most int) (next request, err error) {
	err = r.Store.Read(ctx, func(tx store.Tx) error {
		next = request{}
		waiting, err := tx.ListDeliveries(w.ID, most)
		if err != nil || len(waiting) == 0 {
			return err
		}
		teller, err := newTeller(tx, w)
		if err != nil {
			return err
		}
		envelope := wire.Envelope{App: wire.Ref{ID: string(w.App)}, Webhook: wire.WebhookRef{ID: string(w.ID), Version: wire.WebhookVersion}}
		size := 0
		for _, d := range waiting {
			told, err := teller.tell(d)
			if chat.KindOf(err) == chat.NotFound {
				next.gone = append(next.gone, d.Position)
				continue
			}
			if err != nil {
				return fmt.Errorf("tell event %s: %w", d.ID, err)
			}
			if size += len(wire.Encode(told)); size > maxBytes && len(next.batch) > 0 {
				break
			}
			next.batch, envelope.Events = append(next.batch, d), append(envelope.Events, told)
		}
		next.body = wire.Encode(envelope)
		return nil
	})
	return next, err
}

// outcome is what became of a request.
type outcome struct {
	told     bool
	dead     bool   // the events are given up
	off      bool   // the webhook is switched off
	tooLarge bool   // told in fewer events it may pass
	why      string // for whoever registered the webhook; empty where it was told
}

// name is what the outcome is counted as.
func (o outcome) name() string {
	switch {
	case o.told:
		return "told"
	case o.dead:
		return "dead"
	}
	return "failed"
}

// again tells whether the same request is to be made once more, later.
func (o outcome) again() bool { return !o.told && !o.dead }

func (r *Runner) send(ctx context.Context, w chat.Webhook, next request) outcome {
	now := r.Now()
	keys, err := secrets(r.Master, w, now)
	if err != nil {
		r.Log.ErrorContext(ctx, "a webhook cannot be signed for", "app_id", w.App, "webhook_id", w.ID, "err", err)
		return outcome{why: "The server could not sign the request; its operator finds out why in the log."}
	}
	call, err := http.NewRequestWithContext(ctx, http.MethodPost, w.Target, bytes.NewReader(next.body))
	if err != nil {
		return outcome{dead: true, why: "The target is no address that can be called."}
	}
	call.Header.Set("Content-Type", "application/json")
	sign(call.Header, requestID(next.batch), next.body, keys, now)
	response, err := r.Caller.Do(ctx, call, outbound.Limits{Timeout: outbound.WebhookTimeout})
	if failure, ok := errors.AsType[*outbound.Error](err); ok {
		r.Log.InfoContext(ctx, "webhook not told", "app_id", w.App, "webhook_id", w.ID, "err", err)
		return outcome{dead: failure.Refused || !failure.Retryable, why: failure.Message}
	}
	if err != nil {
		return outcome{why: "The call failed."}
	}
	return judge(response.Status)
}

// judge says what a status means.
func judge(status int) outcome {
	why := fmt.Sprintf("The server answered %d.", status)
	switch {
	case status >= 200 && status < 300:
		return outcome{told: true}
	case status == http.StatusRequestEntityTooLarge:
		return outcome{dead: true, tooLarge: true, why: why}
	case status == http.StatusGone:
		return outcome{dead: true, off: true, why: why}
	}
	switch status {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusNotAcceptable:
		return outcome{dead: true, why: why}
	}
	return outcome{why: why}
}

// settle stores what became of a request, also while the server stops, and tells whether the webhook is still ours.
func (r *Runner) settle(ctx context.Context, w *chat.Webhook, done request, verdict outcome) (held bool, err error) {
	started := ctx
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	now := r.Now()
	queue, until := verdict.queue(w.Queue, now, r.FirstPause), now.Add(leaseFor)
	if verdict.again() {
		until = now
	}
	off := verdict.off || verdict.again() && hopeless(queue, now)
	positions := positionsOf(done.batch)
	err = r.Store.Write(ctx, func(tx store.Tx) (err error) {
		if err := tx.DeleteDeliveries(w.ID, done.gone); err != nil {
			return err
		}
		switch {
		case verdict.told:
			err = tx.DeleteDeliveries(w.ID, positions)
		case verdict.dead:
			err = tx.BuryDeliveries(w.ID, positions, verdict.why, now)
		}
		if err != nil {
			return err
		}
		if held, err = tx.SetQueue(w.ID, r.owner, queue, until); err != nil || !held || !off {
			return err
		}
		return switchOff(tx, *w, verdict.why, now)
	})
	if err != nil {
		return false, err
	}
	r.Count(verdict.name(), len(done.batch))
	if off && held {
		r.announce(ctx, *w, verdict.why)
		r.clear(started, w.ID)
	}
	w.Queue = queue
	return held && !off, nil
}

// queue is the state of the queue after the request. A refusal is an answer, too: whoever gives it is up.
func (o outcome) queue(before chat.Queue, now time.Time, firstPause time.Duration) chat.Queue {
	if !o.again() {
		return chat.Queue{LastError: o.why}
	}
	after := chat.Queue{Failures: before.Failures + 1, FailingSince: before.FailingSince, LastError: o.why}
	if after.FailingSince.IsZero() {
		after.FailingSince = now
	}
	after.NextAt = now.Add(pause(after.Failures, firstPause))
	return after
}

// hopeless tells whether a queue has failed for so long and so often that its webhook is switched off.
func hopeless(q chat.Queue, now time.Time) bool {
	return q.Failures >= leastFailures && now.Sub(q.FailingSince) >= giveUpAfter
}

// pause is how long a queue waits after so many failures in a row: doubled with each, with a fifth of jitter either way,
// so that receivers of many webhooks are not called by all of them at once when they are back.
func pause(failures int64, first time.Duration) time.Duration {
	wait := longestPause
	if doublings := failures - 1; doublings < 20 {
		wait = min(longestPause, first<<doublings)
	}
	return wait*4/5 + rand.N(wait*2/5+1)
}

func positionsOf(batch []chat.Delivery) []int64 {
	positions := make([]int64, 0, len(batch))
	for _, d := range batch {
		positions = append(positions, d.Position)
	}
	return positions
}

// giveBack ends the lease, so that whoever looks next may send.
func (r *Runner) giveBack(ctx context.Context, w chat.Webhook) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	now := r.Now()
	err := r.Store.Write(ctx, func(tx store.Tx) error {
		_, err := tx.SetQueue(w.ID, r.owner, w.Queue, now)
		return err
	})
	r.note(ctx, "a webhook cannot be given back", err)
}
