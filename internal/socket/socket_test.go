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

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/servertest"
)

func TestSignInByTheFirstFrame(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		_, hi := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1"), "externalId": "u-1"})
		if hi.text("user.externalId") != "u-1" || hi.text("session.token") == "" || hi.text("client.id") == "" || hi.text("session.assurance") != "signed" {
			t.Fatalf("%v", hi)
		}
		_, again := welcome(e, map[string]any{"session": hi.text("session.token")})
		if again.text("user.id") != hi.text("user.id") || again.at("session") != nil || again.text("client.id") != hi.text("client.id") {
			t.Fatalf("%v", again)
		}
	})
}

func TestRefusedHellos(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
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
	})
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
		_, err := dialSocket(e, headersOf(headers...))
		refused, _ := errors.AsType[statusError](err)
		if (err == nil) != c.in || err != nil && refused.status != http.StatusForbidden {
			t.Errorf("origin %q: %v", c.origin, err)
		}
	}
}

func TestMessagesReachEveryDevice(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
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
	})
}

func TestResumeGivesExactlyWhatWasMissed(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		a, hi := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
		b, _ := welcome(e, map[string]any{"session": hi.text("session.token")})
		conversation := a.must("send", send("0", "first")).text("conversation")
		b.event("message")
		b.closeNow()

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
	})
}

func TestHistoryPages(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
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
	})
}

func TestAnonymousThenSignIn(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
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
	})
}

func TestSessionsThatEndCloseTheirSockets(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
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
	})
}

func TestBadFramesAfterHello(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
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
		b.say(t.Context(), `{"type":"ping","x":"`+strings.Repeat("x", 70<<10)+`"}`) // a socket may be closed before all of it is written
		if code := b.closed(); code != 1009 {
			t.Fatalf("closed with %d", code)
		}
	})
}

func TestPaceOfMessages(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		a, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("u-1")})
		for i := range 15 {
			a.must("send", send(fmt.Sprint(i), "x"))
		}
		answer, _ := a.ask("send", send("15", "x"))
		if answer.text("error.code") != "rate_limited" || answer.number("error.retryAfterMs") == 0 {
			t.Fatalf("%v", answer)
		}
	}, func(s *config.Server) { s.MessageRate = 5 })
}

func TestSlowReaderIsClosed(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
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
			if _, err := slow.hear(ctx); err != nil {
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
	})
}
