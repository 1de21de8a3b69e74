// Package tokens says what the search finds a text by, the same for both databases (ADR 17): a text is folded, so that case, marks and
// forms of the same letter do not count, and cut. Messages are found by their words and by beginnings of words, people by any part of
// their names of three letters and more and by how they begin; what is written without spaces is found by any part.
//
// A query is folded and cut in the same way: its terms are asked of an index, and what comes out is compared with the text itself
// (Message, User), since parts may stand apart in it. The package knows no index and no store.
package tokens

import "slices"

// Rules is the number of the rules by which texts are folded and cut. Whoever changes what a text is found by raises it: then everything
// is indexed again.
const Rules = 1

// maxTokens is how many tokens of one text count, so that a text of nothing but different words costs no more than others.
const maxTokens = 4000

// beginning stands before the first letters of a word of people, which are no part of a longer token then. It is in no folded text.
const beginning = "‹"

// OfMessage returns the tokens of what was said, each once and in order.
func OfMessage(texts ...string) []string {
	var all []string
	for _, text := range texts {
		for _, w := range wordsOf(text) {
			if w.run {
				all = appendRun(all, w)
			} else {
				all = append(all, w.text(0, min(len(w.letters), maxWord)))
			}
		}
	}
	return settled(all)
}

// OfUser returns the tokens of what somebody is called, each once and in order.
func OfUser(texts ...string) []string {
	var all []string
	for _, text := range texts {
		for _, w := range wordsOf(text) {
			if w.run {
				all = appendRun(all, w)
				continue
			}
			all = append(all, beginning+w.text(0, 1), beginning+w.text(0, min(2, len(w.letters))))
			w.grams(3, false, func(gram string) { all = append(all, gram) })
		}
	}
	return settled(all)
}

// appendRun appends each two letters of a run, and the last one alone: so that a single letter is the beginning of a token wherever it stands.
func appendRun(all []string, w word) []string {
	w.grams(2, true, func(gram string) { all = append(all, gram) })
	return all
}

func settled(all []string) []string {
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(len(all), maxTokens)]
}
