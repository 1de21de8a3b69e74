package webhook

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// Figures of requests and failures.
const (
	maxEvents    = 100         // of one request
	maxBytes     = 60_000      // of one request of more than one event: well below what receivers take by default
	typingIsOver = time.Minute // after which nobody is told of it any more
	longestPause = time.Hour
	giveUpAfter  = 3 * 24 * time.Hour
	// leastFailures are fewer than the pauses of three days make, and more than a server makes that was down for most of
	// them itself: its own absence is no failure of the receiver.
	leastFailures = 20
	// mostUnreadable is how often in a row an event is tried to be read that cannot be. Then it is given up, and the others go on.
	mostUnreadable = 5
	settleWithin   = 5 * time.Second
)

// request is what a webhook is sent, and the rows that are done with once it has taken it.
type request struct {
	webhook chat.Webhook // as it was when the request was made
	batch   []chat.Delivery
	gone    []int64 // what there is nothing more to tell of
	body    []byte
	last    bool // nothing more waited

	unreadable error // why the one event of the batch cannot be told of; nil: it is no such request
}

// empty sends until nothing waits, a request fails, or the webhook is somebody else's.
func (r *Runner) empty(ctx context.Context, h hold) {
	most := maxEvents
	for {
		next, err := r.next(ctx, h, most)
		if err != nil && ctx.Err() == nil {
			r.note(ctx, "what waits for a webhook cannot be read", err)
			return // its lease ends by itself, which is pause enough
		}
		if err != nil || next.nothing() {
			break
		}
		if next.webhook.ReviveTo > 0 {
			if !r.extend(ctx, h, func(tx store.Tx) error { return tx.GoOnReviving(h.id, pageOfRows) }) {
				return
			}
			continue // nothing is sent before the last of them is back, so that events keep their order
		}
		verdict := r.tell(ctx, next)
		if ctx.Err() != nil && !verdict.told {
			break // it was given up by us
		}
		if verdict.tooLarge && len(next.batch) > 1 {
			most = 1
			if !r.extend(ctx, h, func(tx store.Tx) error { return tx.RecordAttempt(attemptOf(next, verdict)) }) {
				return
			}
			continue
		}
		if !r.settle(ctx, h, next, verdict) {
			return
		}
		most = min(2*most, maxEvents)
	}
	r.giveBack(ctx, h)
}

// next makes the next request, of at most so many events. The webhook is loaded anew, so that a change of it holds from
// the next request on; for one that is off or gone there is nothing to do.
func (r *Runner) next(ctx context.Context, h hold, most int) (next request, err error) {
	err = r.Store.Read(ctx, func(tx store.Tx) error {
		next = request{}
		w, err := tx.GetWebhook(h.app, h.id)
		if chat.KindOf(err) == chat.NotFound || err == nil && !w.Enabled {
			return nil
		}
		if err != nil {
			return err
		}
		next.webhook = w
		waiting, err := tx.ListDeliveries(w.ID, most)
		if err != nil || len(waiting) == 0 {
			return err
		}
		next.last = len(waiting) < most
		return next.fill(tx, waiting, r.Now())
	})
	return next, err
}

// fill makes the request of what waits, as far as there is room.
func (q *request) fill(tx store.Tx, waiting []chat.Delivery, now time.Time) error {
	w := q.webhook
	teller, err := newTeller(tx, w)
	if err != nil {
		return err
	}
	envelope := wire.Envelope{App: wire.Ref{ID: string(w.App)}, Webhook: wire.WebhookRef{ID: string(w.ID), Version: wire.WebhookVersion}}
	size := 0
	for _, d := range waiting {
		told, err := teller.tell(d)
		switch kind := chat.KindOf(err); {
		case isOver(w, d, now), err != nil && kind == chat.NotFound:
			q.gone = append(q.gone, d.Position)
			continue
		case err != nil && kind != chat.Internal:
			return fmt.Errorf("tell event %s: %w", d.ID, err)
		}
		size += len(wire.Encode(told))
		if len(q.batch) > 0 && (err != nil || size > maxBytes) {
			q.last = false
			break // what comes before it is told first
		}
		q.batch = append(q.batch, d)
		if err != nil {
			q.last, q.unreadable = false, err
			return nil
		}
		envelope.Events = append(envelope.Events, told)
	}
	q.body = wire.Encode(envelope)
	return nil
}

