package chat

import (
	"regexp"
	"strings"
)

var hexDigits = regexp.MustCompile(`^#?([0-9a-f]{3}|[0-9a-f]{6})$`)

// WebColor returns a colour of three or six hexadecimal digits, with or without "#", as #rrggbb; false for anything else.
func WebColor(s string) (string, bool) {
	digits := hexDigits.FindStringSubmatch(strings.ToLower(s))
	if digits == nil {
		return "", false
	}
	if hex := digits[1]; len(hex) == 3 {
		return "#" + strings.Repeat(hex[:1], 2) + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:], 2), true
	}
	return "#" + digits[1], true
}
