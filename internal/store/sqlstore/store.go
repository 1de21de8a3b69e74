package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Options says which database to open.
type Options struct {
	// URL is "sqlite:" and the path of a file, which is made if it is not there, or a "postgres://" address.
	URL string
	// Listener is told what was committed; nil is nobody.
	Listener store.Listener
	// Logger is told of migrations and of failures that no caller sees; nil is nobody.
	Logger *slog.Logger
	// Clock is what time it is; nil is time.Now. Nearly all times come from the callers.
	Clock func() time.Time
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	backend backend
}

var _ store.Store = (*Store)(nil)

// backend is a dialect with its way of running transactions.
type backend interface {
	// write runs f in a transaction, commits it durably and hands its events to the listener before it returns.
	write(ctx context.Context, f func(*tx) error) error
	// read runs f on one snapshot.
	read(ctx context.Context, f func(*tx) error) error
	close() error
}

type silence struct{}

func (silence) Committed([]chat.Event) {}

// Open opens the database and brings its schema up to date; two processes may do so at once. A schema that is newer
// than this program is refused. The caller closes the Store.
func Open(ctx context.Context, options Options) (*Store, error) {
	if options.Listener == nil {
		options.Listener = silence{}
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	if options.Clock == nil {
		options.Clock = time.Now
	}
	var b backend
	var err error
	switch scheme, rest, _ := strings.Cut(options.URL, ":"); scheme {
	case "sqlite":
		b, err = openSQLite(ctx, rest, options)
	case "postgres", "postgresql":
		b, err = openPostgres(ctx, options)
	default:
		err = errors.New(`the address must begin with "sqlite:" or "postgres://"`)
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return &Store{backend: b}, nil
}

// Write runs f in one transaction and commits it durably. Its own events are with the Listener when it returns nil.
// If f panics, or ends its goroutine, nothing of it is stored and the caller sees the panic.
func (s *Store) Write(ctx context.Context, f func(store.Tx) error) error {
	return s.backend.write(ctx, func(t *tx) error {
		if err := f(t); err != nil {
			return err
		}
		return t.queue()
	})
}

// Read runs f on one snapshot. Events that f emits go nowhere.
func (s *Store) Read(ctx context.Context, f func(store.Tx) error) error {
	return s.backend.read(ctx, func(t *tx) error { return f(t) })
}

// Ping tells whether the database can be written to, by writing.
func (s *Store) Ping(ctx context.Context) error {
	return s.backend.write(ctx, func(t *tx) error {
		_, err := t.count("ping")
		return err
	})
}

// Close ends the work that has begun, refuses the rest with Unavailable, and lets go of the database.
func (s *Store) Close() error { return s.backend.close() }
