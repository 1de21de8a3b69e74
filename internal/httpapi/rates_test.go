package httpapi_test

import (
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
)

// TestCallsAreLimited: programs learn with each answer how their key stands, and are refused when nothing is left.
func TestCallsAreLimited(t *testing.T) {
	t.Parallel()
	e := start(t, func(s *config.Server) { s.CallRate = 1 })
	refused := e.rest("GET", "", "")
	for calls := 1; ; refused = e.rest("GET", "", "") {
		limit, left, reset := refused.header.Get("X-RateLimit-Limit"), refused.header.Get("X-RateLimit-Remaining"), refused.header.Get("X-RateLimit-Reset")
		if limit != "2" || left != "0" && left != "1" || reset != "1" && reset != "2" {
			t.Errorf("after call %d, %s of %s are left, and all again in %s s", calls, left, limit, reset)
		}
		if refused.status == 429 {
			if calls < 3 || left != "0" {
				t.Errorf("call %d is refused, with %s left", calls, left)
			}
			break
		}
		refused.want(200)
		if calls++; calls > 1000 {
			t.Fatal("a thousand calls were let through")
		}
	}
	problem := refused.wantProblem(429, "rate_limited", "")
	if refused.header.Get("Retry-After") != "1" || problem.RetryAfterMs < 1 {
		t.Errorf("no word of when: %s", refused.body)
	}
	e.call("GET", e.path(""), "", e.NewKey(chat.UseAPI).Basic()).want(200) // another key has calls of its own
	if r := e.call("GET", e.path(""), "").want(401); r.header.Get("X-RateLimit-Limit") != "" {
		t.Error("a caller without a key is told how some key stands")
	}
}
