// Package directory does the work on people: who a signed token names, which record that is, which session their
// client gets, and what becomes of an anonymous history when its owner turns out to be known.
//
// A sign-in is one transaction (SignIn): the session that is replaced is read, the person is found or made by the rule
// of the door, an anonymous record is upgraded or merged, the client is attached and a fresh session minted. The doors
// differ only in resolve.go; everything after it is common to them. Tokens are judged by package auth, which this
// package knows as a Verifier; who listens to the events it appends is not known here.
package directory

import (
	"context"
	"log/slog"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Verifier judges a token and says whom it names; its refusals are those of chat.InvalidAuth.
type Verifier interface {
	Verify(ctx context.Context, app chat.App, credential Credential) (chat.Assertion, error)
}

// Credential is what a caller hands in to be signed in.
type Credential struct {
	Door       chat.Door
	Presented  bool // a token was handed in, be it empty; without one the session is anonymous
	Token      string
	ExternalID string // the argument of login(externalId, jwt); empty: not given
}

// CredentialOf is a credential as a door reads it; token is nil where none was handed in.
func CredentialOf(door string, token *string, externalID string) Credential {
	c := Credential{Door: chat.Door(door), Presented: token != nil, ExternalID: externalID}
	if token != nil {
		c.Token = *token
	}
	return c
}

// checkAnonymous checks a credential without a token.
func (c Credential) checkAnonymous() error {
	switch {
	case c.ExternalID != "":
		return chat.InvalidField("token", "is required with externalId")
	case c.Door != "" && !c.Door.Valid():
		return chat.InvalidField("door", "must be one of sdk, jsm, code")
	}
	return nil
}

// Service is safe for concurrent use.
type Service struct {
	Refusals Refusals // of this process

	store    store.Store
	verifier Verifier
	codes    Codes
	now      func() time.Time
	log      *slog.Logger
}

// New returns the service. The verifier may be nil where nobody signs in by token, and codes zero where nobody does by
// e-mail.
func New(s store.Store, verifier Verifier, codes Codes, now func() time.Time, log *slog.Logger) *Service {
	return &Service{store: s, verifier: verifier, codes: codes, now: now, log: log}
}

// clock returns the time of one piece of work, to the microsecond that the store keeps.
func (s *Service) clock() time.Time { return s.now().UTC().Truncate(time.Microsecond) }
