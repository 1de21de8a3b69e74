package admin

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// maxKeyName is the most characters of a key's name.
const maxKeyName = 100

// KeyInput is what a key is made of.
type KeyInput struct {
	App         chat.AppID         // empty for an account key, which has the one use chat.UseAccount
	Integration chat.IntegrationID // a custom integration of the app, whose keys have the one use chat.UseAPI; empty: none
	Name        string             // for people; may be empty
	Uses        []chat.Use         // at least one, each once
}

// CreateKey makes a key and returns its secret: this once and never again. Invalid for uses that do not go together
// and, with code too_many_keys, beyond chat.MaxLiveKeys and chat.MaxKidlessKeys; NotFound for the app.
func (s *Service) CreateKey(ctx context.Context, p chat.Principal, in KeyInput) (chat.Key, string, error) {
	if err := maySetUp(p, in.App); err != nil {
		return chat.Key{}, "", err
	}
	secret := newSecret()
	key, err := s.makeKey(in, newKeyID(in.App, in.Integration, s.now()), []byte(secret))
	if err != nil {
		return chat.Key{}, "", err
	}
	if err := s.insertKey(ctx, p, key, "key.create"); err != nil {
		return chat.Key{}, "", err
	}
	return withoutSecret(key), secret, nil
}

// newSecret is a secret that no signing library takes for hex and decodes, as some do unasked.
func newSecret() string {
	for {
		if secret := chat.NewSecret(); strings.Trim(secret, "0123456789abcdefABCDEF") != "" {
			return secret
		}
	}
}

// newKeyID says by its prefix whose key it is (contracts: Sunshine section 5).
func newKeyID(app chat.AppID, integration chat.IntegrationID, now time.Time) chat.KeyID {
	switch {
	case app == "":
		return chat.KeyID("act_" + chat.NewID(now))
	case integration != "":
		return chat.KeyID("int_" + chat.NewID(now))
	}
	return chat.KeyID("app_" + chat.NewID(now))
}

// makeKey checks the input and seals the secret. Nothing is stored.
func (s *Service) makeKey(in KeyInput, id chat.KeyID, secret []byte) (chat.Key, error) {
	uses, err := checkUses(in)
	if err != nil {
		return chat.Key{}, err
	}
	if utf8.RuneCountInString(in.Name) > maxKeyName || !utf8.ValidString(in.Name) {
		return chat.Key{}, chat.InvalidField("name", "must have at most %d characters", maxKeyName)
	}
	sealed, err := s.master.Seal(seal.SigningKey(in.App, id), secret)
	if err != nil {
		return chat.Key{}, fmt.Errorf("seal secret: %w", err)
	}
	now, hash := s.now(), sha256.Sum256(secret)
	return chat.Key{ID: id, App: in.App, Integration: in.Integration, Name: in.Name, Uses: uses, Alg: chat.SigningAlg, Sealed: sealed, SecretHash: hash[:],
		Weak: len(secret) < chat.WeakSecret, NotBefore: now, CreatedAt: now}, nil
}

// checkUses returns the uses in their usual order. An account key does nothing else: its power is that of the server.
func checkUses(in KeyInput) ([]chat.Use, error) {
	var uses []chat.Use
	for _, use := range chat.Uses() {
		if slices.Contains(in.Uses, use) {
			uses = append(uses, use)
		}
	}
	isAccount := slices.Contains(uses, chat.UseAccount)
	switch {
	case len(uses) == 0 || len(uses) != len(in.Uses):
		return nil, chat.InvalidField("uses", "must be some of api, sdk, code, jsm, or account, each once")
	case isAccount && len(uses) > 1:
		return nil, chat.InvalidField("uses", "account goes with no other use")
	case isAccount && in.App != "":
		return nil, chat.InvalidField("app", "an account key belongs to no app")
	case !isAccount && in.App == "":
		return nil, chat.InvalidField("app", "must be the id of the app that the key is for")
	}
	return uses, nil
}

