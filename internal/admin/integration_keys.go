package admin

import (
	"context"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// CreateIntegrationKey makes a key of a custom integration and returns its secret, this once. Invalid for integrations of another type
// and, with code too_many_keys, beyond chat.MaxIntegrationKeys; NotFound.
func (s *Service) CreateIntegrationKey(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, name string) (chat.Key, string, error) {
	if err := mayIntegrate(p); err != nil {
		return chat.Key{}, "", err
	}
	in := KeyInput{App: app, Integration: integration, Name: name, Uses: []chat.Use{chat.UseAPI}}
	secret := newSecret()
	key, err := s.makeKey(in, newKeyID(app, integration, s.now()), []byte(secret))
	if err != nil {
		return chat.Key{}, "", err
	}
	if err := s.insertKey(ctx, p, key, "key.create"); err != nil {
		return chat.Key{}, "", err
	}
	return withoutSecret(key), secret, nil
}

// checkRoomOfIntegration tells whether there is such a custom integration, and whether it may have one more live key.
func checkRoomOfIntegration(tx store.Tx, key chat.Key, now time.Time) error {
	if _, err := findCustom(tx, key.App, key.Integration); err != nil {
		return err
	}
	keys, err := tx.ListIntegrationKeys(key.App, key.Integration)
	if err != nil {
		return err
	}
	live := slices.DeleteFunc(keys, func(k chat.Key) bool { return !k.Live(now) })
	if len(live) >= chat.MaxIntegrationKeys {
		return tooManyKeys("The integration has %d live keys, which is the most: %s. Remove one first.", len(live), ids(live))
	}
	return nil
}

// ListIntegrationKeys returns the live keys of a custom integration, oldest first. Invalid as CreateIntegrationKey; NotFound.
func (s *Service) ListIntegrationKeys(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID) (live []chat.Key, err error) {
	if err := mayIntegrate(p); err != nil {
		return nil, err
	}
	now := s.now()
	err = s.store.Read(ctx, func(tx store.Tx) error {
		if _, err := findCustom(tx, app, integration); err != nil {
			return err
		}
		keys, err := tx.ListIntegrationKeys(app, integration)
		live = []chat.Key{}
		for _, key := range keys {
			if key.Live(now) {
				live = append(live, withoutSecret(key))
			}
		}
		return err
	})
	return live, err
}

// GetIntegrationKey returns a live key of a custom integration. NotFound.
func (s *Service) GetIntegrationKey(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, id chat.KeyID) (chat.Key, error) {
	keys, err := s.ListIntegrationKeys(ctx, p, app, integration)
	if err != nil {
		return chat.Key{}, err
	}
	for _, key := range keys {
		if key.ID == id {
			return key, nil
		}
	}
	return chat.Key{}, chat.Missing("key")
}

// DeleteIntegrationKey ends a key of a custom integration at once. NotFound.
func (s *Service) DeleteIntegrationKey(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, id chat.KeyID) error {
	if err := mayIntegrate(p); err != nil {
		return err
	}
	now := s.now()
	return s.store.Write(ctx, func(tx store.Tx) error {
		if _, err := findCustom(tx, app, integration); err != nil {
			return err
		}
		key, err := lockKey(tx, "", id, now)
		if err != nil {
			return err
		}
		if key.App != app || key.Integration != integration || !key.Live(now) {
			return chat.Missing("key")
		}
		key.RevokedAt = now
		if err := tx.UpdateKey(key); err != nil {
			return err
		}
		return tx.AppendAudit(audit(p, key, now, "key.revoke"))
	})
}
