package outbound

import (
	"net"
	"net/netip"
)

// network is a range of addresses that is not the public internet.
type network struct {
	prefix netip.Prefix
	what   string // reads on after "is "
}

// special are the ranges of the IANA special-purpose registries (RFC 6890) and others that lead to a machine's
// neighbours, to many machines, to nobody, or through a translator to an address that cannot be seen here. The first
// that fits names the reason. A translator's prefix of a provider's own (RFC 6052 section 2.2) cannot be known here.
var special = []network{
	{netip.MustParsePrefix("0.0.0.0/8"), "unspecified"},                            // RFC 1122 section 3.2.1.3
	{netip.MustParsePrefix("10.0.0.0/8"), "private"},                               // RFC 1918
	{netip.MustParsePrefix("100.64.0.0/10"), "a provider's inner network"},         // RFC 6598
	{netip.MustParsePrefix("127.0.0.0/8"), "loopback"},                             // RFC 1122 section 3.2.1.3
	{netip.MustParsePrefix("168.63.129.16/32"), "a cloud's inner service"},         // Azure, "What is IP address 168.63.129.16?"
	{netip.MustParsePrefix("169.254.0.0/16"), "link-local"},                        // RFC 3927
	{netip.MustParsePrefix("172.16.0.0/12"), "private"},                            // RFC 1918
	{netip.MustParsePrefix("192.0.0.0/24"), "reserved for protocols"},              // RFC 6890 section 2.1
	{netip.MustParsePrefix("192.0.2.0/24"), "for documentation"},                   // RFC 5737
	{netip.MustParsePrefix("192.88.99.0/24"), "a 6to4 relay"},                      // RFC 7526
	{netip.MustParsePrefix("192.168.0.0/16"), "private"},                           // RFC 1918
	{netip.MustParsePrefix("198.18.0.0/15"), "for benchmarks"},                     // RFC 2544, RFC 6815
	{netip.MustParsePrefix("198.51.100.0/24"), "for documentation"},                // RFC 5737
	{netip.MustParsePrefix("203.0.113.0/24"), "for documentation"},                 // RFC 5737
	{netip.MustParsePrefix("224.0.0.0/4"), "multicast"},                            // RFC 5771
	{netip.MustParsePrefix("255.255.255.255/32"), "broadcast"},                     // RFC 919 section 7
	{netip.MustParsePrefix("240.0.0.0/4"), "reserved"},                             // RFC 1112 section 4
	{netip.MustParsePrefix("::/128"), "unspecified"},                               // RFC 4291 section 2.5.2
	{netip.MustParsePrefix("::1/128"), "loopback"},                                 // RFC 4291 section 2.5.3
	{netip.MustParsePrefix("::ffff:0:0/96"), "an IPv4 address written as IPv6"},    // RFC 4291 section 2.5.5.2
	{netip.MustParsePrefix("64:ff9b::/96"), "an IPv4 address behind a translator"}, // RFC 6052, NAT64
	{netip.MustParsePrefix("64:ff9b:1::/48"), "an address behind a translator"},    // RFC 8215, local-use NAT64
	{netip.MustParsePrefix("fc00::/7"), "private"},                                 // RFC 4193
	{netip.MustParsePrefix("fe80::/10"), "link-local"},                             // RFC 4291 section 2.5.6
	{netip.MustParsePrefix("fec0::/10"), "private"},                                // RFC 3879, site-local
	{netip.MustParsePrefix("ff00::/8"), "multicast"},                               // RFC 4291 section 2.7
	{netip.MustParsePrefix("2001::/32"), "an IPv4 address in a Teredo tunnel"},     // RFC 4380
	{netip.MustParsePrefix("2001:2::/48"), "for benchmarks"},                       // RFC 5180
	{netip.MustParsePrefix("2001::/23"), "reserved for protocols"},                 // RFC 2928
	{netip.MustParsePrefix("2001:db8::/32"), "for documentation"},                  // RFC 3849
	{netip.MustParsePrefix("2002::/16"), "an IPv4 address in a 6to4 tunnel"},       // RFC 3056
	{netip.MustParsePrefix("3fff::/20"), "for documentation"},                      // RFC 9637
}

// globalUnicast is all that IANA hands out of IPv6 (RFC 4291 section 2.4): what lies outside of it is nobody's, such as
// IPv4-compatible addresses (::/96), discard (RFC 6666) and segment routing (RFC 9602).
var globalUnicast = netip.MustParsePrefix("2000::/3")

// specialPurpose says what an address is that is not public; empty for a public one.
func specialPurpose(addr netip.Addr) string {
	addr = addr.WithZone("") // a prefix contains no address with a zone
	for _, n := range special {
		if n.prefix.Contains(addr) {
			return n.what
		}
	}
	if !addr.Is4() && !globalUnicast.Contains(addr) {
		return "reserved"
	}
	return ""
}

// allowed tells whether the operator named the address.
func (c *Client) allowed(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	for _, prefix := range c.allow {
		if prefix.Contains(addr) {
			return true
		}
	}
	return false
}

// interfaceAddresses are those of this machine at the moment.
func interfaceAddresses() ([]netip.Addr, error) {
	interfaces, err := net.InterfaceAddrs()
	if err != nil {
		return nil, err
	}
	var own []netip.Addr
	for _, address := range interfaces {
		if ipNet, ok := address.(*net.IPNet); ok {
			if addr, ok := netip.AddrFromSlice(ipNet.IP); ok {
				own = append(own, addr.Unmap())
			}
		}
	}
	return own, nil
}
