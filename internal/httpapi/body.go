package httpapi

import (
	"bufio"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/strictjson"
	"github.com/parlorchat/parlor/internal/wire"
)

// Limits of bodies in bytes (security rule 45).
const (
	maxRESTBody = 100_000
	maxBody     = 1 << 20
)

const requestIDHeader = "X-Request-Id"

func itoa(n int) string { return strconv.Itoa(n) }

// checkAddress refuses addresses that say what no id can be, and no database can look for: NUL, and bytes that are no
// UTF-8.
func (c *call) checkAddress() error {
	texts := []string{c.URL.Path}
	for _, values := range c.URL.Query() {
		texts = append(texts, values...)
	}
	for _, text := range texts {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return &chat.Error{Kind: chat.Invalid, Code: "bad_request", Message: "The address must be valid UTF-8 without NUL."}
		}
	}
	return nil
}

// decode reads the body, which must be one strict JSON object, into a pointer; members that it does not know are ignored.
func (c *call) decode(into any) error {
	if err := c.checkContentType(); err != nil {
		return err
	}
	raw, err := c.readBody()
	if err != nil {
		return err
	}
	if err := strictjson.Decode(raw, into); err != nil {
		refusal := &chat.Error{Kind: chat.Invalid, Code: "bad_request", Message: "The body cannot be read: " + err.Error()}
		if fault, ok := errors.AsType[*strictjson.Error](err); ok {
			refusal.Field = fault.Path
		}
		return refusal
	}
	return nil
}

// readBody reads the whole body, up to the limit of the audience.
func (c *call) readBody() ([]byte, error) {
	most := int64(maxBody)
	if c.who == AppKey || c.who == AnyKey {
		most = maxRESTBody
	}
	raw, err := io.ReadAll(http.MaxBytesReader(nil, c.Body, most))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return nil, &chat.Error{Kind: chat.TooLarge, Code: "request_entity_too_large",
			Message: "The body must have at most " + strconv.FormatInt(most, 10) + " bytes."}
	}
	if err != nil {
		return nil, &chat.Error{Kind: chat.Invalid, Code: "bad_request", Message: "The body did not arrive whole.", Err: err}
	}
	return raw, nil
}

// decodeIfAny is decode of a body that may be missing.
func (c *call) decodeIfAny(into any) error {
	body := bufio.NewReader(c.Body)
	if _, err := body.Peek(1); errors.Is(err, io.EOF) {
		return nil
	}
	c.Body = struct {
		io.Reader
		io.Closer
	}{body, c.Body}
	return c.decode(into)
}

func (c *call) checkContentType() error {
	kind, parameters, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	charset := strings.ToLower(parameters["charset"])
	if err != nil || kind != "application/json" || charset != "" && charset != "utf-8" {
		return &chat.Error{Kind: chat.UnsupportedMedia, Code: "unsupported_media_type", Field: "Content-Type",
			Message: "Content-Type: must be application/json"}
	}
	if encoding := c.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return &chat.Error{Kind: chat.UnsupportedMedia, Code: "unsupported_media_type", Field: "Content-Encoding",
			Message: "Content-Encoding: compressed bodies are not accepted"}
	}
	return nil
}

// jsonErrors makes the mux's own 404 and 405 look like every other error.
func jsonErrors(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		probe := statusProbe{header: make(http.Header)}
		mux.ServeHTTP(&probe, r)
		if probe.status == http.StatusMethodNotAllowed {
			allow := probe.header.Get("Allow")
			w.Header().Set("Allow", allow)
			writeJSON(w, probe.status, problems("method_not_allowed", "This path takes "+allow+" only."))
			return
		}
		writeJSON(w, http.StatusNotFound, problems("not_found", "There is no such path: see /openapi.yaml."))
	})
}

// TakePaths answers 404 where the mux would redirect: a path with a part that is "." or ".." or empty is no other path.
// Slashes too many before the path, or after /sc, come from a base address that ends with one: they count as one.
func TakePaths(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := r.URL.EscapedPath()
		taken := withoutDoubledSlash(given)
		switch {
		case !isClean(taken):
			writeJSON(w, http.StatusNotFound, problems("not_found", `There is no such path: a part of it is empty, "." or "..".`))
			return
		case taken != given:
			r = r.Clone(r.Context())
			r.URL.RawPath = taken
			r.URL.Path, _ = url.PathUnescape(taken) // which was read before
		}
		next.ServeHTTP(w, r)
	})
}

func withoutDoubledSlash(p string) string {
	if !strings.HasPrefix(p, "/") {
		return p // "*", or the authority of a CONNECT
	}
	p = "/" + strings.TrimLeft(p, "/")
	if below, ok := strings.CutPrefix(p, "/sc/"); ok {
		p = "/sc/" + strings.TrimLeft(below, "/")
	}
	return p
}

// isClean tells whether the path is the shortest that means the same, but for a slash at its end.
func isClean(p string) bool {
	clean := path.Clean(p)
	return p == "" || p == clean || p == clean+"/"
}

func problems(code, title string) wire.Problems {
	return wire.Problems{Errors: []wire.Problem{{Code: code, Title: title}}}
}

// statusProbe keeps what a handler answers without sending it.
type statusProbe struct {
	header http.Header
	status int
}

func (p *statusProbe) Header() http.Header         { return p.header }
func (p *statusProbe) WriteHeader(status int)      { p.status = status }
func (p *statusProbe) Write(b []byte) (int, error) { return len(b), nil }
