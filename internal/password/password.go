// Package password keeps passwords of the console: their bounds, and what is stored in their place.
package password

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Bounds of passwords, in bytes (ASVS 6.2.1, 6.2.9).
const (
	Min = 8
	Max = 1024
)

// Argon2id (RFC 9106) with 19 MiB, two passes and one lane: the OWASP minimum. More memory would let a few sign-ins
// at once cost a small server what it has; 64 MiB for one request is what security.md allows at the most.
const (
	argonMemory  = 19 * 1024 // KiB
	argonPasses  = 2
	argonLanes   = 1
	argonSalt    = 16 // bytes
	argonKey     = 32 // bytes
	argonPattern = "$argon2id$v=%d$m=%d,t=%d,p=%d$"
)

// turns bounds how many are worked on at once, and with it the memory that a flood of sign-ins can take: the others wait.
var turns = make(chan struct{}, 4)

// derive is argon2id in its turn.
func derive(password string, salt []byte, passes, memory uint32, lanes uint8, length uint32) []byte {
	turns <- struct{}{}
	defer func() { <-turns }()
	return argon2.IDKey([]byte(password), salt, passes, memory, lanes, length)
}

// Hash returns the PHC string of a password, with a salt of its own. It takes some ten milliseconds.
func Hash(password string) string {
	var salt [argonSalt]byte
	rand.Read(salt[:])
	key := derive(password, salt[:], argonPasses, argonMemory, argonLanes, argonKey)
	return fmt.Sprintf(argonPattern+"%s$%s", argon2.Version, argonMemory, argonPasses, argonLanes,
		base64.RawStdEncoding.EncodeToString(salt[:]), base64.RawStdEncoding.EncodeToString(key))
}

// Matches tells whether the PHC string, as chat.Agent.PasswordHash holds it, is of the password. It takes some
// ten milliseconds, also where there is none to compare with, so that time does not tell who has an account. A string that is not
// argon2id within sane bounds matches nothing.
func Matches(phc, password string) bool {
	if phc == "" {
		Hash(password)
		return false
	}
	var version, memory, passes uint32
	var lanes uint8
	fields := strings.Split(phc, "$")
	if len(fields) != 6 {
		return false
	}
	head := strings.Join(fields[:4], "$") + "$"
	if _, err := fmt.Sscanf(head, argonPattern, &version, &memory, &passes, &lanes); err != nil ||
		version != argon2.Version || memory > 1<<20 || passes < 1 || passes > 100 || lanes < 1 {
		return false
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(fields[4])
	want, wantErr := base64.RawStdEncoding.DecodeString(fields[5])
	if saltErr != nil || wantErr != nil || len(want) < 16 || len(want) > 64 {
		return false
	}
	got := derive(password, salt, passes, memory, lanes, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}
