package chat

import (
	"fmt"
	"mime"
	"slices"
	"strings"
	"unicode/utf8"
)

// checker keeps the first thing that is wrong with what somebody posts, and in which member.
type checker struct{ field, problem string }

func (k *checker) fail(field, format string, args ...any) {
	if k.problem == "" {
		k.field, k.problem = field, fmt.Sprintf(format, args...)
	}
}

func (k *checker) want(holds bool, field, problem string) {
	if !holds {
		k.fail(field, "%s", problem)
	}
}

// atMost bounds the characters of a text.
func (k *checker) atMost(field, text string, most int) {
	if len(text) > most && utf8.RuneCountInString(text) > most {
		k.fail(field, "must have at most %d characters", most)
	}
}

func (k *checker) required(field, text string, most int) {
	k.want(text != "", field, "is required")
	k.atMost(field, text, most)
}

func (k *checker) count(field string, n, least, most int) {
	if n < least || n > most {
		k.fail(field, "must hold %d to %d entries; it holds %d", least, most, n)
	}
}

// oneOf takes the empty text, too: the member is optional.
func (k *checker) oneOf(field, word string, words ...string) {
	if word != "" && !slices.Contains(words, word) {
		k.fail(field, `must be "%s"`, strings.Join(words, `" or "`))
	}
}

func (k *checker) webAddress(field, address string) {
	k.atMost(field, address, MaxAddressText)
	k.want(IsWebAddress(address) && !hasControl(address), field, "must be an http or https address")
}

// linkAddress takes what a link may lead to (security rule 40).
func (k *checker) linkAddress(field, address string) {
	k.atMost(field, address, MaxAddressText)
	k.want(IsLinkAddress(address), field, "must be an http, https, mailto or tel address")
}

func (k *checker) mediaType(field, name string) {
	if name == "" {
		return
	}
	k.atMost(field, name, MaxLabel)
	kind, _, err := mime.ParseMediaType(name)
	k.want(err == nil && strings.Contains(kind, "/"), field, "must be a media type such as image/png")
}

func (k *checker) metadata(field string, m Metadata) {
	if problem := m.Check(); problem != "" {
		k.fail(field, "%s", problem)
	}
}
