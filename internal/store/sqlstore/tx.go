package sqlstore

import (
	"context"
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// tx is one run of a function inside a transaction: store.Tx over whatever runs the SQL. It is used by one goroutine
// at a time, and every statement is read to its end before the method that ran it returns.
type tx struct {
	ctx      context.Context
	db       runner
	now      func() time.Time
	writable bool
	wrote    bool // a statement that writes was run
	events   []chat.Event
	silent   chat.AppID           // an app of which it is known that no webhook listens to it
	ordinals map[chat.AppID]int64 // of apps that the search has asked for
	// failed is the first failure of the database itself. After it the transaction may be half gone, so that no
	// further statement is run and the transaction is never committed, whatever its function makes of the error.
	failed *chat.Error
}

var _ store.Tx = (*tx)(nil)

// runner runs SQL inside one transaction.
type runner interface {
	exec(ctx context.Context, query string, args []any) (affected int64, err error)
	query(ctx context.Context, query string, args []any) (rows, error)
	// lockRows returns the query with what it takes to lock the rows it reads until the transaction ends.
	lockRows(query string) string
	// lockValues is lockRows that lets others refer to the rows by foreign keys: for rows that nobody removes.
	lockValues(query string) string
	// holdRows is lockRows that lets others hold the rows too, but nobody change them.
	holdRows(query string) string
	// takeRows is lockRows that leaves out rows which others have locked.
	takeRows(query string) string
	// tokens is where the search keeps its tokens.
	tokens() tokenIndex
	// translate returns the chat error of an error of the driver.
	translate(err error) *chat.Error
}

// rows are the result of a query, as in database/sql.
type rows interface {
	scanner
	Next() bool
	Err() error
	Close() error
}

// scanner gives the columns of one row.
type scanner interface {
	Scan(dest ...any) error
}

var errReadOnly = &chat.Error{Kind: chat.Internal, Code: "internal", Message: "A read may not write."}

// exec runs a statement that writes and returns how many rows it touched.
func (t *tx) exec(doing, query string, args ...any) (int64, error) {
	if err := t.ready(true); err != nil {
		return 0, fmt.Errorf("%s: %w", doing, err)
	}
	t.wrote = true
	affected, err := t.db.exec(t.ctx, query, args)
	if err != nil {
		return 0, t.failure(doing, err)
	}
	return affected, nil
}

// execOn is exec of a statement about one thing, which is missing if no row was touched.
func (t *tx) execOn(thing, doing, query string, args ...any) error {
	affected, err := t.exec(doing, query, args...)
	if err == nil && affected == 0 {
		err = fmt.Errorf("%s: %w", doing, chat.Missing(thing))
	}
	return err
}

// ready tells why a statement may not be run.
func (t *tx) ready(writes bool) error {
	switch {
	case writes && !t.writable:
		return errReadOnly
	case t.failed != nil:
		return t.failed
	}
	if err := t.ctx.Err(); err != nil {
		return gaveUp(err)
	}
	return nil
}

// failure says what was being done when the driver returned err, and remembers failures of the database itself.
func (t *tx) failure(doing string, err error) error {
	translated := t.db.translate(err)
	if translated.Kind == chat.Unavailable && t.failed == nil {
		t.failed = translated
	}
	return fmt.Errorf("%s: %w", doing, translated)
}

// scanFunc reads one row into v.
type scanFunc[T any] func(row scanner, v *T) error

// find returns the row of a query that has at most one.
func find[T any](t *tx, doing string, scan scanFunc[T], query string, args ...any) (v T, found bool, err error) {
	if err := t.ready(false); err != nil {
		return v, false, fmt.Errorf("%s: %w", doing, err)
	}
	found, err = first(t, scan, &v, query, args)
	if err != nil {
		return v, false, t.failure(doing, err)
	}
	return v, found, nil
}

func first[T any](t *tx, scan scanFunc[T], v *T, query string, args []any) (found bool, err error) {
	result, err := t.db.query(t.ctx, query, args)
	if err != nil {
		return false, err
	}
	defer closeRows(result, &err)
	if !result.Next() {
		return false, result.Err()
	}
	if err := scan(result, v); err != nil {
		return false, broken(err)
	}
	for result.Next() {
	}
	return true, result.Err()
}

// get is find of a thing that must be there.
func get[T any](t *tx, thing, doing string, scan scanFunc[T], query string, args ...any) (T, error) {
	v, found, err := find(t, doing, scan, query, args...)
	if err == nil && !found {
		err = fmt.Errorf("%s: %w", doing, chat.Missing(thing))
	}
	return v, err
}

// change is find with a statement that writes and returns the row as it is then.
func change[T any](t *tx, doing string, scan scanFunc[T], query string, args ...any) (T, bool, error) {
	if err := t.ready(true); err != nil {
		var none T
		return none, false, fmt.Errorf("%s: %w", doing, err)
	}
	t.wrote = true
	return find(t, doing, scan, query, args...)
}

// list returns all rows of a query.
func list[T any](t *tx, doing string, scan scanFunc[T], query string, args ...any) ([]T, error) {
	if err := t.ready(false); err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	all, err := collect(t, scan, query, args)
	if err != nil {
		return nil, t.failure(doing, err)
	}
	return all, nil
}

func collect[T any](t *tx, scan scanFunc[T], query string, args []any) (all []T, err error) {
	result, err := t.db.query(t.ctx, query, args)
	if err != nil {
		return nil, err
	}
	defer closeRows(result, &err)
	for result.Next() {
		var empty T
		all = append(all, empty)
		if err := scan(result, &all[len(all)-1]); err != nil {
			return nil, broken(err)
		}
	}
	return all, result.Err()
}

func closeRows(result rows, err *error) {
	if closed := result.Close(); closed != nil && *err == nil {
		*err = closed
	}
}
