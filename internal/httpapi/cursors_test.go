package httpapi_test

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
)

// TestForgedCursors: the mark of a cursor is no secret; whatever stands behind it, the answer is a page or a refusal.
func TestForgedCursors(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation := e.newConversation("u").ID
	e.say(conversation, "hi")
	for _, path := range []string{"/conversations?filter[userExternalId]=u&", "/conversations/" + conversation + "/messages?"} {
		cursor := e.rest("GET", strings.TrimRight(path, "?&"), "").want(200).listing().Meta.AfterCursor
		raw, err := base64.RawURLEncoding.DecodeString(cursor)
		if err != nil {
			t.Fatal(err)
		}
		for _, position := range []string{
			"", ".", "x", "0", "-1", "1e3", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
			"zz.", "1.", "-1." + conversation, "1y2p0ij32e8e7." + conversation, "-1y2p0ij32e8e8." + conversation, "1y2p0ij32e8e8.a",
			"1.\x00", "1.\xff", "1.' OR 1=1 --", "1." + strings.Repeat("x", 10_000), "\x00", "\xff",
		} {
			forged := base64.RawURLEncoding.EncodeToString(append(raw[:6:6], position...))
			for _, parameter := range []string{"page[after]", "page[before]"} {
				r := e.rest("GET", path+url.QueryEscape(parameter)+"="+forged, "")
				if r.status != 200 && r.status != 400 {
					t.Errorf("%s%s at %q: %d %s", path, parameter, position, r.status, r.body)
				}
			}
		}
	}
}
