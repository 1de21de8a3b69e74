package auth

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parlorchat/parlor/internal/chat"
)

// Mint signs a token for a door as a company's backend would, with a library that is not ours: golang-jwt. The header
// names the key where the door's documents say so; the scope of the sdk door is filled in where claims have none.
// What the claims say is not judged: minting a wrong token is how to see the refusal.
func Mint(id chat.KeyID, secret []byte, name chat.Door, claims map[string]any) (string, error) {
	door := doors[name]
	if door == nil {
		return "", chat.InvalidField("door", "must be one of sdk, jsm, code")
	}
	signed := jwt.MapClaims(maps.Clone(claims))
	if signed == nil {
		signed = jwt.MapClaims{}
	}
	if _, ok := signed["scope"]; !ok && door.scope != "" {
		signed["scope"] = door.scope
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, signed)
	if door.needsKid {
		token.Header["kid"] = string(id)
	}
	text, err := token.SignedString(secret)
	if err != nil {
		return "", fmt.Errorf("sign token: %w", err)
	}
	return text, nil
}

// Mint signs a test token with a stored key, for the operator. NotFound if there is no live key of that id.
func (r *Keyring) Mint(ctx context.Context, id chat.KeyID, door chat.Door, claims map[string]any, now time.Time) (string, error) {
	key, err := r.find(ctx, id, now)
	if err != nil {
		return "", err
	}
	if key == nil || !key.Live(now) {
		return "", chat.Missing("key")
	}
	return Mint(id, key.secret.([]byte), door, claims)
}
