package staff

import (
	"context"
	"errors"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// AskForPasskey returns what the browser needs to show any passkey of this server's, as JSON: PublicKeyCredentialRequestOptions. Nobody is known yet.
func (s *Service) AskForPasskey(ctx context.Context, origin string) ([]byte, error) {
	party, err := partyAt(origin)
	if err != nil {
		return nil, err
	}
	asked, session, err := party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, err
	}
	var options []byte
	err = s.store.Write(ctx, func(tx store.Tx) error {
		options, err = s.remember(tx, chat.PasskeySignIn, "", session, asked.Response)
		return err
	})
	return options, err
}

// askForOwn is AskForPasskey for one of the agent's own. NotFound where they have none.
func (s *Service) askForOwn(ctx context.Context, purpose chat.ChallengePurpose, agent chat.Agent, origin string) (options []byte, err error) {
	party, err := partyAt(origin)
	if err != nil {
		return nil, err
	}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		holder, err := holderOf(tx, agent)
		if err != nil {
			return err
		}
		if len(holder.passkeys) == 0 {
			return chat.Missing("passkey")
		}
		asked, session, err := party.BeginLogin(holder, webauthn.WithUserVerification(protocol.VerificationRequired))
		if err != nil {
			return err
		}
		options, err = s.remember(tx, purpose, agent.ID, session, asked.Response)
		return err
	})
	return options, err
}

// SignInByPasskey exchanges what a browser showed for a session: a passkey is both factors. Unauthenticated wrong_passkey.
func (s *Service) SignInByPasskey(ctx context.Context, origin string, shown []byte) (in SignedIn, err error) {
	parsed, party, begun, err := s.shownFor(ctx, chat.PasskeySignIn, "", origin, shown)
	if err != nil {
		return SignedIn{}, err
	}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		known, _, err := tx.FindPasskey(parsed.RawID)
		if err != nil {
			return err
		}
		if known.ID == "" {
			return wrongPasskey(errors.New("nobody has it"))
		}
		agent, err := tx.GetAgent(known.Agent)
		if err != nil {
			return err
		}
		if !agent.DisabledAt.IsZero() {
			return wrongPasskey(errors.New("the account is closed"))
		}
		named := func(_, _ []byte) (webauthn.User, error) { return holder{agent, []chat.Passkey{known}}, nil }
		if _, _, err := party.ValidatePasskeyLogin(named, begun, parsed); err != nil {
			return wrongPasskey(err)
		}
		if err := s.count(tx, known, parsed); err != nil {
			return err
		}
		in, err = s.begin(tx, agent, "passkey")
		return err
	})
	return in, err
}

// AskAtSecondStep asks for a passkey in place of a code. Unauthenticated as AtSecondStep.
func (s *Service) AskAtSecondStep(ctx context.Context, token, origin string) ([]byte, error) {
	agent, err := s.AtSecondStep(ctx, token)
	if err != nil {
		return nil, err
	}
	return s.askForOwn(ctx, chat.PasskeyAtStep, agent, origin)
}

// PasskeyAtSecondStep is AnswerSecondStep with a passkey. Unauthenticated as AtSecondStep, or wrong_passkey.
func (s *Service) PasskeyAtSecondStep(ctx context.Context, token, origin string, shown []byte) (SignedIn, error) {
	agent, err := s.AtSecondStep(ctx, token)
	if err != nil {
		return SignedIn{}, err
	}
	check, err := s.checkOwn(ctx, chat.PasskeyAtStep, agent, origin, shown)
	if err != nil {
		return SignedIn{}, err
	}
	return s.finishSecondStep(ctx, token, func(tx store.Tx, _ chat.Agent) (string, error) { return "passkey", check(tx) })
}

// AskForProof asks whoever is signed in for a passkey.
func (s *Service) AskForProof(ctx context.Context, agent chat.Agent, origin string) ([]byte, error) {
	return s.askForOwn(ctx, chat.PasskeyAsProof, agent, origin)
}

// ProveByPasskey is Prove with a passkey, which is both factors. Unauthenticated wrong_passkey.
func (s *Service) ProveByPasskey(ctx context.Context, agent chat.Agent, session chat.AgentSession, origin string, shown []byte) (chat.AgentSession, error) {
	check, err := s.checkOwn(ctx, chat.PasskeyAsProof, agent, origin, shown)
	if err != nil {
		return session, err
	}
	return s.prove(ctx, session, check)
}

// checkOwn takes the challenge, and returns what says whether it was answered by a passkey of the agent.
func (s *Service) checkOwn(ctx context.Context, purpose chat.ChallengePurpose, agent chat.Agent, origin string, shown []byte) (func(store.Tx) error, error) {
	parsed, party, begun, err := s.shownFor(ctx, purpose, agent.ID, origin, shown)
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx) error {
		holder, err := holderOf(tx, agent)
		if err != nil {
			return err
		}
		if _, err := party.ValidateLogin(holder, begun, parsed); err != nil {
			return wrongPasskey(err)
		}
		known, _, err := tx.FindPasskey(parsed.RawID)
		if err != nil {
			return err
		}
		return s.count(tx, known, parsed)
	}, nil
}

func (s *Service) shownFor(ctx context.Context, purpose chat.ChallengePurpose, agent chat.AgentID, origin string, shown []byte) (*protocol.ParsedCredentialAssertionData, *webauthn.WebAuthn, webauthn.SessionData, error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(shown)
	if err != nil {
		return nil, nil, webauthn.SessionData{}, wrongPasskey(err)
	}
	party, begun, err := s.recall(ctx, purpose, agent, origin, parsed.Response.CollectedClientData.Challenge)
	return parsed, party, begun, err
}

// count notes the use. A device whose count does not rise was copied, or answers for one that was: neither is let in.
func (s *Service) count(tx store.Tx, passkey chat.Passkey, shown *protocol.ParsedCredentialAssertionData) error {
	isNew, err := tx.UsePasskey(passkey.ID, int64(shown.Response.AuthenticatorData.Counter), s.now())
	if err == nil && !isNew {
		err = wrongPasskey(errors.New("its count did not rise"))
	}
	return err
}
