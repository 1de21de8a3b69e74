package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/parlorchat/parlor/internal/chat"
)

// connection is one connection to a SQLite file with the statements prepared on it; it is used by one goroutine at a
// time. It goes to the driver below database/sql: a statement costs half as much without the locks, the conversions by
// reflection and the pool of the latter, and a writer needs one connection that it owns.
type connection struct {
	conn       driver.Conn
	statements map[string]*statement
}

// statement is a prepared query with room for its arguments and its rows, both used again and again.
type statement struct {
	prepared preparedStatement
	args     []driver.NamedValue
	rows     driverRows
}

type preparedStatement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

func connect(ctx context.Context, connector driver.Connector) (*connection, error) {
	conn, err := connector.Connect(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	return &connection{conn: conn, statements: make(map[string]*statement)}, nil
}

func (c *connection) close() error {
	var all []error
	for _, s := range c.statements {
		all = append(all, s.prepared.Close())
	}
	return errors.Join(append(all, c.conn.Close())...)
}

func (c *connection) prepare(query string) (*statement, error) {
	if s, ok := c.statements[query]; ok {
		return s, nil
	}
	prepared, err := c.conn.Prepare(query)
	if err != nil {
		return nil, err
	}
	s := &statement{prepared: prepared.(preparedStatement)}
	c.statements[query] = s
	return s, nil
}

// run runs a statement that takes nothing and returns nothing.
func (c *connection) run(query string) error {
	_, err := c.exec(context.Background(), query, nil)
	return err
}

// The context is looked at between statements, by tx, and never by the driver, which would watch it with a goroutine
// for each statement.

func (c *connection) exec(_ context.Context, query string, args []any) (int64, error) {
	s, err := c.prepare(query)
	if err != nil {
		return 0, err
	}
	if err := s.bind(args); err != nil {
		return 0, err
	}
	result, err := s.prepared.ExecContext(context.Background(), s.args)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (c *connection) query(_ context.Context, query string, args []any) (rows, error) {
	s, err := c.prepare(query)
	if err != nil {
		return nil, err
	}
	if err := s.bind(args); err != nil {
		return nil, err
	}
	result, err := s.prepared.QueryContext(context.Background(), s.args)
	if err != nil {
		return nil, err
	}
	s.rows.begin(result)
	return &s.rows, nil
}

func (c *connection) lockRows(query string) string { return query }

func (c *connection) holdRows(query string) string { return query }

func (c *connection) translate(err error) *chat.Error { return translateSQLite(err) }

func (s *statement) bind(args []any) error {
	s.args = s.args[:0]
	for i, arg := range args {
		switch v := arg.(type) {
		case string, int64, bool, []byte, nil:
		case int:
			arg = int64(v)
		default:
			return fmt.Errorf("argument %d has type %T", i+1, arg)
		}
		s.args = append(s.args, driver.NamedValue{Ordinal: i + 1, Value: arg})
	}
	return nil
}

// driverRows is a driver's result as rows.
type driverRows struct {
	result driver.Rows
	values []driver.Value
	err    error
}

func (r *driverRows) begin(result driver.Rows) {
	if n := len(result.Columns()); len(r.values) != n {
		r.values = make([]driver.Value, n)
	}
	r.result, r.err = result, nil
}

func (r *driverRows) Next() bool {
	if r.err == nil {
		r.err = r.result.Next(r.values)
	}
	return r.err == nil
}

func (r *driverRows) Err() error {
	if errors.Is(r.err, io.EOF) {
		return nil
	}
	return r.err
}

func (r *driverRows) Close() error { return r.result.Close() }

func (r *driverRows) Scan(dest ...any) error {
	if len(dest) != len(r.values) {
		return fmt.Errorf("%d columns are read as %d", len(r.values), len(dest))
	}
	for i, d := range dest {
		if err := assign(d, r.values[i]); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}

func assign(dest any, value driver.Value) error {
	ok := false
	switch d := dest.(type) {
	case *string:
		*d, ok = value.(string)
	case *int64:
		*d, ok = value.(int64)
	case *bool:
		var n int64
		n, ok = value.(int64)
		*d = n != 0
	case *[]byte:
		if value == nil { // how the driver gives bytes of length 0
			*d, ok = nil, true
		} else {
			*d, ok = value.([]byte)
		}
	case sql.Scanner:
		return d.Scan(value)
	}
	if !ok {
		return fmt.Errorf("%T is stored where %T is read", value, dest)
	}
	return nil
}
