package socket_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/servertest"
)

// openLine signs a user in on a line.
func openLine(e *servertest.Env, user string) *linePeer {
	e.Helper()
	p := newLine(e, http.Header{})
	if err := p.say(e.Context(), `{"type":"hello","v":1,"door":"sdk","token":"`+e.UserToken(user)+`"}`); err != nil || p.token == "" {
		e.Fatalf("no line: %v, closed with %d", err, p.closed)
	}
	return p
}

func sendFrame(ref int, id, text string) string {
	raw, _ := json.Marshal(with(send(id, text), map[string]any{"type": "send", "ref": ref}))
	return string(raw)
}

func framesOf(t *testing.T, answer lineAnswer) (frames []frame) {
	t.Helper()
	for _, raw := range answer.Frames {
		var f frame
		if err := json.Unmarshal(raw, &f); err != nil {
			t.Fatal(err)
		}
		frames = append(frames, f)
	}
	return frames
}

func (p *linePeer) mustPoll(t *testing.T, after int64, seconds int) lineAnswer {
	t.Helper()
	answer, err := p.poll(t.Context(), after, seconds)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// wantProblem fails unless the error is an answer with that status and code in the documented shape.
func wantProblem(t *testing.T, err error, status int, code string) {
	t.Helper()
	refused, _ := errors.AsType[statusError](err)
	if refused.status != status || !strings.Contains(refused.body, `{"errors":[{"code":"`+code+`","title":"`) {
		t.Errorf("%v, want %d %s", err, status, code)
	}
}

// TestRepeatedRequestsOnALine: whose answer was lost says it again, and it is done once.
func TestRepeatedRequestsOnALine(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	p := openLine(e, "u-1")
	say := func(first int64, frames ...string) {
		t.Helper()
		if err := p.sayFrom(t.Context(), first, frames...); err != nil {
			t.Fatal(err)
		}
	}
	ping := func(ref int) string { return fmt.Sprintf(`{"type":"ping","ref":%d}`, ref) }
	say(1, ping(1), sendFrame(2, "a", "one"))
	say(1, ping(1), sendFrame(2, "a", "one"))
	say(2, sendFrame(2, "a", "one"), ping(3), ping(4))
	say(4)
	say(5, ping(5))
	var refs []int
	for _, f := range framesOf(t, p.mustPoll(t, p.heard, 1)) {
		if f["type"] == "ok" {
			refs = append(refs, f.number("ref"))
		}
		if f["duplicate"] != nil {
			t.Errorf("a frame was handled twice: %v", f)
		}
	}
	if fmt.Sprint(refs) != "[1 2 3 4 5]" {
		t.Errorf("answered were %v", refs)
	}
	for _, first := range []int64{7, 0, -1, 1 << 60} {
		wantProblem(t, p.sayFrom(t.Context(), first, ping(9)), http.StatusBadRequest, "bad_request")
	}
	say(6, ping(6))
}

// TestLostAnswersOnALine: what was not acknowledged is given again, and what was is not.
func TestLostAnswersOnALine(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	p := openLine(e, "u-1")
	if err := p.say(t.Context(), `{"type":"ping","ref":1}`); err != nil {
		t.Fatal(err)
	}
	lost := p.mustPoll(t, p.heard, 1)
	if err := p.say(t.Context(), `{"type":"ping","ref":2}`); err != nil {
		t.Fatal(err)
	}
	again := p.mustPoll(t, p.heard, 1)
	if lost.First != 2 || len(lost.Frames) != 1 || again.First != 2 || len(again.Frames) != 2 || framesOf(t, again)[1].number("ref") != 2 {
		t.Fatalf("first %+v, then %+v", lost, again)
	}
	if rest := p.mustPoll(t, 2, 1); rest.First != 3 || len(rest.Frames) != 1 {
		t.Fatalf("%+v", rest)
	}
	if rest := p.mustPoll(t, 3, 1); rest.First != 4 || len(rest.Frames) != 0 {
		t.Fatalf("%+v", rest)
	}
	if late := p.mustPoll(t, 1, 1); late.First != 4 || len(late.Frames) != 0 {
		t.Fatalf("a poll that comes late brings acknowledged frames back: %+v", late)
	}
	for _, after := range []int64{4, -1} {
		_, err := p.poll(t.Context(), after, 1)
		wantProblem(t, err, http.StatusBadRequest, "bad_request")
	}
}

// TestManyMessagesOnALine: everything comes, in order and once, while the client polls and sends.
func TestManyMessagesOnALine(t *testing.T) {
	t.Parallel()
	const count = 300
	overLine := &env{servertest.Start(t), dialLine}
	c, _ := welcome(overLine, map[string]any{"door": "sdk", "token": overLine.UserToken("u-1")})
	p := c.peer.(*linePeer)
	for first := 1; first <= count; first += 50 {
		var frames []string
		for i := first; i < first+50; i++ {
			frames = append(frames, sendFrame(i, fmt.Sprint(i), fmt.Sprint("text ", i)))
		}
		if err := p.sayFrom(t.Context(), int64(first), frames...); err != nil {
			t.Fatal(err)
		}
		for answered, told := first, first; answered < first+50 || told < first+50; {
			switch f := c.next(); f["type"] {
			case "ok":
				if f.number("ref") != answered || f.number("message.number") != answered {
					t.Fatalf("answer %d is %v", answered, f)
				}
				answered++
			case "message":
				if f.number("change") != told || f.text("message.content.text") != fmt.Sprint("text ", told) {
					t.Fatalf("event %d is %v", told, f)
				}
				told++
			}
		}
	}
}

// TestOneOfThePollsOfALine: a second poll has the first answered with nothing, and what comes goes to the second.
func TestOneOfThePollsOfALine(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	p := openLine(e, "u-1")
	held := make(chan lineAnswer, 2)
	poll := func() {
		answer, _ := p.poll(t.Context(), 1, 25)
		held <- answer
	}
	go poll()
	go poll()
	if first := <-held; first.First != 2 || len(first.Frames) != 0 {
		t.Fatalf("the poll that was given up: %+v", first)
	}
	if err := p.say(t.Context(), `{"type":"ping","ref":1}`); err != nil {
		t.Fatal(err)
	}
	if second := <-held; len(second.Frames) != 1 {
		t.Fatalf("the poll that waits: %+v", second)
	}
}

// TestEndsReachHeldPolls: a session that ends answers the poll that waits, and those that repeat it.
func TestEndsReachHeldPolls(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	p := newLine(e, http.Header{})
	status, _, body := e.Do("POST", "/sdk/v1/apps/"+string(e.App.ID)+"/sessions", `{"door":"sdk","token":"`+e.UserToken("u-1")+`"}`)
	var in struct{ Session struct{ Token string } }
	if err := json.Unmarshal(body, &in); err != nil || status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	if err := p.say(t.Context(), `{"type":"hello","v":1,"session":"`+in.Session.Token+`"}`); err != nil {
		t.Fatal(err)
	}
	held := make(chan lineAnswer, 1)
	go func() {
		answer, _ := p.poll(t.Context(), 1, 25)
		held <- answer
	}()
	began := time.Now()
	e.Do("DELETE", "/sdk/v1/apps/"+string(e.App.ID)+"/sessions/current", "", "Authorization: Bearer "+in.Session.Token)
	for range 2 {
		answer := <-held
		if answer.Closed == nil || answer.Closed.Code != 4401 || answer.Closed.Reason != "logout" || time.Since(began) > 2*time.Second {
			t.Fatalf("after %v: %+v", time.Since(began), answer)
		}
		held <- p.mustPoll(t, 1, 25)
	}
	wantProblem(t, p.say(t.Context(), `{"type":"ping","ref":1}`), http.StatusNotFound, "line_not_found")
}

// TestLinesThatAreLetGo: nothing of them is left.
func TestLinesThatAreLetGo(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	p := openLine(e, "u-1")
	for range 2 {
		if status, _, body := e.Do("DELETE", "/sdk/v1/apps/"+string(e.App.ID)+"/lines/current", "", "Authorization: Bearer "+p.token); status != http.StatusNoContent {
			t.Fatalf("%d %s", status, body)
		}
	}
	_, err := p.poll(t.Context(), 1, 1)
	wantProblem(t, err, http.StatusNotFound, "line_not_found")
}

// TestForeignLines: who does not have the credential in the app of the line has nothing.
func TestForeignLines(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	p := openLine(e, "u-1")
	other, _ := e.NewApp("Other")
	elsewhere, nobody, stranger := *p, *p, *p
	elsewhere.lines = strings.Replace(p.lines, string(e.App.ID), string(other.ID), 1)
	nobody.token, stranger.token = "", strings.Repeat("0", 32)
	for name, test := range map[string]struct {
		line   *linePeer
		status int
		code   string
	}{
		"by way of another app": {&elsewhere, http.StatusNotFound, "line_not_found"},
		"without credential":    {&nobody, http.StatusUnauthorized, "unauthorized"},
		"a guessed credential":  {&stranger, http.StatusNotFound, "line_not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := test.line.poll(t.Context(), 1, 1)
			wantProblem(t, err, test.status, test.code)
			wantProblem(t, test.line.sayFrom(t.Context(), 1, `{"type":"logout","ref":1}`), test.status, test.code)
		})
	}
	if err := p.say(t.Context(), `{"type":"ping","ref":1}`); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(e.Logs.String(), p.token) {
		t.Error("the credential stands in the log")
	}
}

