package store

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
)

// AuditLink is an entry of the audit log as a link of its chain (ADR 16).
type AuditLink struct {
	Audit
	Digest []byte // of what the entry said, where it was emptied; of others it is nil
	Hash   []byte // what After returned when the entry was appended; none of entries that were there before
}

// Emptied tells whether nothing is left of the entry but its place, its app and its digest.
func (l AuditLink) Emptied() bool { return len(l.Digest) > 0 }

// NoAudit is the hash before the first entry.
func NoAudit() []byte { return make([]byte, sha256.Size) }

// After returns the hash of the link that comes after the one with the hash: SHA-256 of that hash, the position, the app, and the digest.
func (l AuditLink) After(hash []byte) []byte {
	digest := l.Digest
	if !l.Emptied() {
		digest = l.digest()
	}
	text := slices.Clone(hash)
	text = appendNumber(text, l.Position)
	text = appendText(text, string(l.App))
	return sum(append(text, digest...))
}

// Empty returns the link without what its entry said.
func (l AuditLink) Empty() AuditLink {
	if l.Emptied() {
		return l
	}
	return AuditLink{Audit: Audit{Position: l.Position, App: l.App}, Digest: l.digest(), Hash: l.Hash}
}

// digest is SHA-256 of when, by whom, what and to what, and of the members of the detail in the order of their names. A number has 8 bytes, the highest first,
// and before each text stands how many bytes it has, so that no two entries have the same form.
func (a Audit) digest() []byte {
	text := appendNumber(nil, a.At.UnixMicro())
	text = appendText(text, a.Actor)
	text = appendText(text, a.Action)
	text = appendText(text, a.Target)
	text = appendNumber(text, int64(len(a.Detail)))
	for _, name := range slices.Sorted(maps.Keys(a.Detail)) {
		text = appendText(appendText(text, name), a.Detail[name])
	}
	return sum(text)
}

func appendNumber(to []byte, n int64) []byte {
	return binary.BigEndian.AppendUint64(to, uint64(n))
}

func appendText(to []byte, text string) []byte {
	return append(appendNumber(to, int64(len(text))), text...)
}

func sum(text []byte) []byte {
	hash := sha256.Sum256(text)
	return hash[:]
}
