package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// now is when all tokens of the tests are judged.
var now = time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC)

const (
	appID    chat.AppID = "0000000000000000000000a1"
	otherApp chat.AppID = "0000000000000000000000b2"

	mainKey    = "app_00000000000000000000000a" // api and sdk
	codeKey    = "app_00000000000000000000000c"
	codeKey2   = "app_0000000000000000000000c2"
	jsmKey     = "app_00000000000000000000000d"
	revokedKey = "app_0000000000000000000000e0"
	endedKey   = "app_0000000000000000000000e1"
	futureKey  = "app_0000000000000000000000e2"
	sdkOnly    = "app_0000000000000000000000e3"
	otherKey   = "app_00000000000000000000000b" // of otherApp
	account    = "act_00000000000000000000000f"
	integrated = "int_000000000000000000000010"
)

// secretOf is the secret of a key of the fixture: 43 characters, as Parlor makes them.
func secretOf(id string) string {
	sum := sha256.Sum256([]byte(id))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// fixture is a real store with two apps and keys in every state.
type fixture struct {
	store    store.Store
	master   *seal.Master
	ring     *Keyring
	verifier *Verifier
	app      chat.App
}

func newFixture(tb testing.TB) *fixture {
	tb.Helper()
	s, err := sqlstore.Open(tb.Context(), sqlstore.Options{URL: sqlitetest.New(tb)})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	f := &fixture{store: s, master: seal.NewMaster([32]byte{1}), app: chat.App{ID: appID, IntegrationID: "i-a", Name: "A", Settings: chat.DefaultAppSettings()}}
	f.ring = NewKeyring(s, f.master)
	f.verifier = NewVerifier(f.ring)

	f.write(tb, func(tx store.Tx) error {
		other := chat.App{ID: otherApp, IntegrationID: "i-b", Name: "B", Settings: chat.DefaultAppSettings()}
		return errors.Join(tx.InsertApp(&f.app), tx.InsertApp(&other))
	})
	for _, key := range []chat.Key{
		{ID: mainKey, App: appID, Name: "backend", Uses: []chat.Use{chat.UseAPI, chat.UseSDK}},
		{ID: codeKey, App: appID, Uses: []chat.Use{chat.UseCode}},
		{ID: codeKey2, App: appID, Uses: []chat.Use{chat.UseCode}},
		{ID: jsmKey, App: appID, Uses: []chat.Use{chat.UseJSM}},
		{ID: revokedKey, App: appID, Uses: []chat.Use{chat.UseAPI, chat.UseSDK, chat.UseJSM}, RevokedAt: now.Add(-time.Hour)},
		{ID: endedKey, App: appID, Uses: []chat.Use{chat.UseAPI, chat.UseSDK, chat.UseJSM}, NotAfter: now},
		{ID: futureKey, App: appID, Uses: []chat.Use{chat.UseSDK, chat.UseJSM}, NotBefore: now.Add(time.Hour)},
		{ID: sdkOnly, App: appID, Uses: []chat.Use{chat.UseSDK}},
		{ID: otherKey, App: otherApp, Uses: []chat.Use{chat.UseAPI, chat.UseSDK, chat.UseCode, chat.UseJSM}},
		{ID: account, Uses: []chat.Use{chat.UseAccount}},
		{ID: integrated, App: appID, Uses: []chat.Use{chat.UseAPI}},
	} {
		f.addKey(tb, key, secretOf(string(key.ID)))
	}
	return f
}

func (f *fixture) addKey(tb testing.TB, key chat.Key, secret string) {
	tb.Helper()
	box, err := f.master.Seal(seal.SigningKey(key.App, key.ID), []byte(secret))
	if err != nil {
		tb.Fatal(err)
	}
	hash := sha256.Sum256([]byte(secret))
	key.Alg, key.Sealed, key.SecretHash, key.CreatedAt = chat.SigningAlg, box, hash[:], now
	f.write(tb, func(tx store.Tx) error { return tx.InsertKey(key) })
}

func (f *fixture) write(tb testing.TB, do func(store.Tx) error) {
	tb.Helper()
	if err := f.store.Write(context.Background(), do); err != nil {
		tb.Fatal(err)
	}
}

// part is base64url without padding.
func part(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// sign makes a token of hand-written JSON, byte by byte as given.
func sign(secret, header, payload string) string {
	return signParts(secret, part(header), part(payload))
}

// signParts makes a token of parts that may be anything.
func signParts(secret, header, payload string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(header + "." + payload))
	return header + "." + payload + "." + part(string(mac.Sum(nil)))
}

const (
	plainHeader = `{"alg":"HS256","typ":"JWT"}`
	sdkClaims   = `{"scope":"user","external_id":"u-42"}`
)

func kidHeader(id string) string { return `{"alg":"HS256","typ":"JWT","kid":"` + id + `"}` }

// sdk, jsm and code sign claims as the documents of the doors do.
func sdk(claims string) string  { return sign(secretOf(mainKey), kidHeader(mainKey), claims) }
func jsm(claims string) string  { return sign(secretOf(jsmKey), plainHeader, claims) }
func code(claims string) string { return sign(secretOf(codeKey), plainHeader, claims) }

// mustRefuse compares an error with the refusal that is wanted, as "reason claim" or "code".
func mustRefuse(t *testing.T, err error, want string) {
	t.Helper()
	var e *chat.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want %s", err, want)
	}
	got := e.Code
	if e.Reason != "" {
		got = strings.TrimSpace(string(e.Reason) + " " + e.Field)
	}
	if got != want {
		t.Errorf("got %q (%s), want %q", got, e.Message, want)
	}
	if e.Message == "" || !strings.HasSuffix(e.Message, ".") && e.Reason != "" {
		t.Errorf("no sentence: %q", e.Message)
	}
	if e.Reason != "" && e.Cure == "" {
		t.Errorf("no cure for %s", e.Message)
	}
}
