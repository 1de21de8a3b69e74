package socket

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/realtime"
	"github.com/parlorchat/parlor/internal/store"
)

// pipes is a listener without a network, so that a test's clock stands for that of both ends.
type pipes chan net.Conn

func (p pipes) Accept() (net.Conn, error) {
	if conn, open := <-p; open {
		return conn, nil
	}
	return nil, net.ErrClosed
}

func (p pipes) Close() error   { return nil }
func (p pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes"} }

// serve serves the handler until the test ends.
func serve(t *testing.T, handler http.Handler) pipes {
	p := make(pipes)
	server := &http.Server{Handler: handler}
	go server.Serve(p)
	t.Cleanup(func() { close(p); server.Close() })
	return p
}

// page is the other end of a socket, and what it has heard: when, counted from its beginning.
type page struct {
	pings, beats []time.Duration
	ended        time.Duration // 0: it is open
	code         int
}

// open opens a socket, which says that it is alive where it is to, and nothing else.
func (p pipes) open(t *testing.T, answers bool) *page {
	t.Helper()
	dialer := websocket.Dialer{NetDial: func(string, string) (net.Conn, error) {
		here, there := net.Pipe()
		p <- there
		return here, nil
	}}
	ws, _, err := dialer.Dial("ws://chat.test/", http.Header{"Origin": {"http://chat.test"}})
	if err != nil {
		t.Fatal(err)
	}
	heard, began := &page{}, time.Now()
	ws.SetPingHandler(func(data string) error {
		heard.pings = append(heard.pings, time.Since(began))
		if !answers {
			return nil
		}
		return ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
	})
	go func() {
		defer ws.Close()
		for {
			_, frame, err := ws.ReadMessage()
			if err != nil {
				heard.ended = time.Since(began)
				if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
					heard.code = closed.Code
				}
				return
			}
			if string(frame) == "["+string(beatOfDesk)+"]" {
				heard.beats = append(heard.beats, time.Since(began))
			}
		}
	}()
	return heard
}

// every are the times of what comes first and then again and again, until the end.
func every(first, then, end time.Duration) (all []time.Duration) {
	for at := first; at <= end; at += then {
		all = append(all, at)
	}
	return all
}

func (p *page) want(t *testing.T, name string, pings []time.Duration, ended time.Duration, code int) {
	t.Helper()
	if !slices.Equal(p.pings, pings) || p.ended != ended || p.code != code {
		t.Errorf("%s: pinged at %v, ended at %v with %d; want %v, %v, %d", name, p.pings, p.ended, p.code, pings, ended, code)
	}
}

// noApps is a store that cannot be read.
type noApps struct{ store.Store }

func (noApps) Read(context.Context, func(store.Tx) error) error { return errors.New("no store") }

// TestTheBeatOfTheDoor pings each socket every 25 s, in a second of its own, and who says nothing for 60 s is let go.
func TestTheBeatOfTheDoor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bareDoor()
		d.Apps = directory.NewApps(noApps{}, time.Now)
		slot := int64(3)
		sockets := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ws, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
			if err != nil {
				t.Error(err)
				return
			}
			c := &conn{door: d, app: chat.App{ID: "app"}, transport: webSocket{ws}}
			c.connection = realtime.NewConnection(chat.Session{App: "app", User: "user"}, c)
			c.slot.Store(slot)
			d.conns.enter(c)
			webSocket{ws}.serve(context.Background(), c)
		}))
		awake := sockets.open(t, true)
		synctest.Wait()
		slot = 7
		silent := sockets.open(t, false)
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- d.Run(ctx) }()

		const watched = 5 * time.Minute
		time.Sleep(watched)
		synctest.Wait()
		awake.want(t, "who answers", every(4*time.Second, 25*time.Second, watched), 0, 0)
		silent.want(t, "who does not", every(8*time.Second, 25*time.Second, time.Minute), time.Minute, websocket.CloseAbnormalClosure)
		if open := d.Connections(); open != 1 {
			t.Errorf("%d are open", open)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		synctest.Wait()
		awake.want(t, "at the end", every(4*time.Second, 25*time.Second, watched), watched, realtime.CloseRestart)
	})
}

// anybody lets everybody in as the same agent.
type anybody struct{}

func (anybody) Holder(context.Context, string) (chat.Agent, chat.AgentSession, error) {
	return chat.Agent{ID: "kim"}, chat.AgentSession{}, nil
}

func (anybody) RoleIn(context.Context, chat.Agent, chat.AgentSession, chat.AppID) (chat.Role, error) {
	return chat.RoleAgent, nil
}

// TestTheBeatOfTheDesk is that of the door, with a frame for pages beside each ping.
func TestTheBeatOfTheDesk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &Desk{Staff: anybody{}, Hub: realtime.NewHub(nil), Own: func(*http.Request) string { return "http://chat.test" }, Log: slog.New(slog.DiscardHandler)}
		sockets := serve(t, d)
		awake, silent := sockets.open(t, true), sockets.open(t, false)
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- d.Run(ctx) }()

		const watched, beat = 5 * time.Minute, 24 * time.Second
		time.Sleep(watched)
		synctest.Wait()
		awake.want(t, "who answers", every(beat, beat, watched), 0, 0)
		silent.want(t, "who does not", every(beat, beat, time.Minute), time.Minute, websocket.CloseAbnormalClosure)
		if !slices.Equal(awake.beats, awake.pings) || !slices.Equal(silent.beats, silent.pings) {
			t.Errorf("pages are shown a beat at %v and %v", awake.beats, silent.beats)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		synctest.Wait()
		awake.want(t, "at the end", every(beat, beat, watched), watched, realtime.CloseRestart)
	})
}
