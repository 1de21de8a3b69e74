package config

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Egress returns the proxy for calls to other systems; nil: none. Its error never shows the setting, which may hold a
// password.
func (s Server) Egress() (*url.URL, error) {
	if s.EgressProxy == "" {
		return nil, nil
	}
	u, err := url.Parse(s.EgressProxy)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("must be http://[user:password@]host:port or https://, and nothing else")
	}
	if u.Hostname() == "" {
		return nil, errors.New("names no host; it must be http://[user:password@]host:port")
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return nil, errors.New("names no port from 1 to 65535")
		}
	}
	return u, nil
}

// Allowed returns the networks that calls to other systems may reach although they are not public.
func (s Server) Allowed() ([]netip.Prefix, error) {
	allowed, err := prefixes(s.OutboundAllow)
	if err != nil {
		return nil, err
	}
	for _, prefix := range allowed {
		switch {
		case prefix.Bits() == 0:
			return nil, fmt.Errorf("%q is every address there is, this machine's included; name the networks that are meant", prefix)
		case prefix.Addr().Is4In6():
			return nil, fmt.Errorf("%q is IPv4 written as IPv6; write it as IPv4", prefix)
		}
	}
	return allowed, nil
}
