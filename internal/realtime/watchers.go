package realtime

import (
	"slices"
	"sync"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// watchers are the connections of agents. Each sees what happens in the whole of its app.
type watchers struct {
	mu   sync.RWMutex // guards apps; its slices are not changed, but replaced
	apps map[chat.AppID][]*Connection
}

// NewWatcher returns the connection of an agent to an app over the line. It is held, as NewConnection's is.
func NewWatcher(app chat.AppID, agent chat.AgentID, line Line) *Connection {
	return &Connection{App: app, Agent: agent, line: line, writing: true}
}

// Watch hands the connection of an agent everything that happens in its app, until Unwatch.
func (h *Hub) Watch(c *Connection) {
	h.watchers.mu.Lock()
	defer h.watchers.mu.Unlock()
	if h.watchers.apps == nil {
		h.watchers.apps = make(map[chat.AppID][]*Connection)
	}
	h.watchers.apps[c.App] = append(slices.Clip(h.watchers.apps[c.App]), c)
}

// Unwatch takes the connection out; one that is not there is fine.
func (h *Hub) Unwatch(c *Connection) {
	h.watchers.mu.Lock()
	defer h.watchers.mu.Unlock()
	left := slices.DeleteFunc(slices.Clone(h.watchers.apps[c.App]), func(other *Connection) bool { return other == c })
	if len(left) == 0 {
		delete(h.watchers.apps, c.App)
		return
	}
	h.watchers.apps[c.App] = left
}

// Watchers returns the connections of agents to the app; the slice is not changed afterwards.
func (h *Hub) Watchers(app chat.AppID) []*Connection {
	h.watchers.mu.RLock()
	defer h.watchers.mu.RUnlock()
	return h.watchers.apps[app]
}

// show queues an event to the agents of its app. It is encoded once.
func (h *Hub) show(event chat.Event) {
	watching := h.Watchers(event.App)
	if len(watching) == 0 {
		return
	}
	shown, visible := wire.DeskEventOf(event, h.media)
	if !visible {
		return
	}
	encoded := wire.Encode(shown)
	for _, c := range watching {
		if event.Agent == nil || c.Agent != event.Agent.ID { // nobody is told of their own typing
			c.Queue(encoded)
		}
	}
}
