package socket_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/servertest"
)

// client is an end user's client, written from api/realtime.md with another WebSocket library than the server's.
type client struct {
	*testing.T
	ws      *websocket.Conn
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

func dial(e *servertest.Env, headers ...string) (*client, *http.Response, error) {
	header := http.Header{}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		header.Set(name, value)
	}
	ctx, cancel := context.WithTimeout(e.Context(), 10*time.Second)
	defer cancel()
	ws, response, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(e.URL, "http")+"/sdk/v1/apps/"+string(e.App.ID)+"/socket",
		&websocket.DialOptions{HTTPHeader: header})
	if err != nil {
		return nil, response, err
	}
	ws.SetReadLimit(1 << 20)
	e.Cleanup(func() { ws.CloseNow() })
	return &client{T: e.T, ws: ws}, response, nil
}

func connect(e *servertest.Env, headers ...string) *client {
	e.Helper()
	c, _, err := dial(e, headers...)
	if err != nil {
		e.Fatal(err)
	}
	return c
}

// hello connects and says hello with the given members.
func hello(e *servertest.Env, members map[string]any) (*client, frame) {
	e.Helper()
	c := connect(e)
	c.write(with(map[string]any{"type": "hello", "v": 1}, members))
	return c, c.next()
}

func welcome(e *servertest.Env, members map[string]any) (*client, frame) {
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
	if err := c.ws.Write(c.Context(), websocket.MessageText, []byte(text)); err != nil {
		c.Fatal(err)
	}
}

// next returns the next object that the server sends.
func (c *client) next() frame {
	c.Helper()
	for len(c.waiting) == 0 {
		ctx, cancel := context.WithTimeout(c.Context(), 10*time.Second)
		_, raw, err := c.ws.Read(ctx)
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
		_, _, err := c.ws.Read(ctx)
		cancel()
		if err == nil {
			continue
		}
		if closed, ok := errors.AsType[websocket.CloseError](err); ok {
			return int(closed.Code)
		}
		c.Fatalf("not closed but %v", err)
	}
}

func send(id, text string) map[string]any {
	return map[string]any{"id": id, "message": map[string]any{"text": text}}
}

func TestSignInByTheFirstFrame(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	_, hi := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1"), "externalId": "u-1"})
	if hi.text("user.externalId") != "u-1" || hi.text("session.token") == "" || hi.text("client.id") == "" || hi.text("session.assurance") != "signed" {
		t.Fatalf("%v", hi)
	}
	_, again := welcome(e, map[string]any{"session": hi.text("session.token")})
	if again.text("user.id") != hi.text("user.id") || again.at("session") != nil || again.text("client.id") != hi.text("client.id") {
		t.Fatalf("%v", again)
	}
}

func TestRefusedHellos(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	for _, c := range []struct {
		name, first, code, reason string
		close                     int
	}{
		{"no JSON", `hello`, "bad_frame", "", 4400},
		{"another type first", `{"type":"send","v":1}`, "bad_frame", "", 4400},
		{"a duplicate member", `{"type":"hello","v":1,"v":1}`, "bad_frame", "", 4400},
		{"another version", `{"type":"hello","v":2}`, "protocol_version", "", 4409},
		{"an unknown session", `{"type":"hello","v":1,"session":"x"}`, "session_ended", "", 4401},
		{"a token that is none", `{"type":"hello","v":1,"door":"sdk","token":"x"}`, "invalid_auth", "malformed", 4401},
		{"the argument differs", `{"type":"hello","v":1,"door":"sdk","externalId":"u-2","token":"` + e.UserToken("u-1") + `"}`, "invalid_auth", "claim_invalid", 4401},
		{"an empty token", `{"type":"hello","v":1,"door":"sdk","token":""}`, "invalid_auth", "malformed", 4401},
		{"an argument without a token", `{"type":"hello","v":1,"externalId":"u-1"}`, "bad_request", "", 4400},
		{"no such door", `{"type":"hello","v":1,"door":"cat","token":"x"}`, "bad_request", "", 4400},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := connect(e.In(t))
			w.writeRaw(c.first)
			f := w.next()
			if f.text("error.code") != c.code || f.text("error.reason") != c.reason {
				t.Errorf("%v", f)
			}
			if got := w.closed(); got != c.close {
				t.Errorf("closed with %d, want %d", got, c.close)
			}
		})
	}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	e.Set(map[string]string{"origins": "https://shop.example"})
	for _, c := range []struct {
		origin string
		in     bool
	}{{"", true}, {"https://shop.example", true}, {e.URL, true}, {"https://shop.example.evil.example", false}, {"null", false}, {"http://shop.example", false}} {
		var headers []string
		if c.origin != "" {
			headers = []string{"Origin: " + c.origin}
		}
		_, response, err := dial(e, headers...)
		if (err == nil) != c.in || err != nil && response.StatusCode != http.StatusForbidden {
			t.Errorf("origin %q: %v", c.origin, err)
		}
	}
}

