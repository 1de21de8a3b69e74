package tokens

import "unicode"

// word is a word of a folded text, or a run of a script that puts no spaces between words.
type word struct {
	letters []letter
	run     bool
}

// maxWord is how many letters of a word count; a longer one is an address or no word at all.
const maxWord = 40

// runs are the scripts without spaces between words, and Hangul, whose words carry their endings with them.
var runs = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// lengthens is the sign that makes a vowel long in Hiragana and Katakana, and belongs to neither.
const lengthens = 'ー'

// wordsOf cuts a text at what is neither letter nor number, and where a run begins or ends.
func wordsOf(text string) (words []word) {
	letters := fold(text)
	begin, run := 0, false
	end := func(at int) {
		if at > begin {
			words = append(words, word{letters[begin:at], run})
		}
		begin = at
	}
	for i, l := range letters {
		switch {
		case unicode.IsMark(l.r) && i > begin: // of the letter before
		case !unicode.IsLetter(l.r) && !unicode.IsNumber(l.r):
			end(i)
			begin = i + 1
		case inRun(l.r) != run:
			end(i)
			run = !run
		}
	}
	end(len(letters))
	return words
}

func inRun(r rune) bool {
	return r >= 0x0e00 && (r == lengthens || unicode.In(r, runs...)) // none of these scripts stands before Thai
}

// text is the letters from one place to another.
func (w word) text(from, to int) string {
	runes := make([]rune, 0, to-from)
	for _, l := range w.letters[from:to] {
		runes = append(runes, l.r)
	}
	return string(runes)
}

// grams calls f with each part of so many letters, the last ones shorter where short is set.
func (w word) grams(length int, short bool, f func(string)) {
	last := len(w.letters) - length
	if short {
		last = len(w.letters) - 1
	}
	for i := 0; i <= last; i++ {
		f(w.text(i, min(i+length, len(w.letters))))
	}
}

// at returns the place where the letters of the part stand in the word, from a place on; -1: nowhere.
func (w word) at(part word, from int) int {
	for ; from+len(part.letters) <= len(w.letters); from++ {
		if w.hasAt(part, from) {
			return from
		}
	}
	return -1
}

func (w word) hasAt(part word, place int) bool {
	if place+len(part.letters) > len(w.letters) {
		return false
	}
	for i, l := range part.letters {
		if w.letters[place+i].r != l.r {
			return false
		}
	}
	return true
}
