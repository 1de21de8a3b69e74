package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Passkeys remembers the keys on devices of agents.
type Passkeys interface {
	// InsertPasskey stores a new one. Conflict if the device's name of it is known.
	InsertPasskey(passkey chat.Passkey) error
	// FindPasskey returns the one that the device calls so, if there is one.
	FindPasskey(credential []byte) (chat.Passkey, bool, error)
	// ListPasskeys returns the agent's, the oldest first.
	ListPasskeys(agent chat.AgentID) ([]chat.Passkey, error)
	// UsePasskey notes a use. It tells with false that the count is not above that of the last one, as it is where a device was copied; where both are 0 the device does
	// not count. Nothing is noted then.
	UsePasskey(id chat.PasskeyID, signCount int64, at time.Time) (bool, error)
	// RenamePasskey calls the agent's passkey otherwise. NotFound if they have no such one.
	RenamePasskey(agent chat.AgentID, id chat.PasskeyID, name string) error
	// DeletePasskey tells with false that the agent has no such one.
	DeletePasskey(agent chat.AgentID, id chat.PasskeyID) (bool, error)
}
