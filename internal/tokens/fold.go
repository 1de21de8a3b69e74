package tokens

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letter is one letter of a folded text, with the bytes of the text that it stands for.
type letter struct {
	r        rune
	from, to int
}

// plain are scripts whose letters are often written without their marks: é is found by e, أ by ا. Elsewhere a mark makes another
// letter: が is not か.
var plain = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew}

// spelled are letters that Unicode does not take apart, as people write them who do not have them.
var spelled = map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ς': "σ", tatweel: ""}

// tatweel makes an Arabic word longer, for the looks of it.
const tatweel = 'ـ'

// fold returns the letters of a text, and what stands between them, so that case, marks and forms of the same letter do not count. What
// has no width of its own is left out: a soft hyphen ends no word.
func fold(text string) []letter {
	f := folding{letters: make([]letter, 0, len(text))}
	var segment []byte
	for f.to < len(text) {
		f.from = f.to
		f.to += norm.NFKC.NextBoundaryInString(text[f.from:], true)
		segment = norm.NFKC.AppendString(segment[:0], text[f.from:f.to])
		for rest := segment; len(rest) > 0; {
			r, size := utf8.DecodeRune(rest)
			rest = rest[size:]
			f.take(unicode.ToLower(r))
		}
	}
	return f.letters
}

type folding struct {
	letters  []letter
	from, to int  // of what is being folded
	plain    bool // the last letter is of a plain script: its marks are left out
}

func (f *folding) take(r rune) {
	switch {
	case r < utf8.RuneSelf:
		f.plain = true
		f.add(r)
	case unicode.Is(unicode.Cf, r), unicode.IsMark(r) && f.plain:
	case unicode.IsMark(r):
		f.add(r)
	default:
		f.plain = r == tatweel || unicode.In(r, plain...)
		f.addBare(r)
	}
}

// addBare adds a letter, without its marks where they do not count.
func (f *folding) addBare(r rune) {
	if !f.plain {
		f.add(r)
		return
	}
	for _, part := range norm.NFD.String(string(r)) {
		if written, ok := spelled[part]; ok {
			for _, r := range written {
				f.add(r)
			}
		} else if !unicode.IsMark(part) {
			f.add(part)
		}
	}
}

func (f *folding) add(r rune) { f.letters = append(f.letters, letter{r, f.from, f.to}) }
