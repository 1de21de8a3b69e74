// Prints a token that signs one of your users in at the chat: go run sign.go <external id>
//
// Call this on your backend, for the user whom your own session knows. Never in the browser: who has the secret can be
// any of your users.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"time"
)

const lifetime = 15 * 60 // seconds

func sign(externalID, keyID, secret string) string {
	now := time.Now().Unix()
	header, _ := json.Marshal(map[string]string{"alg": "HS256", "typ": "JWT", "kid": keyID})
	claims, _ := json.Marshal(map[string]any{"scope": "user", "external_id": externalID, "iat": now, "exp": now + lifetime})
	text := base64.RawURLEncoding.EncodeToString(header) + "." + base64.RawURLEncoding.EncodeToString(claims)
	mac := hmac.New(sha256.New, []byte(secret)) // the secret is used as the text that it is: it is not decoded
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func main() {
	keyID, secret := os.Getenv("PARLOR_KEY_ID"), os.Getenv("PARLOR_SECRET")
	if keyID == "" || secret == "" || len(os.Args) != 2 || os.Args[1] == "" {
		log.Fatal("Set PARLOR_KEY_ID and PARLOR_SECRET, and give the external id of a user.")
	}
	fmt.Println(sign(os.Args[1], keyID, secret)) // your own id of the user, always a string
}
