package admin

import (
	"bytes"
	"context"
	"regexp"

	"github.com/parlorchat/parlor/internal/chat"
)

// ImportInput is a credential that is in use elsewhere already.
type ImportInput struct {
	KeyInput
	ID     chat.KeyID // as it is elsewhere; empty: one is made, which is enough for doors whose tokens name no key
	Secret []byte     // as it is elsewhere, byte for byte
}

// keyIDs are what may be a kid, the name in Basic credentials (RFC 7617: no colon) and a segment of a path.
var keyIDs = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9_.~-]{0,127}$`)

// ImportKey stores a key whose secret was made elsewhere, so that integrators need not change theirs (security rule
// 17). The key returned is Weak, for a lasting warning, if the secret is shorter than HS256 asks for. Invalid as
// CreateKey, and for ids and secrets that cannot be or that stand in public documents; Conflict if the id is taken.
func (s *Service) ImportKey(ctx context.Context, p chat.Principal, in ImportInput) (chat.Key, error) {
	if err := mayManage(p); err != nil {
		return chat.Key{}, err
	}
	if in.ID == "" {
		in.ID = newKeyID(in.App, in.Integration, s.now())
	}
	if !keyIDs.MatchString(string(in.ID)) {
		return chat.Key{}, chat.InvalidField("id", "must be 1 to 128 letters, digits and characters of _-.~")
	}
	if err := checkSecret(in.Secret); err != nil {
		return chat.Key{}, err
	}
	key, err := s.makeKey(in.KeyInput, in.ID, in.Secret)
	if err != nil {
		return chat.Key{}, err
	}
	key.Imported = true
	if err := s.insertKey(ctx, p, key, "key.import"); err != nil {
		return chat.Key{}, err
	}
	return withoutSecret(key), nil
}

func checkSecret(secret []byte) error {
	switch {
	case len(bytes.TrimSpace(secret)) != len(secret):
		return chat.InvalidField("secret", "begins or ends with white space; a line break at the end of the file is not part of it")
	case len(secret) < chat.MinImportedSecret:
		return chat.InvalidField("secret", "has %d bytes; at least %d are needed", len(secret), chat.MinImportedSecret)
	case len(secret) > 1024:
		return chat.InvalidField("secret", "has more than 1024 bytes")
	case isSample(secret):
		return chat.InvalidField("secret", "is a sample from public documents, which everybody knows; make a key of your own")
	}
	return nil
}
