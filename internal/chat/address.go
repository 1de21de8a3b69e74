package chat

import "strings"

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
