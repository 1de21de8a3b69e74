package outbound

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"syscall"
)

// publicPorts are where the public internet may be called.
var publicPorts = []uint16{80, 443, 8443}

// guard judges each connection of a scheme before it is made, by the address that DNS gave for it. What a name meant
// when it was looked up before counts for nothing, so an answer that changes in between gains nothing (DNS rebinding).
func (c *Client) guard(scheme string) func(context.Context, string, string, syscall.RawConn) error {
	return func(_ context.Context, network, address string, _ syscall.RawConn) error {
		target, err := netip.ParseAddrPort(address)
		if err != nil || network != "tcp4" && network != "tcp6" {
			return refusal("The host cannot be called.", "%s %q is not TCP to an address", network, address)
		}
		return c.judge(scheme, target)
	}
}

// judge refuses a connection that policy forbids. Its sentences keep to themselves what DNS answered.
func (c *Client) judge(scheme string, target netip.AddrPort) error {
	addr, port := target.Addr(), target.Port()
	if c.allowed(addr) {
		return nil
	}
	if what := specialPurpose(addr); what != "" {
		return refusal(notPublic, "%s is %s", addr, what)
	}
	own, err := c.own()
	switch {
	case err != nil:
		return &Error{Retryable: true, Message: "The call could not be made at the moment.", Err: fmt.Errorf("read this server's addresses: %w", err)}
	case slices.ContainsFunc(own, func(a netip.Addr) bool { return a.Unmap() == addr.Unmap() }):
		return refusal(notPublic, "%s is this server's own", addr)
	case scheme != "https":
		return refusal(notHTTPS, "%s is not in the operator's networks", addr)
	case !slices.Contains(publicPorts, port):
		return refusal(wrongPort, "port %d of %s, which is not in the operator's networks", port, addr)
	}
	return nil
}
