package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// openMaster reads the master key, and makes one where none is named and nothing is sealed yet. A key that opens none of
// what is sealed is refused: with it the server would start, and every sign-in would fail.
func openMaster(c config.Store, found sealed, log *slog.Logger) (*seal.Master, error) {
	place := "PARLOR_MASTER_KEY"
	var master *seal.Master
	var err error
	switch {
	case c.MasterKey != "" && c.MasterKeyFile != "":
		err = errors.New("must not be given together with PARLOR_MASTER_KEY_FILE")
	case c.MasterKey != "":
		master, err = seal.Parse(c.MasterKey)
	case c.MasterKeyFile != "":
		// A file that the operator named is never made here: a mount that is missing must not become a new key.
		place = "PARLOR_MASTER_KEY_FILE"
		master, err = seal.Load(c.MasterKeyFile)
	default:
		place = "master key"
		master, err = openOwn(filepath.Join(c.Data, "master.key"), found, log)
	}
	if err == nil {
		err = found.check(master, log)
	}
	if errors.Is(err, fs.ErrNotExist) && len(found) > 0 {
		err = fmt.Errorf("%w: %s; bring that key back", err, found)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", place, err)
	}
	return master, nil
}

// openOwn opens the file that Parlor keeps itself. Who has sealed something had the file, so that it is only made where
// nothing is.
func openOwn(path string, found sealed, log *slog.Logger) (*seal.Master, error) {
	if len(found) > 0 {
		return seal.Load(path)
	}
	master, created, err := seal.LoadOrCreate(path)
	if err == nil && created {
		log.Warn("a new master key was made; back it up apart from the data: without it no stored secret can be read",
			"file", path, "master_key_id", master.ID())
	}
	return master, err
}

// sealed says how many secrets in the database lie under which master key, by its id. The answers that are kept for
// repeated requests do not count: one that does not open is lost, and nothing else.
type sealed map[string]int

func findSealed(ctx context.Context, s store.Store) (sealed, error) {
	found := sealed{}
	err := s.Read(ctx, func(tx store.Tx) error {
		keys, err := tx.ListSealedSecrets()
		if err != nil {
			return err
		}
		webhooks, err := tx.ListAllWebhooks()
		if err != nil {
			return err
		}
		own, err := tx.ListServerSecrets()
		if err != nil {
			return err
		}
		for _, key := range keys {
			found.add(key.Sealed)
		}
		for _, secret := range own {
			found.add(secret.Sealed)
		}
		for _, webhook := range webhooks {
			found.add(webhook.Sealed)
			found.add(webhook.Former)
		}
		return nil
	})
	return found, err
}

// add counts a box. One that is missing or damaged lies under no key; who opens it is told.
func (s sealed) add(box []byte) {
	if id, err := seal.SealedUnder(box); err == nil {
		s[id]++
	}
}

// check refuses a key that opens nothing. Where it opens a part, what it can do is better than nothing, and the rest is
// told.
func (s sealed) check(master *seal.Master, log *slog.Logger) error {
	switch opens := s[master.ID()]; {
	case len(s) == 0, opens > 0 && len(s) == 1:
		return nil
	case opens == 0:
		return fmt.Errorf("%s is the wrong one: %s; bring that key back", master.ID(), s)
	}
	log.Error("some stored secrets lie under another master key and cannot be read", "master_key_id", master.ID(), "found", s.String())
	return nil
}

// String says which keys are needed, and for how many secrets.
func (s sealed) String() string {
	var under []string
	for _, id := range slices.Sorted(maps.Keys(s)) {
		under = append(under, fmt.Sprintf("master key %s (%d)", id, s[id]))
	}
	return "the secrets of keys and webhooks in this database are sealed under " + strings.Join(under, " and ")
}
