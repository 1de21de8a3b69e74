package site_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/site"
	"github.com/parlorchat/parlor/web"
)

// TestPreviewAsksNothing: the pages of the preview can be embedded by this server's own, and reach no server, not even this one.
func TestPreviewAsksNothing(t *testing.T) {
	t.Parallel()
	if !web.Built() {
		t.Skip("the front ends are not built: make web")
	}
	mux := http.NewServeMux()
	(&site.Site{Own: func(*http.Request) string { return "https://chat.example" }}).Mount(mux)
	policyOf := func(path string) string {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != 200 {
			t.Errorf("%s answers %d", path, w.Code)
		}
		return w.Header().Get("Content-Security-Policy")
	}
	for _, path := range []string{"/preview/host", "/preview/frame"} {
		policy := policyOf(path)
		for _, want := range []string{"default-src 'none';", "connect-src 'none';", "form-action 'none';", "require-trusted-types-for 'script';", "frame-ancestors 'self'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("the policy of %s has no %q: %s", path, want, policy)
			}
		}
	}
	if policy := policyOf("/console"); !strings.Contains(policy, "frame-src https://chat.example/preview/;") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("the console's policy is %s", policy)
	}
}
