package chat

import "time"

// Passkey is a key on a device of an agent, which shows who holds the device and that it knows them: both factors at once (WebAuthn).
type Passkey struct {
	ID         PasskeyID
	Agent      AgentID
	Credential []byte // the device's own name of it, unique
	PublicKey  []byte // COSE
	Name       string // as the agent calls it
	Transports string // how browsers reach the device, with spaces between
	Eligible   bool   // may be copied to other devices of the agent; never changes
	SignCount  int64  // of its last use; 0: the device does not count
	CreatedAt  time.Time
	LastUsedAt time.Time // zero: not yet
}

// MaxPasskeys is how many an agent may have.
const MaxPasskeys = 20
