package wire

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/parlorchat/parlor/internal/chat"
)

// PasskeyOptions are what a browser needs to make or to show a passkey, in the form of WebAuthn.
type PasskeyOptions struct {
	Options jsontext.Value `json:"options"`
}

// PasskeyInput is the body that keeps a passkey which the browser made.
type PasskeyInput struct {
	Name       string         `json:"name"`
	Credential jsontext.Value `json:"credential"`
}

// PasskeyShown is the body that shows a passkey.
type PasskeyShown struct {
	Credential jsontext.Value `json:"credential"`
}

// PasskeyName is the body that calls a passkey otherwise.
type PasskeyName struct {
	Name string `json:"name"`
}

// Passkey is a passkey of whoever is signed in.
type Passkey struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Synced     bool   `json:"synced"` // may be copied to other devices of the agent
	CreatedAt  Time   `json:"createdAt"`
	LastUsedAt Time   `json:"lastUsedAt,omitzero"`
}

// PasskeyOf is a passkey as its agent sees it.
func PasskeyOf(p chat.Passkey) Passkey {
	return Passkey{ID: string(p.ID), Name: p.Name, Synced: p.Eligible, CreatedAt: At(p.CreatedAt), LastUsedAt: At(p.LastUsedAt)}
}

// Passkeys are all of whoever is signed in, the oldest first.
type Passkeys struct {
	Passkeys []Passkey `json:"passkeys"`
}

// PasskeysOf are the passkeys.
func PasskeysOf(passkeys []chat.Passkey) Passkeys {
	list := Passkeys{Passkeys: make([]Passkey, 0, len(passkeys))}
	for _, passkey := range passkeys {
		list.Passkeys = append(list.Passkeys, PasskeyOf(passkey))
	}
	return list
}

// PasskeyMade is a new passkey, with recovery codes where the account had no second factor before.
type PasskeyMade struct {
	Passkey       Passkey  `json:"passkey"`
	RecoveryCodes []string `json:"recoveryCodes"`
}
