package site

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
)

// page serves the hosted page. It is the same for everybody and whatever the query says: a GET changes nothing, and the
// code in a personal link is read by the page's script alone (security rules 27 and 28).
func (s *Site) page(w http.ResponseWriter, r *http.Request) {
	policy := []string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data: blob:",
		"connect-src 'self' " + socketOrigin(s.Own(r)), "base-uri 'none'", "form-action 'self'", "object-src 'none'",
		"require-trusted-types-for 'script'", "frame-ancestors 'none'",
	}
	h := w.Header()
	h.Set("Content-Security-Policy", strings.Join(policy, "; "))
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", chatFeatures)
	serve(w, r, "page.html")
}

// maxPosted bounds the body of a form that posts a code.
const maxPosted = 32 << 10

// tokenShape is what a compact token may consist of (RFC 7515 section 7.1).
var tokenShape = regexp.MustCompile(`^[A-Za-z0-9_.=-]+$`)

// posted answers a form that posts a code by sending the browser to the page with the code in the fragment, which no
// server sees. Posting changes nothing either: the request comes from another site, and so without the cookie that
// tells who is signed in here.
func (s *Site) posted(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Cache-Control", "no-store")
	r.Body = http.MaxBytesReader(w, r.Body, maxPosted)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "The form cannot be read: post externalAuthCode as application/x-www-form-urlencoded, at most 32 KB.", http.StatusBadRequest)
		return
	}
	address := r.URL.EscapedPath()
	if code := r.PostForm.Get("externalAuthCode"); tokenShape.MatchString(code) {
		address += "#externalAuthCode=" + code
	}
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusSeeOther)
}

// logo serves an app's logo. Its address changes with it, so that it is cached for ever.
func (s *Site) logo(w http.ResponseWriter, r *http.Request) {
	app, err := s.Apps.Find(r.Context(), r.PathValue("appId"))
	var logo chat.Logo
	if err == nil {
		logo, err = s.Apps.Logo(r.Context(), app.ID, r.PathValue("file"))
	}
	if err != nil {
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, "There is no such logo.", statusOf(err))
		return
	}
	h := w.Header()
	h.Set("Content-Type", logo.Type)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Write(logo.Bytes)
}

func statusOf(err error) int {
	if chat.KindOf(err) == chat.NotFound {
		return http.StatusNotFound
	}
	return http.StatusServiceUnavailable
}
