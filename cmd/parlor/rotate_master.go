package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/server"
)

// rotateMaster puts another master key in the place of the one that is in use: docs/operate.md.
type rotateMaster struct {
	config.Store `embed:""`
	File         string `arg:"" type:"path" help:"File with the new key; it is made with a fresh one if it is not there."`
	JSON         bool   `name:"json" help:"Print JSON."`
}

// Run seals everything anew in one transaction, and leaves both keys where they are: whatever stops it, one of the two opens all there is.
func (r *rotateMaster) Run(ctx context.Context, o *output) error {
	return data(ctx, r.Store, o, func(old server.Data, _ *admin.Service) error {
		master, _, err := seal.LoadOrCreate(r.File)
		if err != nil {
			return fmt.Errorf("new master key: %w", err)
		}
		if master.ID() == old.Master.ID() {
			return errors.New("new master key: this file holds the key that is in use; name another one")
		}
		service := admin.New(admin.Options{Store: old.Store, Master: master, Now: time.Now})
		moved, err := service.RewrapSecrets(ctx, operator, old.Master)
		if err != nil {
			return err
		}
		if r.JSON {
			return o.json(map[string]any{"moved": moved, "from": old.Master.ID(), "to": master.ID(), "file": r.File})
		}
		o.line("moved  %d secrets\nfrom   %s\nto     %s\nfile   %s", moved, old.Master.ID(), master.ID(), r.File)
		o.line("Start the server with PARLOR_MASTER_KEY_FILE=%s, or with this file in the place of the old one.", r.File)
		return nil
	})
}
