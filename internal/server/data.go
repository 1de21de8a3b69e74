package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

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

// Open opens the database and the master key, and makes both where there are none yet; to a database with sealed secrets
// the key must fit. Several processes may have the data open at once: commands work beside a running server.
func Open(ctx context.Context, c config.Store, listener store.Listener, log *slog.Logger) (Data, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return Data{}, fmt.Errorf("PARLOR_DATA: %w", err)
	}
	data, err := sqlstore.Open(ctx, sqlstore.Options{URL: c.DatabaseURL(), Listener: listener, Logger: log})
	if err != nil {
		return Data{}, fmt.Errorf("PARLOR_DATABASE: %w", err)
	}
	found, err := findSealed(ctx, data)
	if err != nil {
		return Data{}, errors.Join(fmt.Errorf("PARLOR_DATABASE: %w", err), data.Close())
	}
	master, err := openMaster(c, found, log)
	if err != nil {
		return Data{}, errors.Join(err, data.Close())
	}
	return Data{Store: data, Master: master, Keys: auth.NewKeyring(data, master)}, nil
}
