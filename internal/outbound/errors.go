package outbound

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Error is why there is no answer.
type Error struct {
	Refused   bool // by policy: nothing was sent, and nothing will be until the URL or the operator's settings change
	Retryable bool // the same call may succeed later

	// Message is for whoever gave the URL: what is wrong and, as far as it is known, what to change. It holds nothing
	// that DNS or the server answered.
	Message string

	// Err is for the operator's log; nil: the message says it all. It may name inner addresses, and quote the first
	// line of what is no HTTP: it is never for tenants.
	Err error
}

func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + " " + e.Err.Error()
	}
	return e.Message
}

func (e *Error) Unwrap() error { return e.Err }

const cureNotPublic = "Use one that anybody can reach; your server's operator can allow a network in PARLOR_OUTBOUND_ALLOW."

// Sentences of refusals that the URL, or the dial, is the first to earn.
const (
	notPublic = "The URL's host does not lead to the public internet. " + cureNotPublic
	notHTTPS  = "The URL must begin with https://; http is for networks that your server's operator allows in PARLOR_OUTBOUND_ALLOW."
	wrongPort = "The URL's port must be 80, 443 or 8443; others are for networks that your server's operator allows in PARLOR_OUTBOUND_ALLOW."
)

// refusal is an Error of policy; an empty format adds nothing for the operator.
func refusal(message, format string, args ...any) *Error {
	e := &Error{Refused: true, Message: message}
	if format != "" {
		e.Err = fmt.Errorf(format, args...)
	}
	return e
}

// asError makes an Error of whatever went wrong in a call that had so much time.
func asError(err error, timeout time.Duration) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	message, retryable := explain(err, timeout)
	return &Error{Retryable: retryable, Message: message, Err: err}
}

// explain names what the other side can be told. What is wrong on the line is worth another try, a certificate that may
// be renewed included; what no try can send is not.
func explain(err error, timeout time.Duration) (message string, retryable bool) {
	var timedOut net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return "The call was given up.", true
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timedOut) && timedOut.Timeout():
		return fmt.Sprintf("The server did not answer in full within %v. Answer first, and work afterwards.", timeout), true
	case is[*net.DNSError](err):
		return "The URL's host was not found in DNS. Check its spelling.", true
	case is[*tls.CertificateVerificationError](err):
		return "The server's certificate is not valid for the URL's host. Renew it, and serve the whole chain.", true
	case is[tls.RecordHeaderError](err), isAlert(err):
		return "The server does not speak TLS 1.2 or later on the URL's port.", true
	case isUnsendable(err):
		return "The call could not be made.", false
	case is[*net.OpError](err):
		return "The server could not be reached.", true
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "The server closed the connection before its answer was complete.", true
	}
	return "The server's answer could not be read.", true
}

func is[T error](err error) bool {
	_, ok := errors.AsType[T](err)
	return ok
}

// isAlert tells a handshake that one side broke off.
func isAlert(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && (op.Op == "remote error" || op.Op == "local error")
}

// isUnsendable tells requests that net/http refuses to write; its errors have no type.
func isUnsendable(err error) bool {
	return strings.HasPrefix(err.Error(), "net/http: invalid ")
}
