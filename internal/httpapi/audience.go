package httpapi

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/ratelimit"
)

// audiences is what each audience asks for, before the handler runs.
var audiences = map[Who]func(*call) error{
	Everybody: func(*call) error { return nil },
	Script:    (*call).admitPage,
	Page:      (*call).admitPage,
	OwnPage:   (*call).admitOwnPage,
	AnyKey:    (*call).authenticate,
	AppKey:    (*call).admitKey,

	Console:     (*call).admitConsole,
	Agent:       (*call).admitAgent,
	AppAgent:    admitRole(chat.RoleAgent),
	AppAdmin:    admitRole(chat.RoleAdmin),
	AppOwner:    admitRole(chat.RoleOwner),
	ServerAdmin: (*call).admitServerAdmin,
}

// admitPage finds the app and lets its origins through. CORS headers stand on every answer to them, refusals
// included, or browsers would hide a 401 and tokens would never be renewed (security rule 15).
func (c *call) admitPage() error {
	app, err := c.api.appOfPage(c.Request)
	if err != nil {
		// Nothing is secret about an app that is not there: say so to every page.
		c.header.Set("Access-Control-Allow-Origin", "*")
		return err
	}
	c.app = app
	if !c.api.crossOrigin(c.header, c.Request, app) {
		return originNotAllowed(c.Request)
	}
	return c.keepOut()
}

// keepOut refuses whoever comes from an address that the app has blocked.
func (c *call) keepOut() error {
	if c.app.Settings.BlocksSource(c.api.Source(c.Request), c.api.Now()) {
		return chat.AddressBlocked()
	}
	return nil
}

// appOfPage is the app that a page's request is about: by its id in the path, else by the number of its portal in the
// query, else by the host name, else the default one.
func (a *API) appOfPage(r *http.Request) (chat.App, error) {
	if id := r.PathValue("appId"); id != "" {
		return a.Apps.Find(r.Context(), id)
	}
	if !r.URL.Query().Has("portal") {
		return a.Apps.FindByHost(r.Context(), directory.HostName(r.Host))
	}
	portal, err := strconv.ParseInt(r.URL.Query().Get("portal"), 10, 64)
	if err != nil || portal < 1 {
		return chat.App{}, chat.InvalidField("portal", "must be the number of a customer portal")
	}
	return a.Apps.FindByPortal(r.Context(), portal)
}

func originNotAllowed(r *http.Request) error {
	return chat.Refuse("origin_not_allowed",
		"Pages of the origin "+r.Header.Get("Origin")+" may not use this app: add it to the app's origins.")
}

// crossOrigin sets the CORS headers for a request and tells whether its origin may use the app. Without a list any
// origin may, without credentials; with one, its exact members; our own always (security rule 37).
func (a *API) crossOrigin(h http.Header, r *http.Request, app chat.App) bool {
	origin := r.Header.Get("Origin")
	if len(app.Settings.Origins) == 0 {
		h.Set("Access-Control-Allow-Origin", "*")
	} else {
		h.Add("Vary", "Origin")
	}
	if origin == "" || origin == a.Own(r) {
		return true
	}
	if !app.Settings.AllowsOrigin(origin) {
		h.Del("Access-Control-Allow-Origin")
		return false
	}
	if len(app.Settings.Origins) > 0 {
		h.Set("Access-Control-Allow-Origin", origin)
	}
	h.Set("Access-Control-Expose-Headers", "Retry-After, "+requestIDHeader)
	return true
}

// preflight answers what a browser asks before a cross-origin request.
func (a *API) preflight(w http.ResponseWriter, r *http.Request) {
	app, err := a.appOfPage(r)
	if chat.KindOf(err) == chat.NotFound {
		w.Header().Set("Access-Control-Allow-Origin", "*") // so that the page can read the 404 that follows
	} else if err != nil {
		a.fail(w, r, err)
		return
	} else if !a.crossOrigin(w.Header(), r, app) {
		a.fail(w, r, originNotAllowed(r))
		return
	}
	w.Header().Set("Access-Control-Allow-Methods", "GET, POST, DELETE")
	w.Header().Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
	w.Header().Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
}

// admitKey asks for a key that has power over the app in the path. A key of another app is as good as none; an account
// key learns which apps there are.
func (c *call) admitKey() error {
	if err := c.authenticate(); err != nil {
		return err
	}
	principal := c.principal
	app, err := c.api.Apps.Find(c.Context(), c.PathValue("appId"))
	if err != nil {
		return err
	}
	if string(app.ID) != c.PathValue("appId") || principal.App != "" && principal.App != app.ID {
		return chat.Missing("app")
	}
	principal.App = app.ID
	c.app, c.principal = app, principal
	return nil
}

// authenticate asks for a live key, and counts the call.
func (c *call) authenticate() error {
	source := c.api.Source(c.Request)
	if err := c.api.Gate.Blocked(source); err != nil {
		return err
	}
	principal, err := c.api.Callers.Authenticate(c.Context(), chat.AppID(c.PathValue("appId")), c.Header.Get("Authorization"))
	if err != nil {
		c.api.Gate.Failed(source, err)
		return err
	}
	wait := c.api.Calls.Take(string(principal.Key.ID))
	c.showRate(c.api.Calls.State(string(principal.Key.ID)))
	if wait > 0 {
		return &chat.Error{Kind: chat.RateLimited, Code: "rate_limited", Message: "Too many calls with this key.", RetryAfter: wait}
	}
	c.principal = principal
	return nil
}

// showRate tells a program how many calls it has left, before it is refused: the calls that may come at once, those of
// them that are left, and the seconds until all of them are.
func (c *call) showRate(state ratelimit.State) {
	if state.Burst == 0 {
		return
	}
	c.header.Set("X-RateLimit-Limit", itoa(state.Burst))
	c.header.Set("X-RateLimit-Remaining", itoa(state.Left))
	c.header.Set("X-RateLimit-Reset", itoa(int(math.Ceil(state.Full.Seconds()))))
}

var errNoBearer = errors.New("no token in the Authorization header")

// bearer returns the token that a browser presents, of its session or of its line, or errNoBearer.
func (c *call) bearer() (string, error) {
	scheme, token, found := strings.Cut(c.Header.Get("Authorization"), " ")
	if !found || !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", errNoBearer
	}
	return token, nil
}
