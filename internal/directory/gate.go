package directory

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/ratelimit"
)

// Gate stands before SignIn at every door and bounds what one source may try: failed sign-ins, and anonymous sessions
// (security rule 46). A key is never locked by strangers. A source is an IPv4 address or an IPv6 /64.
type Gate struct {
	Service   *Service
	Failures  *ratelimit.Limiter
	Anonymous *ratelimit.Limiter
	Mails     *ratelimit.Limiter // codes that one source may have sent
	// WrongCodes is what an app bears of wrong e-mail codes, whoever gives them: who tries one code at each of many
	// addresses is not seen by the limits of addresses and sources.
	WrongCodes *ratelimit.Limiter
}

// SignIn is Service.SignIn for a caller from the source; RateLimited if it has tried too often.
func (g Gate) SignIn(ctx context.Context, app chat.App, source string, in SignInInput) (SignedIn, error) {
	if err := g.Blocked(source); err != nil {
		return SignedIn{}, err
	}
	if !in.Credential.Presented {
		if wait := g.Anonymous.Take(source); wait > 0 {
			return SignedIn{}, tooMany("Too many anonymous sessions from this address.", wait)
		}
	}
	out, err := g.Service.SignIn(ctx, app, in)
	g.Failed(source, err)
	return out, err
}

// SendEmailCode is Service.SendEmailCode for a caller from the source.
func (g Gate) SendEmailCode(ctx context.Context, app chat.App, source, address, browser string) error {
	if err := g.Blocked(source); err != nil {
		return err
	}
	if wait := g.Mails.Take(source); wait > 0 {
		return tooMany("Too many codes were asked for from this address.", wait)
	}
	return g.Service.SendEmailCode(ctx, app, address, browser)
}

// SignInByEmail is Service.SignInByEmail for a caller from the source.
func (g Gate) SignInByEmail(ctx context.Context, app chat.App, source string, in EmailSignIn) (SignedIn, error) {
	if err := g.Blocked(source); err != nil {
		return SignedIn{}, err
	}
	if wait := g.WrongCodes.Exhausted(string(app.ID)); wait > 0 {
		return SignedIn{}, tooMany("Too many wrong codes were given in this app.", wait)
	}
	out, err := g.Service.SignInByEmail(ctx, app, in)
	g.Failed(source, err)
	if chat.CodeOf(err) == "invalid_code" {
		g.WrongCodes.Take(string(app.ID))
	}
	return out, err
}

// Blocked returns a RateLimited error if the source has failed too often.
func (g Gate) Blocked(source string) error {
	if wait := g.Failures.Exhausted(source); wait > 0 {
		return tooMany("Too many failed sign-ins from this address.", wait)
	}
	return nil
}

// Failed counts a failure of the source, if err is one.
func (g Gate) Failed(source string, err error) {
	if chat.KindOf(err) == chat.Unauthenticated {
		g.Failures.Take(source)
	}
}

func tooMany(message string, wait time.Duration) error {
	return &chat.Error{Kind: chat.RateLimited, Code: "rate_limited", Message: message + " Try again later.", RetryAfter: wait}
}