func TestMessagesReachEveryDevice(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	phone, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
	desk, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
	stranger, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-2")})

	answer := phone.must("send", send("m1", "hello"))
	if answer.number("message.number") != 1 || answer.text("message.clientMessageId") != "m1" {
		t.Fatalf("%v", answer)
	}
	seen := desk.event("message")
	if seen.text("message.content.text") != "hello" || seen.number("change") != 1 || seen.text("message.id") != answer.text("message.id") {
		t.Fatalf("%v", seen)
	}
	conversation := answer.text("conversation")
	status, _, body := e.Do("POST", "/v2/apps/"+string(e.App.ID)+"/conversations/"+conversation+"/messages",
		`{"author":{"type":"business","displayName":"Shop"},"content":{"type":"text","text":"welcome"}}`, e.Key.Basic())
	if status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	for _, c := range []*client{phone, desk} {
		f := c.event("message")
		for f.number("message.number") != 2 {
			f = c.event("message")
		}
		if f.text("message.author.displayName") != "Shop" {
			t.Fatalf("%v", f)
		}
	}
	if got := desk.must("conversation.get", map[string]any{"conversation": conversation}); got.number("conversation.unreadCount") != 1 {
		t.Fatalf("%v", got)
	}
	desk.must("read", map[string]any{"conversation": conversation})
	if f := phone.event("read"); f.text("by") != "user" || f.number("number") != 2 || f.number("change") != 3 {
		t.Fatalf("%v", f)
	}
	phone.must("typing", map[string]any{"conversation": conversation, "active": true})
	if f := desk.event("typing"); f["active"] != true || f.text("author.type") != "user" {
		t.Fatalf("%v", f)
	}
	for _, request := range []string{"history", "conversation.get", "read", "typing", "conversation.update", "send"} {
		answer, before := stranger.ask(request, with(send("x", "x"), map[string]any{"conversation": conversation}))
		if answer.text("error.code") != "conversation_not_found" || len(before) > 0 {
			t.Errorf("a stranger asks %s: %v, heard %v", request, answer, before)
		}
	}
}

func TestResumeGivesExactlyWhatWasMissed(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	a, hi := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
	b, _ := welcome(e, map[string]any{"session": hi.text("session.token")})
	conversation := a.must("send", send("0", "first")).text("conversation")
	b.event("message")
	b.ws.CloseNow()

	for i := 1; i <= 20; i++ {
		a.must("send", send(fmt.Sprint(i), "while away"))
	}
	a.must("conversation.update", map[string]any{"conversation": conversation, "displayName": "Lamps"})

	cursors := map[string]any{"conversations": map[string]any{
		conversation: map[string]any{"number": 1, "change": 1}, "0123456789abcdef01234567": map[string]any{"number": 1, "change": 1}}}
	b, hi = welcome(e, map[string]any{"session": hi.text("session.token"), "cursors": cursors})
	if hi.text("conversations.0.displayName") != "Lamps" || hi.number("conversations.0.change") != 22 {
		t.Fatalf("%v", hi)
	}
	var reset, missed frame
	for range 2 {
		if f := b.event("sync"); f["reset"] == true {
			reset = f
		} else {
			missed = f
		}
	}
	if reset.text("conversation") != "0123456789abcdef01234567" {
		t.Fatalf("a conversation that is not there: %v", reset)
	}
	events, _ := missed["events"].([]any)
	if len(events) != 21 || missed["done"] != true {
		t.Fatalf("%d events were missed: %v", len(events), missed)
	}
	for i := range events {
		if missed.number(fmt.Sprintf("events.%d.change", i)) != i+2 {
			t.Fatalf("event %d: %v", i, events[i])
		}
	}
	answer, before := b.ask("sync", map[string]any{"conversation": conversation, "number": 21, "change": 21})
	if answer["type"] != "ok" || len(before) != 1 || before[0].text("events.0.type") != "conversation" {
		t.Fatalf("%v %v", answer, before)
	}
}

