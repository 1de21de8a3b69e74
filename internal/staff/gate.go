package staff

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/ratelimit"
)

// Gate stands before what asks for a password or for the secret of a link, and bounds how often a source may be wrong (security rule 46), and how often an account may
// hear a wrong password, whoever gives it: who tries one password from many addresses is not seen by the limit of sources. Sessions go on meanwhile.
type Gate struct {
	Sources, Accounts *ratelimit.Limiter
}

// Try runs f for a caller from the source about the account with the address, which may be empty. RateLimited if one of them was wrong too often.
func (g Gate) Try(source, address string, f func() error) error {
	email, isAccount := chat.NormalEmail(address)
	if wait := g.Sources.Exhausted(source); wait > 0 {
		return tooMany("Too many failed sign-ins from this address.", wait)
	}
	if isAccount {
		if wait := g.Accounts.Exhausted(email); wait > 0 {
			return tooMany("Too many wrong passwords were given for this account.", wait)
		}
	}
	err := f()
	if chat.KindOf(err) == chat.Unauthenticated || chat.CodeOf(err) == linkOver {
		g.Sources.Take(source)
		if isAccount {
			g.Accounts.Take(email)
		}
	}
	return err
}

func tooMany(message string, wait time.Duration) error {
	return &chat.Error{Kind: chat.RateLimited, Code: "rate_limited", Message: message + " Try again later.", RetryAfter: wait}
}
