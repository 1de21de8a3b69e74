package httpapi

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"github.com/parlorchat/parlor/internal/idempotency"
	"github.com/parlorchat/parlor/internal/wire"
)

const idempotencyKey = "Idempotency-Key"

// encoded is the body of an answer that was given before.
type encoded []byte

// once runs a handler for a request that its caller has named, unless it was done before: then the answer is the first
// one, with the header Idempotent-Replayed.
func (c *call) once(handle handler) (answer, error) {
	body, err := c.bodyToCompare()
	if err != nil {
		return answer{}, err
	}
	// The draft has a quoted string; nearly everybody sends it bare.
	name := strings.Trim(c.Header.Get(idempotencyKey), `"`)
	ctx, request, before, err := c.api.Idempotency.Begin(c.Context(), c.principal, name, []byte(c.Method+" "+c.URL.RequestURI()), body)
	if err != nil {
		return answer{}, err
	}
	if before != nil {
		c.header.Set("Idempotent-Replayed", "true")
		return answer{before.Status, encoded(before.Body)}, nil
	}
	c.Request = c.WithContext(ctx)
	out, err := handle(c)
	if err != nil {
		return answer{}, err
	}
	raw := wire.Encode(out.body)
	if err := c.api.Idempotency.Keep(ctx, request, idempotency.Answer{Status: out.status, Body: raw}); err != nil {
		// The work is done: the caller has the answer, and whoever asks again is told that it is lost.
		c.api.Log.WarnContext(ctx, "the answer of a request cannot be kept", "route", c.Pattern, "err", err)
	}
	return answer{out.status, encoded(raw)}, nil
}

// bodyToCompare returns the body, which is then there to be read again. Of what is no JSON, uploads, the size stands in.
func (c *call) bodyToCompare() ([]byte, error) {
	if c.checkContentType() != nil {
		return strconv.AppendInt(nil, c.ContentLength, 10), nil
	}
	body, err := c.readBody()
	c.Body = io.NopCloser(bytes.NewReader(body))
	return body, err
}
