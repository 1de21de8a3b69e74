package chat

import (
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Limits of the block list of an app.
const (
	MaxAddressBlocks = 200
	MaxBlockNote     = 200 // characters
	widestIPv4       = 8   // bits of the shortest prefix
	widestIPv6       = 32
	sourceIPv6       = 64 // bits that name a source: a household or an office (security rule 46)
)

// AddressBlock keeps the users of some addresses outside an app. Programs with a key and the console are not kept outside.
type AddressBlock struct {
	ID        AddressBlockID
	Addresses netip.Prefix
	Note      string // why, for the admins
	By        Colleague
	At        time.Time
	Until     time.Time // zero: until somebody lifts it
}

// ParseAddresses reads an address or a prefix. Of IPv6 nothing below a /64 is told apart, as whoever has one has all of it.
func ParseAddresses(text string) (addresses netip.Prefix, problem string) {
	text = strings.TrimSpace(text)
	addresses, err := netip.ParsePrefix(text)
	if err != nil {
		address, err := netip.ParseAddr(text)
		if err != nil || address.Zone() != "" {
			return netip.Prefix{}, "must be an address such as 203.0.113.7 or 2001:db8::1, or a range such as 203.0.113.0/24"
		}
		addresses = netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen())
	}
	widest := widestIPv4
	if addresses.Addr().Is6() {
		widest = widestIPv6
		addresses = netip.PrefixFrom(addresses.Addr(), min(addresses.Bits(), sourceIPv6))
	}
	switch {
	case addresses.Addr().Is4In6():
		return netip.Prefix{}, "must be written as an IPv4 address"
	case addresses.Bits() < widest:
		return netip.Prefix{}, "must be no wider than /8 of IPv4 or /32 of IPv6: it would keep out too many"
	}
	return addresses.Masked(), ""
}

// BlocksSource tells whether who comes from a source is kept outside: an IPv4 address, or the /64 of an IPv6 one.
func (s AppSettings) BlocksSource(source string, now time.Time) bool {
	if len(s.AddressBlocks) == 0 {
		return false
	}
	address, err := netip.ParseAddr(source)
	if prefix, errOfPrefix := netip.ParsePrefix(source); errOfPrefix == nil {
		address, err = prefix.Addr(), nil
	}
	return err == nil && slices.ContainsFunc(s.AddressBlocks, func(b AddressBlock) bool { return b.Holds(now) && b.Addresses.Contains(address) })
}

// Holds tells whether the block has not ended.
func (b AddressBlock) Holds(now time.Time) bool { return b.Until.IsZero() || now.Before(b.Until) }

// AddressBlocked is what users of a blocked address are told.
func AddressBlocked() error {
	return Refuse("address_blocked", "This network address may not use this chat.")
}
