package chat

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"
)

// Client is one browser or device of a user. Its id comes from the server.
type Client struct {
	App        AppID
	ID         ClientID
	User       UserID
	Platform   string // "web", "ios", "android", "other"
	Name       string
	Locale     string
	TimeZone   string
	Info       Metadata // what the browser says of itself: unverified
	LastSeenAt time.Time
	CreatedAt  time.Time
}

// InfoPage is where in its Info a client says on which page it is, as those of Sunshine Conversations do.
const InfoPage = "currentUrl"

// Assurance is how sure Parlor is of who somebody is. It belongs to each message for ever; a merge does not raise it.
type Assurance string

// The four grades, from none to best.
const (
	AssuranceAnonymous Assurance = "anonymous" // nobody vouches
	AssuranceClaimed   Assurance = "claimed"   // the user typed an address
	AssuranceVerified  Assurance = "verified"  // the user received a code by mail
	AssuranceSigned    Assurance = "signed"    // the company's backend signed a token
)

// Session is what a client holds after signing in, or anonymously. Its token is random and opaque: it is not the
// integrator's token, and ending it ends it (security rule 22).
type Session struct {
	ID        SessionID
	Hash      TokenHash
	App       AppID
	User      UserID
	Client    ClientID
	Key       KeyID // the key whose token it was minted from; empty for anonymous and e-mail sessions
	Door      Door  // empty for anonymous and e-mail sessions
	Assurance Assurance

	Anonymous bool
	// IdleFor ends the session when it has not been used for so long; 0 means that only ExpiresAt ends it.
	IdleFor    time.Duration
	ExpiresAt  time.Time // the absolute end
	LastUsedAt time.Time // to within a minute
	CreatedAt  time.Time
}

// Ends returns when the session ends if it is not used any more.
func (s Session) Ends() time.Time {
	if s.IdleFor > 0 {
		if idle := s.LastUsedAt.Add(s.IdleFor); idle.Before(s.ExpiresAt) {
			return idle
		}
	}
	return s.ExpiresAt
}

// Live tells whether the session may be used at the time.
func (s Session) Live(now time.Time) bool { return now.Before(s.Ends()) }

// TokenHash is the SHA-256 of a session token: what is stored in its place.
type TokenHash [sha256.Size]byte

// HashToken returns what is stored of a session token.
func HashToken(token string) TokenHash { return sha256.Sum256([]byte(token)) }

// NewSecret returns 256 random bits as 43 characters of base64url.
func NewSecret() string {
	var raw [32]byte
	rand.Read(raw[:])
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// Leeway is how far the clocks of a signer and of this server may differ when a token is judged (design rule 11).
const Leeway = time.Minute

// Lifetimes of sessions (security rule 24).
const (
	jsmIdle, jsmAbsolute             = 12 * time.Hour, 30 * 24 * time.Hour
	openEndedIdle, openEndedAbsolute = 30 * 24 * time.Hour, 90 * 24 * time.Hour
	anonymousIdle, anonymousAbsolute = 90 * 24 * time.Hour, 3 * 365 * 24 * time.Hour
)

// Lifetime returns how long a session minted from the assertion at the time lives. In the sdk and code doors it ends at
// the token's exp, or at exp + Leeway where the token was accepted within the leeway; without exp it is open-ended.
// In the jsm door the token is only a ticket at the door.
func (a Assertion) Lifetime(now time.Time) (idle time.Duration, expires time.Time) {
	switch {
	case a.Door == DoorJSM:
		return jsmIdle, now.Add(jsmAbsolute)
	case a.ExpiresAt.IsZero():
		return openEndedIdle, now.Add(openEndedAbsolute)
	case a.ExpiresAt.After(now):
		return 0, a.ExpiresAt
	default:
		return 0, a.ExpiresAt.Add(Leeway)
	}
}

// AnonymousLifetime returns how long an anonymous session lives: long, since nobody can get its history back.
func AnonymousLifetime(now time.Time) (idle time.Duration, expires time.Time) {
	return anonymousIdle, now.Add(anonymousAbsolute)
}
