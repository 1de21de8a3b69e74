package staff

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Passkeys returns the agent's, the oldest first.
func (s *Service) Passkeys(ctx context.Context, agent chat.AgentID) (passkeys []chat.Passkey, err error) {
	err = s.store.Read(ctx, func(tx store.Tx) error {
		passkeys, err = tx.ListPasskeys(agent)
		return err
	})
	return passkeys, err
}

// BeginPasskey returns what the browser needs to make a passkey of the agent for the server at the origin, as JSON: PublicKeyCredentialCreationOptions. The device must
// keep it so that it can be found without the address, and must know its user. Conflict where the agent has as many as may be.
func (s *Service) BeginPasskey(ctx context.Context, agent chat.Agent, origin string) (options []byte, err error) {
	party, err := partyAt(origin)
	if err != nil {
		return nil, err
	}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		holder, err := holderOf(tx, agent)
		if err != nil {
			return err
		}
		if len(holder.passkeys) >= chat.MaxPasskeys {
			return tooManyPasskeys()
		}
		made, session, err := party.BeginRegistration(holder,
			webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}),
			webauthn.WithConveyancePreference(protocol.PreferNoAttestation),
			webauthn.WithExclusions(webauthn.Credentials(holder.WebAuthnCredentials()).CredentialDescriptors()))
		if err != nil {
			return err
		}
		options, err = s.remember(tx, chat.PasskeyMade, agent.ID, session, made.Response)
		return err
	})
	return options, err
}

func tooManyPasskeys() error {
	return &chat.Error{Kind: chat.Conflict, Code: "too_many_passkeys", Message: "There are as many passkeys as an account may have.", Cure: "Remove one first."}
}

// FinishPasskey keeps the passkey that the browser made, under a name. Where it is the account's first second factor, the agent's other sessions end, and there are
// recovery codes. Unauthenticated wrong_passkey where it was not made for this.
func (s *Service) FinishPasskey(ctx context.Context, agent chat.Agent, session chat.AgentSession, origin, name string, made []byte) (passkey chat.Passkey, recovery []string, err error) {
	if name, err = passkeyName(name); err != nil {
		return chat.Passkey{}, nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(made)
	if err != nil {
		return chat.Passkey{}, nil, wrongPasskey(err)
	}
	party, begun, err := s.recall(ctx, chat.PasskeyMade, agent.ID, origin, parsed.Response.CollectedClientData.Challenge)
	if err != nil {
		return chat.Passkey{}, nil, err
	}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		factors, err := tx.LockFactors(agent.ID)
		if err != nil {
			return err
		}
		if factors.Passkeys >= chat.MaxPasskeys {
			return tooManyPasskeys()
		}
		credential, err := party.CreateCredential(holder{agent: agent}, begun, parsed)
		if err != nil {
			return wrongPasskey(err)
		}
		passkey = s.passkeyOf(agent.ID, name, credential)
		if recovery, err = firstRecovery(tx, agent.ID, factors); err != nil {
			return err
		}
		if err := tx.InsertPasskey(passkey); err != nil {
			return err
		}
		if !factors.Second() {
			if err := endElsewhere(tx, agent.ID, session.Hash); err != nil {
				return err
			}
		}
		return tx.AppendAudit(store.Audit{At: passkey.CreatedAt, Actor: nameOf(agent), Action: "agent.passkey_add", Target: string(agent.ID), Detail: map[string]string{"name": name}})
	})
	return passkey, recovery, err
}

func (s *Service) passkeyOf(agent chat.AgentID, name string, c *webauthn.Credential) chat.Passkey {
	transports := make([]string, len(c.Transport))
	for i, transport := range c.Transport {
		transports[i] = string(transport)
	}
	now := s.now()
	return chat.Passkey{ID: chat.PasskeyID(chat.NewID(now)), Agent: agent, Credential: c.ID, PublicKey: c.PublicKey, Name: name, Transports: strings.Join(transports, " "),
		Eligible: c.Flags.BackupEligible, SignCount: int64(c.Authenticator.SignCount), CreatedAt: now}
}

func passkeyName(typed string) (string, error) {
	name := chat.VisibleName(strings.TrimSpace(typed))
	if count := utf8.RuneCountInString(name); count == 0 || count > chat.MaxDisplayName {
		return "", chat.InvalidField("name", "must have from 1 to %d characters", chat.MaxDisplayName)
	}
	return name, nil
}

// RenamePasskey calls the agent's passkey otherwise. NotFound where they have no such one.
func (s *Service) RenamePasskey(ctx context.Context, agent chat.AgentID, id chat.PasskeyID, name string) error {
	name, err := passkeyName(name)
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx store.Tx) error { return tx.RenamePasskey(agent, id, name) })
}

// RemovePasskey takes the agent's passkey away; with the last second factor go the recovery codes. NotFound where they have no such one.
func (s *Service) RemovePasskey(ctx context.Context, agent chat.Agent, id chat.PasskeyID) error {
	return s.store.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.LockFactors(agent.ID); err != nil {
			return err
		}
		had, err := tx.DeletePasskey(agent.ID, id)
		if err != nil {
			return err
		}
		if !had {
			return chat.Missing("passkey")
		}
		if err := dropRecovery(tx, agent.ID); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{At: s.now(), Actor: nameOf(agent), Action: "agent.passkey_remove", Target: string(agent.ID)})
	})
}
