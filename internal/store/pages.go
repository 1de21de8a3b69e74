package store

import "github.com/parlorchat/parlor/internal/chat"

// Span says which part of a list to read: the records after a cursor, or those before one. A cursor has 24 characters. It
// is the id of a record of the list, or what the list itself gives, where an id would not hold the place.
type Span struct {
	After, Before string // at most one is set; neither: the list from its beginning
	Newest        bool   // neither: the end of the list instead
	Limit         int
}

// Cursor is the cursor of the span, or "".
func (s Span) Cursor() string { return s.After + s.Before }

// Backwards tells whether the span ends at a place, so that it holds the last records before it.
func (s Span) Backwards() bool { return s.Before != "" || s.Newest && s.After == "" }

// NoPlace is the error for a span whose cursor stands nowhere in its list. Its field is "after" or "before".
func (s Span) NoPlace() error {
	field := "after"
	if s.Before != "" {
		field = "before"
	}
	return chat.InvalidField(field, "is no cursor of this list, or what it named is gone: use one of a newer answer, the id of a record "+
		"that is still in the list, or none to begin anew")
}

// Page is a part of a list, with the cursors of the parts beside it.
type Page[T any] struct {
	Records       []T    // in the order of the list
	Before, After string // "": nothing stands there; also if there are no records
	More          bool   // whether the list goes on in the direction in which it was read
}

// ReadPage reads the page of a span, with read, which reads at most Limit records, and finds out what stands beside it.
func ReadPage[T any](span Span, cursor func(T) string, read func(Span) ([]T, error)) (Page[T], error) {
	size := span.Limit
	span.Limit++
	all, err := read(span)
	if err != nil || len(all) == 0 {
		return Page[T]{}, err
	}
	page := Page[T]{Records: all, More: len(all) > size}
	switch {
	case page.More && span.Backwards():
		page.Records = all[1:]
	case page.More:
		page.Records = all[:size]
	}
	first, last := cursor(page.Records[0]), cursor(page.Records[len(page.Records)-1])
	before, after := span.Backwards() && page.More, !span.Backwards() && page.More
	// Where the list was entered at a cursor, it may go on at the other side, too.
	switch {
	case span.After != "":
		before, err = isAny(read, Span{Before: first, Limit: 1})
	case span.Before != "":
		after, err = isAny(read, Span{After: last, Limit: 1})
	}
	if before {
		page.Before = first
	}
	if after {
		page.After = last
	}
	return page, err
}

func isAny[T any](read func(Span) ([]T, error), span Span) (bool, error) {
	all, err := read(span)
	return len(all) > 0, err
}

// MapPage is the page with something else for each record.
func MapPage[T, U any](page Page[T], f func(T) (U, error)) (Page[U], error) {
	mapped := Page[U]{Records: make([]U, 0, len(page.Records)), Before: page.Before, After: page.After, More: page.More}
	for _, record := range page.Records {
		other, err := f(record)
		if err != nil {
			return Page[U]{}, err
		}
		mapped.Records = append(mapped.Records, other)
	}
	return mapped, nil
}
