package wire

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
)

// Cookies of the hosted page. The prefix has browsers refuse them from anywhere but this very host, over TLS (RFC 6265bis
// section 4.1.3.2); the name holds the app, of which a host may show several.
const (
	sessionCookie = "__Host-parlor-"
	browserCookie = "__Host-parlor-mail-"
)

// SessionCookie is the name of the cookie that holds the session of a hosted page.
func SessionCookie(app chat.AppID) string { return sessionCookie + string(app) }

// BrowserCookie is the name of the cookie that binds e-mail codes to the browser that asked for them.
func BrowserCookie(app chat.AppID) string { return browserCookie + string(app) }

// InCookie begins the name under which the scripts of the hosted page know their session; its id follows.
const InCookie = "cookie:"

// CookieOf returns the value of a cookie of the request, or "".
func CookieOf(r *http.Request, name string) string {
	cookie, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// SameOrigin tells whether a request comes from a page of this server: own is the origin under which it is reached, and
// the host name may also be that of one of its apps (security rule 42). A request that says nothing of where it comes
// from is no page's.
func SameOrigin(r *http.Request, own string) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return r.Header.Get("Sec-Fetch-Site") == "same-origin"
	}
	u, err := url.Parse(origin)
	return origin == own || err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

// maxOrigin is longer than any host name makes one.
const maxOrigin = 300

// OriginOf returns the origin of the page that makes a request, as the browser says it; "" where it says none. That of the frame inside a
// page of somebody else is this server's own and says nothing of that page: it counts as none, and Client.Page is asked.
func OriginOf(r *http.Request, own string) string {
	if SameOrigin(r, own) {
		return ""
	}
	return originOf(r.Header.Get("Origin"))
}

// originOf returns the origin of an address of the web, or "".
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	if origin := u.Scheme + "://" + u.Host; len(origin) <= maxOrigin {
		return origin
	}
	return ""
}

// PageSignIn is the body of a sign-in on the hosted page.
type PageSignIn struct {
	Code    Text   `json:"code"`    // absent: an anonymous session
	Confirm bool   `json:"confirm"` // sign in although somebody else is signed in
	Client  Client `json:"client"`
}

// EmailCode asks for a code.
type EmailCode struct {
	Email string `json:"email"`
}

// EmailSignIn gives the code.
type EmailSignIn struct {
	Email  string `json:"email"`
	Code   string `json:"code"`
	Client Client `json:"client"`
}

// OtherPerson is the answer to a code for somebody else than who is signed in.
type OtherPerson struct {
	Problems
	Current Named `json:"current"`
	Next    Named `json:"next"`
}

// Named is somebody's name as it is shown.
type Named struct {
	Name string `json:"name"`
}

// InPage is a session as the scripts of the hosted page may see it: by its name, without the token.
func InPage(session chat.Session) Session {
	shown := SessionOf("", session, session.ExpiresAt)
	shown.Token, shown.RenewAt = InCookie+string(session.ID), Time{}
	return shown
}
