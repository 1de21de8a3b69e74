// Package seal keeps the secrets that Parlor must be able to read again: signing keys, webhook secrets, credentials of
// outer systems. Each lies in a box of its own (security rule 18): AES-256-GCM under a key that HKDF-SHA256 derives
// from the master key for this one record and purpose, so that no two boxes share a key and none opens in another's place.
//
// The master key is 32 bytes from the environment or from a file. It is never in the database and never in a backup;
// who loses it loses every sealed secret.
package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// Record names the place that a box belongs to. A box opens only with the Record that it was sealed with.
type Record struct {
	App     string // id of the app; empty: the server
	Key     string // id of the record that holds the box; unique for its purpose
	Purpose string // what the secret is for, a constant of the caller: "signing key"
}

const (
	version  = 1 // of the form of a box: version, master key id, nonce, ciphertext and tag
	idSize   = 8
	boxStart = 1 + idSize
)

// ErrDamaged is the failure of a box that was cut or changed, or that stands in a record that it was not sealed for.
var ErrDamaged = errors.New("the sealed secret is damaged or was moved from another record")

// Master is a master key. It is safe for concurrent use. It never prints its key.
type Master struct {
	key [32]byte
	id  [idSize]byte
}

// NewMaster returns the master key made of 32 bytes that nobody can guess.
func NewMaster(key [32]byte) *Master {
	m := &Master{key: key}
	copy(m.id[:], m.derive(nil, "parlor master key id", idSize))
	return m
}

// ID is the fingerprint of the key: 16 hex digits that say which key it is and nothing about it. It stands in every box.
func (m *Master) ID() string { return hex.EncodeToString(m.id[:]) }

// String keeps the key out of logs.
func (m *Master) String() string { return "master key " + m.ID() }

// GoString keeps the key out of logs.
func (m *Master) GoString() string { return m.String() }

// Seal puts a secret in a box for the record. Two boxes of the same secret differ.
func (m *Master) Seal(record Record, secret []byte) ([]byte, error) {
	gcm, err := m.cipher(record)
	if err != nil {
		return nil, err
	}
	box := append(make([]byte, 0, boxStart+gcm.Overhead()+len(secret)), version)
	box = append(box, m.id[:]...)
	return gcm.Seal(box, nil, secret, record.bound()), nil
}

// Open takes the secret out of a box that was sealed for the record. It fails with an error that names both keys if
// the box lies under another master key, and with ErrDamaged if it was touched.
func (m *Master) Open(record Record, box []byte) ([]byte, error) {
	id, err := SealedUnder(box)
	if err != nil {
		return nil, err
	}
	if id != m.ID() {
		return nil, fmt.Errorf("the secret is sealed under master key %s, but the master key here is %s", id, m.ID())
	}
	gcm, err := m.cipher(record)
	if err != nil {
		return nil, err
	}
	secret, err := gcm.Open(nil, nil, box[boxStart:], record.bound())
	if err != nil {
		return nil, ErrDamaged
	}
	return secret, nil
}

// Rewrap moves a secret from a box under the old master key to one under m. A box under m already is returned as it is.
func (m *Master) Rewrap(old *Master, record Record, box []byte) ([]byte, error) {
	if bytes.HasPrefix(box, append([]byte{version}, m.id[:]...)) {
		return box, nil
	}
	secret, err := old.Open(record, box)
	if err != nil {
		return nil, err
	}
	return m.Seal(record, secret)
}

// SealedUnder returns the ID of the master key that a box needs.
func SealedUnder(box []byte) (string, error) {
	switch {
	case len(box) < boxStart:
		return "", ErrDamaged
	case box[0] != version:
		return "", fmt.Errorf("the sealed secret has form %d; this version of Parlor knows form %d", box[0], version)
	}
	return hex.EncodeToString(box[1:boxStart]), nil
}

// MAC returns an HMAC-SHA256 of the parts under a key that is derived for the purpose. No two lists of parts are written
// alike.
func (m *Master) MAC(purpose string, parts ...string) []byte {
	return MAC(m.derive(nil, "parlor mac "+purpose, sha256.Size), parts...)
}

// MAC is Master.MAC under a key of its own, which outlives the master key.
func MAC(key []byte, parts ...string) []byte {
	mac := hmac.New(sha256.New, key)
	for _, part := range parts {
		fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return mac.Sum(nil)
}

// cipher returns AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces, under the record's own key:
// HKDF (RFC 5869) with the record's id as salt and the purpose as info.
func (m *Master) cipher(record Record) (cipher.AEAD, error) {
	block, err := aes.NewCipher(m.derive([]byte(record.Key), record.Purpose, len(m.key)))
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	return gcm, nil
}

func (m *Master) derive(salt []byte, info string, size int) []byte {
	key, err := hkdf.Key(sha256.New, m.key[:], salt, info, size)
	if err != nil {
		panic("seal: HKDF gives up to 8160 bytes: " + err.Error())
	}
	return key
}

// bound is the additional data of a box: app|key|purpose|version. App ids and purposes hold no bar, so that no two
// records are written alike.
func (r Record) bound() []byte {
	return fmt.Appendf(nil, "%s|%s|%s|%d", r.App, r.Key, r.Purpose, version)
}
