package config

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
)

func TestEgress(t *testing.T) {
	t.Parallel()
	const want = "http://user:secret@proxy.example:3128"
	proxy, err := Server{EgressProxy: want}.Egress()
	if err != nil || proxy.String() != want {
		t.Errorf("%v, %v", proxy, err)
	}
	if proxy, err := (Server{}).Egress(); err != nil || proxy != nil {
		t.Errorf("without the setting: %v, %v", proxy, err)
	}
	for _, bad := range []string{
		"proxy.example:3128", "ftp://secret@proxy.example", "socks5://secret@proxy.example", "http://user:secret@:3128", "http://",
		"http://user:secret@proxy.example:0", "http://proxy.example:99999", "http://proxy.example/secret", "http://proxy.example?secret",
		"http://user:s%zzecret@proxy.example",
	} {
		err := Server{Addr: ":0", EgressProxy: bad}.Validate()
		if err == nil || !strings.Contains(err.Error(), "PARLOR_EGRESS_PROXY") || strings.Contains(err.Error(), "ecret") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestAllowed(t *testing.T) {
	t.Parallel()
	got, err := Server{OutboundAllow: []string{"127.0.0.1", " 10.1.2.3/8", "fd00::/8", "fe80::1"}}.Allowed()
	want := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8"), netip.MustParsePrefix("fe80::1/128")}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range []string{"localhost", "10.0.0.0/33", "0.0.0.0/0", "::/0", "::ffff:10.0.0.0/104", "::ffff:10.0.0.1", ""} {
		err := Server{Addr: ":0", OutboundAllow: []string{"10.0.0.0/8", bad}}.Validate()
		if err == nil || !strings.Contains(err.Error(), "PARLOR_OUTBOUND_ALLOW") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
