// Package socket is the WebSocket door of end users: it accepts connections, reads frames, calls one method of a work
// package for each, and writes answers and events. The protocol is api/realtime.md; the rules are elsewhere.
//
// A connection costs one goroutine that reads, and no writer while it is idle: whoever queues the first event starts
// one that writes until nothing waits. The goroutine that reads is not the one that net/http began with: after the
// welcome that one goes, with the request, its buffers and the stack that signing in took. While a request is being handled its answer and the events it caused are held
// together and leave in one frame.
package socket

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/ratelimit"
	"github.com/parlorchat/parlor/internal/realtime"
	"github.com/parlorchat/parlor/internal/wire"
)

// Figures of the line (api/realtime.md section 6; security rule 47).
const (
	helloWithin = 10 * time.Second
	pingEvery   = 25 * time.Second
	silentFor   = 60 * time.Second
	writeWithin = 10 * time.Second
	maxFrame    = 64 << 10
	readBuffer  = 512

	closeTooLarge = websocket.CloseMessageTooBig
)

// Door accepts connections. Its fields are set before the first.
type Door struct {
	Apps      *directory.Apps
	Gate      directory.Gate
	Directory *directory.Service
	Messaging *messaging.Service
	Hub       *realtime.Hub
	Media     wire.MediaLinks
	Messages  *ratelimit.Limiter // how often one client may send
	FrameRate int                // frames that one socket may send in a second, twice as many at once; 0: no limit
	Source    func(*http.Request) string
	Own       func(*http.Request) string // the origin under which this server is reached
	Now       func() time.Time
	Panicked  func(fault any) // is told of a panic while a frame was handled; the connection is closed
	Log       *slog.Logger

	conns  crowd[*conn]
	lines  lines
	blocks blockLists // of the last beat
}

var writeBuffers sync.Pool

// ServeHTTP upgrades the request, signs the client in, and leaves the connection to a goroutine of its own.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	app, err := d.Apps.Find(r.Context(), r.PathValue("appId"))
	if err != nil {
		refuse(w, err)
		return
	}
	upgrader := websocket.Upgrader{
		ReadBufferSize: readBuffer, WriteBufferPool: &writeBuffers, HandshakeTimeout: helloWithin,
		CheckOrigin: func(r *http.Request) bool { return d.allows(app, r) },
		Error: func(w http.ResponseWriter, _ *http.Request, status int, reason error) {
			kind := chat.Invalid
			if status == http.StatusForbidden {
				kind = chat.Forbidden
			}
			refuse(w, &chat.Error{Kind: kind, Message: "This request does not become a socket: " + reason.Error()})
		},
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	socket := webSocket{ws}
	c := d.connect(app, r, socket)
	if err := d.keepOut(c, app); err != nil {
		c.refuse(err, wire.OutcomeOf(err).Close)
		return
	}
	if !d.conns.enter(c) {
		c.refuse(errStopping, realtime.CloseRestart)
		return
	}
	socket.begin(c)
}

var errStopping = chat.Overloaded("The server is stopping.", time.Second, nil)

// connect returns the connection that a request begins. The session of the hosted page comes along from its own pages only.
func (d *Door) connect(app chat.App, r *http.Request, t transport) *conn {
	c := &conn{door: d, app: app, transport: t, source: d.Source(r), page: wire.OriginOf(r, d.Own(r))}
	if wire.SameOrigin(r, d.Own(r)) {
		c.cookie = wire.CookieOf(r, wire.SessionCookie(app.ID))
	}
	return c
}

// refuse answers a request that does not become a socket.
func refuse(w http.ResponseWriter, err error) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(wire.OutcomeOf(err).Status)
	w.Write(wire.Encode(wire.ProblemsOf(err)))
}

// allows tells whether the page may connect: no Origin is no page; our own frame always may.
func (d *Door) allows(app chat.App, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	return origin == "" || wire.SameOrigin(r, d.Own(r)) || app.Settings.AllowsOrigin(origin)
}

// Connections returns how many are open.
func (d *Door) Connections() int { return d.conns.size() }

// Run pings every connection every pingEvery, spread over that time, and looks at sessions whose time has come, until
// ctx ends; then it closes all connections with 1012 and waits for them.
func (d *Door) Run(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for beat := 0; ; beat++ {
		select {
		case <-ctx.Done():
			d.conns.end(func(c *conn) { c.Hangup(realtime.CloseRestart, "the server restarts") })
			return nil
		case <-tick.C:
			d.beat(ctx, beat)
		}
	}
}

func (d *Door) beat(ctx context.Context, beat int) {
	now := d.Now()
	const slots = int(pingEvery / time.Second)
	d.lines.forget(now)
	conns := d.conns.all()
	d.closeBlocked(ctx, conns)
	for _, c := range conns {
		if c.slot.Load() == int64(beat%slots) {
			c.transport.ping()
		}
		if ends := c.ends.Load(); ends > 0 && now.UnixMicro() >= ends {
			c.checkSession(ctx)
		}
	}
}
