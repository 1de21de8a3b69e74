package auth

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Verifier judges tokens and REST credentials. It is safe for concurrent use.
type Verifier struct{ keys *Keyring }

// NewVerifier returns a Verifier that takes keys from the ring.
func NewVerifier(keys *Keyring) *Verifier { return &Verifier{keys: keys} }

// Request is a token and how it was presented.
type Request struct {
	App        chat.App // from the path, host or widget configuration, never from the token
	Door       chat.Door
	Token      string
	ExternalID string // sdk: the first argument of login(externalId, jwt); empty: not given
}

// Verify judges a token at the time and returns what it asserts. A refusal is a *chat.Error: of kind Unauthenticated
// with Reason, and with Field and Cure where there is something to name; of kind Forbidden with code door_closed where
// the app's settings close the door; of kind Invalid where there is no such door. None quotes a secret or the token.
// Other errors are those of the store.
func (v *Verifier) Verify(ctx context.Context, r Request, now time.Time) (chat.Assertion, error) {
	e := examinations.Get().(*examination)
	defer e.release()
	e.begin(ctx, v.keys, r, now)
	for i := range signInChecks {
		if err := signInChecks[i].run(e); err != nil {
			return chat.Assertion{}, err
		}
	}
	v.keys.used(e.key.ID, now)
	return e.asserts, nil
}
