// Package httpapi is the HTTP door: the sign-in endpoints of end users under /sdk/v1, REST v2 under /v2 and /sc/v2, the
// calls of the console under /console/v1, and what operators ask for. routes.go lists every route and who may call it; a handler decodes its input, calls one method
// of a work package and names the answer. api/openapi.yaml is the contract; a test compares the two both ways.
package httpapi

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/attachment"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/idempotency"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/ratelimit"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/wire"
)

// Callers says who a REST caller is, from the Authorization header, Basic or Bearer, of a call about an app.
// Unauthenticated with code unauthorized if nobody.
type Callers interface {
	Authenticate(ctx context.Context, app chat.AppID, authorization string) (chat.Principal, error)
}

// API is everything that the handlers need.
type API struct {
	Apps        *directory.Apps
	Gate        directory.Gate
	Directory   *directory.Service
	Messaging   *messaging.Service
	Admin       *admin.Service
	Staff       *staff.Service
	StaffGate   staff.Gate
	SignOnName  string // what people call the provider of single sign-on
	Inbox       *inbox.Service
	Doctor      Doctor
	Notices     Notices
	Webhooks    Tester
	Links       wire.MediaLinks // how agents are shown media
	Callers     Callers
	Calls       *ratelimit.Limiter // of one key
	Idempotency *idempotency.Service
	Source      func(*http.Request) string
	Own         func(*http.Request) string // the origin under which this server is reached
	Ready       func(context.Context) error
	Now         func() time.Time
	Log         *slog.Logger

	Attachments *attachment.Service
	Uploads     *ratelimit.Limiter // of one client
	Lines       Lines
	Base        func() string // the origin that addresses of users' uploads begin with
}

// call is one request on its way to a handler.
type call struct {
	*http.Request
	api       *API
	who       Who
	app       chat.App       // of routes that name one
	principal chat.Principal // of routes that need one
	desk      desk           // of the console's routes that need somebody who is signed in there
	header    http.Header    // of the answer
	control   *http.ResponseController

	drafted   io.Reader // the file of an upload that was read before its handler asks for it
	draftName string
}

// answer is what a handler returns when it succeeds.
type answer struct {
	status int
	body   any // encoded by wire; nil: no body
}

func ok(body any) (answer, error)      { return answer{http.StatusOK, body}, nil }
func created(body any) (answer, error) { return answer{http.StatusCreated, body}, nil }

// handler does the work of a route.
type handler func(*call) (answer, error)

// bodyWithin is how long a body may take to arrive.
const bodyWithin = 30 * time.Second

// serve runs a route: the limits and rights of its audience, the handler, and the encoding of what comes out. Nothing
// of an answer is kept by anybody unless its handler says so.
func (a *API) serve(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Where the connection knows no deadlines the server's own limits hold.
		control := http.NewResponseController(w)
		_ = control.SetReadDeadline(time.Now().Add(bodyWithin))
		w.Header().Set("Cache-Control", "no-store")
		c := &call{Request: r, api: a, who: route.Who, header: w.Header(), control: control}
		out, err := a.run(route, c)
		if err != nil {
			a.fail(w, r, err)
			return
		}
		if out.body == nil {
			w.WriteHeader(out.status)
			return
		}
		writeJSON(w, out.status, out.body)
	})
}

func (a *API) run(route Route, c *call) (answer, error) {
	if err := c.checkAddress(); err != nil {
		return answer{}, err
	}
	if err := audiences[route.Who](c); err != nil {
		return answer{}, err
	}
	if c.principal.Key != nil && route.Method == http.MethodGet {
		if err := c.spreadObjects(); err != nil {
			return answer{}, err
		}
	}
	if c.principal.Key != nil && route.Method == http.MethodPost && c.Header.Get(idempotencyKey) != "" {
		return c.once(route.handle)
	}
	return route.handle(c)
}

// fail answers an error. What is internal is logged here, once, and told to nobody else.
func (a *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	outcome := wire.OutcomeOf(err)
	switch chat.KindOf(err) {
	case chat.Internal:
		if r.Context().Err() != nil {
			return // the caller is gone
		}
		a.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "route", r.Pattern,
			"request_id", w.Header().Get(requestIDHeader), "err", err)
	case chat.Unavailable:
		a.Log.WarnContext(r.Context(), "request could not be served", "method", r.Method, "route", r.Pattern, "err", err)
	}
	tellHow(w.Header(), err)
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, outcome.Status, wire.ProblemsOf(err))
}

// tellHow sets the headers that say how to come again: with credentials, or when.
func tellHow(h http.Header, err error) {
	if chat.KindOf(err) == chat.Unauthenticated {
		h.Set("WWW-Authenticate", `Bearer realm="parlor"`)
	}
	if seconds := wire.RetryAfterSeconds(err); seconds > 0 {
		h.Set("Retry-After", itoa(seconds))
	}
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	raw, done := body.(encoded)
	if !done {
		raw = wire.Encode(body)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", itoa(len(raw)))
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	w.Write(raw)
}
