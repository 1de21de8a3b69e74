package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Diagnosis is a token explained, check by check. It is for the operator and the app's admins: it shows claims of
// tokens that were refused, and tells about keys what the sender of a token is never told.
type Diagnosis struct {
	Checks []Check // all of them, in order
	// Refusal is what Verify answers; nil if the token holds.
	Refusal *chat.Error
	// Assertion is what Verify returns; zero if the token was refused.
	Assertion chat.Assertion
	// Header and Claims are the two JSON texts as they stand in the token, unverified; nil where it has none.
	Header, Claims []byte
}

// Check is one check and how it went.
type Check struct {
	Name   string
	State  State
	Detail string // passed: what was found; failed: what was found and what is expected; may be empty
	Cure   string // failed: what to do
}

// State is how a check went.
type State string

// The three states of checks. Nothing is reached after a failure.
const (
	Passed     State = "passed"
	Failed     State = "failed"
	NotReached State = "not reached"
)

// Inspect is Verify that tells of every check. Uses of keys are not noted. The error is one of the store.
func (v *Verifier) Inspect(ctx context.Context, r Request, now time.Time) (Diagnosis, error) {
	var d Diagnosis
	e := new(examination)
	e.begin(ctx, v.keys, r, now)
	for _, check := range signInChecks {
		step := Check{Name: check.name, State: NotReached}
		if d.Refusal == nil {
			err := check.run(e)
			if d.Refusal = refusal(err); err != nil && d.Refusal == nil {
				return Diagnosis{}, err
			}
			if step = e.report(check, d.Refusal); d.Refusal != nil {
				hint, err := e.hint(check.name)
				if err != nil {
					return Diagnosis{}, err
				}
				step.add(hint)
			}
		}
		d.Checks = append(d.Checks, step)
	}
	if d.Refusal == nil {
		d.Assertion = e.asserts
	}
	d.Header, d.Claims = e.token.header, e.token.payload
	return d, nil
}

// refusal returns the verdict in err, or nil where err is none but a failure of the store.
func refusal(err error) *chat.Error {
	if e, ok := errors.AsType[*chat.Error](err); ok && (e.Kind == chat.Unauthenticated || e.Kind == chat.Forbidden || e.Kind == chat.Invalid) {
		return e
	}
	return nil
}

func (e *examination) report(check check, refusal *chat.Error) Check {
	switch {
	case refusal != nil:
		return Check{Name: check.name, State: Failed, Detail: refusal.Message, Cure: refusal.Cure}
	case check.found != nil:
		return Check{Name: check.name, State: Passed, Detail: check.found(e)}
	default:
		return Check{Name: check.name, State: Passed}
	}
}

// add puts what only the operator may know behind what everybody is told; its cure, being surer, replaces the general one.
func (c *Check) add(h hint) {
	if h.detail != "" {
		c.Detail += " " + h.detail
	}
	if h.cure != "" {
		c.Cure = h.cure
	}
}

func (e *examination) foundKey() string {
	if e.key.Name == "" {
		return fmt.Sprintf("%s with key %s", e.token.alg, e.key.ID)
	}
	return fmt.Sprintf("%s with key %s (%s)", e.token.alg, e.key.ID, e.key.Name)
}

func (e *examination) foundExpiry() string {
	switch {
	case e.dates.expires.IsZero():
		return "no exp: the token never expires"
	case !e.dates.expires.After(e.now):
		return "expired at " + stamp(e.dates.expires) + ", within the minute that clocks may differ"
	}
	return "expires in " + roughly(e.dates.expires.Sub(e.now)) + ", at " + stamp(e.dates.expires)
}

func (e *examination) foundIdentity() string {
	switch e.asserts.Subject {
	case chat.SubjectNumber:
		return fmt.Sprintf("user number %d", e.asserts.Number)
	case chat.SubjectEmail:
		return "e-mail " + e.asserts.Email
	default:
		return "external id " + e.asserts.ExternalID
	}
}
