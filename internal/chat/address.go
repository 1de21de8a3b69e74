package chat

import (
	"strings"
	"unicode"
)

// IsWebAddress tells whether s may be shown as the address of a picture: empty, or http or https with a host. Other
// schemes run code or reach into the machine that shows them.
func IsWebAddress(s string) bool {
	if s == "" {
		return true
	}
	scheme, rest, found := strings.Cut(s, "://")
	if !found || !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "http") {
		return false
	}
	return rest != "" && !strings.ContainsAny(s, " \"<>\\^`{|}\t\r\n") && rest[0] != '/' && rest[0] != '?' && rest[0] != '#'
}

// IsLinkAddress tells whether s may be followed when somebody chooses to: an address of the web, mailto (RFC 6068) or
// tel (RFC 3966). It may not be empty.
func IsLinkAddress(s string) bool {
	if s == "" || hasControl(s) {
		return false
	}
	scheme, rest, _ := strings.Cut(s, ":")
	if strings.EqualFold(scheme, "mailto") || strings.EqualFold(scheme, "tel") {
		return rest != "" && !strings.ContainsAny(rest, " \"<>\\^`{|}")
	}
	return IsWebAddress(s)
}

// hasControl finds characters that are not seen and change what is.
func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.C, r) || unicode.IsSpace(r) })
}
