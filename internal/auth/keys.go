package auth

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// keepKeys is how long a key that was read is used without looking again. It bounds how late a revocation by another
// process is seen (2 s, security rule 26); Invalidate makes those that this process hears of immediate.
const keepKeys = time.Second

// KeyStore is what the Keyring reads keys from, and notes uses in; store.Store fits.
type KeyStore interface {
	Read(ctx context.Context, f func(store.Tx) error) error
	Write(ctx context.Context, f func(store.Tx) error) error
}

// Opener takes secrets out of their boxes; *seal.Master fits.
type Opener interface {
	Open(record seal.Record, box []byte) ([]byte, error)
}

// Keyring finds keys with their secrets. It keeps them in memory for a second, and until Flush at the longest.
// It is safe for concurrent use.
type Keyring struct {
	store  KeyStore
	opener Opener

	mu    sync.RWMutex // guards byID, byApp and epoch
	byID  map[chat.KeyID]*signingKey
	byApp map[chat.AppID]*appKeys
	epoch uint64 // moves with each Invalidate: what was read before it is not kept

	useMu sync.Mutex // guards uses
	uses  map[chat.KeyID]time.Time
}

// NewKeyring returns an empty ring over the store.
func NewKeyring(keys KeyStore, opener Opener) *Keyring {
	return &Keyring{store: keys, opener: opener,
		byID: map[chat.KeyID]*signingKey{}, byApp: map[chat.AppID]*appKeys{}, uses: map[chat.KeyID]time.Time{}}
}

// signingKey is a key whose secret is at hand. It is shared and never changed.
type signingKey struct {
	chat.Key
	secret any // a []byte, in the form that signing methods take; nil if the key was revoked
	readAt time.Time
}

// appKeys are the unrevoked keys of an app.
type appKeys struct {
	keys   []*signingKey
	readAt time.Time
}

// find returns the key with the id, whatever its app and state, or nil if there is none.
func (r *Keyring) find(ctx context.Context, id chat.KeyID, now time.Time) (*signingKey, error) {
	if !possibleID(id) {
		return nil, nil
	}
	r.mu.RLock()
	key, epoch := r.byID[id], r.epoch
	r.mu.RUnlock()
	if key != nil && fresh(key.readAt, now) {
		return key, nil
	}

	var stored chat.Key
	err := r.store.Read(ctx, func(tx store.Tx) (err error) {
		stored, err = tx.GetKey(id)
		return err
	})
	switch {
	case chat.KindOf(err) == chat.NotFound:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("load key: %w", err)
	}
	if key, err = r.open(stored, now); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.epoch == epoch {
		r.byID[id] = key
	}
	return key, nil
}

// possibleID keeps what no key is called away from the store: a database may refuse to compare with NUL or bad UTF-8.
func possibleID(id chat.KeyID) bool {
	const longest = 128
	return len(id) <= longest && !strings.ContainsFunc(string(id), func(r rune) bool { return r <= ' ' || r >= 0x7F })
}

// ofUse returns the unrevoked keys of the app that have the use, the oldest first.
func (r *Keyring) ofUse(ctx context.Context, app chat.AppID, use chat.Use, now time.Time) ([]*signingKey, error) {
	all, err := r.ofApp(ctx, app, now)
	if err != nil {
		return nil, err
	}
	var keys []*signingKey
	for _, key := range all {
		if key.Has(use) {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

func (r *Keyring) ofApp(ctx context.Context, app chat.AppID, now time.Time) ([]*signingKey, error) {
	r.mu.RLock()
	kept, epoch := r.byApp[app], r.epoch
	r.mu.RUnlock()
	if kept != nil && fresh(kept.readAt, now) {
		return kept.keys, nil
	}

	var stored []chat.Key
	err := r.store.Read(ctx, func(tx store.Tx) (err error) {
		stored, err = tx.ListKeys(app)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load keys: %w", err)
	}
	read := &appKeys{readAt: now}
	for _, one := range stored {
		if !one.RevokedAt.IsZero() {
			continue
		}
		key, err := r.open(one, now)
		if err != nil {
			return nil, err
		}
		read.keys = append(read.keys, key)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.epoch == epoch {
		r.byApp[app] = read
	}
	return read.keys, nil
}

func (r *Keyring) open(stored chat.Key, now time.Time) (*signingKey, error) {
	key := &signingKey{Key: stored, readAt: now}
	if !stored.RevokedAt.IsZero() {
		return key, nil
	}
	secret, err := r.opener.Open(seal.SigningKey(stored.App, stored.ID), stored.Sealed)
	if err != nil {
		return nil, fmt.Errorf("open key %s: %w", stored.ID, err)
	}
	key.secret = secret
	return key, nil
}

func fresh(readAt, now time.Time) bool {
	age := now.Sub(readAt)
	return 0 <= age && age < keepKeys
}

// Invalidate is to be called with every event: after chat.EventKeyChanged the ring reads its keys anew.
func (r *Keyring) Invalidate(event chat.Event) {
	if event.Kind != chat.EventKeyChanged {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.epoch++
	delete(r.byID, event.Key)
	delete(r.byApp, event.App)
}

// used notes that something was signed or called with the key.
func (r *Keyring) used(id chat.KeyID, now time.Time) {
	r.useMu.Lock()
	defer r.useMu.Unlock()
	if now.After(r.uses[id]) {
		r.uses[id] = now
	}
}

// Flush stores when keys were last used, and forgets secrets that were not asked for lately. It is to be called every
// few seconds, and once at the end. What it cannot store it keeps for the next time.
func (r *Keyring) Flush(ctx context.Context, now time.Time) error {
	r.forget(now)

	r.useMu.Lock()
	uses := r.uses
	r.uses = map[chat.KeyID]time.Time{}
	r.useMu.Unlock()
	if len(uses) == 0 {
		return nil
	}
	err := r.store.Write(ctx, func(tx store.Tx) error { return tx.TouchKeys(uses) })
	if err != nil {
		for id, at := range uses {
			r.used(id, at)
		}
		return fmt.Errorf("note uses of keys: %w", err)
	}
	return nil
}

func (r *Keyring) forget(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	maps.DeleteFunc(r.byID, func(_ chat.KeyID, key *signingKey) bool { return !fresh(key.readAt, now) })
	maps.DeleteFunc(r.byApp, func(_ chat.AppID, keys *appKeys) bool { return !fresh(keys.readAt, now) })
}

// liveIDs lists keys for people to read.
func liveIDs(keys []*signingKey, now time.Time) []chat.KeyID {
	var ids []chat.KeyID
	for _, key := range keys {
		if key.Live(now) {
			ids = append(ids, key.ID)
		}
	}
	return slices.Sorted(slices.Values(ids))
}
