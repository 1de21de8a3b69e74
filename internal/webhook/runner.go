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
	owner string        // of leases: this process
	bell  chan struct{} // something may be due
	slots chan struct{} // one for each webhook that is being sent to
	tasks sync.WaitGroup
}

// New returns a Runner.
func New(o Options) *Runner {
	return &Runner{Options: o, owner: chat.NewSecret(), bell: make(chan struct{}, 1), slots: make(chan struct{}, maxAtOnce)}
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
		webhook, leased, err := r.lease(ctx, id)
		if err != nil || !leased {
			r.note(ctx, "a webhook cannot be leased", err)
			<-r.slots
			continue
		}
		r.tasks.Go(func() {
			defer r.ring()
			defer func() { <-r.slots }()
			r.empty(ctx, webhook)
		})
	}
}

func (r *Runner) lease(ctx context.Context, id chat.WebhookID) (webhook chat.Webhook, leased bool, err error) {
	now := r.Now()
	err = r.Store.Write(ctx, func(tx store.Tx) (err error) {
		webhook, leased, err = tx.LeaseWebhook(id, r.owner, now, now.Add(leaseFor))
		return err
	})
	return webhook, leased, err
}

// note logs what went wrong with the store, which will be tried again.
func (r *Runner) note(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		r.Log.WarnContext(ctx, what+"; trying again", "err", err)
	}
}
