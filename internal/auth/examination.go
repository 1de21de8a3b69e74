package auth

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/strictjson"
)

// examination is one token on its way through the checks; each may use what those before it have found.
type examination struct {
	ctx      context.Context // of the one call that this is; for looking up keys
	keys     *Keyring
	now      time.Time
	app      chat.AppID // that the call is about; empty: a REST call about none
	settings chat.AppSettings
	door     *door // nil: there is no such door
	text     string
	argument string // of login

	token      token
	candidates []*signingKey // that the token may be signed with: the one it names, or those of its door
	key        *signingKey   // that it is signed with
	claims     claims
	dates      dates
	asserts    chat.Assertion

	roomForClaims [8]strictjson.Member
	roomForKeys   [chat.MaxKidlessKeys]*signingKey
}

// examinations are kept for reuse: one is larger than all else that a sign-in allocates.
var examinations = sync.Pool{New: func() any { return new(examination) }}

// release forgets everything and hands the examination back. Nothing of it may be in use any more.
func (e *examination) release() {
	*e = examination{}
	examinations.Put(e)
}

// begin sets the examination to the start of a sign-in.
func (e *examination) begin(ctx context.Context, keys *Keyring, r Request, now time.Time) {
	e.ctx, e.keys, e.now = ctx, keys, now
	e.app, e.settings, e.door, e.text, e.argument = r.App.ID, r.App.Settings, doors[r.Door], r.Token, r.ExternalID
	e.asserts.App, e.asserts.Door = r.App.ID, r.Door
}

// check is one step. Its name is what the Identity Doctor calls it; found puts a passed check into words for it.
type check struct {
	name  string
	run   func(*examination) error
	found func(*examination) string // nil: the name says all
}

// The order is that of security rules 2 to 15; everything that reads a claim comes after the signature (rule 8).
var (
	formChecks = []check{
		{"size", func(e *examination) error { return checkSize(e.text) }, nil},
		{"three parts", func(e *examination) error { return checkParts(e.text) }, nil},
		{"base64url", func(e *examination) error { return e.token.decode(e.text) }, nil},
		{"header", func(e *examination) error { return e.token.readHeader() }, nil},
	}
	signatureChecks = []check{
		{"algorithm of the key", (*examination).checkAlg, nil},
		{"signature", (*examination).checkSignature, (*examination).foundKey},
		{"claims", (*examination).readClaims, nil},
		{"dates", (*examination).readDates, nil},
		{"expiry", func(e *examination) error { return e.dates.checkExpiry(e.now) }, (*examination).foundExpiry},
		{"not before", func(e *examination) error { return e.dates.checkNotBefore(e.now) }, nil},
		{"issued at", func(e *examination) error { return e.dates.checkIssued(e.now) }, nil},
	}
	signInChecks = slices.Concat(
		[]check{{"door", (*examination).checkDoor, nil}},
		formChecks,
		[]check{{"key", (*examination).findSigningKeys, nil}},
		signatureChecks,
		[]check{
			{"policy of the app", func(e *examination) error { return e.dates.checkPolicy(e.settings, e.now) }, nil},
			{"audience", func(e *examination) error { return checkAudience(e.claims, e.app) }, nil},
			{"identity", (*examination).readIdentity, (*examination).foundIdentity},
			{"argument of login", (*examination).checkArgument, nil},
			{"one-time code", (*examination).checkOneTime, nil},
		},
	)
)

// checkDoor is the settings' half of design rule 7; the other half, a live key of the use, is the check "key".
// It tells nothing that the public configuration of the app does not show.
func (e *examination) checkDoor() error {
	switch door := e.asserts.Door; {
	case e.door == nil:
		return chat.InvalidField("door", "must be one of sdk, jsm, code")
	case !e.settings.DoorOpen(door):
		return chat.Refuse("door_closed", fmt.Sprintf("The door %s of this app is closed.", door))
	}
	return nil
}

// findSigningKeys is rules 5 and 6: the key that the header names, in the app that was called and for this use; in
// doors without kid, all live keys of the use, of which there are two at most.
func (e *examination) findSigningKeys() error {
	use := e.asserts.Door.Use()
	if !e.token.hasKid {
		if e.door.needsKid {
			return malformed("kid", "The header names no key (kid).", cureKid)
		}
		return e.findKidlessKeys(use)
	}
	key, err := e.keys.find(e.ctx, chat.KeyID(e.token.kid), e.now)
	if err != nil {
		return err
	}
	if key == nil || key.App != e.app || !key.Has(use) || !key.Live(e.now) {
		return keyUnknown(fmt.Sprintf("No key %s may sign tokens of the door %s in this app.", quote(e.token.kid), use))
	}
	e.candidates = append(e.roomForKeys[:0], key)
	return nil
}

