package realtime

import (
	"sync"

	"github.com/parlorchat/parlor/internal/chat"
)

// Close codes of api/realtime.md section 6 that the hub itself decides on.
const (
	CloseRestart      = 1012
	CloseSessionEnded = 4401
	CloseTooSlow      = 4408
)

// maxQueued is the most events that wait for one connection.
const maxQueued = 256

// Line is how a connection reaches its client. Its methods are called without locks held and must not block.
type Line interface {
	// Flush is called when something waits and nobody is writing: it takes with Connection.Take until there is nothing.
	Flush()
	// Hangup is called once when the connection is to be closed.
	Hangup(code int, why string)
	// UserChanged is called when the signed-in user's record changed.
	UserChanged()
}

// Connection is the hub's side of one client's line, or of an agent's, which has an Agent alone. Who it belongs to never changes.
type Connection struct {
	App     chat.AppID
	User    chat.UserID
	Client  chat.ClientID
	Session chat.SessionID
	Key     chat.KeyID
	Agent   chat.AgentID

	line Line

	mu      sync.Mutex // guards the rest
	queue   [][]byte
	writing bool // somebody takes from the queue, or holds it back
	closed  bool
}

// NewConnection returns the connection of a session over the line. It is held: what is queued waits until somebody takes.
func NewConnection(session chat.Session, line Line) *Connection {
	return &Connection{App: session.App, User: session.User, Client: session.Client, Session: session.ID, Key: session.Key,
		line: line, writing: true}
}

func (c *Connection) person() person { return person{c.App, c.User} }

func (c *Connection) endsWith(over chat.EndedSessions) bool {
	switch {
	case over.Session != "":
		return c.Session == over.Session
	case over.Client != "":
		return c.Client == over.Client
	}
	return over.User != "" && c.User == over.User
}

// Queue adds one encoded event or answer. Beyond the bound the connection is closed: its client is too slow.
func (c *Connection) Queue(encoded []byte) {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return
	}
	if len(c.queue) >= maxQueued {
		c.mu.Unlock()
		c.Close(CloseTooSlow, "too slow")
		return
	}
	c.queue = append(c.queue, encoded)
	idle := !c.writing
	c.writing = true
	c.mu.Unlock()
	if idle {
		c.line.Flush()
	}
}

// Prepend puts answers before whatever waits; for the one who holds the connection.
func (c *Connection) Prepend(encoded [][]byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queue = append(encoded, c.queue...)
}

// Hold keeps what is queued from being written until Take, and tells with false if somebody is writing already.
func (c *Connection) Hold() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.writing {
		return false
	}
	c.writing = true
	return true
}

// Take returns what waits, oldest first; with nothing waiting, the taker is no longer the writer.
func (c *Connection) Take() [][]byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	taken := c.queue
	c.queue = nil
	if len(taken) == 0 || c.closed {
		c.writing = false
		return nil
	}
	return taken
}

// Close hangs up, once. What waits is dropped: the client resumes.
func (c *Connection) Close(code int, why string) {
	c.mu.Lock()
	done := c.closed
	c.closed = true
	c.queue = nil
	c.mu.Unlock()
	if !done {
		c.line.Hangup(code, why)
	}
}

func (c *Connection) userChanged() { c.line.UserChanged() }