// TestBadRequestsOnALine: each has its own answer in the documented shape, and harms nothing.
func TestBadRequestsOnALine(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	p := openLine(e, "u-1")
	many := strings.Repeat(`"x",`, 100) + `"x"`
	for _, test := range []struct {
		path, body string
		status     int
		code       string
	}{
		{"/current/poll", `{"after":1,"waitSeconds":26}`, 400, "bad_request"},
		{"/current/poll", `{"after":1,"waitSeconds":-1}`, 400, "bad_request"},
		{"/current/poll", `{"after":"1"}`, 400, "bad_request"},
		{"/current/poll", `{"after":1e30}`, 400, "bad_request"},
		{"/current/poll", `{"after":1,"after":1}`, 400, "bad_request"},
		{"/current/poll", `[]`, 400, "bad_request"},
		{"/current/poll", ``, 400, "bad_request"},
		{"/current/frames", `{"first":1,"frames":[` + many + `]}`, 400, "bad_request"},
		{"/current/frames", `{"first":1,"frames":[{}]}`, 400, "bad_request"},
		{"/current/frames", `{"first":1,"frames":["\ud800"]}`, 400, "bad_request"},
		{"/current/frames", `{"frames":["{}"]}`, 400, "bad_request"},
		{"/current/frames", strings.Repeat(" ", 1<<20) + `{}`, 413, "request_entity_too_large"},
	} {
		_, err := p.post(t.Context(), test.path, test.body)
		wantProblem(t, err, test.status, test.code)
	}
	plain := *p
	plain.header = http.Header{"Content-Type": {"text/plain"}}
	_, err := plain.post(t.Context(), "/current/poll", `{}`)
	wantProblem(t, err, http.StatusUnsupportedMediaType, "unsupported_media_type")
	_, err = plain.post(t.Context(), "", `{"type":"hello","v":1}`)
	wantProblem(t, err, http.StatusUnsupportedMediaType, "unsupported_media_type")
	large := newLine(e, http.Header{})
	if err := large.say(t.Context(), `{"type":"hello","v":1,"x":"`+strings.Repeat("x", 64<<10)+`"}`); err != nil || large.closed != 1009 {
		t.Errorf("a hello that is too large: %v, closed with %d", err, large.closed)
	}
	if err := p.say(t.Context(), `{"type":"ping","ref":1}`); err != nil {
		t.Errorf("the line is broken by what it refused: %v", err)
	}
}

