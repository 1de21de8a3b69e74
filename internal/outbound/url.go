package outbound

import (
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const (
	maxURLBytes  = 2048
	maxHostBytes = 253 // RFC 1035 section 2.3.4, without the final dot
)

// CheckURL judges an address at the time when somebody gives it, without asking DNS: an address that passes may still
// be refused when it is called. The error is an *Error with Refused set, nil where nothing is wrong; it is for whoever gave
// the address, and has no Err.
func (c *Client) CheckURL(raw string) error {
	if len(raw) > maxURLBytes {
		return refusal("The URL is longer than "+strconv.Itoa(maxURLBytes)+" bytes. Shorten it.", "")
	}
	u, err := url.Parse(raw)
	if err != nil { // the error would repeat the URL, which may hold secrets
		return refusal("This is not a URL. Write it as https://host/path.", "")
	}
	err = c.check(u)
	if known, ok := errors.AsType[*Error](err); ok {
		return &Error{Refused: known.Refused, Retryable: known.Retryable, Message: known.Message}
	}
	return err
}

func (c *Client) check(u *url.URL) error {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	switch {
	case u.Scheme != "https" && u.Scheme != "http":
		return refusal("The URL must begin with https://.", "")
	case u.Opaque != "" || host == "":
		return refusal("The URL names no host. Write it as https://host/path.", "")
	case u.User != nil:
		return refusal("The URL holds a user name or password. Take out what stands before the @; to know who calls, verify the signature.", "")
	}
	port, ok := portOf(u)
	if !ok {
		return refusal("The URL's port is no number from 1 to 65535. Correct it.", "")
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return c.checkLiteral(u.Scheme, netip.AddrPortFrom(addr, port))
	}
	return c.checkName(u.Scheme, host, port)
}

func portOf(u *url.URL) (uint16, bool) {
	switch {
	case u.Port() != "":
		port, err := strconv.ParseUint(u.Port(), 10, 16)
		return uint16(port), err == nil && port > 0
	case u.Scheme == "http":
		return 80, true
	default:
		return 443, true
	}
}

// checkLiteral judges an address that needs no DNS. It may be called by its reason: whoever wrote it knows it.
func (c *Client) checkLiteral(scheme string, target netip.AddrPort) error {
	addr := target.Addr()
	if addr.Zone() != "" {
		return refusal("The URL's host names a network interface (%). Use a host name.", "")
	}
	if what := specialPurpose(addr); what != "" && !c.allowed(addr) {
		return refusal("The URL's address is "+what+". "+cureNotPublic, "")
	}
	return c.judge(scheme, target)
}

// checkName judges a host name: it must be one, since resolvers also read "127.1", "0x7f000001" and full-width digits
// as addresses. Scheme and port wait for the dial where the operator's networks may be meant.
func (c *Client) checkName(scheme, host string, port uint16) error {
	mayBeAllowed := len(c.allow) > 0 && !c.proxied // through a proxy it is not known where a name leads
	switch {
	case !isName(host):
		return refusal("The URL's host is no host name. Use letters, digits, hyphens and dots, with other alphabets in A-labels (xn--).", "")
	case endsInNumber(host):
		return refusal("The URL's host is no host name, and no address in its usual form. Use a host name, or four numbers from 0 to 255.", "")
	case mayBeAllowed:
		return nil
	case isLocalName(host):
		return refusal("The URL's host is a name of an inner network. "+cureNotPublic, "")
	case scheme != "https":
		return refusal(notHTTPS, "")
	case !slices.Contains(publicPorts, port):
		return refusal(wrongPort, "")
	}
	return nil
}

// isName: labels of letters, digits, hyphens and, as DNS has them, underscores.
func isName(host string) bool {
	if len(host) > maxHostBytes {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return true
}

// endsInNumber: such a host is an address or nothing (WHATWG URL, "ends in a number checker").
func endsInNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	hex, isHex := strings.CutPrefix(last, "0x")
	return strings.Trim(last, "0123456789") == "" || isHex && strings.Trim(hex, "0123456789abcdef") == ""
}

// localSuffixes are never in the public DNS: RFC 6761, RFC 6762, ICANN resolution 2024.07.29.06, RFC 8375.
var localSuffixes = []string{".localhost", ".local", ".internal", ".home.arpa"}

func isLocalName(host string) bool {
	return !strings.Contains(host, ".") || slices.ContainsFunc(localSuffixes, func(suffix string) bool { return strings.HasSuffix(host, suffix) })
}
