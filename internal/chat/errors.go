package chat

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind is what sort of failure an Error is. Package wire holds the one table that maps each kind to an HTTP status,
// a socket error and a close code.
type Kind uint8

// The closed list of kinds. The zero Kind is Internal, so that an Error that forgot its kind tells nothing to the caller.
const (
	Internal Kind = iota
	Invalid
	Unauthenticated
	Forbidden
	NotFound
	Conflict
	TooLarge
	UnsupportedMedia
	Unprocessable // understood, but not to be done as it is asked
	RateLimited
	Unsupported
	Unavailable
	numKinds
)

// Kinds lists every kind, for the tests that prove a mapping total.
func Kinds() []Kind {
	all := make([]Kind, 0, numKinds)
	for k := range numKinds {
		all = append(all, k)
	}
	return all
}

var kindNames = [numKinds]string{
	"internal", "invalid", "unauthenticated", "forbidden", "not found", "conflict", "too large",
	"unsupported media", "unprocessable", "rate limited", "unsupported", "unavailable",
}

func (k Kind) String() string {
	if k < numKinds {
		return kindNames[k]
	}
	return "kind out of range"
}

// Error is the one error type that crosses package borders with a meaning. Message is written for the caller and says
// what to change; Err is for the operator and never leaves the process. An error of another type is Internal.
type Error struct {
	Kind    Kind
	Code    string // stable name, listed in api/; e.g. "user_not_found"
	Message string
	Field   string // the member, parameter or claim at fault, if one is
	Reason  Reason // why a sign-in was refused; only with Kind Unauthenticated
	Cure    string // what the integrator can do about it, if that is known

	RetryAfter time.Duration // how long to wait; 0 says nothing
	Err        error
}

func (e *Error) Error() string {
	text := e.Message
	if text == "" {
		text = e.Kind.String()
	}
	if e.Err != nil {
		return text + ": " + e.Err.Error()
	}
	return text
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first Error in err's chain, else Internal.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// CodeOf returns the code of the first Error in err's chain, else "".
func CodeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

// InvalidField is a refusal of input that names the member at fault: "field: problem".
func InvalidField(field, format string, args ...any) *Error {
	return &Error{Kind: Invalid, Code: "bad_request", Field: field, Message: field + ": " + fmt.Sprintf(format, args...)}
}

// Missing is the answer for a thing that does not exist, or that belongs to another app: the two look alike.
// Thing is the noun in snake case, as in the codes of the REST API ("user" gives "user_not_found"); of some things the
// documented API says just "not_found".
func Missing(thing string) *Error {
	where := " in this app."
	if thing == "app" {
		where = " here."
	}
	code := thing + "_not_found"
	switch thing {
	case "key", "webhook", "attachment", "participant":
		code = "not_found"
	}
	return &Error{Kind: NotFound, Code: code, Message: "There is no such " + strings.ReplaceAll(thing, "_", " ") + where}
}

// Refuse is a Forbidden error.
func Refuse(code, message string) *Error {
	return &Error{Kind: Forbidden, Code: code, Message: message}
}

// Overloaded is an Unavailable error: the caller may try again after the given time.
func Overloaded(message string, after time.Duration, err error) *Error {
	return &Error{Kind: Unavailable, Code: "service_unavailable", Message: message, RetryAfter: after, Err: err}
}

// AsError returns the first Error in err's chain, if there is one.
func AsError(err error) (*Error, bool) { return errors.AsType[*Error](err) }
