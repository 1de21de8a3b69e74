package socket

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// webSocket is the transport of clients to whom nothing stands in the way.
type webSocket struct{ *websocket.Conn }

// begin greets the client, and goes on in a goroutine of its own.
func (s webSocket) begin(c *conn) {
	greeted := false
	defer func() {
		if !greeted {
			s.end(c)
		}
	}()
	s.SetReadLimit(maxFrame)
	c.slot.Store(rand.Int64N(int64(pingEvery / time.Second)))
	s.SetReadDeadline(time.Now().Add(helloWithin))
	raw, err := s.read(c)
	if err != nil {
		return
	}
	if greeted = c.hello(context.Background(), raw) == nil; greeted {
		go s.serve(context.Background(), c)
	}
}

func (s webSocket) end(c *conn) {
	s.Close()
	c.leave()
}

// serve reads frames until the connection ends.
func (s webSocket) serve(ctx context.Context, c *conn) {
	defer s.end(c)
	defer func() {
		if fault := recover(); fault != nil {
			c.door.Panicked(fault)
		}
	}()
	s.SetPongHandler(func(string) error { return s.heard() })
	for s.heard() == nil {
		raw, err := s.read(c)
		if err != nil {
			return
		}
		if !c.handle(ctx, raw) {
			return
		}
	}
}

// heard moves the time by which the next sign of life must come.
func (s webSocket) heard() error { return s.SetReadDeadline(time.Now().Add(silentFor)) }

// read returns the next text frame.
func (s webSocket) read(c *conn) ([]byte, error) {
	kind, raw, err := s.ReadMessage()
	if errors.Is(err, websocket.ErrReadLimit) {
		c.refuse(errFrameTooLarge, closeTooLarge)
	}
	if err == nil && kind != websocket.TextMessage {
		err = &chat.Error{Kind: chat.Invalid, Code: "bad_frame", Message: "Frames must be text: one JSON object each."}
		c.refuse(err, wire.OutcomeOf(err).Close)
	}
	return raw, err
}

var frameBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func (s webSocket) write(events [][]byte) error {
	frame := frameBuffers.Get().(*bytes.Buffer)
	defer frameBuffers.Put(frame)
	frame.Reset()
	for i, event := range events {
		frame.WriteByte(",["[min(1, 1-min(i, 1))])
		frame.Write(event)
	}
	frame.WriteByte(']')
	s.SetWriteDeadline(time.Now().Add(writeWithin))
	return s.WriteMessage(websocket.TextMessage, frame.Bytes())
}

func (s webSocket) ping() {
	s.WriteControl(websocket.PingMessage, nil, time.Now().Add(time.Second))
}

func (s webSocket) close(code int, why string) {
	s.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, why), time.Now().Add(time.Second))
	s.Close()
}
