package wire_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// TestEveryKindHasAnOutcome: the table of kinds is total, its statuses are errors, and openapi.yaml lists its codes.
func TestEveryKindHasAnOutcome(t *testing.T) {
	t.Parallel()
	listed := schema(t, contract(t), "Problem").Properties["code"].Value.Enum
	for _, kind := range chat.Kinds() {
		outcome := wire.OutcomeOf(&chat.Error{Kind: kind})
		if outcome.Status < 400 || http.StatusText(outcome.Status) == "" || outcome.Close < 1011 || outcome.Title == "" {
			t.Errorf("%v: %+v", kind, outcome)
		}
		if !slices.Contains(listed, any(outcome.Code)) {
			t.Errorf("%v: openapi.yaml does not list the code %q", kind, outcome.Code)
		}
	}
}

func TestProblemOf(t *testing.T) {
	t.Parallel()
	secret := errors.New("disk /dev/secret")
	for name, test := range map[string]struct {
		err    error
		want   wire.Problem
		status int
		after  int // seconds
	}{
		"no error of ours": {secret, wire.Problem{Code: "internal_error", Title: wire.OutcomeOf(secret).Title}, 500, 0},
		"internal": {&chat.Error{Kind: chat.Internal, Code: "internal", Message: "the table users is gone", Err: secret},
			wire.Problem{Code: "internal_error", Title: wire.OutcomeOf(secret).Title}, 500, 0},
		"without words": {&chat.Error{Kind: chat.Conflict}, wire.Problem{Code: "conflict", Title: "The request conflicts with what is stored."}, 409, 0},
		"wrapped field": {fmt.Errorf("create user: %w", chat.InvalidField("externalId", "is required")),
			wire.Problem{Code: "bad_request", Title: "externalId: is required", Field: "externalId"}, 400, 0},
		"token": {chat.InvalidAuth(chat.ReasonTokenExpired, "exp", "Too late.", "Sign again."),
			wire.Problem{Code: "invalid_auth", Reason: "token_expired", Claim: "exp", Title: "Too late.", Cure: "Sign again."}, 401, 0},
		"wait": {&chat.Error{Kind: chat.RateLimited, Code: "rate_limited", Message: "Slower.", RetryAfter: 1200 * time.Millisecond},
			wire.Problem{Code: "rate_limited", Title: "Slower.", RetryAfterMs: 1200}, 429, 2},
		"down": {chat.Overloaded("Full.", time.Second, secret),
			wire.Problem{Code: "service_unavailable", Title: "Full.", RetryAfterMs: 1000}, 503, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := wire.ProblemOf(test.err); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if got := wire.OutcomeOf(test.err).Status; got != test.status {
				t.Errorf("status %d, want %d", got, test.status)
			}
			if got := wire.RetryAfterSeconds(test.err); got != test.after {
				t.Errorf("Retry-After %d, want %d", got, test.after)
			}
			if raw := wire.Encode(wire.ProblemsOf(test.err)); strings.Contains(string(raw), "secret") {
				t.Errorf("the operator's error got out: %s", raw)
			}
		})
	}
}
