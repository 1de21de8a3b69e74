// Package eventlog stands between the store and those who listen. What this process commits rings at once; what another
// process committed (the command line beside a running server, another node while the bus is down) is found in the log
// of events, which is looked at every second. So a revocation reaches every open socket within two seconds whoever
// caused it.
package eventlog

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/parlorchat/parlor/internal/broker"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Every is how often the log is looked at for events of other processes.
const Every = time.Second

// pageSize is how many events are read at once.
const pageSize = 500

// Log is the store's Listener, and a reader of its log.
type Log struct {
	broker broker.Broker
	log    *slog.Logger
	last   int64 // position up to which Begin and Run have passed

	mu   sync.Mutex         // guards rung
	rung map[int64]struct{} // positions that this process has published and Run has not yet passed
}

// New returns a Log that publishes by the broker.
func New(b broker.Broker, log *slog.Logger) *Log {
	return &Log{broker: b, log: log, rung: make(map[int64]struct{})}
}

// Committed publishes what this process committed.
func (l *Log) Committed(events []chat.Event) {
	l.mu.Lock()
	for _, event := range events {
		if event.Position > 0 {
			l.rung[event.Position] = struct{}{}
		}
	}
	l.mu.Unlock()
	l.broker.Publish(events)
}

// Begin notes where the log ends. It is called once, before anything that a listener could miss a change of is read.
func (l *Log) Begin(ctx context.Context, s store.Store) error {
	return s.Read(ctx, func(tx store.Tx) (err error) {
		l.last, err = tx.LastPosition()
		return err
	})
}

// Run publishes what other processes have committed since Begin, until ctx ends.
func (l *Log) Run(ctx context.Context, s store.Store) error {
	tick := time.NewTicker(Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		var err error
		if l.last, err = l.catchUp(ctx, s, l.last); err != nil && ctx.Err() == nil {
			l.log.WarnContext(ctx, "the log of events cannot be read; trying again", "err", err)
		}
	}
}

// catchUp publishes the events after the position that this process has not published itself.
func (l *Log) catchUp(ctx context.Context, s store.Store, last int64) (int64, error) {
	for {
		var page []chat.Event
		err := s.Read(ctx, func(tx store.Tx) error {
			var err error
			if page, err = tx.ListEvents(last, pageSize); err != nil {
				return err
			}
			return withStates(tx, page)
		})
		if err != nil {
			return last, err
		}
		if foreign := l.foreign(page); len(foreign) > 0 {
			l.broker.Publish(foreign)
		}
		if len(page) > 0 {
			last = page[len(page)-1].Position
		}
		if len(page) < pageSize {
			return last, nil
		}
	}
}

// withStates gives events of conversations the state that the log does not hold. One that is gone by now keeps none.
func withStates(tx store.Tx, page []chat.Event) error {
	for i, event := range page {
		if event.Kind != chat.EventConversation {
			continue
		}
		state, err := tx.GetConversation(event.App, event.Conversation)
		switch {
		case err == nil:
			page[i].ConversationState = &state
		case chat.KindOf(err) != chat.NotFound:
			return err
		}
	}
	return nil
}

func (l *Log) foreign(page []chat.Event) []chat.Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	var foreign []chat.Event
	for _, event := range page {
		if _, ours := l.rung[event.Position]; ours {
			delete(l.rung, event.Position)
			continue
		}
		if event.Kind == chat.EventConversation && event.ConversationState == nil {
			continue // it was removed since, which its clients were told
		}
		foreign = append(foreign, event)
	}
	return foreign
}

// Unheard is the Listener of a process in which nobody listens: a command. A running server finds the events in the log.
type Unheard struct{}

// Committed does nothing.
func (Unheard) Committed([]chat.Event) {}
