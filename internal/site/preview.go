package site

import (
	"net/http"
	"strings"
)

// preview serves the pages that the console's designer shows: a page with the widget on it, and what stands in its window. Only pages of this server
// may embed them, and they may ask nothing of anybody: whoever looks at the widget there makes no user, no session and no message.
func (s *Site) preview(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		policy := []string{
			"default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data: blob:", "frame-src " + previewFrames(s.Own(r)),
			"connect-src 'none'", "base-uri 'none'", "form-action 'none'", "object-src 'none'", "require-trusted-types-for 'script'", "frame-ancestors 'self'",
		}
		h := w.Header()
		h.Set("Content-Security-Policy", strings.Join(policy, "; "))
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		serve(w, r, name)
	}
}

// previewFrames are the addresses of these pages, for the policy of whoever embeds them.
func previewFrames(own string) string { return own + "/preview/" }
