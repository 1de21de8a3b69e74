package httpapi

import (
	"net/url"
	"testing"
)

// FuzzCursor reads cursors: of this list they come back as they were made, of no other list and by no invention.
func FuzzCursor(f *testing.F) {
	f.Add("1700000000000000.0123456789abcdef01234567", "c29tZXRoaW5n")
	f.Add("7", "")
	f.Fuzz(func(t *testing.T, position, foreign string) {
		p := page{subject: "app messages c"}
		if position != "" {
			got, err := p.position(url.Values{"page[after]": {p.cursor(position)}}, "page[after]")
			if err != nil || got != position {
				t.Fatalf("%q came back as %q, %v", position, got, err)
			}
			other := page{subject: "app messages d"}
			if got, err := other.position(url.Values{"page[after]": {p.cursor(position)}}, "page[after]"); err == nil {
				t.Fatalf("another list took %q as %q", position, got)
			}
		}
		p.position(url.Values{"page[after]": {foreign}}, "page[after]") // must not crash
	})
}
