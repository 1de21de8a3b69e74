package chat

import "time"

// IdentityConflict records that a signed or posted address already belongs to somebody else. Nothing was moved; an admin decides. There is
// one for a user, an owner and an address, however often the user comes with it.
type IdentityConflict struct {
	App       AppID
	ID        ConflictID
	User      UserID // who came with the address
	Owner     UserID // whose identity it is
	Kind      IdentityKind
	Value     string
	Door      Door  // by which the user came the last time; empty: a program wrote the address
	Key       KeyID // that vouched for it the last time; empty: none did
	Times     int64 // how often, since CreatedAt
	CreatedAt time.Time
	LastAt    time.Time

	Settled   Settlement // empty: open
	SettledBy string     // Principal.Name of whoever did it; empty: it settled by itself
	SettledAt time.Time
}

// Open tells whether nobody has settled the conflict.
func (c IdentityConflict) Open() bool { return c.Settled == "" }

// Settlement is how a conflict ended.
type Settlement string

// The ways in which a conflict ends. One that was dismissed stays so when the user comes with the address again; the others would begin anew.
const (
	SettledMerged    Settlement = "merged"    // the two became one
	SettledMoved     Settlement = "moved"     // the address is the user's now
	SettledDismissed Settlement = "dismissed" // it stays as it is
	SettledGone      Settlement = "gone"      // the owner has the address no more
)

// VouchedBy says who vouches for the address to the user: the token that they came with, or the key that wrote it.
func (c IdentityConflict) VouchedBy() VerifiedBy {
	if c.Door != "" {
		return VerifiedByToken
	}
	return VerifiedByKey
}
