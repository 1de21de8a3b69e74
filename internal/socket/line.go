package socket

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// maxUnheard is the most frames that wait for the client of a line, those included that it was given and has not
// acknowledged: as many as wait for a socket, and as many again for what is on its way.
const maxUnheard = 512

// line is the transport of clients to whom no WebSocket comes through (api/realtime.md section 8). Nothing runs for it
// between two requests of its client: what happens meanwhile lies in unheard.
type line struct {
	conn *conn
	now  func() time.Time

	saying chan struct{} // held by the request whose frames are being handled; guards said
	said   int64         // the number of the last frame that was handled

	mu      sync.Mutex       // guards the rest
	heardAt time.Time        // when the last request came
	unheard []jsontext.Value // frames that are not acknowledged
	first   int64            // the number of the first of them
	given   int64            // the number of the last frame that was given in an answer
	polls   int              // how many polls came: the last one is answered
	closed  *wire.LineClosed
	changed chan struct{} // closed and replaced when there is something new for a poll; nil: nobody waits
}

func newLine(now func() time.Time) *line {
	return &line{now: now, saying: make(chan struct{}, 1), heardAt: now(), first: 1}
}

var errFull = errors.New("too many frames wait for the client of a line")

func (l *line) write(events [][]byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed != nil {
		return nil
	}
	if len(l.unheard)+len(events) > maxUnheard {
		return errFull
	}
	for _, event := range events {
		l.unheard = append(l.unheard, event)
	}
	l.tell()
	return nil
}

// ping does nothing: the polls of a client are its signs of life, and lines.forget ends those without.
func (l *line) ping() {}

func (l *line) close(code int, why string) {
	l.mu.Lock()
	l.closed = &wire.LineClosed{Code: code, Reason: why}
	l.tell()
	l.mu.Unlock()
	l.conn.leave()
}

// end is how the line was closed; nil: it was not.
func (l *line) end() *wire.LineClosed {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}

// tell wakes the polls that wait; for the one who holds mu.
func (l *line) tell() {
	if l.changed != nil {
		close(l.changed)
		l.changed = nil
	}
}

// say handles frames in order, each once: those that a repeated request brings again are passed over.
func (l *line) say(ctx context.Context, said wire.LineSaid) error {
	select {
	case l.saying <- struct{}{}:
		defer func() { <-l.saying }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if said.First < 1 || said.First > l.said+1 {
		return chat.InvalidField("first", "must be at most %d: the frames before have not arrived", l.said+1)
	}
	again := min(l.said+1-said.First, int64(len(said.Frames)))
	for _, frame := range said.Frames[again:] {
		if l.end() != nil {
			return errLineNotFound
		}
		l.said++
		// What has begun is done whole, also where the client goes away meanwhile.
		l.handle(context.WithoutCancel(ctx), []byte(frame))
	}
	return nil
}

func (l *line) handle(ctx context.Context, frame []byte) {
	defer func() {
		if fault := recover(); fault != nil {
			l.conn.door.Panicked(fault)
			l.conn.Hangup(closeFailed, "")
		}
	}()
	if len(frame) > maxFrame {
		l.conn.refuse(errFrameTooLarge, closeTooLarge)
		return
	}
	l.conn.handle(ctx, frame)
}

// poll forgets the frames up to the number, which have arrived, and returns those after it. Where there are none it
// waits for the first. Of polls that wait at once the last one is answered, and the others with nothing: their client
// has given them up.
func (l *line) poll(ctx context.Context, after int64, wait time.Duration) (wire.LineHeard, error) {
	late := time.NewTimer(wait)
	defer late.Stop()
	l.mu.Lock()
	defer l.mu.Unlock()
	if after < 0 || after > l.given {
		return wire.LineHeard{}, chat.InvalidField("after", "must be the number of a frame that was received, or 0")
	}
	if arrived := after + 1 - l.first; arrived > 0 {
		l.unheard = slices.Delete(l.unheard, 0, int(arrived))
		l.first += arrived
	}
	l.polls++
	l.tell()
	for turn := l.polls; ; {
		switch {
		case l.polls != turn:
			return wire.LineHeard{First: l.first, Frames: []jsontext.Value{}}, nil
		case len(l.unheard) > 0 || l.closed != nil || wait <= 0:
			return l.give(), nil
		}
		if l.changed == nil {
			l.changed = make(chan struct{})
		}
		changed := l.changed
		l.mu.Unlock()
		select {
		case <-changed:
		case <-late.C:
			wait = 0
		case <-ctx.Done():
			wait = 0
		}
		l.mu.Lock()
	}
}

// give returns all that waits; for the one who holds mu.
func (l *line) give() wire.LineHeard {
	l.given = l.first + int64(len(l.unheard)) - 1
	return wire.LineHeard{First: l.first, Frames: append([]jsontext.Value{}, l.unheard...), Closed: l.closed}
}