// TestOriginsOfLines: pages of other origins are refused, as at the handshake of a socket.
func TestOriginsOfLines(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	e.Set(map[string]string{"origins": "https://shop.example"})
	for origin, status := range map[string]int{"https://shop.example": 201, e.URL: 201, "https://evil.example": 403, "null": 403} {
		got, header, body := e.Do("POST", "/sdk/v1/apps/"+string(e.App.ID)+"/lines", `{"type":"hello","v":1}`, "Origin: "+origin)
		if got != status || (status == 201) != (header.Get("Access-Control-Allow-Origin") != "") && origin != e.URL {
			t.Errorf("%s: %d %v %s", origin, got, header, body)
		}
	}
}

// TestFloodsOnALine: too many frames are told so, and who does not listen is closed.
func TestFloodsOnALine(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t, func(s *config.Server) { s.FrameRate = 1 })
	p := openLine(e, "u-1")
	var flood []string
	for i := range 100 {
		flood = append(flood, fmt.Sprintf(`{"type":"ping","ref":%d}`, i+1))
	}
	if err := p.sayFrom(t.Context(), 1, flood...); err != nil {
		t.Fatal(err)
	}
	limited, heard := 0, int64(1)
	for heard < 101 {
		answer := p.mustPoll(t, heard, 25)
		for _, f := range framesOf(t, answer) {
			if f.text("error.code") == "rate_limited" && f.number("error.retryAfterMs") > 0 {
				limited++
			}
		}
		heard += int64(len(answer.Frames))
	}
	if limited < 50 {
		t.Errorf("of 100 frames at once %d were too many", limited)
	}
	for first := int64(101); ; first += 100 {
		if err := p.sayFrom(t.Context(), first, flood...); err != nil {
			wantProblem(t, err, http.StatusNotFound, "line_not_found")
			break
		}
		if first > 1000 {
			t.Fatal("a client that never hears is never closed")
		}
	}
	if answer := p.mustPoll(t, 1, 1); answer.Closed == nil || answer.Closed.Code != 4408 {
		t.Errorf("%+v", answer.Closed)
	}
}

