package httpapi

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

const (
	uploadWithin   = 10 * time.Minute
	multipartExtra = 64 << 10 // what a body may have beside its file
	maxPartHeader  = 16 << 10 // what stands between two parts, and is held in memory
	maxFields      = 16       // text fields beside the file, which some clients add
	maxFieldBytes  = 4 << 10
)

// source is the one file of a multipart body (RFC 7578), the part "source", as it arrives; and what the client calls it.
// A few small text fields before and after it are ignored.
func (c *call) source() (io.Reader, string, error) {
	if c.drafted != nil {
		return c.drafted, c.draftName, nil
	}
	kind, parameters, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	switch {
	case err != nil || kind != "multipart/form-data" || parameters["boundary"] == "":
		return nil, "", &chat.Error{Kind: chat.UnsupportedMedia, Code: "unsupported_media_type", Field: "Content-Type",
			Message: "Content-Type: must be multipart/form-data with a boundary"}
	case c.Header.Get("Content-Encoding") != "" && c.Header.Get("Content-Encoding") != "identity":
		return nil, "", &chat.Error{Kind: chat.UnsupportedMedia, Code: "unsupported_media_type", Field: "Content-Encoding",
			Message: "Content-Encoding: compressed bodies are not accepted"}
	}
	most := c.api.Attachments.MaxFile + multipartExtra
	if c.ContentLength > most {
		return nil, "", c.api.Attachments.TooLarge()
	}
	// Where the connection knows no deadlines the server's own limits hold.
	_ = c.control.SetReadDeadline(time.Now().Add(uploadWithin))
	raw := &headerBound{Reader: http.MaxBytesReader(nil, c.Body, most)}
	body := &sourceReader{call: c, raw: raw, parts: multipart.NewReader(raw, parameters["boundary"])}
	part, err := body.next()
	switch {
	case err == io.EOF: // and nothing that wraps it: the body was whole
		return nil, "", chat.InvalidField("source", "is required: one part with the file")
	case err != nil:
		return nil, "", body.explain(err)
	case part.FormName() != "source":
		return nil, "", chat.InvalidField("source", "must be the name of the one part of the body that holds a file")
	case part.Header.Get("Content-Transfer-Encoding") != "":
		return nil, "", chat.InvalidField("source", "must not have a Content-Transfer-Encoding (RFC 7578 section 4.7)")
	}
	body.part = part
	return body, part.FileName(), nil
}

// sourceReader reads a part, and at its end makes sure that there is no other file.
type sourceReader struct {
	call   *call
	raw    *headerBound
	parts  *multipart.Reader
	part   *multipart.Part
	fields int // that were ignored
}

// next is the next part that is no text field; io.EOF, and nothing that wraps it, where the body is whole and has none.
func (s *sourceReader) next() (*multipart.Part, error) {
	for {
		s.raw.bound(maxPartHeader)
		part, err := s.parts.NextRawPart()
		s.raw.free()
		if err != nil || part.FormName() == "" || part.FormName() == "source" || part.FileName() != "" {
			return part, err
		}
		if err := s.ignore(part); err != nil {
			return nil, err
		}
	}
}

// headerBound is a body of which little is read while headers are expected: the parser holds them, up to 10 MB.
type headerBound struct {
	io.Reader
	left    int
	bounded bool
}

func (b *headerBound) bound(left int) { b.left, b.bounded = left, true }
func (b *headerBound) free()          { b.bounded = false }

func (b *headerBound) Read(p []byte) (int, error) {
	if !b.bounded {
		return b.Reader.Read(p)
	}
	if b.left == 0 {
		return 0, chat.InvalidField("source", "the headers of a part have more than %d bytes", maxPartHeader)
	}
	n, err := b.Reader.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// ignore reads a text field to its end. What comes of an upload never depends on one.
func (s *sourceReader) ignore(field *multipart.Part) error {
	s.fields++
	n, err := io.CopyN(io.Discard, field, maxFieldBytes+1)
	switch {
	case s.fields > maxFields || n > maxFieldBytes:
		return chat.InvalidField("source", "may stand beside at most %d text fields of at most %d bytes, which are ignored: send the file alone", maxFields, maxFieldBytes)
	case err == io.EOF: // of the part
		return nil
	}
	return err
}

func (s *sourceReader) Read(p []byte) (int, error) {
	n, err := s.part.Read(p)
	if err == nil {
		return n, nil
	}
	if !errors.Is(err, io.EOF) {
		return n, s.explain(err)
	}
	switch _, err := s.next(); {
	case err == nil:
		return n, chat.InvalidField("source", "must be the only file of the body")
	case err != io.EOF: // what wraps it is a body without an end
		return n, s.explain(err)
	}
	return n, io.EOF
}

// explain tells what is wrong with the body.
func (s *sourceReader) explain(err error) error {
	if _, explained := chat.AsError(err); explained {
		return err
	}
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return s.call.api.Attachments.TooLarge()
	}
	message := "The body did not arrive whole."
	if strings.Contains(err.Error(), "multipart:") || strings.Contains(err.Error(), "malformed MIME") || strings.Contains(err.Error(), "message too large") {
		message = "The body is no multipart/form-data that can be read."
	}
	return &chat.Error{Kind: chat.Invalid, Code: "bad_request", Message: message, Err: err}
}
