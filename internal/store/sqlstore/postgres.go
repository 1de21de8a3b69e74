package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/parlorchat/parlor/internal/chat"
)

// Bounds of the connections to Postgres.
const (
	maxConnections = 24
	maxIdle        = 8
	maxWait        = 5 * time.Second // for a free connection
	maxRuns        = 6               // of a function whose transaction lost against others
)

// postgresSettings hold for every session. synchronous_commit=on is the promise that what was acknowledged survives a
// power failure of the server; the rest are bounds, so that nobody waits for ever.
var postgresSettings = map[string]string{
	"synchronous_commit":                  "on",
	"lock_timeout":                        "10s",
	"statement_timeout":                   "60s",
	"idle_in_transaction_session_timeout": "60s",
}

// postgresBackend is a Postgres database. A function runs in its caller's goroutine, and Postgres commits in groups by
// itself. Transactions are READ COMMITTED: what must not move is locked row by row, always the app or the users before
// conversations, then the log of events and at last the audit log, and one that loses all the same is run again.
type postgresBackend struct {
	options Options
	db      *sql.DB
	waiting atomic.Int64 // transactions that wait or run
}

func openPostgres(ctx context.Context, options Options) (*postgresBackend, error) {
	config, err := pgx.ParseConfig(options.URL)
	if err != nil {
		return nil, fmt.Errorf("read the address: %w", err)
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "parlor"
	}
	if err := migratePostgres(ctx, config, options); err != nil {
		return nil, err
	}
	for name, value := range postgresSettings {
		config.RuntimeParams[name] = value
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxIdle)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return &postgresBackend{options: options, db: db}, nil
}

func (b *postgresBackend) write(ctx context.Context, f func(*tx) error) error {
	for run := 1; ; run++ {
		t := &tx{ctx: ctx, now: b.options.Clock, writable: true}
		err := b.transaction(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted}, t, f)
		if err == nil {
			if len(t.events) > 0 {
				b.options.Listener.Committed(t.events)
			}
			return nil
		}
		lost := lostAgainstOthers(err) || t.failed != nil && lostAgainstOthers(t.failed)
		if !lost || run == maxRuns {
			return err
		}
		select {
		case <-time.After(rand.N(time.Duration(run) * 10 * time.Millisecond)):
		case <-ctx.Done():
			return gaveUp(ctx.Err())
		}
	}
}

func (b *postgresBackend) read(ctx context.Context, f func(*tx) error) error {
	t := &tx{ctx: ctx, now: b.options.Clock}
	return b.transaction(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, t, f)
}

// transaction runs f once.
func (b *postgresBackend) transaction(ctx context.Context, how *sql.TxOptions, t *tx, f func(*tx) error) error {
	if b.waiting.Add(1) > maxWaiting {
		b.waiting.Add(-1)
		return errWaiting
	}
	defer b.waiting.Add(-1)
	conn, err := b.connection(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", translatePostgres(err))
	}
	defer conn.Close()
	running, err := conn.BeginTx(ctx, how)
	if err != nil {
		return fmt.Errorf("begin: %w", translatePostgres(err))
	}
	defer running.Rollback()
	t.db = session{running}
	switch err := f(t); {
	case err != nil:
		return err
	case t.failed != nil:
		return t.failed
	case how.ReadOnly:
		return nil
	}
	if err := running.Commit(); err != nil {
		return fmt.Errorf("commit: %w", translatePostgres(err))
	}
	return nil
}

func (b *postgresBackend) connection(ctx context.Context) (*sql.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, maxWait)
	defer cancel()
	return b.db.Conn(ctx)
}

func (b *postgresBackend) close() error { return b.db.Close() }

// session runs SQL in a transaction of Postgres.
type session struct{ tx *sql.Tx }

func (s session) exec(ctx context.Context, query string, args []any) (int64, error) {
	result, err := s.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (s session) query(ctx context.Context, query string, args []any) (rows, error) {
	return s.tx.QueryContext(ctx, query, args...)
}

func (s session) lockRows(query string) string { return query + " FOR UPDATE" }

func (s session) lockValues(query string) string { return query + " FOR NO KEY UPDATE" }

func (s session) holdRows(query string) string { return query + " FOR SHARE" }

func (s session) takeRows(query string) string { return query + " FOR UPDATE SKIP LOCKED" }

func (s session) tokens() tokenIndex { return postgresTokens{} }

func (s session) translate(err error) *chat.Error { return translatePostgres(err) }

// lostAgainstOthers tells whether a transaction failed only because of others that ran at the same time, or because
// the schema changed under a prepared statement, and may be run again.
func lostAgainstOthers(err error) bool {
	failure, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return false
	}
	switch failure.Code {
	case "40001", "40P01", "0A000": // serialization failure, deadlock, "cached plan must not change result type"
		return true
	}
	return false
}

// translatePostgres returns the chat error of an error of the driver
// (https://www.postgresql.org/docs/current/errcodes-appendix.html).
func translatePostgres(err error) *chat.Error {
	if known, ok := errors.AsType[*chat.Error](err); ok {
		return known
	}
	if errors.Is(err, pgx.ErrTxCommitRollback) {
		return broken(fmt.Errorf("an error inside the transaction was not returned: %w", err))
	}
	failure, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return unavailable(err) // the connection, or the time of the caller, is gone
	}
	switch failure.Code {
	case "23503":
		return dangling(err)
	case "23505":
		return taken(err)
	case "22021", "22P05": // NUL, or what the database's encoding does not have
		return unstorable(err)
	case "25006", "55P03", "3D000", "0A000": // read-only, lock timeout, no such database, stale plan
		return unavailable(err)
	}
	switch failure.Code[:min(2, len(failure.Code))] {
	case "08", "28", "40", "53", "57", "58": // connection, authorization, rollback, resources, operator, system
		return unavailable(err)
	}
	return broken(err)
}

var postgresMigrations = migrations{
	dialect: goose.DialectPostgres,
	folder:  "migrations/postgres",
	options: func() ([]goose.ProviderOption, error) {
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
		if err != nil {
			return nil, fmt.Errorf("make the lock for migrations: %w", err)
		}
		return []goose.ProviderOption{goose.WithSessionLocker(locker)}, nil
	},
}

// migratePostgres runs without the bounds on time of ordinary work.
func migratePostgres(ctx context.Context, config *pgx.ConnConfig, options Options) error {
	db := stdlib.OpenDB(*config)
	defer db.Close()
	return migrate(ctx, db, postgresMigrations, options.Logger)
}
