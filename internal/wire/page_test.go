package wire_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/wire"
)

// TestOriginOf: nothing of a page but its origin, and nothing of our own pages.
func TestOriginOf(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"":                                       "",
		"null":                                   "",
		"https://shop.example":                   "https://shop.example",
		"http://127.0.0.1:8081":                  "http://127.0.0.1:8081",
		"https://shop.example/cart?secret=1#top": "https://shop.example",
		"https://ana:pass@shop.example":          "https://shop.example",
		"https://chat.example":                   "",
		"https://also.example":                   "",
		"chrome-extension://abcdef":              "",
		"shop.example":                           "",
		"https://" + strings.Repeat("a", 400):    "",
		"%":                                      "",
	} {
		r := httptest.NewRequest("POST", "https://also.example/sdk/v1/apps/x/sessions", nil)
		r.Header.Set("Origin", header)
		if got := wire.OriginOf(r, "https://chat.example"); got != want {
			t.Errorf("%q: got %q, want %q", header, got, want)
		}
	}
}