func TestHistoryPages(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	a, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
	conversation := ""
	for i := range 30 {
		conversation = a.must("send", send(fmt.Sprint(i), fmt.Sprint(i))).text("conversation")
	}
	var got []int
	for before := 0; ; {
		page := a.must("history", map[string]any{"conversation": conversation, "limit": 8, "before": before})
		messages, _ := page["messages"].([]any)
		for i := len(messages) - 1; i >= 0; i-- {
			got = append(got, page.number(fmt.Sprintf("messages.%d.number", i)))
		}
		if page["hasMore"] != true {
			break
		}
		before = got[len(got)-1]
	}
	want := make([]int, 30)
	for i := range want {
		want[i] = 30 - i
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%v", got)
	}
}

func TestAnonymousThenSignIn(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	guest, hi := welcome(e, map[string]any{"client": map[string]any{"platform": "web"}})
	if hi.text("session.assurance") != "anonymous" {
		t.Fatalf("%v", hi)
	}
	conversation := guest.must("send", send("1", "who am I?")).text("conversation")
	_, known := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1"), "session": hi.text("session.token")})
	if known.text("user.id") != hi.text("user.id") || known.text("conversations.0.id") != conversation || known.text("client.id") != hi.text("client.id") {
		t.Fatalf("%v", known)
	}
	if code := guest.closed(); code != 4401 {
		t.Fatalf("the anonymous connection was closed with %d", code)
	}
	// A second anonymous history goes into the person who is known by now.
	guest, hi = welcome(e, nil)
	second := guest.must("send", send("1", "and now?")).text("conversation")
	_, known2 := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1"), "session": hi.text("session.token")})
	if known2.text("merged.surviving") != known.text("user.id") || known2.text("merged.discarded") != hi.text("user.id") {
		t.Fatalf("%v", known2)
	}
	ids := []string{known2.text("conversations.0.id"), known2.text("conversations.1.id")}
	if !slices.Contains(ids, conversation) || !slices.Contains(ids, second) {
		t.Fatalf("%v, want %s and %s", ids, conversation, second)
	}
}

func TestSessionsThatEndCloseTheirSockets(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	t.Run("logout by the socket", func(t *testing.T) {
		e := e.In(t)
		a, hi := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
		tab, _ := welcome(e, map[string]any{"session": hi.text("session.token")})
		other, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
		a.must("logout", nil)
		if x, y := a.closed(), tab.closed(); x != 4401 || y != 4401 {
			t.Fatalf("closed with %d and %d", x, y)
		}
		other.must("ping", nil)
	})
	t.Run("logout over HTTP", func(t *testing.T) {
		e := e.In(t)
		a, hi := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
		status, _, _ := e.Do("DELETE", "/sdk/v1/apps/"+string(e.App.ID)+"/sessions/current", "", "Authorization: Bearer "+hi.text("session.token"))
		if status != http.StatusNoContent || a.closed() != 4401 {
			t.Fatalf("status %d", status)
		}
	})
	t.Run("the key is revoked by another process", func(t *testing.T) {
		e := e.In(t)
		key := e.NewKey(chat.UseSDK)
		a, _ := welcome(e, map[string]any{"door": "sdk", "token": key.Token(t, map[string]any{"scope": "user", "external_id": "u-9"})})
		began := time.Now()
		e.Admin(func(ctx context.Context, s *admin.Service) error {
			_, err := s.RevokeKey(ctx, chat.Principal{Operator: true, Name: "test"}, e.App.ID, chat.KeyID(key.ID))
			return err
		})
		if code := a.closed(); code != 4401 {
			t.Fatalf("closed with %d", code)
		}
		t.Logf("closed %v after the revocation began", time.Since(began).Round(time.Millisecond))
		_, refused := hello(e, map[string]any{"door": "sdk", "token": key.Token(t, map[string]any{"scope": "user", "external_id": "u-9"})})
		if refused.text("error.reason") != "key_unknown" {
			t.Fatalf("%v", refused)
		}
	})
	t.Run("the token's exp", func(t *testing.T) {
		e := e.In(t)
		token := e.Key.Token(t, map[string]any{"scope": "user", "external_id": "u-1", "exp": float64(time.Now().UnixMilli()+1500) / 1000})
		a, hi := welcome(e, map[string]any{"door": "sdk", "token": token})
		if code := a.closed(); code != 4401 {
			t.Fatalf("closed with %d", code)
		}
		_, late := hello(e, map[string]any{"session": hi.text("session.token")})
		if late.text("error.code") != "session_ended" {
			t.Fatalf("%v", late)
		}
	})
	t.Run("a refresh keeps the connection and its tabs", func(t *testing.T) {
		e := e.In(t)
		short := e.Key.Token(t, map[string]any{"scope": "user", "external_id": "u-5", "exp": float64(time.Now().UnixMilli()+2500) / 1000})
		a, hi := welcome(e, map[string]any{"door": "sdk", "token": short})
		tab, _ := welcome(e, map[string]any{"session": hi.text("session.token")})
		fresh := a.must("refresh", map[string]any{"door": "sdk", "token": e.UserToken("u-5")})
		if fresh.text("session.token") == "" || fresh.text("session.token") == hi.text("session.token") {
			t.Fatalf("%v", fresh)
		}
		answer, _ := a.ask("refresh", map[string]any{"door": "sdk", "token": e.UserToken("u-6")})
		if answer.text("error.reason") != "claim_invalid" {
			t.Fatalf("another person's token: %v", answer)
		}
		time.Sleep(4 * time.Second) // past the first token's exp and the beat that looks at it
		a.must("ping", nil)
		tab.must("ping", nil)
	})
}

