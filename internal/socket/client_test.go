package socket_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// client is an end user's client, written from api/realtime.md.
type client struct {
	*testing.T
	peer
	waiting []frame // of frames that came together
	ref     int
}

// frame is one object of a server frame.
type frame map[string]any

func (f frame) at(path string) any {
	var v any = map[string]any(f)
	for name := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			v = at[name]
		case []any:
			var i int
			if _, err := fmt.Sscan(name, &i); err != nil || i >= len(at) {
				return nil
			}
			v = at[i]
		default:
			return nil
		}
	}
	return v
}

func (f frame) text(path string) string { s, _ := f.at(path).(string); return s }
func (f frame) number(path string) int  { n, _ := f.at(path).(float64); return int(n) }

func connect(e *env, headers ...string) *client {
	e.Helper()
	p, err := e.dial(e.Env, headersOf(headers...))
	if err != nil {
		e.Fatal(err)
	}
	e.Cleanup(p.closeNow)
	return &client{T: e.T, peer: p}
}

// headersOf reads headers that are given as "Name: value".
func headersOf(headers ...string) http.Header {
	header := http.Header{}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		header.Set(name, value)
	}
	return header
}

// hello connects and says hello with the given members.
func hello(e *env, members map[string]any) (*client, frame) {
	e.Helper()
	c := connect(e)
	c.write(with(map[string]any{"type": "hello", "v": 1}, members))
	return c, c.next()
}

func welcome(e *env, members map[string]any) (*client, frame) {
	e.Helper()
	c, first := hello(e, members)
	if first["type"] != "welcome" {
		e.Fatalf("no welcome but %v", first)
	}
	return c, first
}

func with(a, b map[string]any) map[string]any {
	out := map[string]any{}
	for _, m := range []map[string]any{a, b} {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

func (c *client) write(v any) {
	c.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		c.Fatal(err)
	}
	c.writeRaw(string(raw))
}

func (c *client) writeRaw(text string) {
	c.Helper()
	if err := c.say(c.Context(), text); err != nil {
		c.Fatal(err)
	}
}

// next returns the next object that the server sends.
func (c *client) next() frame {
	c.Helper()
	for len(c.waiting) == 0 {
		ctx, cancel := context.WithTimeout(c.Context(), 10*time.Second)
		raw, err := c.hear(ctx)
		cancel()
		if err != nil {
			c.Fatalf("waiting for a frame: %v", err)
		}
		if err := json.Unmarshal(raw, &c.waiting); err != nil {
			c.Fatalf("server frame %s: %v", raw, err)
		}
	}
	f := c.waiting[0]
	c.waiting = c.waiting[1:]
	return f
}

// ask sends a request and returns its answer; events that come before it are returned too.
func (c *client) ask(kind string, members map[string]any) (answer frame, before []frame) {
	c.Helper()
	c.ref++
	c.write(with(map[string]any{"type": kind, "ref": c.ref}, members))
	for {
		f := c.next()
		if f.number("ref") == c.ref {
			return f, before
		}
		before = append(before, f)
	}
}

func (c *client) must(kind string, members map[string]any) frame {
	c.Helper()
	answer, before := c.ask(kind, members)
	if answer["type"] != "ok" {
		c.Fatalf("%s: %v", kind, answer)
	}
	c.waiting = append(before, c.waiting...)
	return answer
}

// event waits for the next event of a type; others before it are dropped.
func (c *client) event(kind string) frame {
	c.Helper()
	for {
		if f := c.next(); f["type"] == kind {
			return f
		}
	}
}

// closed reads until the server closes, and returns the code.
func (c *client) closed() int {
	c.Helper()
	for {
		ctx, cancel := context.WithTimeout(c.Context(), 10*time.Second)
		_, err := c.hear(ctx)
		cancel()
		if err == nil {
			continue
		}
		if code, ok := errors.AsType[closedWith](err); ok {
			return int(code)
		}
		c.Fatalf("not closed but %v", err)
	}
}

func send(id, text string) map[string]any {
	return map[string]any{"id": id, "message": map[string]any{"text": text}}
}
