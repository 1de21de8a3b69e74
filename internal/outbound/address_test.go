package outbound

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
)

// addresses and what they are; empty: public.
var addresses = map[string]string{
	"1.1.1.1": "", "8.8.8.8": "", "9.255.255.255": "", "11.0.0.0": "", "93.184.215.14": "", "100.63.255.255": "", "100.128.0.0": "",
	"126.255.255.255": "", "128.0.0.0": "", "168.63.129.15": "", "169.253.255.255": "", "169.255.0.0": "", "172.15.255.255": "", "172.32.0.0": "",
	"192.0.1.0": "", "192.167.255.255": "", "192.169.0.0": "", "198.17.255.255": "", "198.20.0.0": "", "223.255.255.255": "",

	"0.0.0.0": "unspecified", "0.1.2.3": "unspecified",
	"10.0.0.0": "private", "10.255.255.255": "private", "172.16.0.0": "private", "172.31.255.255": "private", "192.168.0.0": "private", "192.168.255.255": "private",
	"100.64.0.0": "provider", "100.100.100.200": "provider", "100.127.255.255": "provider",
	"127.0.0.1": "loopback", "127.255.255.255": "loopback",
	"168.63.129.16": "cloud", "169.254.0.0": "link-local", "169.254.169.254": "link-local", "169.254.255.255": "link-local",
	"192.0.0.0": "protocols", "192.0.0.192": "protocols", "192.88.99.1": "6to4",
	"192.0.2.1": "documentation", "198.51.100.7": "documentation", "203.0.113.255": "documentation",
	"198.18.0.0": "benchmarks", "198.19.255.255": "benchmarks",
	"224.0.0.0": "multicast", "239.255.255.255": "multicast", "240.0.0.0": "reserved", "255.255.255.254": "reserved", "255.255.255.255": "broadcast",

	"2001:200::1": "", "2001:4860:4860::8888": "", "2003::1": "", "2606:4700:4700::1111": "", "2a00:1450:4001:800::200e": "", "3ffe:ffff::": "",
	"::": "unspecified", "::1": "loopback", "::2": "reserved", "::127.0.0.1": "reserved",
	"::ffff:8.8.8.8": "written as IPv6", "::ffff:127.0.0.1": "written as IPv6", "::ffff:0:127.0.0.1": "reserved",
	"64:ff9b::8.8.8.8": "translator", "64:ff9b::7f00:1": "translator", "64:ff9b:1::1": "translator", "64:ff9b:2::1": "reserved",
	"100::1": "reserved", "5f00::1": "reserved", "4000::1": "reserved", "1fff:ffff::": "reserved",
	"fc00::1": "private", "fd00:ec2::254": "private", "fec0::1": "private",
	"fe80::1": "link-local", "fe80::1%eth0": "link-local", "febf::1": "link-local", "2606:4700::1%eth0": "",
	"ff02::1": "multicast", "ff0e::1": "multicast",
	"2001::1": "Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2": "Teredo", "2001:2::1": "benchmarks", "2001:20::1": "protocols", "2001:1ff::1": "protocols",
	"2001:db8::1": "documentation", "3fff:fff::1": "documentation",
	"2002:7f00:1::": "6to4", "2002:808:808::1": "6to4",
}

func TestSpecialPurpose(t *testing.T) {
	t.Parallel()
	for text, want := range addresses {
		got := specialPurpose(netip.MustParseAddr(text))
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	const own = "93.184.215.20"
	client := New(Options{
		Allow: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00::/64")},
		Own: func() ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr(own), netip.MustParseAddr("10.1.0.5"), netip.MustParseAddr("::ffff:93.184.215.21")}, nil
		},
	})
	for _, c := range []struct{ scheme, target, refused string }{
		{"https", "93.184.215.14:443", ""},
		{"https", "93.184.215.14:80", ""},
		{"https", "[2606:4700::1]:8443", ""},
		{"https", "93.184.215.14:22", "port"},
		{"https", "93.184.215.14:8080", "port"},
		{"http", "93.184.215.14:80", "https://"},
		{"https", "127.0.0.1:443", "public"},
		{"https", "10.2.0.1:443", "public"},
		{"https", own + ":443", "public"},
		{"https", "93.184.215.21:443", "public"},
		{"https", "[::ffff:" + own + "]:443", "public"},
		{"http", "10.1.2.3:11434", ""},
		{"https", "10.1.2.3:1", ""},
		{"http", "10.1.0.5:80", ""}, // the operator's word counts for the server's own addresses too
		{"http", "[fd00::5]:11434", ""},
		{"http", "[fd00:0:0:1::5]:80", "public"},
	} {
		err := client.judge(c.scheme, netip.MustParseAddrPort(c.target))
		refused, _ := errors.AsType[*Error](err)
		switch {
		case c.refused == "" && err != nil:
			t.Errorf("%s %s: %v", c.scheme, c.target, err)
		case c.refused != "" && (refused == nil || !refused.Refused || refused.Retryable || !strings.Contains(refused.Message, c.refused)):
			t.Errorf("%s %s: %v, want a refusal with %q", c.scheme, c.target, err, c.refused)
		case refused != nil && strings.Contains(refused.Message, netip.MustParseAddrPort(c.target).Addr().String()):
			t.Errorf("the sentence tells what DNS answered: %s", refused.Message)
		}
	}
}

func TestOwnAddressesThatCannotBeReadRefuse(t *testing.T) {
	t.Parallel()
	client := New(Options{Own: func() ([]netip.Addr, error) { return nil, errors.New("no netlink") }})
	err := client.judge("https", netip.MustParseAddrPort("93.184.215.14:443"))
	if e, ok := errors.AsType[*Error](err); !ok || e.Refused || !e.Retryable {
		t.Errorf("%v", err)
	}
}

func TestInterfaceAddresses(t *testing.T) {
	t.Parallel()
	own, err := interfaceAddresses()
	if err != nil {
		t.Fatal(err)
	}
	for _, addr := range own {
		if addr.IsLoopback() {
			return
		}
	}
	t.Errorf("loopback is not among %v", own)
}