func (s *Service) insertKey(ctx context.Context, p chat.Principal, key chat.Key, action string) error {
	return s.write(ctx, keyChanged(key, key.CreatedAt), audit(p, key, key.CreatedAt, action), func(tx store.Tx) error {
		if key.App != "" {
			if _, err := tx.GetApp(key.App); err != nil {
				return err
			}
		}
		if err := checkRoom(tx, key, key.CreatedAt); err != nil {
			return err
		}
		return tx.InsertKey(key)
	})
}

// checkRoom tells whether the app may have one more live key, and one more for each use whose tokens name no key:
// those are tried against every key of the use (security rule 5).
func checkRoom(tx store.Tx, key chat.Key, now time.Time) error {
	switch {
	case key.App == "":
		return nil
	case key.Integration != "":
		return checkRoomOfIntegration(tx, key, now)
	}
	keys, err := tx.ListKeys(key.App)
	if err != nil {
		return err
	}
	live := slices.DeleteFunc(keys, func(k chat.Key) bool { return !k.Live(now) })
	if len(live) >= chat.MaxLiveKeys {
		return tooManyKeys("The app has %d live keys, which is the most: %s. Revoke one first.", len(live), ids(live))
	}
	for _, use := range []chat.Use{chat.UseCode, chat.UseJSM} {
		same := slices.DeleteFunc(slices.Clone(live), func(k chat.Key) bool { return !k.Has(use) })
		if key.Has(use) && len(same) >= chat.MaxKidlessKeys {
			return tooManyKeys("The app has two live keys for %s, which is the most since its tokens name no key: %s. Revoke one first.", use, ids(same))
		}
	}
	return nil
}

func tooManyKeys(format string, args ...any) error {
	return &chat.Error{Kind: chat.Invalid, Code: "too_many_keys", Field: "uses", Message: fmt.Sprintf(format, args...)}
}

func ids(keys []chat.Key) string {
	var all []string
	for _, key := range keys {
		all = append(all, string(key.ID))
	}
	return strings.Join(all, ", ")
}

// ListKeys returns all keys of the app, or with "" the account keys, oldest first, also those that are not live any
// more. NotFound for the app.
func (s *Service) ListKeys(ctx context.Context, p chat.Principal, app chat.AppID) (keys []chat.Key, err error) {
	if err := maySetUp(p, app); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if app != "" {
			if _, err := tx.GetApp(app); err != nil {
				return err
			}
		}
		keys, err = tx.ListKeys(app)
		return err
	})
	for i := range keys {
		keys[i] = withoutSecret(keys[i])
	}
	return keys, err
}

// GetKey returns a key of the app, or, with an empty app, of any app and integration. NotFound.
func (s *Service) GetKey(ctx context.Context, p chat.Principal, app chat.AppID, id chat.KeyID) (key chat.Key, err error) {
	if err := maySetUp(p, app); err != nil {
		return key, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		key, err = keyOf(tx, app, id)
		return err
	})
	return withoutSecret(key), err
}

func keyOf(tx store.Tx, app chat.AppID, id chat.KeyID) (chat.Key, error) {
	key, err := tx.GetKey(id)
	if err != nil {
		return chat.Key{}, err
	}
	if app != "" && (key.App != app || key.Integration != "") {
		return chat.Key{}, chat.Missing("key")
	}
	return key, nil
}

// withoutSecret is a key as it may be shown: nothing of its secret is left.
func withoutSecret(key chat.Key) chat.Key {
	key.Sealed, key.SecretHash = nil, nil
	return key
}

func keyChanged(key chat.Key, now time.Time) chat.Event {
	return chat.Event{Kind: chat.EventKeyChanged, App: key.App, Key: key.ID, At: now}
}

func sessionsEnded(key chat.Key, now time.Time) chat.Event {
	return chat.Event{Kind: chat.EventSessionsEnded, App: key.App, At: now, Ended: &chat.EndedSessions{Key: key.ID, Why: "revoked"}}
}

func audit(p chat.Principal, key chat.Key, now time.Time, action string) store.Audit {
	return store.Audit{App: key.App, At: now, Actor: p.Name, Action: action, Target: string(key.ID),
		Detail: map[string]string{"uses": fmt.Sprint(key.Uses)}}
}
