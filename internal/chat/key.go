package chat

import (
	"slices"
	"time"
)

// Use is one thing that a key is good for. A key carries its uses for life (RFC 8725 section 3.12).
type Use string

// The uses of keys. The three doors have the name of their door.
const (
	UseAPI     Use = "api"     // calling REST v2 for one app
	UseSDK     Use = "sdk"     // signing tokens for the sdk door
	UseCode    Use = "code"    // signing tokens for the code door
	UseJSM     Use = "jsm"     // signing tokens for the jsm door
	UseAccount Use = "account" // calling REST v2 for every app, and making apps and keys
)

// Uses lists every use.
func Uses() []Use { return []Use{UseAPI, UseSDK, UseCode, UseJSM, UseAccount} }

// Limits of keys.
const (
	MaxLiveKeys       = 10 // live keys of an app
	MaxKidlessKeys    = 2  // live keys of an app for each door whose tokens carry no kid
	MinImportedSecret = 24 // bytes of a secret that was in use elsewhere
	WeakSecret        = 32 // bytes below which HS256 secrets are weaker than the hash (RFC 7518 section 3.2)
	DefaultKeyOverlap = 7 * 24 * time.Hour
	MaxKeyOverlap     = 30 * 24 * time.Hour
	SigningAlg        = "HS256"
)

// Key is an API credential: it signs users' tokens, calls the REST API, or both. Its secret is in clear text only
// inside the process; at rest it is sealed.
type Key struct {
	ID  KeyID
	App AppID // empty for an account key
	// Integration is the custom integration that the key belongs to, whose power it has; empty for others.
	Integration IntegrationID
	Name        string
	Uses        []Use
	Alg         string // the one algorithm that its tokens may name; SigningAlg
	Sealed      []byte // the secret, sealed under the master key
	SecretHash  []byte // SHA-256 of the secret, for the constant-time check of Basic credentials
	Imported    bool   // the secret came from elsewhere
	Weak        bool   // shorter than WeakSecret
	NotBefore   time.Time
	NotAfter    time.Time // zero: no end; set on the old key when a rotation's overlap begins
	RevokedAt   time.Time // zero: not revoked
	LastUsedAt  time.Time // to within a few seconds; zero: never
	CreatedAt   time.Time
}

// Live tells whether the key may be used at the time.
func (k Key) Live(now time.Time) bool {
	return k.RevokedAt.IsZero() && !now.Before(k.NotBefore) && (k.NotAfter.IsZero() || now.Before(k.NotAfter))
}

// Has tells whether the key is good for the use.
func (k Key) Has(u Use) bool { return slices.Contains(k.Uses, u) }
