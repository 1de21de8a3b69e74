package chat

import (
	"strings"
	"unicode"
)

// VisibleName is the name, or empty where nobody could see any of it: such a name is none, and what is shown without
// one is shown.
func VisibleName(name string) string {
	isVisible := func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }
	if !strings.ContainsFunc(name, isVisible) {
		return ""
	}
	return name
}
