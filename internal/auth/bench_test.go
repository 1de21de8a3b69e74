package auth

import (
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parlorchat/parlor/internal/chat"
)

// benchToken is a token of the sdk door of about 250 bytes.
var benchToken = sdk(`{"scope":"user","external_id":"user-4711","iat":1795168700,"exp":1795172400}`)

// BenchmarkVerify is a sign-in with a key that the ring holds; the target is 4 µs.
func BenchmarkVerify(b *testing.B) {
	f := newFixture(b)
	r := Request{App: f.app, Door: chat.DoorSDK, Token: benchToken}
	b.SetBytes(int64(len(benchToken)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.verifier.Verify(b.Context(), r, now); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerifyGolangJWT is the library's own parser on the same token, for orientation. It judges far less.
func BenchmarkVerifyGolangJWT(b *testing.B) {
	secret := []byte(secretOf(mainKey))
	parser := secondOpinion()
	b.SetBytes(int64(len(benchToken)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parser.Parse(benchToken, func(*jwt.Token) (any, error) { return secret, nil }); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSignature is what of it the signature takes.
func BenchmarkSignature(b *testing.B) {
	var t token
	if err := t.decode(benchToken); err != nil {
		b.Fatal(err)
	}
	var secret any = []byte(secretOf(mainKey))
	for b.Loop() {
		if err := jwt.SigningMethodHS256.Verify(t.signed, t.signature, secret); err != nil {
			b.Fatal(err)
		}
	}
}
