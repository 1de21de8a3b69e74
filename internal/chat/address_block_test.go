package chat

import (
	"testing"
	"time"
)

func TestParseAddresses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"203.0.113.7": "203.0.113.7/32", " 203.0.113.7/24 ": "203.0.113.0/24", "10.0.0.0/8": "10.0.0.0/8",
		"2001:db8:1:2:3::4": "2001:db8:1:2::/64", "2001:db8::1/128": "2001:db8::/64", "2001:db8::/48": "2001:db8::/48", "::ffff:203.0.113.7": "203.0.113.7/32",
	} {
		if got, problem := ParseAddresses(text); problem != "" || got.String() != want {
			t.Errorf("%q: %v, %s", text, got, problem)
		}
	}
	for _, text := range []string{"", "localhost", "203.0.113", "203.0.113.7/33", "0.0.0.0/0", "10.0.0.0/7", "2001::/31", "fe80::1%eth0", "::ffff:203.0.113.0/120", "203.0.113.7 203.0.113.8"} {
		if got, problem := ParseAddresses(text); problem == "" {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestBlocksSource(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_000, 0)
	var s AppSettings
	for _, text := range []string{"203.0.113.0/24", "2001:db8::1"} {
		addresses, _ := ParseAddresses(text)
		s.AddressBlocks = append(s.AddressBlocks, AddressBlock{Addresses: addresses})
	}
	over, _ := ParseAddresses("198.51.100.1")
	s.AddressBlocks = append(s.AddressBlocks, AddressBlock{Addresses: over, Until: now})
	for source, want := range map[string]bool{
		"203.0.113.200": true, "203.0.114.1": false, "2001:db8::/64": true, "2001:db8:0:1::/64": false, "198.51.100.1": false, "pipe": false, "": false,
	} {
		if got := s.BlocksSource(source, now); got != want {
			t.Errorf("%q: %v", source, got)
		}
	}
	if !s.BlocksSource("198.51.100.1", now.Add(-time.Second)) {
		t.Error("what ends in a second has ended")
	}
}
