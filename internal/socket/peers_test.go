package socket_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/parlorchat/parlor/internal/servertest"
)

// peer is the client's end of a connection, over whichever transport.
type peer interface {
	// say sends one client frame.
	say(ctx context.Context, text string) error
	// hear returns the next server frame, or closedWith.
	hear(ctx context.Context) ([]byte, error)
	// closeNow is gone without a word.
	closeNow()
}

// closedWith is the end of a connection.
type closedWith int

func (c closedWith) Error() string { return fmt.Sprintf("closed with %d", int(c)) }

type dialer func(*servertest.Env, http.Header) (peer, error)

// env is a server, and the transport over which clients of the test reach it.
type env struct {
	*servertest.Env
	dial dialer
}

// In is the same for a subtest.
func (e *env) In(t *testing.T) *env { return &env{e.Env.In(t), e.dial} }

// overBoth runs a test of the protocol over each transport: what holds for one holds for the other.
func overBoth(t *testing.T, test func(*testing.T, *env), options ...servertest.Option) {
	t.Parallel()
	for name, dial := range map[string]dialer{"websocket": dialSocket, "line": dialLine} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, &env{servertest.Start(t, options...), dial})
		})
	}
}

// socketPeer speaks by another WebSocket library than the server's.
type socketPeer struct{ ws *websocket.Conn }

func dialSocket(e *servertest.Env, header http.Header) (peer, error) {
	return dialAt(e, "/sdk/v1/apps/"+string(e.App.ID)+"/socket", header)
}

func dialAt(e *servertest.Env, path string, header http.Header) (peer, error) {
	ws, response, err := websocket.Dial(e.Context(), "ws"+strings.TrimPrefix(e.URL, "http")+path, &websocket.DialOptions{HTTPHeader: header})
	if err != nil {
		if response != nil {
			err = statusError{response.StatusCode, err.Error()}
		}
		return nil, err
	}
	ws.SetReadLimit(1 << 20)
	return socketPeer{ws}, nil
}

func (p socketPeer) say(ctx context.Context, text string) error {
	return p.ws.Write(ctx, websocket.MessageText, []byte(text))
}

func (p socketPeer) hear(ctx context.Context) ([]byte, error) {
	_, raw, err := p.ws.Read(ctx)
	if closed, ok := errors.AsType[websocket.CloseError](err); ok {
		return nil, closedWith(closed.Code)
	}
	return raw, err
}

func (p socketPeer) closeNow() { p.ws.CloseNow() }

// linePeer speaks as section 8 of api/realtime.md says.
type linePeer struct {
	lines  string // the address
	header http.Header
	token  string
	said   int64 // frames after the hello
	heard  int64 // the number of the last frame that came
	first  []json.RawMessage
	closed closedWith
}

// lineAnswer is an answer about a line, whichever.
type lineAnswer struct {
	Line   string
	First  int64
	Frames []json.RawMessage
	Errors []json.RawMessage
	Closed *struct {
		Code   closedWith
		Reason string
	}
}

// statusError is an answer that is no success.
type statusError struct {
	status int
	body   string
}

func (s statusError) Error() string { return fmt.Sprintf("%d %s", s.status, s.body) }

func dialLine(e *servertest.Env, header http.Header) (peer, error) { return newLine(e, header), nil }

func newLine(e *servertest.Env, header http.Header) *linePeer {
	header = header.Clone()
	header.Set("Content-Type", "application/json")
	return &linePeer{lines: e.URL + "/sdk/v1/apps/" + string(e.App.ID) + "/lines", header: header}
}

// post sends a request; an answer that is no success is a statusError, beside what it says.
func (p *linePeer) post(ctx context.Context, path, body string) (answer lineAnswer, err error) {
	request, err := http.NewRequestWithContext(ctx, "POST", p.lines+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return answer, err
	}
	request.Header = p.header.Clone()
	if p.token != "" {
		request.Header.Set("Authorization", "Bearer "+p.token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer, err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err == nil && len(raw) > 0 {
		err = json.Unmarshal(raw, &answer)
	}
	if err == nil && response.StatusCode/100 != 2 {
		err = statusError{response.StatusCode, string(raw)}
	}
	return answer, err
}

func (p *linePeer) say(ctx context.Context, text string) error {
	if p.token != "" {
		p.said++
		return p.sayFrom(ctx, p.said, text)
	}
	answer, err := p.post(ctx, "", text)
	if refused, ok := errors.AsType[statusError](err); ok && answer.Closed != nil {
		p.first = []json.RawMessage{json.RawMessage(fmt.Sprintf(`{"type":"error","status":%d,"error":%s}`, refused.status, answer.Errors[0]))}
		p.closed = answer.Closed.Code
		return nil
	}
	p.token = answer.Line
	p.take(answer)
	return err
}

// sayFrom says frames of which the first has the number.
func (p *linePeer) sayFrom(ctx context.Context, first int64, frames ...string) error {
	body, err := json.Marshal(map[string]any{"first": first, "frames": frames})
	if err == nil {
		_, err = p.post(ctx, "/current/frames", string(body))
	}
	return err
}

func (p *linePeer) take(answer lineAnswer) {
	p.first = append(p.first, answer.Frames...)
	if len(answer.Frames) > 0 {
		p.heard = answer.First + int64(len(answer.Frames)) - 1
	}
	if answer.Closed != nil {
		p.closed = answer.Closed.Code
	}
}

func (p *linePeer) poll(ctx context.Context, after int64, seconds int) (lineAnswer, error) {
	return p.post(ctx, "/current/poll", fmt.Sprintf(`{"after":%d,"waitSeconds":%d}`, after, seconds))
}

func (p *linePeer) hear(ctx context.Context) ([]byte, error) {
	for len(p.first) == 0 {
		if p.closed != 0 {
			return nil, p.closed
		}
		answer, err := p.poll(ctx, p.heard, 25)
		if err != nil {
			return nil, err
		}
		p.take(answer)
	}
	frame, err := json.Marshal(p.first)
	p.first = nil
	return frame, err
}

func (p *linePeer) closeNow() { p.closed = 1006 }
