package attachment

import (
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/outbound"
)

// Of media elsewhere, how many are fetched at a time: what keeps one app waiting, or one host of it, keeps no other.
const (
	fetchesAtOnce = 16
	fetchesOfApp  = 4
	fetchesOfHost = 2 // for one app
	fetchWithin   = 2 * time.Minute
)

// What is slower than slowest, counted from the end of the grace, is given up: slots are for those who want to send.
const (
	grace   = 3 * time.Second
	slowest = 4 << 10 // bytes per second
)

// fetches are those that are under way.
type fetches struct{ ofHost, ofApp, all *turns }

func newFetches() fetches {
	return fetches{ofHost: newTurns(fetchesOfHost), ofApp: newTurns(fetchesOfApp), all: newTurns(fetchesAtOnce)}
}

// take waits until one more may be fetched. It begins with the narrowest bound, so that nobody who waits for a turn of their
// own keeps one that others could have.
func (f fetches) take(ctx context.Context, app chat.AppID, address string) (leave func(), err error) {
	host := ""
	if u, err := url.Parse(address); err == nil {
		host = u.Host
	}
	var taken []func()
	leave = func() {
		for _, leave := range slices.Backward(taken) {
			leave()
		}
	}
	for _, bound := range []struct {
		*turns
		name string
	}{{f.ofHost, string(app) + " " + host}, {f.ofApp, string(app)}, {f.all, ""}} {
		one, err := bound.take(ctx, bound.name)
		if err != nil {
			leave()
			return nil, err
		}
		taken = append(taken, one)
	}
	return leave, nil
}

var (
	errNoMedia = errors.New("the answer is no success, is empty, or too large")
	errTooSlow = errors.New("the answer comes too slowly")
)

// get takes what lies at the address to a draft.
func (s *Service) get(ctx context.Context, address string) (*os.File, error) {
	drafted, err := s.draft()
	if err != nil {
		return nil, err
	}
	response, err := s.fetchInHaste(ctx, address, drafted)
	if err == nil && (response.Status != 200 || response.Truncated) {
		err = errNoMedia
	}
	if err == nil {
		var size int64
		if size, err = drafted.Seek(0, io.SeekCurrent); err == nil && size == 0 {
			err = errNoMedia
		}
	}
	if err == nil {
		err = rewind(drafted)
	}
	if err != nil {
		return nil, errors.Join(err, drafted.Close())
	}
	return drafted, nil
}

// fetchInHaste gives up what comes too slowly.
func (s *Service) fetchInHaste(ctx context.Context, address string, to io.Writer) (*outbound.Response, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	p := &pace{to: to}
	var watching sync.WaitGroup
	watching.Go(func() { p.watch(ctx, cancel) })
	response, err := s.Fetcher.Fetch(ctx, address, outbound.Limits{Timeout: outbound.MediaTimeout, MaxBody: s.MaxFile}, p)
	cancel(nil)
	watching.Wait()
	if err != nil && errors.Is(context.Cause(ctx), errTooSlow) {
		err = errTooSlow
	}
	return response, err
}

// pace counts what comes.
type pace struct {
	to   io.Writer
	come atomic.Int64
}

func (p *pace) Write(b []byte) (int, error) {
	n, err := p.to.Write(b)
	p.come.Add(int64(n))
	return n, err
}

// watch cancels what is too slow. It returns when the context ends.
func (p *pace) watch(ctx context.Context, cancel context.CancelCauseFunc) {
	began, tick := time.Now(), time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if late := time.Since(began) - grace; late > 0 && p.come.Load() < int64(late.Seconds()*slowest) {
				cancel(errTooSlow)
			}
		}
	}
}
