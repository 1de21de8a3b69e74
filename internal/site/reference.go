package site

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/http"
	"sync"

	"github.com/parlorchat/parlor/web"
)

// referencePolicy admits what the API reference consists of, a style sheet and an icon of this server, and no script at all.
const referencePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// reference serves the API reference, which is made of api/openapi.yaml when the front ends are built. Its address never
// changes and it is large: browsers ask each time, and get it when it is another one.
func (s *Site) reference() http.HandlerFunc {
	const name = "reference.html"
	tag := sync.OnceValue(func() string {
		content, err := fs.ReadFile(web.Files(), name)
		if err != nil {
			return ""
		}
		return fmt.Sprintf(`"%x"`, sha256.Sum256(content))
	})
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", referencePolicy)
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-cache")
		if tag := tag(); tag != "" {
			h.Set("ETag", tag)
		}
		serve(w, r, name)
	}
}
