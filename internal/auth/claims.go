package auth

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/strictjson"
)

// claims are the members of an object of the payload, in the order of the text.
type claims []strictjson.Member

// find returns the claim of exactly that name.
func (c claims) find(name string) (strictjson.Value, bool) {
	for i := range c {
		if string(c[i].Name) == name {
			return c[i].Value, true
		}
	}
	return strictjson.Value{}, false
}

// dates are the three times of a token; zero: the token has none.
type dates struct{ expires, notBefore, issued time.Time }

// read takes the dates from the claims. A date that is there and cannot be understood is refused, never taken as
// "no date" (security rule 9).
func (d *dates) read(c claims) error {
	for i := range c {
		var into *time.Time
		switch string(c[i].Name) {
		case "exp":
			into = &d.expires
		case "nbf":
			into = &d.notBefore
		case "iat":
			into = &d.issued
		default:
			continue
		}
		at, problem := readDate(c[i].Value)
		if problem != "" {
			name := string(c[i].Name)
			return claimInvalid(name, fmt.Sprintf("The claim %s %s.", name, problem), cureDate)
		}
		*into = at
	}
	return nil
}

const (
	cureDate = "Dates are seconds since 1970 as a JSON number, as in Math.floor(Date.now() / 1000)."
	endOf    = 253402300800 // the first second after the year 9999
)

// readDate reads a NumericDate (RFC 7519 section 2): a number, or, as a documented sample prints exp, a string of
// 1 to 12 digits without leading zero. It must lie after 1970 began and before the year 9999 ends.
func readDate(v strictjson.Value) (at time.Time, problem string) {
	text, quoted := v.Text()
	switch {
	case quoted && (!allDigits(text) || len(text) > 12 || text[0] == '0'):
		return at, "is a string that is no date; a string must be 1 to 12 digits without leading zero"
	case !quoted && !v.IsNumber():
		return at, "is " + v.Kind() + "; it must be a number of seconds since 1970"
	case !quoted:
		text = v.Raw()
	}
	seconds, err := strconv.ParseFloat(string(text), 64)
	switch {
	case err != nil, seconds >= 1e15:
		return at, "is a number far beyond the year 9999"
	case seconds >= endOf:
		return at, fmt.Sprintf("is %.0f, which lies beyond the year 9999: it looks like milliseconds, and seconds are wanted", seconds)
	case seconds <= 0:
		return at, "is zero or less, which is no date"
	}
	whole, fraction := math.Modf(seconds)
	return time.Unix(int64(whole), int64(fraction*1e9)).UTC(), ""
}

func allDigits(text []byte) bool {
	return len(text) > 0 && len(bytes.Trim(text, "0123456789")) == 0
}

// checkExpiry: the token holds before exp (RFC 7519 section 4.1.4), with the leeway of design rule 11.
func (d dates) checkExpiry(now time.Time) error {
	if d.expires.IsZero() || now.Before(d.expires.Add(chat.Leeway)) {
		return nil
	}
	cure := "Sign a fresh token at each login, and when the SDK asks for one."
	switch seconds := d.expires.Unix(); {
	case seconds < 1e9:
		cure = fmt.Sprintf("exp is a point in time in seconds since 1970 and not a lifetime: %d lies in the past. "+
			"Add the lifetime to the present time.", seconds)
	case !d.issued.IsZero() && !d.expires.After(d.issued):
		cure = "exp does not lie after iat: add a lifetime to it."
	}
	return chat.InvalidAuth(chat.ReasonTokenExpired, "exp",
		fmt.Sprintf("The token expired %s ago, at %s; here it is %s.", roughly(now.Sub(d.expires)), stamp(d.expires), stamp(now)), cure)
}

// checkNotBefore: the token holds from nbf on (RFC 7519 section 4.1.5).
func (d dates) checkNotBefore(now time.Time) error {
	if d.notBefore.IsZero() || !now.Before(d.notBefore.Add(-chat.Leeway)) {
		return nil
	}
	return notYet("nbf", fmt.Sprintf("The token holds only from %s on, %s ahead; here it is %s.",
		stamp(d.notBefore), roughly(d.notBefore.Sub(now)), stamp(now)))
}

// checkIssued: a token from the future is a token of a wrong clock (security rule 9).
func (d dates) checkIssued(now time.Time) error {
	if d.issued.IsZero() || !d.issued.After(now.Add(chat.Leeway)) {
		return nil
	}
	return notYet("iat", fmt.Sprintf("The token was issued at %s, %s in the future; here it is %s.",
		stamp(d.issued), roughly(d.issued.Sub(now)), stamp(now)))
}

func notYet(claim, message string) error {
	return chat.InvalidAuth(chat.ReasonNotYetValid, claim, message,
		"Set the clock of the signing server by NTP; up to 60 seconds of difference are allowed for.")
}

// checkPolicy is what the app asks of dates beyond the standard (security rule 10).
func (d dates) checkPolicy(s chat.AppSettings, now time.Time) error {
	switch {
	case s.RequireExp && d.expires.IsZero():
		return claimInvalid("exp", "The token has no exp, and this app takes only tokens that expire.",
			"Add exp, some minutes from now, in seconds since 1970.")
	case s.MaxTokenAge == 0:
		return nil
	case d.issued.IsZero():
		return claimInvalid("iat", "The token does not say when it was issued (iat), and this app limits the age of tokens.",
			"Add iat, the present time in seconds since 1970.")
	case now.After(d.issued.Add(s.MaxTokenAge + chat.Leeway)):
		return chat.InvalidAuth(chat.ReasonTokenTooOld, "iat",
			fmt.Sprintf("The token was issued %s ago; this app takes tokens for %s.", roughly(now.Sub(d.issued)), roughly(s.MaxTokenAge)),
			"Sign a fresh token at each login, and when the SDK asks for one.")
	}
	return nil
}

// checkAudience: aud, if present, contains the app (RFC 7519 section 4.1.3; security rule 11).
func checkAudience(c claims, app chat.AppID) error {
	audience, ok := c.find("aud")
	if !ok {
		return nil
	}
	entries, isList := audience.List()
	if !isList {
		entries = []strictjson.Value{audience}
	}
	found := false
	for _, entry := range entries {
		name, ok := entry.String()
		if !ok {
			return claimInvalid("aud", "The claim aud holds "+entry.Kind()+"; it must be a string or a list of strings.", cureAudience)
		}
		found = found || app != "" && name == string(app)
	}
	if !found {
		return claimInvalid("aud", "The token is meant for somebody else: its aud does not name this app.", cureAudience)
	}
	return nil
}

const cureAudience = "Leave aud out, or put the id of the app into it."

func claimInvalid(claim, message, cure string) error {
	return chat.InvalidAuth(chat.ReasonClaimInvalid, claim, message, cure)
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// roughly writes a duration as people say it, in one unit or two.
func roughly(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day:
		return fmt.Sprintf("%d days", d/day)
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	default:
		return fmt.Sprintf("%d seconds", d/time.Second)
	}
}
