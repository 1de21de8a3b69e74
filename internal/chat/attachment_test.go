package chat

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFileName(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"invoice.pdf":                       "invoice.pdf",
		"Rechnung März.pdf":                 "Rechnung März.pdf",
		"":                                  "file",
		".":                                 "file",
		"..":                                "file",
		"/":                                 "file",
		"../../etc/passwd":                  "passwd",
		`..\..\windows\system32\x.dll`:      "x.dll",
		"a/..":                              "file",
		".htaccess":                         "htaccess",
		"a\x00b.png":                        "ab.png",
		"a\r\nSet-Cookie: x.png":            "aSet-Cookie_ x.png",
		"exe\u202egnp.jpg":                  "exegnp.jpg",
		"a\xff.png":                         "a_.png",
		`x".png`:                            "x_.png",
		"a\u2028b\u00a0c.txt":               "ab c.txt",
		strings.Repeat("я", 200) + ".pdf":   strings.Repeat("я", 124) + ".pdf",
		"a." + strings.Repeat("x", 200):     "a." + strings.Repeat("x", 126),
		strings.Repeat("a", 123) + " b.pdf": strings.Repeat("a", 123) + ".pdf",
	} {
		if got := FileName(said); got != want {
			t.Errorf("%q is called %q, want %q", said, got, want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	for _, seed := range []string{"a.pdf", "../x", "a\x00\u202e", strings.Repeat("a .", 100)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, said string) {
		name := FileName(said)
		switch {
		case name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > MaxFileName:
			t.Fatalf("%q is called %q", said, name)
		case strings.ContainsAny(name, `/\"`) || strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.C, r) }):
			t.Fatalf("%q is called %q", said, name)
		case strings.HasPrefix(name, ".") || strings.HasSuffix(name, "."):
			t.Fatalf("%q is called %q", said, name)
		case FileName(name) != name:
			t.Fatalf("%q is called %q, and that %q", said, name, FileName(name))
		}
	})
}

func TestKeyOfMediaURL(t *testing.T) {
	t.Parallel()
	const key = "0123456789abcdef0123456789abcdef"
	for address, want := range map[string]string{
		"https://chat.example/media/app/" + key + "/a.png":     key,
		"http://127.0.0.1:8080/media/app/" + key:               key,
		"https://chat.example/media/other/" + key + "/a.png":   "",
		"https://chat.example/media/app/" + key[1:] + "/a.png": "",
		"/media/app/" + key: "",
		"":                  "",
	} {
		if got, ok := KeyOfMediaURL("app", address); ok != (want != "") || ok && got != want {
			t.Errorf("%s: got %q, %v", address, got, ok)
		}
	}
	if key := NewMediaKey(); !IsMediaKey(key) || key == NewMediaKey() {
		t.Errorf("%q is no new key", key)
	}
}

// TestRepeats: a message that is sent again is known by what its sender said.
func TestRepeats(t *testing.T) {
	t.Parallel()
	said := Content{Type: ContentImage, Text: "Look", Media: &Media{Attachment: "a", Alt: "A lamp"}}
	stored := said
	stored.Media = &Media{Attachment: "a", Alt: "A lamp", URL: "https://chat.example/x", Type: "image/png", Size: 7, File: &File{Key: "k"}}
	if !said.Repeats(stored) {
		t.Error("it is not known again")
	}
	for name, change := range map[string]func(*Content){
		"attachment": func(c *Content) { c.Media = &Media{Attachment: "b", Alt: "A lamp"} },
		"alt":        func(c *Content) { c.Media = &Media{Attachment: "a"} },
		"text":       func(c *Content) { c.Text = "" },
		"type":       func(c *Content) { c.Type = ContentFile },
	} {
		other := said
		change(&other)
		if other.Repeats(stored) {
			t.Errorf("another %s is taken for the same", name)
		}
	}
}
