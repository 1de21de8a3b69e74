package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Keys remembers API credentials. Key ids are unique on the server.
type Keys interface {
	// InsertKey stores a new key. Conflict if the id is taken.
	InsertKey(key chat.Key) error
	// UpdateKey stores name, NotAfter and RevokedAt. NotFound.
	UpdateKey(key chat.Key) error
	// GetKey returns the key, whatever its state and app, or NotFound.
	GetKey(id chat.KeyID) (chat.Key, error)
	// HoldKey tells whether there is such a key and it is not revoked, and keeps it so until the transaction ends;
	// several may hold a key at once.
	HoldKey(id chat.KeyID) (bool, error)
	// ListKeys returns all keys of an app but those of its integrations, or with "" the account keys, oldest first.
	ListKeys(app chat.AppID) ([]chat.Key, error)
	// ListIntegrationKeys returns all keys of an integration, oldest first.
	ListIntegrationKeys(app chat.AppID, integration chat.IntegrationID) ([]chat.Key, error)
	// TouchKeys moves LastUsedAt forward.
	TouchKeys(used map[chat.KeyID]time.Time) error
	// DeleteKey forgets a key. NotFound.
	DeleteKey(id chat.KeyID) error
	// ListSealedSecrets returns id and sealed secret of all keys, for re-wrapping under a new master key.
	ListSealedSecrets() ([]chat.Key, error)
	// UpdateSealedSecret stores a re-wrapped secret.
	UpdateSealedSecret(id chat.KeyID, sealed []byte) error
}
