package auth

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Authenticate judges the Authorization header of a REST call at the time and returns who calls: Basic with a key's id
// and secret (RFC 7617), or Bearer with a JWT that a key signed (RFC 6750). App is the app in the path, empty where the
// path names none; account keys are good for every app, others for their own. Refusals are *chat.Error: Unauthenticated
// with code unauthorized, or Forbidden with code forbidden where the scope is one that the key cannot give.
func (v *Verifier) Authenticate(ctx context.Context, app chat.AppID, authorization string, now time.Time) (chat.Principal, error) {
	scheme, credentials, _ := strings.Cut(authorization, " ")
	var (
		key   *signingKey
		scope chat.Scope
		err   error
	)
	switch strings.ToLower(scheme) { // RFC 9110 section 11.1
	case "":
		return chat.Principal{}, unauthorized("The call has no Authorization header.")
	case "basic":
		key, scope, err = v.basic(ctx, app, credentials, now)
	case "bearer":
		key, scope, err = v.bearer(ctx, app, credentials, now)
	default:
		return chat.Principal{}, unauthorized("The Authorization header is neither Basic nor Bearer.")
	}
	if err != nil {
		return chat.Principal{}, err
	}
	v.keys.used(key.ID, now)
	shown := key.Key
	return chat.Principal{App: app, Key: &shown, Scope: scope, Name: "key " + string(key.ID)}, nil
}

func unauthorized(message string) error {
	return &chat.Error{Kind: chat.Unauthenticated, Code: "unauthorized", Message: message,
		Cure: "Send Basic with the key's id and secret, or Bearer with a JWT that the key signed. The key must be live, of this app, and for use with the API: " +
			"parlor key create --app <app id> --use api --json, or --use account, which is good for all apps."}
}

const wrongCredentials = "There is no such key for this app and use, or the secret is wrong."

// basic compares hashes in constant time; an unknown key costs the same comparison.
func (v *Verifier) basic(ctx context.Context, app chat.AppID, credentials string, now time.Time) (*signingKey, chat.Scope, error) {
	plain, err := base64.StdEncoding.DecodeString(credentials)
	id, secret, ok := strings.Cut(string(plain), ":")
	if err != nil || !ok {
		return nil, "", unauthorized("The Basic credentials are not base64 of id:secret.")
	}
	key, err := v.keys.findAPI(ctx, app, chat.KeyID(id), now)
	if err != nil {
		return nil, "", err
	}
	var want []byte
	if key != nil {
		want = key.SecretHash
	}
	given := sha256.Sum256([]byte(secret))
	if same := subtle.ConstantTimeCompare(given[:], want); same != 1 || key == nil {
		return nil, "", unauthorized(wrongCredentials)
	}
	return key, scopeOf(key), nil
}

// findAPI returns the key if it may call the API in the app, else nil.
func (r *Keyring) findAPI(ctx context.Context, app chat.AppID, id chat.KeyID, now time.Time) (*signingKey, error) {
	key, err := r.find(ctx, id, now)
	switch {
	case err != nil:
		return nil, err
	case key == nil || !key.Live(now) || !key.Has(chat.UseAPI) && !key.Has(chat.UseAccount):
		return nil, nil
	case key.App != "" && app != "" && key.App != app:
		return nil, nil
	}
	return key, nil
}

// scopeOf is the power of a key: that of its owner (contracts: Sunshine section 5).
func scopeOf(key *signingKey) chat.Scope {
	switch {
	case key.Has(chat.UseAccount):
		return chat.ScopeAccount
	case key.Integration != "" || strings.HasPrefix(string(key.ID), "int_"): // an imported one may keep its id
		return chat.ScopeIntegration
	default:
		return chat.ScopeApp
	}
}

// bearerChecks judge a token of the API as those of users are judged; key and claims differ.
var bearerChecks = slices.Concat(
	formChecks,
	[]check{{"key", (*examination).findAPIKey, nil}},
	signatureChecks,
	[]check{
		{"audience", (*examination).checkAPIAudience, nil},
		{"scope", (*examination).checkScope, nil},
	},
)

func (v *Verifier) bearer(ctx context.Context, app chat.AppID, text string, now time.Time) (*signingKey, chat.Scope, error) {
	e := &examination{ctx: ctx, keys: v.keys, now: now, app: app, text: text}
	for i := range bearerChecks {
		if err := bearerChecks[i].run(e); err != nil {
			return nil, "", asUnauthorized(err)
		}
	}
	return e.key, scopeOf(e.key), nil
}

// asUnauthorized gives a refused token the code that the REST API has for it; reason, claim and cure stay.
func asUnauthorized(err error) error {
	refusal, ok := err.(*chat.Error)
	if !ok || refusal.Kind != chat.Unauthenticated {
		return err
	}
	renamed := *refusal
	renamed.Code = "unauthorized"
	return &renamed
}

func (e *examination) findAPIKey() error {
	if !e.token.hasKid {
		return malformed("kid", "The header names no key (kid).", cureKid)
	}
	key, err := e.keys.findAPI(e.ctx, e.app, chat.KeyID(e.token.kid), e.now)
	if err != nil {
		return err
	}
	if key == nil {
		return keyUnknown(wrongCredentials)
	}
	e.candidates = []*signingKey{key}
	return nil
}

func (e *examination) checkAPIAudience() error {
	app := e.app
	if app == "" {
		app = e.key.App
	}
	return checkAudience(e.claims, app)
}

// checkScope: the claim must be the scope that the key has the power for. Tokens of users open nothing here (rule 6).
func (e *examination) checkScope() error {
	value, ok := e.claims.find("scope")
	scope, isString := value.String()
	power := string(scopeOf(e.key))
	cure := fmt.Sprintf("Set scope to %q, which is what this key may do.", power)
	switch {
	case !ok:
		return claimInvalid("scope", "The token has no scope.", cure)
	case !isString:
		return claimInvalid("scope", "The claim scope is "+value.Kind()+"; it must be a string.", cure)
	case scope == power:
		return nil
	case scope == "user" || scope == "appUser":
		return forbidden("The token's scope is "+quote(scope)+": it signs a user in and may not call the REST API.", cure)
	default:
		return forbidden("The token's scope is "+quote(scope)+", which its key has no power for.", cure)
	}
}

func forbidden(message, cure string) error {
	return &chat.Error{Kind: chat.Forbidden, Code: "forbidden", Field: "scope", Message: message, Cure: cure}
}
