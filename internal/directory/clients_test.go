package directory_test

import (
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
)

// TestThePageOfAClient: origin and path are kept, nothing that may be a secret, and nothing at all where the app keeps no pages.
func TestThePageOfAClient(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.tokens["ana"] = external("u-1")
	ana := h.in("sdk", "ana", "")
	pageOf := func(said string) any {
		t.Helper()
		out, err := h.SignIn(t.Context(), h.app, directory.SignInInput{Client: chat.Client{ID: ana.Client.ID, Info: chat.Metadata{"currentUrl": said, "plan": "gold"}},
			Credential: directory.Credential{Door: "sdk", Presented: true, Token: "ana"}})
		if err != nil || out.Client.ID != ana.Client.ID || out.Client.Info["plan"] != "gold" {
			t.Fatalf("%s: %v, client %+v", said, err, out.Client)
		}
		return out.Client.Info["currentUrl"]
	}
	for said, want := range map[string]string{
		"https://shop.example/cart":                        "https://shop.example/cart",
		"http://ana:secret@shop.example:8443/a%2Fb?t=1#t2": "http://shop.example:8443/a%2Fb",
		"https://shop.example/über uns":                    "https://shop.example/%C3%BCber%20uns",
	} {
		if got := pageOf(said); got != want {
			t.Errorf("%s: got %v, want %s", said, got, want)
		}
	}
	last := pageOf("https://shop.example/cart")
	for _, said := range []string{"", "javascript:alert(1)", "about:srcdoc", "https://", "/cart", "https://shop.example/\x00", "https://shop.example/" + strings.Repeat("a", 5000)} {
		if got := pageOf(said); got != last {
			t.Errorf("%q: got %v", said, got)
		}
	}
	full := chat.Metadata{"currentUrl": "https://shop.example/" + strings.Repeat("a", 500), "cart": strings.Repeat("x", chat.MaxMetadata-len("cart"))}
	out, err := h.SignIn(t.Context(), h.app, directory.SignInInput{Client: chat.Client{Info: full}, Credential: directory.Credential{Door: "sdk", Presented: true, Token: "ana"}})
	if err != nil || out.Client.Info["cart"] != full["cart"] || out.Client.Info["currentUrl"] != nil {
		t.Errorf("with as much as a client may say of itself: %v, %d members", err, len(out.Client.Info))
	}
	h.app.Settings.Pages = false
	if got := pageOf("https://shop.example/account"); got != nil {
		t.Errorf("an app that keeps no pages has %v", got)
	}
}
