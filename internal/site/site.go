// Package site serves the embedded front ends: the loader scripts, the widget's frame, the hosted page, the console, the API
// reference and their assets, each with the strictest Content-Security-Policy that it works under.
package site

import (
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/web"
)

// Site serves the front ends.
type Site struct {
	Apps *directory.Apps
	Own  func(*http.Request) string
}

// Mount adds the pages and scripts to the mux.
func (s *Site) Mount(mux *http.ServeMux) {
	for _, script := range []string{"smooch.js", "chat.js", "widget.js"} {
		mux.HandleFunc("GET /"+script, s.loader(script))
	}
	mux.HandleFunc("GET /{$}", s.page)
	mux.HandleFunc("GET /chat/{appId}", s.page)
	mux.HandleFunc("POST /{$}", s.posted)
	mux.HandleFunc("POST /chat/{appId}", s.posted)
	mux.HandleFunc("GET /console", s.console)
	mux.HandleFunc("GET /console/{place...}", s.console)
	mux.HandleFunc("GET /preview/host", s.preview("preview-host.html"))
	mux.HandleFunc("GET /preview/frame", s.preview("preview-frame.html"))
	mux.HandleFunc("GET /docs/api", s.reference())
	mux.HandleFunc("GET /logo/{appId}/{file}", s.logo)
	mux.HandleFunc("GET /assets/{file}", s.asset)
	mux.HandleFunc("GET /frame/{appId}", s.frame)
}

// chatFeatures is what the chat may ask the browser for: where the person is, who is asked each time.
const chatFeatures = "camera=(), microphone=(), geolocation=(self)"

// loader serves a script whose address never changes: browsers ask again each time.
func (s *Site) loader(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		// A script that any page may load, whatever isolation it asks for.
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Cache-Control", "no-cache")
		serve(w, r, name)
	}
}

// asset serves a file whose name holds the hash of its content: it is cached for ever.
func (s *Site) asset(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	serve(w, r, path.Join("assets", r.PathValue("file")))
}

// frame serves the page inside the widget's iframe. Its address names the app, so that only pages of the app's origins
// may embed it (security rules 37 and 39).
func (s *Site) frame(w http.ResponseWriter, r *http.Request) {
	app, err := s.Apps.Find(r.Context(), r.PathValue("appId"))
	if err != nil {
		http.Error(w, "There is no such app.", statusOf(err))
		return
	}
	own := s.Own(r)
	policy := []string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'",
		"img-src 'self' data: blob:", "connect-src 'self' " + socketOrigin(own), "base-uri 'none'", "form-action 'self'", "object-src 'none'",
		"require-trusted-types-for 'script'", "frame-ancestors " + ancestors(own, app.Settings.Origins),
	}
	h := w.Header()
	h.Set("Content-Security-Policy", strings.Join(policy, "; "))
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache")
	h.Set("Permissions-Policy", chatFeatures)
	serve(w, r, "frame.html")
}

// socketOrigin is the origin as the browser's policy wants it for WebSockets.
func socketOrigin(own string) string { return "ws" + strings.TrimPrefix(own, "http") }

func ancestors(own string, origins []string) string {
	if len(origins) == 0 {
		return "*"
	}
	return own + " " + strings.Join(origins, " ")
}

func serve(w http.ResponseWriter, r *http.Request, name string) {
	files := web.Files()
	if _, err := fs.Stat(files, name); err != nil {
		w.Header().Set("Cache-Control", "no-store")
		message := "not found"
		if !web.Built() {
			message = "The front ends are not in this binary: build it with make build."
		}
		http.Error(w, message, http.StatusNotFound)
		return
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.ServeFileFS(w, r, files, name)
}
