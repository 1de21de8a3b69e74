package server

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"

	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// linkSecretName is the server's secret that links in mail are signed with.
const linkSecretName = "links in mail"

// linkSecret is what links in mail are signed with, which are good for as long as somebody keeps the mail: so it is no child of the master key, but outlives it. It is made
// by the first process that sends mail; where none ever did, nothing was signed, and none is kept.
func linkSecret(ctx context.Context, data Data, sendsMail bool) ([]byte, error) {
	record, fresh := seal.ServerSecret(linkSecretName), make([]byte, 32)
	rand.Read(fresh)
	box, err := data.Master.Seal(record, fresh)
	if err != nil {
		return nil, fmt.Errorf("seal the secret of links: %w", err)
	}
	var kept store.ServerSecret
	err = data.Store.Write(ctx, func(tx store.Tx) (err error) {
		kept = store.ServerSecret{Name: linkSecretName, Sealed: box}
		if sendsMail {
			kept, err = tx.KeepServerSecret(kept)
			return err
		}
		all, err := tx.ListServerSecrets()
		if at := slices.IndexFunc(all, func(s store.ServerSecret) bool { return s.Name == linkSecretName }); at >= 0 {
			kept = all[at]
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("keep the secret of links: %w", err)
	}
	secret, err := data.Master.Open(record, kept.Sealed)
	if err != nil {
		return nil, fmt.Errorf("open the secret of links: %w", err)
	}
	return secret, nil
}