// TestTooManyLinesOfAUser: beyond the bound none is opened, and other users are not concerned.
func TestTooManyLinesOfAUser(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	status, _, body := e.Do("POST", "/sdk/v1/apps/"+string(e.App.ID)+"/sessions", `{"door":"sdk","token":"`+e.UserToken("u-1")+`"}`)
	var in struct{ Session struct{ Token string } }
	if err := json.Unmarshal(body, &in); err != nil || status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	var last *linePeer
	for range 100 {
		last = newLine(e, http.Header{})
		if err := last.say(t.Context(), `{"type":"hello","v":1,"session":"`+in.Session.Token+`"}`); err != nil || last.closed != 0 {
			t.Fatalf("%v, closed with %d", err, last.closed)
		}
	}
	for _, wanted := range []closedWith{4429, 0} {
		p := newLine(e, http.Header{})
		if err := p.say(t.Context(), `{"type":"hello","v":1,"session":"`+in.Session.Token+`"}`); err != nil || p.closed != wanted {
			t.Errorf("%v, closed with %d, want %d", err, p.closed, wanted)
		}
		openLine(e, "u-2")
		e.Do("DELETE", "/sdk/v1/apps/"+string(e.App.ID)+"/lines/current", "", "Authorization: Bearer "+last.token)
	}
}

// TestLinesAtTheEndOfTheServer: a poll that waits is answered, and the server does not wait for it.
func TestLinesAtTheEndOfTheServer(t *testing.T) {
	t.Parallel()
	e := servertest.Start(t)
	p := openLine(e, "u-1")
	idle := openLine(e, "u-2")
	held := make(chan lineAnswer, 2)
	for range 2 {
		go func() {
			answer, _ := p.poll(t.Context(), 1, 25)
			held <- answer
		}()
	}
	<-held // the other one waits now
	began := time.Now()
	e.Stop()
	if answer := <-held; answer.Closed == nil || answer.Closed.Code != 1012 || time.Since(began) > 10*time.Second {
		t.Errorf("after %v: %+v", time.Since(began), answer)
	}
	if _, err := idle.poll(t.Context(), 1, 1); err == nil {
		t.Error("a server that stopped answers")
	}
}
