// Package ssotest is a provider of OpenID Connect for tests. That a certified one is understood is tested in a browser.
package ssotest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parlorchat/parlor/internal/sso"
)

// What this server is called at the provider.
const ClientID, ClientSecret = "parlor", "of the client"

// Login is a provider that behaves, but for what a test has it say otherwise.
type Login struct {
	*testing.T
	URL string
	Now time.Time

	Claims map[string]any // in place of those of the ID token; nil as a value: none
	Info   map[string]any // what its answer about the user says
	Header map[string]any // in place of those of the ID token's header
	About  map[string]any // in place of what it says of itself
	Forge  bool           // signs with a key that it does not tell of

	key, stolen *rsa.PrivateKey
	mu          sync.Mutex       // guards asked
	asked       map[string]asked // by code
}

// asked is what a code was asked for with.
type asked struct{ challenge, nonce, redirect string }

// NewLogin runs a provider until the test ends.
func NewLogin(t *testing.T) *Login {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	stolen, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	l := &Login{T: t, Now: time.Now(), key: key, stolen: stolen, asked: map[string]asked{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		about := map[string]any{"issuer": l.URL, "authorization_endpoint": l.URL + "/authorize", "token_endpoint": l.URL + "/token", "jwks_uri": l.URL + "/keys", "userinfo_endpoint": l.URL + "/me",
			"id_token_signing_alg_values_supported": []string{"RS256"}}
		maps.Copy(about, l.About)
		say(w, 200, about)
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		exponent := big.NewInt(int64(l.key.E)).Bytes()
		say(w, 200, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "kid": "1", "alg": "RS256", "use": "sig", "n": raw64(l.key.N.Bytes()), "e": raw64(exponent)}}})
	})
	mux.HandleFunc("POST /token", l.token)
	mux.HandleFunc("GET /me", func(w http.ResponseWriter, _ *http.Request) { say(w, 200, l.Info) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	l.URL = server.URL
	return l
}

func raw64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func say(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}

// Authorize lets Kim in, and returns the code that the browser brings back, and what was asked.
func (l *Login) Authorize(address string) (code string, query url.Values) {
	l.Helper()
	at, err := url.Parse(address)
	if err != nil {
		l.Fatal(err)
	}
	query = at.Query()
	if query.Get("client_id") != ClientID || query.Get("response_type") != "code" || query.Get("code_challenge_method") != "S256" || query.Get("scope") != "openid email profile" {
		l.Errorf("asked for %s", at.RawQuery)
	}
	code = rand.Text()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked[code] = asked{query.Get("code_challenge"), query.Get("nonce"), query.Get("redirect_uri")}
	return code, query
}

// take ends the code.
func (l *Login) take(code string) (asked, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	was, found := l.asked[code]
	delete(l.asked, code)
	return was, found
}

func (l *Login) token(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	was, found := l.take(r.FormValue("code"))
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !found || id != ClientID || secret != url.QueryEscape(ClientSecret) || was.challenge != raw64(sum[:]) || r.FormValue("redirect_uri") != was.redirect {
		say(w, 400, map[string]any{"error": "invalid_grant"})
		return
	}
	claims := jwt.MapClaims{"iss": l.URL, "sub": "kim", "aud": ClientID, "exp": l.Now.Add(time.Minute).Unix(), "iat": l.Now.Unix(), "auth_time": l.Now.Unix(), "nonce": was.nonce,
		"email": "Kim@shop.example", "email_verified": true, "name": "Kim"}
	for name, value := range l.Claims {
		claims[name] = value
		if value == nil {
			delete(claims, name)
		}
	}
	signed := jwt.NewWithClaims(jwt.SigningMethodRS256, claims)
	signed.Header["kid"] = "1"
	maps.Copy(signed.Header, l.Header)
	key := l.key
	if l.Forge {
		key = l.stolen
	}
	text, err := signed.SignedString(key)
	if err != nil {
		l.Error(err)
	}
	say(w, 200, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": text})
}

// Provider is this one, as the server knows it.
func (l *Login) Provider() *sso.Provider {
	return sso.New(sso.Options{Issuer: l.URL, ClientID: ClientID, ClientSecret: ClientSecret, Transport: http.DefaultTransport, Now: func() time.Time { return l.Now }})
}
