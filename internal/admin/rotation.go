package admin

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// RotateKey makes a key with the same name and uses and returns its secret, this once. The old key works beside it for
// the overlap, from 0 to chat.MaxKeyOverlap, and then no more, which ends no session (security rules 20 and 21).
// With an empty app the key may be of any. NotFound; Conflict if the key is not live or was rotated already; Invalid as CreateKey.
func (s *Service) RotateKey(ctx context.Context, p chat.Principal, app chat.AppID, id chat.KeyID, overlap time.Duration) (chat.Key, string, error) {
	if err := maySetUp(p, app); err != nil {
		return chat.Key{}, "", err
	}
	if overlap < 0 || overlap > chat.MaxKeyOverlap {
		return chat.Key{}, "", chat.InvalidField("overlap", "must be from 0 to %d days", chat.MaxKeyOverlap/(24*time.Hour))
	}
	now, secret := s.now(), newSecret()
	var made chat.Key
	err := s.store.Write(ctx, func(tx store.Tx) error {
		old, err := lockKey(tx, app, id, now)
		if err != nil {
			return err
		}
		if err := checkRotatable(old, now); err != nil {
			return err
		}
		if made, err = s.makeKey(KeyInput{App: old.App, Integration: old.Integration, Name: old.Name, Uses: old.Uses}, newKeyID(old.App, old.Integration, now), []byte(secret)); err != nil {
			return err
		}
		old.NotAfter = now.Add(overlap)
		if err := tx.UpdateKey(old); err != nil {
			return err
		}
		if err := checkRoom(tx, made, now); err != nil {
			return err
		}
		if err := tx.InsertKey(made); err != nil {
			return err
		}
		event, entry := keyChanged(made, now), audit(p, old, now, "key.rotate")
		if err := tx.AppendEvent(&event); err != nil {
			return err
		}
		entry.Detail["successor"], entry.Detail["overlap"] = string(made.ID), overlap.String()
		return tx.AppendAudit(entry)
	})
	if err != nil {
		return chat.Key{}, "", err
	}
	return withoutSecret(made), secret, nil
}

func checkRotatable(key chat.Key, now time.Time) error {
	message := ""
	switch {
	case !key.RevokedAt.IsZero():
		message = "The key was revoked. Make a new one."
	case !key.NotAfter.IsZero():
		message = "The key was rotated already. Rotate its successor."
	case !key.Live(now):
		message = "The key is not good yet."
	default:
		return nil
	}
	return &chat.Error{Kind: chat.Conflict, Code: "key_not_live", Message: message}
}

// RevokeKey ends a key at once, and every session that was minted with it (security rule 21), and returns it. With an
// empty app the key may be of any. Revoking it again changes nothing. NotFound.
func (s *Service) RevokeKey(ctx context.Context, p chat.Principal, app chat.AppID, id chat.KeyID) (key chat.Key, err error) {
	if err := maySetUp(p, app); err != nil {
		return chat.Key{}, err
	}
	now := s.now()
	err = s.store.Write(ctx, func(tx store.Tx) (err error) {
		if key, err = lockKey(tx, app, id, now); err != nil {
			return err
		}
		if !key.RevokedAt.IsZero() {
			return nil
		}
		key.RevokedAt = now
		if err := tx.UpdateKey(key); err != nil {
			return err
		}
		if _, err := tx.DeleteSessionsOfKey(id); err != nil {
			return err
		}
		event := sessionsEnded(key, now)
		if err := tx.AppendEvent(&event); err != nil {
			return err
		}
		return tx.AppendAudit(audit(p, key, now, "key.revoke"))
	})
	if err != nil {
		return chat.Key{}, err
	}
	return withoutSecret(key), nil
}

// lockKey returns the key as it is once all other work on keys is done, and tells that it changes: see write.
func lockKey(tx store.Tx, app chat.AppID, id chat.KeyID, now time.Time) (chat.Key, error) {
	key, err := keyOf(tx, app, id)
	if err != nil {
		return chat.Key{}, err
	}
	event := keyChanged(key, now)
	if err := tx.AppendEvent(&event); err != nil {
		return chat.Key{}, err
	}
	return tx.GetKey(id)
}
