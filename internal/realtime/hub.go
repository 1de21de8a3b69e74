// Package realtime knows who is connected and hands them what happens. It knows users and sessions and no chat rules:
// each event says itself whom it is for. An event is encoded once per audience and queued to every connection of it;
// the queues are bounded, and a connection that reads too slowly is closed and resumes from the database.
package realtime

import (
	"hash/maphash"
	"sync"
	"sync/atomic"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

const numShards = 64

// Hub is safe for concurrent use.
type Hub struct {
	media    wire.MediaLinks
	seed     maphash.Seed
	shards   [numShards]shard
	ends     atomic.Uint64
	watchers watchers
}

type shard struct {
	mu    sync.RWMutex // guards users
	users map[person][]*Connection
}

// person is a user of an app.
type person struct {
	app  chat.AppID
	user chat.UserID
}

// NewHub returns an empty hub. Media of messages are shown by the links; nil is none.
func NewHub(media wire.MediaLinks) *Hub {
	h := &Hub{media: media, seed: maphash.MakeSeed()}
	for i := range h.shards {
		h.shards[i].users = make(map[person][]*Connection)
	}
	return h
}

func (h *Hub) shard(p person) *shard {
	return &h.shards[maphash.String(h.seed, string(p.user))%numShards]
}

// Add makes the hub hand events to the connection, until Remove.
func (h *Hub) Add(c *Connection) {
	s := h.shard(c.person())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[c.person()] = append(s.users[c.person()], c)
}

// Remove takes the connection out; one that is not there is fine.
func (h *Hub) Remove(c *Connection) {
	p := c.person()
	s := h.shard(p)
	s.mu.Lock()
	defer s.mu.Unlock()
	connections := s.users[p]
	for i, other := range connections {
		if other != c {
			continue
		}
		// A new slice, since Deliver may be walking the old one.
		left := make([]*Connection, 0, len(connections)-1)
		left = append(append(left, connections[:i]...), connections[i+1:]...)
		if len(left) == 0 {
			delete(s.users, p)
		} else {
			s.users[p] = left
		}
		return
	}
}

// connections returns those of a user; the slice is not changed afterwards.
func (h *Hub) connections(p person) []*Connection {
	s := h.shard(p)
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.users[p]
}

// Each calls f for every connection, in no order.
func (h *Hub) Each(f func(*Connection)) {
	for i := range h.shards {
		for _, c := range h.shards[i].all() {
			f(c)
		}
	}
}

func (s *shard) all() []*Connection {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var all []*Connection
	for _, connections := range s.users {
		all = append(all, connections...)
	}
	return all
}

// Deliver hands events to the connections that they are for, in order. It never blocks.
func (h *Hub) Deliver(events []chat.Event) {
	for _, event := range events {
		switch event.Kind {
		case chat.EventSessionsEnded:
			h.end(event)
		case chat.EventUserUpdated, chat.EventUserMerged:
			for _, c := range h.connections(person{event.App, event.User}) {
				c.userChanged()
			}
		default:
			h.fanOut(event)
			h.show(event)
		}
	}
}

// fanOut queues an event of a conversation to its audience. It is encoded at most twice: for its author, who also sees
// which of their clients it came from, and for everybody else.
func (h *Hub) fanOut(event chat.Event) {
	var author chat.UserID
	if event.Message != nil {
		author = event.Message.Author.User
	}
	var forAuthor, forOthers []byte
	for _, user := range event.Audience {
		connections := h.connections(person{event.App, user})
		if len(connections) == 0 {
			continue
		}
		encoded := &forOthers
		if user == author {
			encoded = &forAuthor
		}
		if *encoded == nil {
			shown, visible := wire.EventOf(event, wire.Viewer{User: user, Media: h.media})
			if !visible {
				return
			}
			*encoded = wire.Encode(shown)
		}
		for _, c := range connections {
			c.Queue(*encoded)
		}
	}
}

// Ends moves whenever sessions end. Whoever looks a session up before Add, and finds the same number after it, knows
// that the hub has missed no end of that session.
func (h *Hub) Ends() uint64 { return h.ends.Load() }

// end closes the connections whose sessions ended.
func (h *Hub) end(event chat.Event) {
	h.ends.Add(1) // before the connections are looked at: one that comes later sees it
	over := *event.Ended
	closeIfOver := func(c *Connection) {
		if c.App == event.App && c.endsWith(over) || over.Key != "" && c.Key == over.Key {
			c.Close(CloseSessionEnded, over.Why)
		}
	}
	if event.User == "" {
		h.Each(closeIfOver)
		return
	}
	for _, c := range h.connections(person{event.App, event.User}) {
		closeIfOver(c)
	}
}

// IsHere tells whether a user has an open connection to this process.
func (h *Hub) IsHere(app chat.AppID, user chat.UserID) bool {
	return len(h.connections(person{app, user})) > 0
}
