package server

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/parlorchat/parlor/internal/eventlog"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// Scratch is an empty store for a rehearsal, in a folder of its own that goes when it is closed.
type Scratch struct {
	store.Store
	folder string
}

// OpenScratch makes one where the system keeps what is temporary.
func OpenScratch(ctx context.Context, log *slog.Logger) (*Scratch, error) {
	folder, err := os.MkdirTemp("", "parlor-rehearsal-")
	if err != nil {
		return nil, err
	}
	opened, err := sqlstore.Open(ctx, sqlstore.Options{URL: "sqlite:" + filepath.Join(folder, "scratch.db"), Listener: eventlog.Unheard{}, Logger: log})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	return &Scratch{Store: opened, folder: folder}, nil
}

// Close removes everything.
func (s *Scratch) Close() error { return errors.Join(s.Store.Close(), os.RemoveAll(s.folder)) }
