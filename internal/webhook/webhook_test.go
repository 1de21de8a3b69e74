package webhook

import (
	"net/http"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// TestSignature: the example of the specification of Standard Webhooks.
func TestSignature(t *testing.T) {
	t.Parallel()
	got := signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`))
	if want := "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	const told, dead, again, off = "told", "dead", "again", "off"
	for status, want := range map[int]string{
		200: told, 201: told, 204: told, 299: told,
		301: again, 302: again, 307: again, 304: again,
		400: dead, 401: dead, 403: dead, 404: dead, 406: dead, 413: dead, 410: off,
		402: again, 405: again, 408: again, 409: again, 422: again, 429: again, 500: again, 502: again, 503: again, 504: again, 599: again,
	} {
		got := again
		switch o := judge(status); {
		case o.told:
			got = told
		case o.off:
			got = off
		case o.dead:
			got = dead
		}
		if got != want {
			t.Errorf("%d is %s, want %s", status, got, want)
		}
	}
}

// TestPauses: doubled with each failure, never longer than an hour with its jitter, never nothing.
func TestPauses(t *testing.T) {
	t.Parallel()
	for failures, wanted := range map[int64]time.Duration{
		1: 5 * time.Second, 2: 10 * time.Second, 5: 80 * time.Second, 10: 2560 * time.Second, 11: time.Hour, 20: time.Hour, 1000: time.Hour, 1 << 40: time.Hour,
	} {
		for range 100 {
			got := pause(failures, 5*time.Second)
			if got < wanted*4/5 || got > wanted*6/5+1 {
				t.Fatalf("after %d failures %v, want %v give or take a fifth", failures, got, wanted)
			}
		}
	}
}

func TestQueueRemembersSinceWhenItFails(t *testing.T) {
	t.Parallel()
	now := time.Now()
	first := outcome{why: "no"}.queue(chat.Queue{}, now, time.Second)
	if !first.FailingSince.Equal(now) || first.Failures != 1 || first.LastError != "no" || !first.NextAt.After(now) {
		t.Errorf("after one failure: %+v", first)
	}
	second := outcome{why: "still no"}.queue(first, now.Add(time.Hour), time.Second)
	if !second.FailingSince.Equal(now) || second.Failures != 2 {
		t.Errorf("after two failures: %+v", second)
	}
	dead := outcome{dead: true, why: "not found"}.queue(second, now, time.Second)
	if dead != (chat.Queue{LastError: "not found"}) {
		t.Errorf("after a refusal, which is an answer: %+v", dead)
	}
	if well := (outcome{told: true}).queue(dead, now, time.Second); well != (chat.Queue{}) {
		t.Errorf("after a success: %+v", well)
	}
}

// TestRequestID: the same events have the same id, others another.
func TestRequestID(t *testing.T) {
	t.Parallel()
	a, b := chat.Delivery{ID: "a"}, chat.Delivery{ID: "b"}
	both := requestID([]chat.Delivery{a, b})
	if again := requestID([]chat.Delivery{a, b}); again != both {
		t.Error("the same events have different ids")
	}
	if requestID([]chat.Delivery{a}) == both {
		t.Error("a request that has grown has the same id")
	}
}

func TestSignBothDuringARotation(t *testing.T) {
	t.Parallel()
	h := http.Header{}
	sign(h, "msg_1", []byte("{}"), []string{"whsec_bmV3", "whsec_b2xk"}, time.Unix(1, 0))
	if h.Get("X-API-Key") != "whsec_b2xk" || len(h.Get("webhook-signature")) != 2*(3+44)+1 {
		t.Errorf("got %v", h)
	}
}
