package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/parlorchat/parlor/internal/auth"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// Data is the opened data of an installation: what the server and every command work on.
type Data struct {
	Store  *sqlstore.Store
	Master *seal.Master
	Keys   *auth.Keyring
}

// Open opens the database and the master key, and makes both where there are none yet. Several processes may have the
// data open at once: commands work beside a running server.
func Open(ctx context.Context, c config.Store, listener store.Listener, log *slog.Logger) (Data, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return Data{}, fmt.Errorf("PARLOR_DATA: %w", err)
	}
	master, err := openMaster(c, log)
	if err != nil {
		return Data{}, err
	}
	data, err := sqlstore.Open(ctx, sqlstore.Options{URL: c.DatabaseURL(), Listener: listener, Logger: log})
	if err != nil {
		return Data{}, fmt.Errorf("PARLOR_DATABASE: %w", err)
	}
	return Data{Store: data, Master: master, Keys: auth.NewKeyring(data, master)}, nil
}

func openMaster(c config.Store, log *slog.Logger) (*seal.Master, error) {
	if c.MasterKey != "" {
		if c.MasterKeyFile != "" {
			return nil, errors.New("PARLOR_MASTER_KEY: must not be given together with PARLOR_MASTER_KEY_FILE")
		}
		master, err := seal.Parse(c.MasterKey)
		if err != nil {
			return nil, fmt.Errorf("PARLOR_MASTER_KEY: %w", err)
		}
		return master, nil
	}
	if c.MasterKeyFile != "" {
		// A file that the operator named is never made here: a mount that is missing must not become a new key.
		master, err := seal.Load(c.MasterKeyFile)
		if err != nil {
			return nil, fmt.Errorf("PARLOR_MASTER_KEY_FILE: %w", err)
		}
		return master, nil
	}
	path := filepath.Join(c.Data, "master.key")
	master, created, err := seal.LoadOrCreate(path)
	if err != nil {
		return nil, fmt.Errorf("master key: %w", err)
	}
	if created {
		log.Warn("a new master key was made; back it up apart from the data: without it no stored secret can be read",
			"file", path, "master_key_id", master.ID())
	}
	return master, nil
}