func TestBadFramesAfterHello(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	a, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
	for _, c := range []struct {
		name    string
		kind    string
		members map[string]any
		code    string
	}{
		{"an unknown type", "dance", nil, "unknown_type"},
		{"a message without id", "send", map[string]any{"message": map[string]any{"text": "x"}}, "bad_request"},
		{"an empty message", "send", send("1", ""), "bad_request"},
		{"a long message", "send", send("1", strings.Repeat("x", 4097)), "bad_request"},
		{"too many at once", "history", map[string]any{"conversation": "x", "limit": 101}, "bad_request"},
		{"no such conversation", "history", map[string]any{"conversation": "x"}, "conversation_not_found"},
		{"bad metadata", "user.update", map[string]any{"metadata": map[string]any{"a": []int{1}}}, "bad_request"},
	} {
		if answer, _ := a.ask(c.kind, c.members); answer.text("error.code") != c.code {
			t.Errorf("%s: %v, want %s", c.name, answer, c.code)
		}
	}
	a.writeRaw(`{"type":"ping","type":"ping"}`)
	if f := a.next(); f.text("error.code") != "bad_frame" {
		t.Fatalf("%v", f)
	}
	if code := a.closed(); code != 4400 {
		t.Fatalf("closed with %d", code)
	}
	b, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
	b.ws.Write(t.Context(), websocket.MessageText, []byte(`{"type":"ping","x":"`+strings.Repeat("x", 70<<10)+`"}`))
	if code := b.closed(); code != 1009 {
		t.Fatalf("closed with %d", code)
	}
}

func TestPaceOfMessages(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t, func(s *config.Server) { s.MessageRate = 5 })
	a, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
	for i := range 15 {
		a.must("send", send(fmt.Sprint(i), "x"))
	}
	answer, _ := a.ask("send", send("15", "x"))
	if answer.text("error.code") != "rate_limited" || answer.number("error.retryAfterMs") == 0 {
		t.Fatalf("%v", answer)
	}
}

func TestSlowReaderIsClosed(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	slow, hi := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
	conversation := slow.must("send", send("0", "x")).text("conversation")
	long := strings.Repeat("🎈", 4096)
	body, _ := json.Marshal(map[string]any{"author": map[string]any{"type": "business"}, "content": map[string]any{"type": "text", "text": long}})
	path := "/v2/apps/" + string(e.App.ID) + "/conversations/" + conversation + "/messages"
	for range 1000 { // about 16 MB: more than the kernel's buffers and the queue hold
		if status, _, answer := e.Do("POST", path, string(body), e.Key.Basic()); status != http.StatusCreated {
			t.Fatalf("%d %s", status, answer)
		}
	}
	slow.waiting = nil
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	read := 0
	for {
		if _, _, err := slow.ws.Read(ctx); err != nil {
			if ctx.Err() != nil {
				t.Fatal("a client that does not read was never closed")
			}
			break
		}
		read++
	}
	again, _ := welcome(e, map[string]any{"session": hi.text("session.token"),
		"cursors": map[string]any{"conversations": map[string]any{conversation: map[string]any{"number": 1, "change": 1}}}})
	if f := again.event("sync"); f["reset"] != true {
		t.Fatalf("1000 missed events and no reset: %v", f["done"])
	}
}
