package outbound

import (
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestCheckURL(t *testing.T) {
	t.Parallel()
	strict := New(Options{})
	lenient := New(Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}})
	proxied := New(Options{Allow: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, Proxy: &url.URL{Scheme: "http", Host: "127.0.0.1:1"}})
	for _, c := range []struct {
		name, url                string
		strict, lenient, proxied string // a word of the refusal; empty: passes
	}{
		{"plain", "https://hooks.example.com/a?b=c", "", "", ""},
		{"upper case, final dot", "HTTPS://Hooks.Example.Com./", "", "", ""},
		{"port 8443", "https://hooks.example.com:8443", "", "", ""},
		{"A-labels and underscores", "https://xn--bcher-kva.my_hooks.example", "", "", ""},
		{"public literal", "https://93.184.215.14/", "", "", ""},
		{"public IPv6 literal", "https://[2606:4700::1]/", "", "", ""},
		{"port of its own", "https://hooks.example.com:9000", "port", "", "port"},
		{"http", "http://hooks.example.com/", "https", "", "https"},
		{"single label", "https://ollama/", "inner", "", "inner"},
		{"localhost", "https://localhost/", "inner", "", "inner"},
		{"localhost with a dot", "https://LOCALHOST./", "inner", "", "inner"},
		{"metadata by name", "https://metadata.google.internal/", "inner", "", "inner"},
		{"loopback", "https://127.0.0.1/", "loopback", "", "loopback"},
		{"loopback with a dot", "https://127.0.0.1./", "loopback", "", "loopback"},
		{"allowed over http and any port", "http://10.0.0.1:11434/", "private", "", ""},
		{"metadata", "https://169.254.169.254/latest", "link-local", "link-local", "link-local"},
		{"mapped", "https://[::ffff:169.254.169.254]/", "IPv6", "IPv6", "IPv6"},
		{"mapped and allowed", "https://[::ffff:10.0.0.1]/", "IPv6", "", ""},
		{"public literal over http", "http://93.184.215.14/", "https", "https", "https"},
		{"public literal, odd port", "https://93.184.215.14:22/", "port", "port", "port"},
		{"zone", "https://[fe80::1%25eth0]/", "interface", "interface", "interface"},
		{"short IPv4", "https://127.1/", "usual form", "usual form", "usual form"},
		{"decimal IPv4", "https://2130706433/", "usual form", "usual form", "usual form"},
		{"hexadecimal IPv4", "https://0x7f.0x0.0x0.0X1/", "usual form", "usual form", "usual form"},
		{"octal IPv4", "https://0177.0.0.1/", "usual form", "usual form", "usual form"},
		{"full-width digits", "https://１２７.0.0.1/", "xn--", "xn--", "xn--"},
		{"full-width, escaped", "https://%EF%BC%91.0.0.1/", "xn--", "xn--", "xn--"},
		{"user", "https://user:secret@hooks.example.com/", "@", "@", "@"},
		{"host behind user", "https://hooks.example.com@127.0.0.1/", "@", "@", "@"},
		{"backslash", `https://hooks.example.com\@127.0.0.1/`, "not a URL", "not a URL", "not a URL"},
		{"no host", "https:///path", "no host", "no host", "no host"},
		{"opaque", "https:hooks.example.com", "no host", "no host", "no host"},
		{"no scheme", "hooks.example.com/a", "begin with https", "begin with https", "begin with https"},
		{"file", "file:///etc/passwd", "begin with https", "begin with https", "begin with https"},
		{"gopher", "gopher://hooks.example.com:443/", "begin with https", "begin with https", "begin with https"},
		{"empty", "", "begin with https", "begin with https", "begin with https"},
		{"port 0", "https://hooks.example.com:0/", "65535", "65535", "65535"},
		{"port too high", "https://hooks.example.com:65979/", "65535", "65535", "65535"}, // 65979 = 65536 + 443
		{"empty label", "https://hooks..example.com/", "xn--", "xn--", "xn--"},
		{"long label", "https://" + strings.Repeat("a", 64) + ".example/", "xn--", "xn--", "xn--"},
		{"long host", "https://" + strings.Repeat("a.", 127) + "example/", "xn--", "xn--", "xn--"},
		{"line break", "https://hooks.example.com/\nsecret", "not a URL", "not a URL", "not a URL"},
		{"too long", "https://hooks.example.com/" + strings.Repeat("a", 2048), "2048", "2048", "2048"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			mustJudge(t, "strict", strict.CheckURL(c.url), c.strict)
			mustJudge(t, "lenient", lenient.CheckURL(c.url), c.lenient)
			mustJudge(t, "proxied", proxied.CheckURL(c.url), c.proxied)
		})
	}
}

