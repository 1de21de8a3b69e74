package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"sync"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/parlorchat/parlor/internal/chat"
)

// What every connection is set to. synchronous=FULL is the promise that what was acknowledged survives a power
// failure: in WAL mode NORMAL would sync at checkpoints only (https://www.sqlite.org/pragma.html#pragma_synchronous).
const (
	sqlitePragmas = "_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=temp_store(memory)" +
		"&_pragma=mmap_size(268435456)&_pragma=cache_size(-16384)"
	sqliteWriterPragmas = sqlitePragmas + "&_pragma=journal_mode(wal)&_pragma=synchronous(full)" +
		"&_pragma=wal_autocheckpoint(4000)&_pragma=journal_size_limit(67108864)"
	sqliteReaderPragmas = sqlitePragmas + "&_pragma=query_only(1)"
)

// sqliteBackend is a SQLite file: one writer, and a few connections for reading.
type sqliteBackend struct {
	options Options
	writer  *writer
	readers chan *connection // those that are free
	opened  int              // how many readers there are
	closed  chan struct{}
	once    sync.Once
}

func openSQLite(ctx context.Context, path string, options Options) (*sqliteBackend, error) {
	if path == "" {
		return nil, errors.New("the path of the SQLite file is empty")
	}
	file := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String()
	if err := migrateSQLite(ctx, file+"?"+sqliteWriterPragmas+"&_txlock=immediate", options); err != nil {
		return nil, err
	}
	writing, err := sqlite.NewConnector(file + "?" + sqliteWriterPragmas)
	if err != nil {
		return nil, fmt.Errorf("read the path: %w", err)
	}
	reading, err := sqlite.NewConnector(file + "?" + sqliteReaderPragmas)
	if err != nil {
		return nil, fmt.Errorf("read the path: %w", err)
	}
	b := &sqliteBackend{options: options, closed: make(chan struct{})}
	if b.writer, err = startWriter(ctx, writing, options); err != nil {
		return nil, err
	}
	if err := b.openReaders(ctx, reading); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

func (b *sqliteBackend) openReaders(ctx context.Context, connector driver.Connector) error {
	count := max(4, 2*runtime.GOMAXPROCS(0))
	b.readers = make(chan *connection, count)
	for range count {
		reader, err := connect(ctx, connector)
		if err != nil {
			return fmt.Errorf("open for reading: %w", err)
		}
		b.readers <- reader
		b.opened++
	}
	return nil
}

func (b *sqliteBackend) write(ctx context.Context, f func(*tx) error) error {
	return b.writer.write(ctx, f)
}

func (b *sqliteBackend) read(ctx context.Context, f func(*tx) error) error {
	var reader *connection
	select {
	case reader = <-b.readers:
	default:
		select {
		case reader = <-b.readers:
		case <-ctx.Done():
			return gaveUp(ctx.Err())
		case <-b.closed:
			return errClosed
		}
	}
	defer func() { b.readers <- reader }()
	if err := reader.run("BEGIN"); err != nil {
		return fmt.Errorf("begin to read: %w", translateSQLite(err))
	}
	defer reader.run("ROLLBACK")
	return f(&tx{ctx: ctx, db: reader, now: b.options.Clock})
}

// close waits for the transactions that have begun.
func (b *sqliteBackend) close() error {
	var all []error
	b.once.Do(func() {
		close(b.closed)
		for range b.opened {
			all = append(all, (<-b.readers).close())
		}
		all = append(all, b.writer.close())
	})
	return errors.Join(all...)
}

// translateSQLite returns the chat error of an error of the driver (https://www.sqlite.org/rescode.html).
func translateSQLite(err error) *chat.Error {
	if known, ok := errors.AsType[*chat.Error](err); ok {
		return known
	}
	failure, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return broken(err)
	}
	switch failure.Code() {
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return dangling(err)
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return taken(err)
	}
	switch failure.Code() & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR,
		sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_PROTOCOL:
		return unavailable(err)
	case sqlite3.SQLITE_TOOBIG:
		return unstorable(err)
	}
	return broken(err)
}

func isBusy(err error) bool {
	failure, ok := errors.AsType[*sqlite.Error](err)
	return ok && failure.Code()&0xff == sqlite3.SQLITE_BUSY
}

// migrateSQLite brings the file up to date through one connection of its own.
func migrateSQLite(ctx context.Context, dsn string, options Options) error {
	connector, err := sqlite.NewConnector(dsn)
	if err != nil {
		return fmt.Errorf("read the path: %w", err)
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	db.SetMaxOpenConns(1)
	return migrate(ctx, db, sqliteMigrations, options.Logger)
}
