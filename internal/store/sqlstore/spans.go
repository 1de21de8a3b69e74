package sqlstore

import (
	"fmt"
	"math"
	"slices"

	"github.com/parlorchat/parlor/internal/store"
)

// sequence is a list in the order of a number that each of its rows has, read span by span.
type sequence[T any] struct {
	doing   string
	scan    scanFunc[T]
	columns string
	from    string // FROM and WHERE, on args
	args    []any
	id      string // the column that cursors name
	number  string // the column that orders the list
	tied    bool   // rows may have the same number, and are in the order of their ids then
	newest  bool   // first, which is the highest number
}

// place is where a row stands in a list. The id counts among rows of the same number.
type place struct {
	number int64
	id     string
}

func scanPlace(row scanner, p *place) error { return row.Scan(&p.number, &p.id) }

// read lists a span. A cursor is looked for in this very list, so that the id of anything else has no place in it.
func (s sequence[T]) read(t *tx, span store.Span) ([]T, error) {
	if span.Cursor() == "" {
		return s.readFrom(t, span, s.beginning())
	}
	query := fmt.Sprintf(`SELECT %s, %s %s AND %s = $%d`, s.number, s.id, s.from, s.id, len(s.args)+1)
	at, found, err := find(t, s.doing, scanPlace, query, append(slices.Clone(s.args), span.Cursor())...)
	if err == nil && !found {
		err = fmt.Errorf("%s: %w", s.doing, span.NoPlace())
	}
	if err != nil {
		return nil, err
	}
	return s.readFrom(t, span, at)
}

// beginning is the place that the whole list comes after.
func (s sequence[T]) beginning() place {
	if s.newest {
		return place{number: math.MaxInt64}
	}
	return place{number: math.MinInt64}
}

// readFrom lists a span that begins at the place.
func (s sequence[T]) readFrom(t *tx, span store.Span, from place) ([]T, error) {
	beyond, order := ">", ""
	if span.Backwards() != s.newest {
		beyond, order = "<", " DESC"
	}
	args := append(slices.Clone(s.args), span.Limit, from.number)
	limit := len(s.args) + 1
	where, by := fmt.Sprintf(`%s %s $%d`, s.number, beyond, limit+1), s.number+order
	if s.tied {
		args = append(args, from.id)
		where = fmt.Sprintf(`(%s, %s) %s ($%d, $%d)`, s.number, s.id, beyond, limit+1, limit+2)
		by += ", " + s.id + order
	}
	all, err := list(t, s.doing, s.scan, fmt.Sprintf(`SELECT %s %s AND %s ORDER BY %s LIMIT $%d + 0`, s.columns, s.from, where, by, limit), args...)
	if span.Backwards() {
		slices.Reverse(all)
	}
	return all, err
}
