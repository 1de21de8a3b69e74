package httpapi

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"mime"
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
	body, clean, err := c.bodyToCompare()
	if err != nil {
		return answer{}, err
	}
	defer clean()
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

// bodyToCompare returns what a body says, which is then there to be read again; clean is called when it was. Of an upload
// that is its file, however the body divides it.
func (c *call) bodyToCompare() (said []byte, clean func(), err error) {
	if kind, _, _ := mime.ParseMediaType(c.Header.Get("Content-Type")); kind == "multipart/form-data" {
		return c.fileToCompare()
	}
	clean = func() {}
	if c.checkContentType() != nil {
		return nil, clean, nil // and the handler refuses it
	}
	said, err = c.readBody()
	c.Body = io.NopCloser(bytes.NewReader(said))
	return said, clean, err
}

func (c *call) fileToCompare() (said []byte, clean func(), err error) {
	source, name, err := c.source()
	if err != nil {
		return nil, nil, err
	}
	file, err := c.api.Attachments.Draft(source)
	if err != nil {
		return nil, nil, err
	}
	hash := sha256.New()
	fmt.Fprintf(hash, "%q", name)
	if _, err = io.Copy(hash, file); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	c.drafted, c.draftName = file, name
	return hash.Sum(nil), func() { file.Close() }, nil
}
