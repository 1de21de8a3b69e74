package tokens

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Part is a part of an excerpt.
type Part struct {
	Text  string
	Match bool // is what was looked for
}

// How much of a text an excerpt shows, in characters.
const (
	excerptBefore = 40 // the first match
	excerptLength = 160
)

// Excerpt returns the part of a text around the first of the spans, on one line, with what was looked for apart. Where the text goes on
// there is an ellipsis.
func Excerpt(text string, spans []Span) []Part {
	var parts []Part
	add := func(text string, match bool) {
		if text != "" {
			parts = append(parts, Part{onOneLine(text), match})
		}
	}
	first := 0
	if len(spans) > 0 {
		first = spans[0].From
	}
	from := back(text, first, excerptBefore)
	to := forward(text, from, excerptLength)
	if from > 0 {
		add("…", false)
	}
	at := from
	for _, span := range spans {
		if span.From >= to {
			break
		}
		end := min(span.To, to)
		add(text[at:span.From], false)
		add(text[span.From:end], true)
		at = end
	}
	rest := text[at:to]
	if to < len(text) {
		rest = strings.TrimRightFunc(rest, unicode.IsSpace) + "…"
	}
	add(rest, false)
	return parts
}

// back is the place so many characters before another; where that is inside a word, the end of the word.
func back(text string, place, characters int) int {
	from := place
	for range characters {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	if from > 0 {
		if space := strings.IndexFunc(text[from:place], unicode.IsSpace); space >= 0 {
			return from + space + 1
		}
	}
	return from
}

// forward is the place so many characters after another.
func forward(text string, place, characters int) int {
	for range characters {
		_, size := utf8.DecodeRuneInString(text[place:])
		place += size
	}
	return place
}

func onOneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}

// joined are the spans in order, those that touch as one.
func joined(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	var all []Span
	for _, span := range spans {
		if last := len(all) - 1; last >= 0 && span.From <= all[last].To {
			all[last].To = max(all[last].To, span.To)
			continue
		}
		all = append(all, span)
	}
	return all
}
