package auth

import (
	"encoding/json"
	"net/mail"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
)

// FuzzNormalEmail holds that the form in which addresses are compared is ASCII, stable, an address to net/mail too,
// and one that differs from what was written in the case of ASCII letters only (rule 35).
func FuzzNormalEmail(f *testing.F) {
	for address := range addresses {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, written string) {
		normal, ok := chat.NormalEmail(written)
		if !ok {
			if normal != "" {
				t.Fatalf("%q is refused as %q", written, normal)
			}
			return
		}
		if again, ok := chat.NormalEmail(normal); !ok || again != normal {
			t.Fatalf("%q becomes %q, which becomes %q", written, normal, again)
		}
		if len(normal) != len(written) || !strings.EqualFold(normal, written) || len(normal) > chat.MaxEmail {
			t.Fatalf("%q becomes %q", written, normal)
		}
		for i := range len(normal) {
			if normal[i] <= ' ' || normal[i] >= 0x7F || 'A' <= normal[i] && normal[i] <= 'Z' {
				t.Fatalf("%q holds %q", normal, normal[i])
			}
		}
		if parsed, err := mail.ParseAddress(normal); err != nil || parsed.Address != normal {
			t.Fatalf("net/mail reads %q as %v (%v)", normal, parsed, err)
		}
	})
}

// FuzzExternalID holds that an id that may be used survives JSON and UTF-8 unchanged and has no invisible edges (rule 13).
func FuzzExternalID(f *testing.F) {
	for _, id := range []string{"u-42", "é", "e\u0301", "a b", " a", "a\u200b", "a\x00", "\xFF", "😀", strings.Repeat("é", 1025)} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		if chat.CheckExternalID(id) != "" {
			return
		}
		if n := utf8.RuneCountInString(id); n < 1 || n > chat.MaxExternalID || !utf8.ValidString(id) || strings.TrimSpace(id) != id {
			t.Fatalf("%q passes", id)
		}
		if strings.ContainsFunc(id, func(r rune) bool { return r < ' ' || 0x7F <= r && r < 0xA0 }) {
			t.Fatalf("%q holds a control character", id)
		}
		text, err := json.Marshal(id)
		if err != nil {
			t.Fatal(err)
		}
		var back string
		if err := json.Unmarshal(text, &back); err != nil || back != id {
			t.Fatalf("%q comes back as %q (%v)", id, back, err)
		}
	})
}
