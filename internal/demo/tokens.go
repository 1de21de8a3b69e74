package demo

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parlorchat/parlor/internal/chat"
)

// lives are how long the shop's tokens are good for, as the documents of each door have it.
var lives = map[chat.Door]time.Duration{
	chat.DoorSDK:  15 * time.Minute,
	chat.DoorJSM:  5 * time.Minute,
	chat.DoorCode: 7 * 24 * time.Hour,
}

// claims is what the shop's backend says of a customer, in the form that each door's documents have.
func claims(door chat.Door, who customer) jwt.MapClaims {
	now := time.Now()
	said := jwt.MapClaims{"iat": now.Unix(), "exp": now.Add(lives[door]).Unix()}
	switch door {
	case chat.DoorJSM:
		said["email"], said["displayName"] = who.Email, who.Name
	case chat.DoorCode:
		said["user"] = map[string]any{"id": who.ID, "email": who.Email, "name": who.Name, "plan": "gold"}
	default:
		said["scope"], said["external_id"], said["name"] = "user", who.ID, who.Name
		said["email"], said["email_verified"] = who.Email, true
	}
	return said
}

// sign signs a customer's token with the door's key. A mistake, if one is named, is made on the way, to show how Parlor
// explains it.
func (c *company) sign(door chat.Door, who customer, mistake string) (string, error) {
	key := c.signing[door]
	said := claims(door, who)
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, said)
	if door == chat.DoorSDK {
		token.Header["kid"] = string(key.id)
	}
	secret := []byte(key.secret)
	switch mistake {
	case "expired":
		said["exp"] = time.Now().Add(-2 * time.Hour).Unix()
	case "kid":
		token.Header["kid"] = "app_000000000000000000000000"
	case "secret":
		secret = append([]byte("x"), secret...)
	case "number":
		said["external_id"] = 1001
	case "email":
		said["email"] = "Ana Almeida <ana@customers.example>"
	case "unknown":
		delete(said, "user")
		said["id"] = 999_999
	}
	return token.SignedString(secret)
}

// chatToken is the one endpoint that an integrator writes: it signs the token of the customer who is signed in.
func (c *company) chatToken(w http.ResponseWriter, r *http.Request) {
	asked := struct {
		Customer, Mistake string
		Door              chat.Door
	}{Door: chat.DoorSDK}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4096)).Decode(&asked); err != nil || !asked.Door.Valid() {
		http.Error(w, "the body must be JSON, and its door one of sdk, jsm, code", http.StatusBadRequest)
		return
	}
	who, known := customers[asked.Customer]
	if !known {
		http.Error(w, "nobody is signed in", http.StatusUnauthorized)
		return
	}
	signed, err := c.sign(asked.Door, who, asked.Mistake)
	if err != nil {
		http.Error(w, "cannot sign", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	json.NewEncoder(w).Encode(map[string]string{"externalId": who.ID, "jwt": signed})
}
