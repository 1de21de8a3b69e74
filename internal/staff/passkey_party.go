package staff

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// remember keeps a challenge until the browser answers it, and returns the options that hold it.
func (s *Service) remember(tx store.Tx, purpose chat.ChallengePurpose, agent chat.AgentID, session *webauthn.SessionData, options any) ([]byte, error) {
	kept, err := json.Marshal(session)
	if err != nil {
		return nil, err
	}
	told, err := json.Marshal(options)
	if err != nil {
		return nil, err
	}
	return told, tx.InsertChallenge(chat.Challenge{Hash: chat.HashToken(session.Challenge), Purpose: purpose, Agent: agent, Document: string(kept), ExpiresAt: s.now().Add(chat.ChallengeLife)})
}

// recall takes the challenge that the browser says it answers: it is over, whatever comes of the answer.
func (s *Service) recall(ctx context.Context, purpose chat.ChallengePurpose, agent chat.AgentID, origin, said string) (*webauthn.WebAuthn, webauthn.SessionData, error) {
	party, err := partyAt(origin)
	if err != nil {
		return nil, webauthn.SessionData{}, err
	}
	var begun webauthn.SessionData
	err = s.store.Write(ctx, func(tx store.Tx) error {
		hash := chat.HashToken(said)
		challenge, found, err := tx.FindChallenge(hash, purpose)
		if err != nil {
			return err
		}
		if !found || challenge.Agent != agent || !s.now().Before(challenge.ExpiresAt) {
			return wrongPasskey(errors.New("nobody has asked for it, or too long ago"))
		}
		isMine, err := tx.DeleteChallenge(hash)
		if err != nil {
			return err
		}
		if !isMine {
			return wrongPasskey(errors.New("it was shown before"))
		}
		begun = webauthn.SessionData{}
		return json.Unmarshal([]byte(challenge.Document), &begun)
	})
	return party, begun, err
}

func wrongPasskey(why error) error {
	return &chat.Error{Kind: chat.Unauthenticated, Code: "wrong_passkey", Message: "This passkey is not good here, or was asked for too long ago.",
		Cure: "Try again, with another passkey, or with your password.", Err: why}
}

// partyAt is this server as browsers know it under the origin. Unprocessable where it has no name there: passkeys are bound to one.
func partyAt(origin string) (*webauthn.WebAuthn, error) {
	own, err := url.Parse(origin)
	if err != nil || own.Hostname() == "" || net.ParseIP(own.Hostname()) != nil {
		return nil, nameless(err)
	}
	party, err := webauthn.New(&webauthn.Config{RPID: own.Hostname(), RPDisplayName: "Parlor", RPOrigins: []string{origin}})
	if err != nil {
		return nil, nameless(err) // the name is the caller's: whatever stands in the header of the request
	}
	return party, nil
}

func nameless(why error) error {
	return &chat.Error{Kind: chat.Unprocessable, Code: "no_passkeys_here", Message: "Passkeys are bound to the name of a server, and this address has none.",
		Cure: "Open the console under a name, such as https://chat.example.com.", Err: why}
}

// holder is an agent as the library knows people.
type holder struct {
	agent    chat.Agent
	passkeys []chat.Passkey
}

func holderOf(tx store.Tx, agent chat.Agent) (holder, error) {
	passkeys, err := tx.ListPasskeys(agent.ID)
	return holder{agent, passkeys}, err
}

func (h holder) WebAuthnID() []byte          { return []byte(h.agent.ID) }
func (h holder) WebAuthnName() string        { return h.agent.Email }
func (h holder) WebAuthnDisplayName() string { return h.agent.Name }

func (h holder) WebAuthnCredentials() []webauthn.Credential {
	all := make([]webauthn.Credential, len(h.passkeys))
	for i, passkey := range h.passkeys {
		c := webauthn.Credential{ID: passkey.Credential, PublicKey: passkey.PublicKey}
		for transport := range strings.FieldsSeq(passkey.Transports) {
			c.Transport = append(c.Transport, protocol.AuthenticatorTransport(transport))
		}
		c.Flags.BackupEligible, c.Authenticator.SignCount = passkey.Eligible, uint32(passkey.SignCount)
		all[i] = c
	}
	return all
}
