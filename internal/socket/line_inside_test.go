package socket

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/realtime"
	"github.com/parlorchat/parlor/internal/wire"
)

// bareLine is a line of a door that serves nobody else.
func bareLine(d *Door) *line {
	l := newLine(d.Now)
	l.conn = &conn{door: d, app: chat.App{ID: "app"}, transport: l}
	l.conn.connection = realtime.NewConnection(chat.Session{App: "app", User: "user"}, l.conn)
	d.Hub.Add(l.conn.connection)
	d.conns.enter(l.conn)
	return l
}

func bareDoor() *Door { return &Door{Hub: realtime.NewHub(nil), Now: time.Now} }

// TestSilentLinesEnd: polls that are held for as long as they may be keep a line; silence ends it.
func TestSilentLinesEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bareDoor()
		l := bareLine(d)
		token, _ := d.lines.add(l)
		for range 5 {
			began := time.Now()
			heard, err := d.PollLine(t.Context(), "app", token, wire.LinePoll{})
			if err != nil || len(heard.Frames) > 0 || heard.Closed != nil || time.Since(began) != pollFor {
				t.Fatalf("after %v: %+v %v", time.Since(began), heard, err)
			}
			d.lines.forget(time.Now())
		}
		time.Sleep(silentFor - pollFor)
		d.lines.forget(time.Now())
		if d.Lines() != 1 || d.Connections() != 1 {
			t.Fatal("a line is ended too early")
		}
		time.Sleep(time.Second)
		d.lines.forget(time.Now())
		synctest.Wait()
		if d.Lines() != 0 || d.Connections() != 0 || len(d.lines.ofUser) != 0 {
			t.Fatalf("%d lines, %d connections, %v are left", d.Lines(), d.Connections(), d.lines.ofUser)
		}
	})
}

// TestClientsThatGoAwayHoldNothing: a poll ends with its request, and nothing waits for it any more.
func TestClientsThatGoAwayHoldNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := bareLine(bareDoor())
		gone, leave := context.WithCancel(t.Context())
		go l.poll(gone, 0, pollFor)
		synctest.Wait()
		began := time.Now()
		leave()
		synctest.Wait() // and synctest fails if the goroutine stays
		l.write([][]byte{[]byte(`{}`)})
		heard, err := l.poll(t.Context(), 0, pollFor)
		if err != nil || len(heard.Frames) != 1 || time.Since(began) != 0 {
			t.Fatalf("after %v: %+v %v", time.Since(began), heard, err)
		}
	})
}

// TestRequestsOfALineTakeTurns: one that comes while another is handled waits for it, and no longer than its client does.
func TestRequestsOfALineTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := bareLine(bareDoor())
		l.saying <- struct{}{}
		hasty, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := l.say(hasty, wire.LineSaid{First: 1}); err == nil {
			t.Fatal("handled while another request was")
		}
		done := make(chan error)
		go func() { done <- l.say(t.Context(), wire.LineSaid{First: 1}) }()
		<-l.saying
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	})
}

// TestPanicsEndTheLine: as they end a socket, and nobody else is harmed.
func TestPanicsEndTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := bareDoor()
		var faults []any
		d.Panicked = func(fault any) { faults = append(faults, fault) }
		l := bareLine(d) // without anything that a frame could be handled by
		if err := l.say(t.Context(), wire.LineSaid{First: 1, Frames: []string{`{"type":"ping","ref":1}`}}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		heard, err := l.poll(t.Context(), 0, pollFor)
		if err != nil || heard.Closed == nil || heard.Closed.Code != closeFailed || len(faults) != 1 || d.Connections() != 0 {
			t.Fatalf("%+v %v, told of %v, %d connections", heard.Closed, err, faults, d.Connections())
		}
	})
}

// FuzzLine has a client lose answers, repeat polls and send old ones: it puts together what the server said, whatever
// the order of things.
func FuzzLine(f *testing.F) {
	f.Add([]byte{3, 250, 1, 251, 2, 250, 252})
	f.Add([]byte{250, 251, 252, 253, 254, 255, 10, 250})
	f.Fuzz(func(t *testing.T, steps []byte) {
		l := bareLine(bareDoor())
		var wrote, has int64
		for _, step := range steps {
			if step < 250 {
				for range step % 8 {
					if l.write([][]byte{fmt.Append(nil, wrote+1)}) != nil {
						return
					}
					wrote++
				}
				continue
			}
			after := has - int64(step-250)%3
			heard, err := l.poll(t.Context(), after, 0)
			if after < 0 {
				if chat.KindOf(err) != chat.Invalid {
					t.Fatalf("after %d: %v", after, err)
				}
				continue
			}
			if err != nil || heard.First > has+1 {
				t.Fatalf("the client has %d and is given %d on: %v", has, heard.First, err)
			}
			for i, frame := range heard.Frames {
				if number := heard.First + int64(i); string(frame) != fmt.Sprint(number) {
					t.Fatalf("frame %d is %s", number, frame)
				}
			}
			if step%2 == 0 { // else the answer is lost
				has = max(has, heard.First+int64(len(heard.Frames))-1)
			}
			if step%2 == 0 && has != wrote {
				t.Fatalf("%d frames were written, and the client has %d", wrote, has)
			}
		}
	})
}
