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
	Begun             *ratelimit.Limiter // what a source may have the server remember before it has shown anything
}

// Begin lets a caller from the source begin a sign-in that leaves something behind, or says how long to wait.
func (g Gate) Begin(source string) error {
	if wait := g.Begun.Take(source); wait > 0 {
		return tooMany("Too many sign-ins were begun from this address.", wait)
	}
	return nil
}

// Try runs f for a caller from the source about the account with the address, which may be empty. RateLimited if one of them was wrong too often, or tries as
// often at this moment as it may still be wrong: a code of six digits would be guessed by whoever asks a thousand times at once.
func (g Gate) Try(source, address string, f func() error) error {
	ofSource, wait := g.Sources.Hold(source)
	if wait > 0 {
		return tooMany("Too many failed sign-ins from this address.", wait)
	}
	isWrong := false
	defer func() { ofSource(isWrong) }()
	if email, isAccount := chat.NormalEmail(address); isAccount {
		ofAccount, wait := g.Accounts.Hold(email)
		if wait > 0 {
			return tooMany("Too many wrong passwords were given for this account.", wait)
		}
		defer func() { ofAccount(isWrong) }()
	}
	err := f()
	isWrong = chat.KindOf(err) == chat.Unauthenticated || chat.CodeOf(err) == linkOver
	return err
}

func tooMany(message string, wait time.Duration) error {
	return &chat.Error{Kind: chat.RateLimited, Code: "rate_limited", Message: message + " Try again later.", RetryAfter: wait}
}
