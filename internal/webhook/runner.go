package webhook

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/outbound"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// Figures of the runner.
const (
	lookEvery  = time.Second      // for what this process was not told of
	leaseFor   = 30 * time.Second // longer than a request may take, with the writing of its outcome
	maxAtOnce  = 32               // webhooks that are sent to at the same time
	sweepEvery = time.Minute
	keepDead   = 30 * 24 * time.Hour
	pageOfRows = 1000 // that one transaction gives up, revives or forgets
)

// Caller makes guarded calls; *outbound.Client fits.
type Caller interface {
	Do(ctx context.Context, request *http.Request, limits outbound.Limits) (*outbound.Response, error)
}

// Mailer sends mail soon; *mail.Sender fits.
type Mailer interface {
	Mail(to, subject, text string) error
}

// Options are what a Runner needs. All but Mailer are required.
type Options struct {
	Store      store.Store
	Master     *seal.Master
	Caller     Caller
	Mailer     Mailer        // tells admins of webhooks that were switched off; nil: this server sends no mail
	FirstPause time.Duration // after the first failure; it doubles with each further one
	// Count is told of each request that is over: "told", "failed" or "dead", and how many events it held.
	Count func(outcome string, events int)
	Now   func() time.Time
	Log   *slog.Logger
}

// Runner sends what waits. Make it with New and run it once.
type Runner struct {
	Options
	bell  chan struct{} // something may be due
	slots chan struct{} // one for each webhook that is being sent to
	tasks sync.WaitGroup
}

// New returns a Runner.
func New(o Options) *Runner {
	return &Runner{Options: o, bell: make(chan struct{}, 1), slots: make(chan struct{}, maxAtOnce)}
}

// Heard is told what was committed, and wakes the runner if webhooks are to be told of it. It never waits.
func (r *Runner) Heard(events []chat.Event) {
	for i := range events {
		if events[i].Queued {
			r.ring()
			return
		}
	}
}

func (r *Runner) ring() {
	select {
	case r.bell <- struct{}{}:
	default:
	}
}

// Run sends until ctx ends. Requests that are on their way then are given up; what they held is told again later.
func (r *Runner) Run(ctx context.Context) error {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	defer r.tasks.Wait()
	r.tasks.Go(func() { r.sweepOften(ctx) })
	for {
		r.begin(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-r.bell:
		case <-look.C:
		}
	}
}

// begin starts a task for each webhook that is due, as long as there are free slots.
func (r *Runner) begin(ctx context.Context) {
	var due []chat.WebhookID
	err := r.Store.Read(ctx, func(tx store.Tx) (err error) {
		due, err = tx.ListDueWebhooks(r.Now(), maxAtOnce)
		return err
	})
	r.note(ctx, "webhooks that are due cannot be found", err)
	for _, id := range due {
		select {
		case r.slots <- struct{}{}:
		default:
			return // whoever frees one rings
		}
		held, leased, err := r.lease(ctx, id)
		if err != nil || !leased {
			r.note(ctx, "a webhook cannot be leased", err)
			<-r.slots
			continue
		}
		r.tasks.Go(func() {
			defer r.ring()
			defer func() { <-r.slots }()
			r.empty(ctx, held)
		})
	}
}

// hold is a webhook that nobody else sends to.
type hold struct {
	app   chat.AppID
	id    chat.WebhookID
	lease string // of this one alone: the same process that leases again is somebody else
}

func (r *Runner) lease(ctx context.Context, id chat.WebhookID) (h hold, leased bool, err error) {
	now := r.Now()
	lease := chat.NewSecret()
	err = r.Store.Write(ctx, func(tx store.Tx) error {
		webhook, ok, err := tx.LeaseWebhook(id, lease, now, now.Add(leaseFor))
		h, leased = hold{app: webhook.App, id: id, lease: lease}, ok
		return err
	})
	return h, leased, err
}

// extend does something for a webhook that is held, keeps it for another request, and tells whether it was held still.
func (r *Runner) extend(ctx context.Context, h hold, do func(store.Tx) error) (held bool) {
	err := r.Store.Write(ctx, func(tx store.Tx) (err error) {
		if held, err = tx.ExtendLease(h.id, h.lease, r.Now().Add(leaseFor)); err != nil || !held {
			return err
		}
		return do(tx)
	})
	r.note(ctx, "the lease of a webhook cannot be extended", err)
	return err == nil && held
}

// giveBack ends the lease, so that whoever looks next may send.
func (r *Runner) giveBack(ctx context.Context, h hold) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	err := r.Store.Write(ctx, func(tx store.Tx) error {
		_, err := tx.ExtendLease(h.id, h.lease, r.Now())
		return err
	})
	r.note(ctx, "a webhook cannot be given back", err)
}

// note logs what went wrong with the store, which will be tried again.
func (r *Runner) note(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		r.Log.WarnContext(ctx, what+"; trying again", "err", err)
	}
}
