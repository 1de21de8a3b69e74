package server

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// callers tells where requests come from and under which address this server is reached. What a proxy says counts only
// from a trusted one (security rule 46).
type callers struct {
	proxies   []netip.Prefix
	publicURL string
	tls       bool
}

// source names who is behind a request for the purpose of limits: an IPv4 address or an IPv6 /64.
func (c callers) source(r *http.Request) string {
	addr := c.address(r)
	if !addr.IsValid() {
		return r.RemoteAddr
	}
	if addr = addr.Unmap().WithZone(""); addr.Is4() {
		return addr.String()
	}
	return netip.PrefixFrom(addr, 64).Masked().String()
}

// address is the nearest address that is no trusted proxy.
func (c callers) address(r *http.Request) netip.Addr {
	addr := remote(r)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && c.trusts(addr); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop
	}
	return addr
}

func (c callers) trusts(addr netip.Addr) bool {
	for _, proxy := range c.proxies {
		if proxy.Contains(addr.Unmap()) {
			return true
		}
	}
	return false
}

func remote(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	return addr
}

// own is the origin under which the caller reaches this server.
func (c callers) own(r *http.Request) string {
	if c.publicURL != "" {
		return strings.TrimRight(c.publicURL, "/")
	}
	scheme := "http"
	if c.tls || c.trusts(remote(r)) && r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// isLocal tells whether a request comes from this machine and through no proxy.
func isLocal(r *http.Request) bool {
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	return remote(r).Unmap().IsLoopback()
}
