package server

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestSource(t *testing.T) {
	t.Parallel()
	c := callers{proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	for name, test := range map[string]struct{ remote, forwarded, want string }{
		"direct":                     {"192.0.2.1:5", "", "192.0.2.1"},
		"an invented header":         {"192.0.2.1:5", "203.0.113.9", "192.0.2.1"},
		"through a proxy":            {"10.0.0.1:5", "203.0.113.9", "203.0.113.9"},
		"through two":                {"10.0.0.1:5", "203.0.113.9, 10.0.0.2", "203.0.113.9"},
		"an invented hop before":     {"10.0.0.1:5", "1.2.3.4, 203.0.113.9", "203.0.113.9"},
		"a proxy that says nonsense": {"10.0.0.1:5", "nonsense", "10.0.0.1"},
		"IPv6 by its /64":            {"[2001:db8:1:2:3:4:5:6]:5", "", "2001:db8:1:2::/64"},
		"IPv4 in IPv6":               {"[::ffff:192.0.2.1]:5", "", "192.0.2.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = test.remote
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if got := c.source(r); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}

func TestOwnOrigin(t *testing.T) {
	t.Parallel()
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for name, test := range map[string]struct {
		callers             callers
		remote, proto, want string
	}{
		"plain":                  {callers{}, "192.0.2.1:5", "", "http://chat.example"},
		"with TLS":               {callers{tls: true}, "192.0.2.1:5", "", "https://chat.example"},
		"a proxy with TLS":       {callers{proxies: proxies}, "10.0.0.1:5", "https", "https://chat.example"},
		"somebody who claims it": {callers{proxies: proxies}, "192.0.2.1:5", "https", "http://chat.example"},
		"as set":                 {callers{publicURL: "https://set.example/"}, "192.0.2.1:5", "", "https://set.example"},
	} {
		r := httptest.NewRequest("GET", "http://chat.example/x", nil)
		r.RemoteAddr = test.remote
		r.Header.Set("X-Forwarded-Proto", test.proto)
		if got := test.callers.own(r); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}

func TestIsLocal(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest("GET", "/metrics", nil)
	r.RemoteAddr = "127.0.0.1:5"
	if !isLocal(r) {
		t.Error("loopback is not local")
	}
	r.Header.Set("X-Forwarded-For", "192.0.2.1")
	if isLocal(r) {
		t.Error("what comes through a proxy on this machine is not local")
	}
	r.Header.Del("X-Forwarded-For")
	if r.RemoteAddr = "192.0.2.1:5"; isLocal(r) {
		t.Error("another machine is local")
	}
}
