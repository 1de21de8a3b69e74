package outbound

import (
	"bytes"
	"errors"
	"io"
	"net/http"
)

// Transport returns the client as libraries of others take it. An answer is read whole, within the limits; one that is larger is an error.
func (c *Client) Transport(limits Limits) http.RoundTripper { return transport{c, limits} }

type transport struct {
	client *Client
	limits Limits
}

var errTooLarge = errors.New("the answer is larger than may be read")

// RoundTrip makes one call.
func (t transport) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := t.client.Do(request.Context(), request, t.limits)
	if err != nil {
		return nil, err
	}
	if answer.Truncated {
		return nil, errTooLarge
	}
	return &http.Response{Status: http.StatusText(answer.Status), StatusCode: answer.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: answer.Header,
		Body: io.NopCloser(bytes.NewReader(answer.Body)), ContentLength: int64(len(answer.Body)), Request: request}, nil
}
