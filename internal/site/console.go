package site

import (
	"net/http"
	"strings"
)

// console serves the console, at whatever place in it the address names: its script reads the address. Nobody may embed it (security rule 37), it
// loads from this server alone, the only frames in it are the designer's preview, and no text becomes markup or script in it (trusted types).
func (s *Site) console(w http.ResponseWriter, r *http.Request) {
	policy := []string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data: blob:", "media-src 'self' blob:",
		"connect-src 'self' " + socketOrigin(s.Own(r)), "frame-src " + previewFrames(s.Own(r)), "base-uri 'none'", "form-action 'none'", "object-src 'none'",
		"require-trusted-types-for 'script'", "trusted-types 'none'", "frame-ancestors 'none'",
	}
	h := w.Header()
	h.Set("Content-Security-Policy", strings.Join(policy, "; "))
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	serve(w, r, "console.html")
}
