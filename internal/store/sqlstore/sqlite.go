package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"slices"
	"sync"
	"time"

	migrating "modernc.org/sqlite" // as goose takes it, the same engine
	"zombiezen.com/go/sqlite"

	"github.com/parlorchat/parlor/internal/chat"
)

// What every connection is set to. synchronous=FULL is the promise that what was acknowledged survives a power
// failure: in WAL mode NORMAL would sync at checkpoints only (https://www.sqlite.org/pragma.html#pragma_synchronous).
var (
	sqlitePragmas       = []string{"foreign_keys = ON", "temp_store = memory", "mmap_size = 268435456", "cache_size = -16384"}
	sqliteWriterPragmas = append(slices.Clone(sqlitePragmas),
		"journal_mode = wal", "synchronous = full", "wal_autocheckpoint = 4000", "journal_size_limit = 67108864")
	sqliteReaderPragmas = append(slices.Clone(sqlitePragmas), "query_only = ON")
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
	began := time.Now()
	for {
		err := migrateSQLite(ctx, path, options)
		if err == nil {
			break
		}
		// Where others open or close the file at the same moment, SQLite says that it is busy without waiting.
		busy, ok := errors.AsType[*migrating.Error](err)
		if !ok || sqlite.ResultCode(busy.Code()).ToPrimary() != sqlite.ResultBusy || time.Since(began) > busyTimeout {
			return nil, err
		}
	}
	b := &sqliteBackend{options: options, closed: make(chan struct{})}
	var err error
	if b.writer, err = startWriter(path, options); err != nil {
		return nil, err
	}
	if err := b.openReaders(path); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

func (b *sqliteBackend) openReaders(path string) error {
	count := max(4, 2*runtime.GOMAXPROCS(0))
	b.readers = make(chan *connection, count)
	for range count {
		reader, err := connect(path, sqliteReaderPragmas)
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
	code := sqlite.ErrCode(err)
	switch code {
	case sqlite.ResultConstraintForeignKey:
		return dangling(err)
	case sqlite.ResultConstraintUnique, sqlite.ResultConstraintPrimaryKey, sqlite.ResultConstraintRowID:
		return taken(err)
	}
	switch code.ToPrimary() {
	case sqlite.ResultFull, sqlite.ResultBusy, sqlite.ResultLocked, sqlite.ResultReadOnly, sqlite.ResultIOErr,
		sqlite.ResultCantOpen, sqlite.ResultNoMem, sqlite.ResultInterrupt, sqlite.ResultProtocol:
		return unavailable(err)
	case sqlite.ResultTooBig:
		return unstorable(err)
	}
	return broken(err)
}

func isBusy(err error) bool { return sqlite.ErrCode(err).ToPrimary() == sqlite.ResultBusy }

// migrateSQLite brings the file up to date, and makes it if it is not there, through one connection of its own.
func migrateSQLite(ctx context.Context, path string, options Options) error {
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	connector, err := migrating.NewConnector(file.String() + "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)" +
		"&_pragma=journal_mode(wal)&_pragma=synchronous(full)")
	if err != nil {
		return fmt.Errorf("read the path: %w", err)
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	db.SetMaxOpenConns(1)
	return migrate(ctx, db, sqliteMigrations, options.Logger)
}