func mustJudge(t *testing.T, client string, err error, want string) {
	t.Helper()
	e, ok := errors.AsType[*Error](err)
	switch {
	case want == "" && err != nil:
		t.Errorf("%s client: %v", client, err)
	case want != "" && (!ok || !e.Refused || e.Retryable || !strings.Contains(e.Message, want)):
		t.Errorf("%s client: %v, want a refusal with %q", client, err, want)
	case ok && strings.Contains(e.Error(), "secret"):
		t.Errorf("%s client: the refusal repeats the URL: %v", client, err)
	}
}

// FuzzCheckURL compares with what the standard library knows of addresses, which is less than the table, and never more.
func FuzzCheckURL(f *testing.F) {
	for _, seed := range []string{
		"https://hooks.example.com:8443/a?b#c", "https://127.1/", "https://[::ffff:10.0.0.1]/", "https://[fe80::1%25eth0]:443", "https://user@host.example",
		"http://0x7f.1", "https://１２７.0.0.1", "https://2130706433", "https:host", "https://localhost.", "https://a.internal", "https://[::1", "https://%6c",
	} {
		f.Add(seed)
	}
	strict := New(Options{Own: func() ([]netip.Addr, error) { return nil, nil }})
	lenient := New(Options{Own: strict.own, Allow: []netip.Prefix{netip.MustParsePrefix("192.168.7.0/24")}})
	f.Fuzz(func(t *testing.T, raw string) {
		for _, client := range []*Client{strict, lenient} {
			err := client.CheckURL(raw)
			if e, ok := errors.AsType[*Error](err); err != nil && (!ok || !e.Refused || e.Message == "") {
				t.Fatalf("%q: %#v is no refusal with a sentence", raw, err)
			}
			if err == nil {
				mustBeHarmless(t, client, raw)
			}
		}
		if strict.CheckURL(raw) == nil && lenient.CheckURL(raw) != nil {
			t.Errorf("%q: a network more, and it is refused", raw)
		}
	})
}

func mustBeHarmless(t *testing.T, client *Client, raw string) {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.User != nil || u.Opaque != "" {
		t.Fatalf("%q passes: %v", raw, err)
	}
	addr, err := netip.ParseAddr(strings.TrimSuffix(u.Hostname(), "."))
	if err == nil && client.allowed(addr) {
		return
	}
	if err == nil && (!addr.IsGlobalUnicast() || addr.IsPrivate() || addr.Zone() != "" || addr.Is4In6()) {
		t.Errorf("%q passes with %s", raw, addr)
	}
	named := err != nil
	if named && len(client.allow) > 0 {
		return // judged when it is dialled
	}
	if u.Scheme != "https" || !slices.Contains([]string{"", "80", "443", "8443"}, strings.TrimLeft(u.Port(), "0")) {
		t.Errorf("%q passes", raw)
	}
	if last := u.Hostname()[strings.LastIndexByte(strings.TrimSuffix(u.Hostname(), "."), '.')+1:]; named && strings.Trim(last, "0123456789.") == "" {
		t.Errorf("%q passes, and a resolver may read it as an address", raw)
	}
}
