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
	left := func(r reply, want string) {
		t.Helper()
		if limit, left := r.header.Get("X-RateLimit-Limit"), r.header.Get("X-RateLimit-Remaining"); limit != "2" || left != want {
			t.Errorf("%s of %s calls are left, want %s of 2", left, limit, want)
		}
		if reset := r.header.Get("X-RateLimit-Reset"); reset != "1" && reset != "2" {
			t.Errorf("all are there again in %q s", reset)
		}
	}
	left(e.rest("GET", "", "").want(200), "1")
	left(e.rest("GET", "/users/nobody", "").want(404), "0")
	refused := e.rest("POST", "/users", `{"externalId":"u-1"}`)
	problem := refused.wantProblem(429, "rate_limited", "")
	left(refused, "0")
	if refused.header.Get("Retry-After") != "1" || problem.RetryAfterMs < 1 {
		t.Errorf("no word of when: %s", refused.body)
	}
	e.call("GET", e.path(""), "", e.NewKey(chat.UseAPI).Basic()).want(200) // another key has calls of its own
	if r := e.call("GET", e.path(""), "").want(401); r.header.Get("X-RateLimit-Limit") != "" {
		t.Error("a caller without a key is told how some key stands")
	}
}
