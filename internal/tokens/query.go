package tokens

// Query is what somebody looks for.
type Query struct{ words []word }

// maxTerms is how many terms are asked of the index; what is left is compared with the texts that it finds.
const maxTerms = 24

// Term is a token, or the beginning of one.
type Term struct {
	Text      string
	Beginning bool
}

// Parse reads what somebody looks for.
func Parse(text string) Query { return Query{wordsOf(text)} }

// Empty tells whether there is nothing to look for: no letter and no number.
func (q Query) Empty() bool { return len(q.words) == 0 }

// ForMessages returns the terms that a message has which is looked for.
func (q Query) ForMessages() []Term {
	var terms []Term
	for i, w := range q.words {
		if w.run {
			terms = appendTerms(terms, w, 2)
		} else {
			terms = append(terms, Term{w.text(0, min(len(w.letters), maxWord)), q.isTyped(i) && len(w.letters) < maxWord})
		}
	}
	return terms[:min(len(terms), maxTerms)]
}

// ForUsers returns the terms that a user has who is looked for.
func (q Query) ForUsers() []Term {
	var terms []Term
	for _, w := range q.words {
		switch {
		case w.run:
			terms = appendTerms(terms, w, 2)
		case len(w.letters) < 3:
			terms = append(terms, Term{Text: beginning + w.text(0, len(w.letters))})
		default:
			terms = appendTerms(terms, w, 3)
		}
	}
	return terms[:min(len(terms), maxTerms)]
}

func appendTerms(terms []Term, w word, length int) []Term {
	if len(w.letters) < length {
		return append(terms, Term{w.text(0, len(w.letters)), true})
	}
	w.grams(length, false, func(gram string) { terms = append(terms, Term{Text: gram}) })
	return terms
}

// isTyped tells whether a word of the query is the last one, which may be at its beginning still.
func (q Query) isTyped(word int) bool { return word == len(q.words)-1 }

// Span is a part of a text, in bytes.
type Span struct{ From, To int }

// Message returns where a message says what is looked for, in order of the text, and false if it does not say all of it.
func (q Query) Message(text string) (spans []Span, ok bool) {
	return q.match(wordsOf(text), func(said, wanted word, typed bool) []Span {
		switch {
		case wanted.run:
			return everywhere(said, wanted)
		case said.run || !said.hasAt(wanted, 0) || !typed && len(said.letters) != len(wanted.letters):
			return nil
		}
		return []Span{said.span(0, len(said.letters))}
	})
}

// User tells whether somebody who is called like this is looked for.
func (q Query) User(texts ...string) bool {
	var names []word
	for _, text := range texts {
		names = append(names, wordsOf(text)...)
	}
	_, ok := q.match(names, func(name, wanted word, _ bool) []Span {
		switch {
		case wanted.run || len(wanted.letters) >= 3:
			return everywhere(name, wanted)
		case name.hasAt(wanted, 0):
			return []Span{{}}
		}
		return nil
	})
	return ok
}

// match returns where the words of the query are found, and false if one is nowhere.
func (q Query) match(words []word, find func(said, wanted word, typed bool) []Span) (spans []Span, ok bool) {
	missing := make([]bool, len(q.words))
	for i := range missing {
		missing[i] = true
	}
	for _, said := range words {
		for i, wanted := range q.words {
			found := find(said, wanted, q.isTyped(i))
			missing[i] = missing[i] && len(found) == 0
			spans = append(spans, found...)
		}
	}
	for _, lacks := range missing {
		if lacks {
			return nil, false
		}
	}
	return joined(spans), true
}

// everywhere are the places of a part in a word.
func everywhere(w, part word) (spans []Span) {
	if w.run != part.run {
		return nil
	}
	for at := w.at(part, 0); at >= 0; at = w.at(part, at+len(part.letters)) {
		spans = append(spans, w.span(at, at+len(part.letters)))
	}
	return spans
}

func (w word) span(from, to int) Span { return Span{w.letters[from].from, w.letters[to-1].to} }
