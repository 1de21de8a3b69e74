package socket

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/realtime"
	"github.com/parlorchat/parlor/internal/strictjson"
	"github.com/parlorchat/parlor/internal/wire"
)

// transport carries frames to one client: a WebSocket, or the requests of a line.
type transport interface {
	// write sends events as one frame. One goroutine calls it at a time. Where it fails the client is too slow, or gone.
	write(events [][]byte) error
	// ping asks for a sign of life, where the client gives none by itself.
	ping()
	// close tells the client why, and ends. It is called once at most, and others may be writing.
	close(code int, why string)
}

// conn is one connection. After hello it belongs to one session for life.
type conn struct {
	door      *Door
	app       chat.App
	transport transport
	source    string
	page      string // the origin of the page, as the browser says it, else as the client does; empty: unknown
	cookie    string // the session of the hosted page, if this is one of ours

	// Set by hello, before anybody else knows the connection.
	session    atomic.Pointer[chat.Session] // as it was last renewed
	connection *realtime.Connection
	frames     *rate.Limiter
	greeted    bool // the welcome is queued: others may write from now on

	slot atomic.Int64 // when in pingEvery it is pinged, in seconds
	ends atomic.Int64 // when its session ends, in microseconds; 0: nobody is signed in yet
	busy atomic.Bool  // its session is being looked at

	judgedBy *chat.App // with the block list by which it may stay; only the beat of the door uses it

	hangup sync.Once
}

// leave is the end of the connection on this side. A second time does nothing.
func (c *conn) leave() {
	if c.connection != nil {
		c.door.Hub.Remove(c.connection)
	}
	c.door.conns.leave(c)
}

var errFrameTooLarge = &chat.Error{Kind: chat.TooLarge, Message: "A frame must have at most 65536 bytes."}

// handle answers one request. It tells with false that the connection is over.
func (c *conn) handle(ctx context.Context, raw []byte) bool {
	var request wire.Request
	if err := strictjson.Decode(raw, &request); err != nil {
		c.refuse(&chat.Error{Kind: chat.Invalid, Code: "bad_frame", Message: "This frame cannot be read: " + err.Error()}, 4400)
		return false
	}
	now := c.door.Now()
	if reservation := c.frames.ReserveN(now, 1); reservation.DelayFrom(now) > 0 {
		reservation.CancelAt(now)
		c.answer(request.Ref, wire.Answer{}, &chat.Error{Kind: chat.RateLimited, Code: "rate_limited",
			Message: "Too many frames: slow down.", RetryAfter: time.Second})
		return true
	}
	held := c.connection.Hold()
	answer, err := c.perform(ctx, &request)
	c.answer(request.Ref, answer, err)
	if held {
		c.write()
	}
	if errors.Is(err, errSignedOut) {
		c.hangup.Do(func() { c.transport.close(realtime.CloseSessionEnded, "logout") })
		return false
	}
	return true
}

// answer queues the answer to a request.
func (c *conn) answer(ref int64, answer wire.Answer, err error) {
	if err != nil && !errors.Is(err, errSignedOut) {
		if chat.KindOf(err) == chat.Internal {
			c.door.Log.Error("request on a socket failed", "app_id", c.app.ID, "client_id", c.connection.Client, "err", err)
		}
		c.connection.Queue(wire.Encode(wire.FailureOf(ref, err)))
		return
	}
	answer.Type, answer.Ref = "ok", ref
	c.connection.Queue(wire.Encode(answer))
}

// Flush writes what waits, in a goroutine of its own that ends when nothing does.
func (c *conn) Flush() { go c.write() }

// write hands over what waits until nothing does. Only the one that Connection lets write calls it.
func (c *conn) write() {
	for waiting := c.connection.Take(); len(waiting) > 0; waiting = c.connection.Take() {
		if c.transport.write(waiting) != nil {
			c.connection.Close(realtime.CloseTooSlow, "too slow")
			return
		}
	}
}

// Hangup tells the client why and ends the connection. It may be called by anybody, at any time, and does not block.
func (c *conn) Hangup(code int, why string) {
	c.hangup.Do(func() { go c.transport.close(code, why) })
}

// evict is Hangup with the reason in words, for who is signed in; who is not may be being answered at this moment.
func (c *conn) evict(err error) {
	c.hangup.Do(func() {
		go func() {
			if c.ends.Load() > 0 && c.connection.Hold() {
				c.transport.write([][]byte{wire.Encode(wire.FailureOf(0, err))})
			}
			c.transport.close(wire.OutcomeOf(err).Close, wire.ProblemOf(err).Code)
		}()
	})
}

// UserChanged queues the user's record as it is now.
func (c *conn) UserChanged() {
	go func() {
		user, err := c.door.Directory.Self(context.Background(), c.principal())
		if err == nil {
			shown := wire.SelfOf(user)
			c.connection.Queue(wire.Encode(wire.Event{Type: "user", User: &shown}))
		}
	}()
}

// refuse sends the reason and closes. It is for connections that nobody else writes to, or that are over anyway.
func (c *conn) refuse(err error, code int) {
	c.hangup.Do(func() {
		if !c.greeted || c.connection.Hold() {
			c.transport.write([][]byte{wire.Encode(wire.FailureOf(0, err))})
		}
		c.transport.close(code, wire.ProblemOf(err).Code)
	})
}

// checkSession closes the connection if its session is over, and notes its new end if it was renewed.
func (c *conn) checkSession(ctx context.Context) {
	if !c.busy.CompareAndSwap(false, true) {
		return
	}
	go func() {
		defer c.busy.Store(false)
		session, live, err := c.door.Directory.StillLive(ctx, *c.session.Load())
		switch {
		case err != nil: // looked at again with the next beat
		case live:
			c.ends.Store(session.Ends().UnixMicro())
		default:
			c.connection.Close(realtime.CloseSessionEnded, "session ended")
		}
	}()
}

func (c *conn) principal() chat.Principal {
	return chat.Principal{App: c.app.ID, Session: c.session.Load()}
}