func (e *examination) findKidlessKeys(use chat.Use) error {
	keys, err := e.keys.ofUse(e.ctx, e.app, use, e.now)
	if err != nil {
		return err
	}
	e.candidates = e.roomForKeys[:0]
	for _, key := range keys {
		if key.Live(e.now) && len(e.candidates) < chat.MaxKidlessKeys {
			e.candidates = append(e.candidates, key)
		}
	}
	if len(e.candidates) == 0 {
		return keyUnknown(fmt.Sprintf("No key may sign tokens of the door %s in this app.", use))
	}
	return nil
}

// keyUnknown never tells which: unknown, revoked, expired, another app's, for another use (rule 15).
func keyUnknown(message string) error {
	return chat.InvalidAuth(chat.ReasonKeyUnknown, "", message,
		"Check that the address names the right app, that the key was made for this app and this use, and that it was not revoked.")
}

// methods are the algorithms that a key may be for (RFC 8725 section 3.1).
var methods = map[string]jwt.SigningMethod{chat.SigningAlg: jwt.SigningMethodHS256}

// checkAlg is rule 4: the key names the algorithm, and the header must agree byte for byte.
func (e *examination) checkAlg() error {
	e.candidates = slices.DeleteFunc(e.candidates, func(key *signingKey) bool { return key.Alg != e.token.alg })
	if len(e.candidates) == 0 {
		return malformed("alg", "The header's alg is not the algorithm of the key.", cureAlg)
	}
	return nil
}

// checkSignature is rule 8. The comparison inside is hmac.Equal.
func (e *examination) checkSignature() error {
	method := methods[e.token.alg]
	for _, key := range e.candidates {
		if method.Verify(e.token.signed, e.token.signature, key.secret) == nil {
			e.key = key
			e.asserts.Key = key.ID
			return nil
		}
	}
	return chat.InvalidAuth(chat.ReasonSignatureInvalid, "", "The signature does not belong to this token and the key's secret.",
		"Sign with the whole secret of this key as it was shown, used as text: not decoded, without quotes or a line break.")
}

func (e *examination) readClaims() error {
	members, err := strictjson.Members(e.token.payload, e.roomForClaims[:0])
	if err != nil {
		return malformed("", "The token's claims are not acceptable JSON: "+err.Error()+".", "Let a JWT library write the claims.")
	}
	e.claims = members
	return nil
}

func (e *examination) readDates() error {
	if err := e.dates.read(e.claims); err != nil {
		return err
	}
	e.asserts.ExpiresAt, e.asserts.IssuedAt = e.dates.expires, e.dates.issued
	if e.dates.expires.IsZero() {
		e.warn("the token has no exp: it is good until its key is revoked")
	}
	return nil
}

// readIdentity is rule 12: who it is, in the words of the door.
func (e *examination) readIdentity() error {
	if jti, ok := e.claims.find("jti"); ok {
		e.asserts.TokenID, _ = jti.String()
	}
	return e.door.read(e.claims, &e.asserts)
}

// checkArgument is rule 14: login(externalId, jwt) means the person in the token.
func (e *examination) checkArgument() error {
	if e.argument == "" || e.door.idClaim == nil || e.argument == e.asserts.ExternalID {
		return nil
	}
	claim := e.door.idClaim(e.asserts)
	return claimInvalid(claim, "The token names another "+claim+" than the argument of login.",
		"Call login with the id that the token was signed for.")
}

// maxOneTime is how far ahead the exp of a one-time code may lie, and maxTokenID how long its jti may be (rule 29).
const (
	maxOneTime = 24 * time.Hour
	maxTokenID = 256
)

// checkOneTime is the part of rule 29 that the token itself shows. That the code was not used before is settled in the
// transaction that makes the session.
func (e *examination) checkOneTime() error {
	const cure = "This app takes each code once: add a jti of your own for each token, and an exp at most a day ahead."
	switch {
	case !e.settings.OneTimeCodes || e.asserts.Door != chat.DoorCode:
		return nil
	case e.asserts.TokenID == "":
		return claimInvalid("jti", "The token has no jti, a string that names this one token.", cure)
	case len(e.asserts.TokenID) > maxTokenID:
		return claimInvalid("jti", fmt.Sprintf("The token's jti has more than %d bytes.", maxTokenID), cure)
	case e.dates.expires.IsZero():
		return claimInvalid("exp", "The token has no exp.", cure)
	case e.dates.expires.After(e.now.Add(maxOneTime + chat.Leeway)):
		return claimInvalid("exp", fmt.Sprintf("The token expires %s from now.", roughly(e.dates.expires.Sub(e.now))), cure)
	}
	return nil
}

func (e *examination) warn(warning string) { e.asserts.Warnings = append(e.asserts.Warnings, warning) }
