package wire

import (
	"math"
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
)

// Problems is the body of every answer that is no success.
type Problems struct {
	Errors []Problem `json:"errors"`
}

// Problem is one cause: a stable code, a sentence that says what to change, and where a sign-in was refused, why.
type Problem struct {
	Code   string `json:"code"`
	Title  string `json:"title"`
	Reason string `json:"reason,omitzero"` // why a token was refused; with code invalid_auth
	Claim  string `json:"claim,omitzero"`  // the claim or header at fault
	Field  string `json:"field,omitzero"`  // the member or parameter at fault
	Cure   string `json:"cure,omitzero"`   // what the integrator can do

	RetryAfterMs int64 `json:"retryAfterMs,omitzero"`
}

// Outcome is how a kind of error shows itself on each way out.
type Outcome struct {
	Status int    // of HTTP
	Close  int    // of the WebSocket, if the failure ends the connection
	Code   string // where the error names none
	Title  string // where the error has no message for the caller
}

// outcomes is THE table of kinds.
var outcomes = map[chat.Kind]Outcome{
	chat.Internal:         {http.StatusInternalServerError, 1011, "internal_error", "Something went wrong here. The operator finds it in the log by the request id."},
	chat.Invalid:          {http.StatusBadRequest, 4400, "bad_request", "The request is not valid."},
	chat.Unauthenticated:  {http.StatusUnauthorized, 4401, "unauthorized", "Credentials are required."},
	chat.Forbidden:        {http.StatusForbidden, 4403, "forbidden", "These credentials do not allow this."},
	chat.NotFound:         {http.StatusNotFound, 4404, "not_found", "There is no such thing here."},
	chat.Conflict:         {http.StatusConflict, 4400, "conflict", "The request conflicts with what is stored."},
	chat.TooLarge:         {http.StatusRequestEntityTooLarge, 4400, "request_entity_too_large", "The request is too large."},
	chat.UnsupportedMedia: {http.StatusUnsupportedMediaType, 4400, "unsupported_media_type", "The content type is not supported."},
	chat.Unprocessable:    {http.StatusUnprocessableEntity, 4400, "idempotency_key_reused", "The request cannot be done as it is."},
	chat.RateLimited:      {http.StatusTooManyRequests, 4429, "rate_limited", "Too many requests: slow down."},
	chat.Unsupported:      {http.StatusNotImplemented, 4400, "not_implemented", "This is not supported by this server."},
	chat.Unavailable:      {http.StatusServiceUnavailable, 1013, "service_unavailable", "The server cannot do this right now. Try again."},
}

// OutcomeOf returns how the error shows itself.
func OutcomeOf(err error) Outcome { return outcomes[chat.KindOf(err)] }

// ProblemOf is what the caller is told of an error. The text of an internal error is withheld.
func ProblemOf(err error) Problem {
	outcome := OutcomeOf(err)
	e, ok := chat.AsError(err)
	if !ok || e.Kind == chat.Internal {
		return Problem{Code: outcome.Code, Title: outcome.Title}
	}
	p := Problem{Code: e.Code, Title: e.Message, Reason: string(e.Reason), Cure: e.Cure, RetryAfterMs: e.RetryAfter.Milliseconds()}
	if e.Reason != "" || e.Kind == chat.Unauthenticated {
		p.Claim = e.Field
	} else {
		p.Field = e.Field
	}
	if p.Code == "" {
		p.Code = outcome.Code
	}
	if p.Title == "" {
		p.Title = outcome.Title
	}
	return p
}

// ProblemsOf is the body for an error.
func ProblemsOf(err error) Problems { return Problems{Errors: []Problem{ProblemOf(err)}} }

// RetryAfterSeconds is the value of a Retry-After header for the error, 0 if it says nothing.
func RetryAfterSeconds(err error) int {
	e, ok := chat.AsError(err)
	if !ok || e.RetryAfter <= 0 {
		return 0
	}
	return int(math.Ceil(e.RetryAfter.Seconds()))
}
