package storetest

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// walk reads a list of n records from each of its ids in both directions. An id that is foreign to the list has no place in it.
func (w *world) walk(n int, ids func(store.Tx, store.Span) ([]string, error), foreign string) {
	w.Helper()
	read := func(span store.Span) (all []string) {
		w.Helper()
		w.read(func(tx store.Tx) (err error) { all, err = ids(tx, span); return err })
		return append([]string{}, all...)
	}
	all := read(store.Span{Limit: n + 1})
	want(w, "records", len(all), n)
	for i, id := range all {
		for _, limit := range []int{1, 2, n} {
			want(w, fmt.Sprint(limit, " after ", i), read(store.Span{After: id, Limit: limit}), all[i+1:min(i+1+limit, n)])
			want(w, fmt.Sprint(limit, " before ", i), read(store.Span{Before: id, Limit: limit}), all[max(0, i-limit):i])
		}
	}
	for _, none := range []string{foreign, w.id(), "?", "000000000000000000000000", "ffffffffffffffffffffffff"} {
		w.noPlace(none, func(tx store.Tx, span store.Span) error { _, err := ids(tx, span); return err })
	}
}

// noPlace reports a cursor with which the list is read, or refused in another way.
func (w *world) noPlace(cursor string, list func(store.Tx, store.Span) error) {
	w.Helper()
	for field, span := range map[string]store.Span{"after": {After: cursor, Limit: 1}, "before": {Before: cursor, Limit: 1}} {
		err := w.store.Read(w.Context(), func(tx store.Tx) error { return list(tx, span) })
		w.wantKind(err, chat.Invalid)
		if e, ok := chat.AsError(err); ok {
			want(w, "field of "+cursor, e.Field, field)
		}
	}
}
