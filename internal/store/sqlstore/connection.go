package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"

	"github.com/parlorchat/parlor/internal/chat"
)

// connection is one connection to a SQLite file with the statements prepared on it; it is used by one goroutine at a
// time. It goes below database/sql (docs/adr/0007-sqlite-below-database-sql.md), whose locks, conversions and column
// names cost more than the statements, and a writer needs one connection that it owns.
type connection struct {
	conn       *sqlite.Conn
	statements map[string]*statement
}

// statement is a prepared query.
type statement struct {
	prepared *sqlite.Stmt
	args     []int // which argument each of its parameters is: SQLite numbers $2 by where it stands, not by its name
	rows     sqliteRows
}

// busyTimeout is how long a connection waits for a lock of another process.
const busyTimeout = 5 * time.Second

// connect opens the file and sets what the pragmas say.
func connect(path string, pragmas []string) (*connection, error) {
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadWrite)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	conn.SetBusyTimeout(busyTimeout)
	c := &connection{conn: conn, statements: make(map[string]*statement)}
	for _, pragma := range pragmas {
		if err := c.run("PRAGMA " + pragma); err != nil {
			return nil, errors.Join(fmt.Errorf("set %s: %w", pragma, err), c.close())
		}
	}
	return c, nil
}

func (c *connection) close() error { return c.conn.Close() }

func (c *connection) prepare(query string) (*statement, error) {
	if s, ok := c.statements[query]; ok {
		return s, nil
	}
	prepared, err := c.conn.Prepare(query)
	if err != nil {
		return nil, err
	}
	s := &statement{prepared: prepared, args: make([]int, prepared.BindParamCount())}
	for i := range s.args {
		if s.args[i], err = strconv.Atoi(strings.TrimPrefix(prepared.BindParamName(i+1), "$")); err != nil {
			return nil, fmt.Errorf("parameters are $1, $2 and so on: %w", err)
		}
	}
	s.rows = sqliteRows{prepared: prepared, columns: prepared.ColumnCount()}
	c.statements[query] = s
	return s, nil
}

// run runs a statement that takes nothing; rows that it returns are passed over.
func (c *connection) run(query string) error {
	_, err := c.exec(context.Background(), query, nil)
	return err
}

// The context is looked at between statements, by tx: a statement is too short to be interrupted.

func (c *connection) exec(_ context.Context, query string, args []any) (int64, error) {
	s, err := c.prepare(query)
	if err != nil {
		return 0, err
	}
	if err := s.bind(args); err != nil {
		return 0, err
	}
	for row := true; row; {
		if row, err = s.prepared.Step(); err != nil {
			return 0, err
		}
	}
	return int64(c.conn.Changes()), s.prepared.Reset()
}

func (c *connection) query(_ context.Context, query string, args []any) (rows, error) {
	s, err := c.prepare(query)
	if err != nil {
		return nil, err
	}
	if err := s.bind(args); err != nil {
		return nil, err
	}
	s.rows.err = nil
	return &s.rows, nil
}

func (c *connection) lockRows(query string) string { return query }

func (c *connection) lockValues(query string) string { return query }

func (c *connection) holdRows(query string) string { return query }

func (c *connection) takeRows(query string) string { return query }

func (c *connection) tokens() tokenIndex { return sqliteTokens{} }

func (c *connection) translate(err error) *chat.Error { return translateSQLite(err) }

func (s *statement) bind(args []any) error {
	for i, arg := range s.args {
		if arg > len(args) {
			return fmt.Errorf("argument %d of %d is missing", arg, len(args))
		}
		switch v := args[arg-1].(type) {
		case string:
			s.prepared.BindText(i+1, v)
		case int64:
			s.prepared.BindInt64(i+1, v)
		case int:
			s.prepared.BindInt64(i+1, int64(v))
		case bool:
			s.prepared.BindBool(i+1, v)
		case []byte:
			if v == nil {
				s.prepared.BindNull(i + 1)
			} else {
				s.prepared.BindBytes(i+1, v)
			}
		case nil:
			s.prepared.BindNull(i + 1)
		default:
			return fmt.Errorf("argument %d has type %T", arg, v)
		}
	}
	return nil
}

// sqliteRows are the result of a statement that is being run.
type sqliteRows struct {
	prepared *sqlite.Stmt
	columns  int
	err      error
}

func (r *sqliteRows) Next() bool {
	if r.err != nil {
		return false
	}
	row, err := r.prepared.Step()
	r.err = err
	return row
}

func (r *sqliteRows) Err() error { return r.err }

func (r *sqliteRows) Close() error {
	if err := r.prepared.Reset(); r.err == nil {
		return err
	}
	return nil // Reset repeats the failure that Err returned
}

func (r *sqliteRows) Scan(dest ...any) error {
	if len(dest) != r.columns {
		return fmt.Errorf("%d columns are read as %d", r.columns, len(dest))
	}
	for i, d := range dest {
		if err := r.assign(d, i); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}

func (r *sqliteRows) assign(dest any, column int) error {
	stored := r.prepared.ColumnType(column)
	ok := false
	switch d := dest.(type) {
	case *string:
		if ok = stored == sqlite.TypeText; ok {
			*d = r.prepared.ColumnText(column)
		}
	case *int64:
		if ok = stored == sqlite.TypeInteger; ok {
			*d = r.prepared.ColumnInt64(column)
		}
	case *bool:
		if ok = stored == sqlite.TypeInteger; ok {
			*d = r.prepared.ColumnInt64(column) != 0
		}
	case *[]byte:
		if ok = stored == sqlite.TypeBlob; ok {
			*d = r.bytes(column)
		}
	case *timeValue:
		if ok = stored == sqlite.TypeInteger; ok {
			d.set(r.prepared.ColumnInt64(column))
		}
	case sql.Scanner:
		return d.Scan(r.value(column, stored))
	}
	if !ok {
		return fmt.Errorf("%v is stored where %T is read", stored, dest)
	}
	return nil
}

// value is what the column holds, for types that read themselves.
func (r *sqliteRows) value(column int, stored sqlite.ColumnType) any {
	switch stored {
	case sqlite.TypeText:
		return r.prepared.ColumnText(column)
	case sqlite.TypeInteger:
		return r.prepared.ColumnInt64(column)
	case sqlite.TypeBlob:
		return r.bytes(column)
	}
	return nil
}

func (r *sqliteRows) bytes(column int) []byte {
	b := make([]byte, r.prepared.ColumnLen(column))
	r.prepared.ColumnBytes(column, b)
	return b
}