// isOver tells whether nobody needs to be told of it any more: the webhook asks for other things by now, or it is typing of
// long ago.
func isOver(w chat.Webhook, d chat.Delivery, now time.Time) bool {
	return !w.Wants(d.Event.Trigger) || d.Event.Trigger == chat.TriggerTyping && now.Sub(d.Event.At) > typingIsOver
}

// nothing tells whether there is nothing to do.
func (q request) nothing() bool {
	return len(q.batch) == 0 && len(q.gone) == 0 && q.webhook.ReviveTo == 0
}

// outcome is what became of a request.
type outcome struct {
	told     bool
	dead     bool   // the events are given up
	off      bool   // the webhook is switched off
	tooLarge bool   // told in fewer events it may pass
	why      string // for whoever registered the webhook; empty where it was told

	at     time.Time // when the request began; zero: there was none
	took   time.Duration
	status int64 // that was answered; 0: nothing was
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

// tell makes the request. One without events is of rows that nobody has to be told of.
func (r *Runner) tell(ctx context.Context, next request) outcome {
	w := next.webhook
	switch {
	case next.unreadable != nil:
		r.Log.ErrorContext(ctx, "an event for a webhook cannot be read", "app_id", w.App, "webhook_id", w.ID, "event_id", next.batch[0].ID, "err", next.unreadable)
		return outcome{dead: w.Queue.Failures+1 >= mostUnreadable, why: "An event could not be read; the operator of the server finds out why in its log."}
	case len(next.batch) == 0:
		return outcome{told: true}
	}
	return r.post(ctx, w, requestID(next.batch), next.body)
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

// settle stores what became of a request, also while the server stops, and tells whether to go on with the next one: not
// where nothing more waited, which ends the lease with this very transaction. Of a webhook that was changed meanwhile only
// what it was told is stored: the rest is for the new address to say.
func (r *Runner) settle(ctx context.Context, h hold, done request, verdict outcome) (goOn bool) {
	now, w := r.Now(), done.webhook
	w.Queue = verdict.queue(w.Queue, now, r.FirstPause)
	off := verdict.off || verdict.again() && hopeless(w.Queue, now)
	ends, until := done.last || verdict.again() || off, now
	if !ends {
		until = now.Add(leaseFor)
	}
	var held, current bool
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	err := r.Store.Write(within, func(tx store.Tx) (err error) {
		if held, err = tx.ExtendLease(h.id, h.lease, until); err != nil {
			return err
		}
		if err := tx.DeleteDeliveries(w.ID, done.finished(verdict)); err != nil || !held {
			return err
		}
		if !verdict.at.IsZero() {
			if err := tx.RecordAttempt(attemptOf(done, verdict)); err != nil {
				return err
			}
		}
		if current, err = tx.SetQueue(w); err != nil || !current {
			return err
		}
		if verdict.dead {
			err = tx.BuryDeliveries(w.ID, positionsOf(done.batch), verdict.why, now)
		}
		if err != nil || !off {
			return err
		}
		return switchOff(tx, w, verdict.why, now)
	})
	if err != nil {
		r.note(ctx, "the outcome of a request to a webhook cannot be stored", err)
		return false // its lease ends by itself
	}
	r.Count(verdict.name(), len(done.batch))
	if off && current {
		r.announce(ctx, w, verdict.why)
		r.clear(ctx, w.ID)
	}
	return held && !ends
}

// finished are the rows that nobody needs any more.
func (q request) finished(verdict outcome) []int64 {
	if verdict.told {
		return append(positionsOf(q.batch), q.gone...)
	}
	return q.gone
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
