package chat

import "time"

// EmailCode is a code of six digits that was sent to an address. It is bound to the browser that asked for it, and kept
// as an HMAC: six digits are soon guessed from a hash.
type EmailCode struct {
	App       AppID
	ID        string
	Email     string // in normal form
	CodeHash  []byte
	Browser   TokenHash // of the secret that the asking browser holds
	Tries     int64     // how often a wrong code was given
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Limits of e-mail codes (security rule 48).
const (
	EmailCodeLife     = 10 * time.Minute
	EmailCodeTries    = 5
	EmailCodesPerHour = 5 // to one address
)
