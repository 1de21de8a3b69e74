package socket

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"sync"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// Figures of lines (api/realtime.md section 8).
const (
	maxLines    = 100 // of one user: unlike a socket, a line costs its client nothing
	maxSaid     = 100 // frames in one request
	pollFor     = 25 * time.Second
	closeGone   = 1001
	closeFailed = 1011
)

var (
	errLineNotFound = &chat.Error{Kind: chat.NotFound, Code: "line_not_found", Message: "There is no such line: it has ended. Open another one."}
	errTooManyLines = &chat.Error{Kind: chat.RateLimited, Code: "rate_limited", Message: "Too many lines of this user are open.", RetryAfter: 10 * time.Second}
)

// lines are those that clients can name, by the hash of the token: also closed ones, for a while, as the answer that
// told of it may be lost.
type lines struct {
	mu     sync.Mutex // guards the rest
	byHash map[chat.TokenHash]*line
	ofUser map[chat.UserID]int
}

// add lets a client name the line by the token that it returns, or by none where its user has too many.
func (ls *lines) add(l *line) (token string, added bool) {
	var raw [16]byte
	rand.Read(raw[:])
	token = hex.EncodeToString(raw[:])
	user := l.conn.connection.User
	ls.mu.Lock()
	defer ls.mu.Unlock()
	if ls.ofUser[user] >= maxLines {
		return "", false
	}
	if ls.byHash == nil {
		ls.byHash, ls.ofUser = make(map[chat.TokenHash]*line), make(map[chat.UserID]int)
	}
	ls.byHash[chat.HashToken(token)] = l
	ls.ofUser[user]++
	return token, true
}

// find returns a line of the app, which has given a sign of life by that.
func (ls *lines) find(app chat.AppID, token string) (*line, error) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	l := ls.byHash[chat.HashToken(token)]
	if l == nil || l.conn.app.ID != app {
		return nil, errLineNotFound
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.heardAt = l.now()
	return l, nil
}

// forget ends the lines that were silent for too long.
func (ls *lines) forget(now time.Time) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	for hash, l := range ls.byHash {
		l.mu.Lock()
		silent := now.Sub(l.heardAt) > silentFor
		l.mu.Unlock()
		if silent {
			ls.remove(hash, l)
			l.conn.Hangup(closeGone, "silent")
		}
	}
}

func (ls *lines) remove(hash chat.TokenHash, l *line) {
	delete(ls.byHash, hash)
	user := l.conn.connection.User
	if ls.ofUser[user]--; ls.ofUser[user] == 0 {
		delete(ls.ofUser, user)
	}
}

func (ls *lines) count() int {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	return len(ls.byHash)
}

// OpenLine signs a client in by its hello and returns its line with the first frames. Where it is refused, the end is
// what a socket would have been closed with.
func (d *Door) OpenLine(ctx context.Context, app chat.App, r *http.Request, hello []byte) (wire.OpenedLine, *wire.LineClosed, error) {
	l := newLine(d.Now)
	l.conn = d.connect(app, r, l)
	if len(hello) > maxFrame {
		l.conn.refuse(errFrameTooLarge, closeTooLarge)
		return wire.OpenedLine{}, l.end(), errFrameTooLarge
	}
	if err := l.conn.hello(context.WithoutCancel(ctx), hello); err != nil {
		return wire.OpenedLine{}, l.end(), err
	}
	token, err := d.admit(l)
	if err != nil {
		l.conn.refuse(err, wire.OutcomeOf(err).Close)
		return wire.OpenedLine{}, l.end(), err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return wire.OpenedLine{Line: token, LineHeard: l.give()}, nil, nil
}

// admit makes the line one of those that are counted, named, and closed with the server. The hub knows it already, and
// may have closed it meanwhile.
func (d *Door) admit(l *line) (token string, err error) {
	if !d.conns.enter(l.conn) {
		return "", errStopping
	}
	if l.end() != nil {
		l.conn.leave()
	}
	token, added := d.lines.add(l)
	if !added {
		return "", errTooManyLines
	}
	return token, nil
}

// SayOnLine handles what a client says.
func (d *Door) SayOnLine(ctx context.Context, app chat.AppID, token string, said wire.LineSaid) error {
	if len(said.Frames) > maxSaid {
		return chat.InvalidField("frames", "must be at most %d", maxSaid)
	}
	l, err := d.lines.find(app, token)
	if err != nil {
		return err
	}
	return l.say(ctx, said)
}

// PollLine returns what a client has not heard yet, and waits for it.
func (d *Door) PollLine(ctx context.Context, app chat.AppID, token string, poll wire.LinePoll) (wire.LineHeard, error) {
	wait := pollFor
	if poll.WaitSeconds != 0 {
		wait = time.Duration(poll.WaitSeconds) * time.Second
	}
	if poll.WaitSeconds < 0 || poll.WaitSeconds > int(pollFor.Seconds()) {
		return wire.LineHeard{}, chat.InvalidField("waitSeconds", "must be from 1 to %d", int(pollFor.Seconds()))
	}
	l, err := d.lines.find(app, token)
	if err != nil {
		return wire.LineHeard{}, err
	}
	return l.poll(ctx, poll.After, wait)
}

// EndLine lets go of a line; one that is not there is fine.
func (d *Door) EndLine(app chat.AppID, token string) {
	l, err := d.lines.find(app, token)
	if err != nil {
		return
	}
	d.lines.mu.Lock()
	if hash := chat.HashToken(token); d.lines.byHash[hash] == l {
		d.lines.remove(hash, l)
	}
	d.lines.mu.Unlock()
	l.conn.Hangup(closeGone, "")
}

// Lines returns how many lines clients can name.
func (d *Door) Lines() int { return d.lines.count() }
