package admin

import (
	"bytes"
	"context"
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// RewrapSecrets moves the secrets of all keys, webhooks, agents' phones and the server itself from the old master key to the one of this Service, in one transaction,
// and returns how many moved. It may be run again. Both keys must be at hand: nothing moves if one secret does not open.
func (s *Service) RewrapSecrets(ctx context.Context, p chat.Principal, old *seal.Master) (moved int, err error) {
	if err := mayManage(p); err != nil {
		return 0, err
	}
	now := s.now()
	err = s.store.Write(ctx, func(tx store.Tx) error {
		moved = 0
		keys, err := tx.ListSealedSecrets()
		if err != nil {
			return err
		}
		for _, key := range keys {
			box, err := s.master.Rewrap(old, seal.SigningKey(key.App, key.ID), key.Sealed)
			if err != nil {
				return fmt.Errorf("rewrap key %s: %w", key.ID, err)
			}
			if bytes.Equal(box, key.Sealed) {
				continue
			}
			if err := tx.UpdateSealedSecret(key.ID, box); err != nil {
				return err
			}
			moved++
		}
		ofWebhooks, err := s.rewrapWebhooks(tx, old)
		if err != nil {
			return err
		}
		ofAgents, err := s.rewrapTOTPs(tx, old)
		if err != nil {
			return err
		}
		ofServer, err := s.rewrapServerSecrets(tx, old)
		if err != nil {
			return err
		}
		moved += ofWebhooks + ofAgents + ofServer
		return tx.AppendAudit(store.Audit{At: now, Actor: p.Name, Action: "master.rotate", Target: s.master.ID(), Detail: map[string]string{"from": old.ID()}})
	})
	return moved, err
}

func (s *Service) rewrapWebhooks(tx store.Tx, old *seal.Master) (moved int, err error) {
	webhooks, err := tx.ListAllWebhooks()
	if err != nil {
		return 0, err
	}
	for _, listed := range webhooks {
		w, err := tx.LockWebhook(listed.App, listed.ID)
		if chat.KindOf(err) == chat.NotFound {
			continue // it was removed meanwhile
		}
		if err != nil {
			return 0, err
		}
		before := w
		for _, box := range []*[]byte{&w.Sealed, &w.Former} {
			if len(*box) == 0 {
				continue
			}
			if *box, err = s.master.Rewrap(old, seal.WebhookSecret(w.App, w.ID), *box); err != nil {
				return 0, fmt.Errorf("rewrap webhook %s: %w", w.ID, err)
			}
		}
		if bytes.Equal(w.Sealed, before.Sealed) && bytes.Equal(w.Former, before.Former) {
			continue
		}
		if err := tx.UpdateWebhook(w); err != nil {
			return 0, err
		}
		moved++
	}
	return moved, nil
}

func (s *Service) rewrapTOTPs(tx store.Tx, old *seal.Master) (moved int, err error) {
	totps, err := tx.LockTOTPs()
	if err != nil {
		return 0, err
	}
	for _, totp := range totps {
		box, err := s.master.Rewrap(old, seal.TOTPSecret(totp.Agent), totp.Sealed)
		if err != nil {
			return 0, fmt.Errorf("rewrap the codes of agent %s: %w", totp.Agent, err)
		}
		if bytes.Equal(box, totp.Sealed) {
			continue
		}
		totp.Sealed = box
		if err := tx.PutTOTP(totp); err != nil {
			return 0, err
		}
		moved++
	}
	return moved, nil
}

func (s *Service) rewrapServerSecrets(tx store.Tx, old *seal.Master) (moved int, err error) {
	secrets, err := tx.ListServerSecrets()
	if err != nil {
		return 0, err
	}
	for _, secret := range secrets {
		box, err := s.master.Rewrap(old, seal.ServerSecret(secret.Name), secret.Sealed)
		if err != nil {
			return 0, fmt.Errorf("rewrap the server's secret %s: %w", secret.Name, err)
		}
		if bytes.Equal(box, secret.Sealed) {
			continue
		}
		if err := tx.UpdateServerSecret(store.ServerSecret{Name: secret.Name, Sealed: box}); err != nil {
			return 0, err
		}
		moved++
	}
	return moved, nil
}
