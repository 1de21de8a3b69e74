// Package broker carries events to everybody who listens: inside one process here, between nodes by an implementation
// over a bus. It is a doorbell and never the record: what it loses is found again in the database.
package broker

import (
	"slices"
	"sync"

	"github.com/parlorchat/parlor/internal/chat"
)

// Broker publishes events and hands them to subscribers.
type Broker interface {
	// Publish hands the events, in order, to every subscriber. It does not wait for slow ones and does not fail.
	Publish(events []chat.Event)
	// Subscribe calls f with all events published from now on, until cancel. f is called by one goroutine at a time
	// for each publisher, must return quickly, and must not publish.
	Subscribe(f func([]chat.Event)) (cancel func())
}

// Memory is the Broker of a single process. Its zero value is ready.
type Memory struct {
	mu   sync.RWMutex // guards subs
	subs []*func([]chat.Event)
}

// Publish calls every subscriber before it returns.
func (m *Memory) Publish(events []chat.Event) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, f := range m.subs {
		(*f)(events)
	}
}

// Subscribe adds a subscriber.
func (m *Memory) Subscribe(f func([]chat.Event)) func() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.subs = append(m.subs, &f)
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.subs = slices.DeleteFunc(m.subs, func(g *func([]chat.Event)) bool { return g == &f })
	}
}
