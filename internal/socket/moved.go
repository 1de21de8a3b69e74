package socket

import (
	"sync"

	"github.com/parlorchat/parlor/internal/chat"
)

// moved collects conversations until somebody looks at them: of one that moves often it is once.
type moved struct {
	mu     sync.Mutex // guards places
	places map[place]struct{}
	once   sync.Once
	rings  chan struct{}
}

type place struct {
	app          chat.AppID
	conversation chat.ConversationID
}

// bell rings when there is something to take.
func (m *moved) bell() chan struct{} {
	m.once.Do(func() { m.rings = make(chan struct{}, 1) })
	return m.rings
}

func (m *moved) note(at place) {
	m.mu.Lock()
	if m.places == nil {
		m.places = make(map[place]struct{})
	}
	m.places[at] = struct{}{}
	m.mu.Unlock()
	select {
	case m.bell() <- struct{}{}:
	default: // it rings already
	}
}

func (m *moved) take() map[place]struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	taken := m.places
	m.places = nil
	return taken
}
