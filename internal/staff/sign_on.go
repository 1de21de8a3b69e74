package staff

import (
	"context"
	"encoding/json"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/sso"
	"github.com/parlorchat/parlor/internal/store"
)

// SignOn is the way to the provider of single sign-on. Token leaves the server once, in a cookie: the answer is good for the browser that holds it.
type SignOn struct {
	Address   string
	Token     string
	ExpiresAt time.Time
}

// HasSignOn tells whether the operator names a provider.
func (s *Service) HasSignOn() bool { return s.provider != nil }

// IsBound tells whether the agent comes by the provider.
func (s *Service) IsBound(ctx context.Context, agent chat.AgentID) (isBound bool, err error) {
	if s.provider == nil {
		return false, nil
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		isBound, err = tx.HasSubject(s.provider.Issuer(), agent)
		return err
	})
	return isBound, err
}

// BeginSignOn sends somebody to the provider, who brings them back to the origin. NotFound sso_off where there is none.
func (s *Service) BeginSignOn(ctx context.Context, origin string) (SignOn, error) {
	return s.beginSignOn(ctx, "", origin)
}

// BeginProofBySignOn is BeginSignOn for whoever is signed in: the provider has to ask for their secret again.
func (s *Service) BeginProofBySignOn(ctx context.Context, agent chat.Agent, origin string) (SignOn, error) {
	return s.beginSignOn(ctx, agent.ID, origin)
}

func (s *Service) beginSignOn(ctx context.Context, agent chat.AgentID, origin string) (SignOn, error) {
	if s.provider == nil {
		return SignOn{}, &chat.Error{Kind: chat.NotFound, Code: "sso_off", Message: "This server has no single sign-on.", Cure: "Sign in with your password."}
	}
	address, flow, err := s.provider.Begin(ctx, origin+"/console/sso", agent != "")
	if err != nil {
		return SignOn{}, err
	}
	kept, err := json.Marshal(flow)
	if err != nil {
		return SignOn{}, err
	}
	on := SignOn{Address: address, Token: chat.NewSecret(), ExpiresAt: s.now().Add(chat.ChallengeLife)}
	return on, s.store.Write(ctx, func(tx store.Tx) error {
		return tx.InsertChallenge(chat.Challenge{Hash: chat.HashToken(on.Token), Purpose: chat.SingleSignOn, Agent: agent, Document: string(kept), ExpiresAt: on.ExpiresAt})
	})
}

// FinishSignOn signs in whom the provider vouches for, with the token of the browser and what it brings back; where the way was begun for a proof, it is one for the
// session with the other token, and no new session comes of it. Unauthenticated sso_over where this browser has begun nothing, and as sso.Provider.Finish; Forbidden
// where there is no account for whom the provider vouches for.
func (s *Service) FinishSignOn(ctx context.Context, token, session string, answer sso.Answer) (SignedIn, error) {
	challenge, err := s.takeSignOn(ctx, token)
	if err != nil {
		return SignedIn{}, err
	}
	var flow sso.Flow
	if err := json.Unmarshal([]byte(challenge.Document), &flow); err != nil {
		return SignedIn{}, err
	}
	subject, err := s.provider.Finish(ctx, flow, answer)
	if err != nil {
		return SignedIn{}, err
	}
	if challenge.Agent != "" {
		return s.proveBySignOn(ctx, challenge.Agent, session, subject)
	}
	var in SignedIn
	err = s.store.Write(ctx, func(tx store.Tx) error {
		agent, done, err := s.accountOf(tx, subject)
		if err != nil {
			return err
		}
		in, err = s.enterIn(tx, agent, bySignOn, done...)
		return err
	})
	return in, err
}

// takeSignOn takes what the browser has begun: it is over, whatever comes of it.
func (s *Service) takeSignOn(ctx context.Context, token string) (challenge chat.Challenge, err error) {
	over := &chat.Error{Kind: chat.Unauthenticated, Code: "sso_over", Message: "This browser has begun no sign-in, or too long ago.", Cure: "Sign in again."}
	if s.provider == nil {
		return chat.Challenge{}, over
	}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		var found, isMine bool
		if challenge, found, err = tx.FindChallenge(chat.HashToken(token), chat.SingleSignOn); err != nil {
			return err
		}
		if !found || !s.now().Before(challenge.ExpiresAt) {
			return over
		}
		if isMine, err = tx.DeleteChallenge(challenge.Hash); err == nil && !isMine {
			err = over
		}
		return err
	})
	return challenge, err
}

func (s *Service) proveBySignOn(ctx context.Context, begun chat.AgentID, token string, subject sso.Subject) (SignedIn, error) {
	agent, session, err := s.Authenticate(ctx, token)
	if err != nil {
		return SignedIn{}, err
	}
	session, err = s.prove(ctx, session, func(tx store.Tx) error {
		bound, _, err := tx.FindSubject(s.provider.Issuer(), subject.ID)
		if err == nil && (bound.Agent != agent.ID || begun != agent.ID) {
			err = chat.Refuse("sso_another", "The provider vouches for another account than the one that is signed in here.")
		}
		return err
	})
	return SignedIn{Session: session, Agent: agent}, err
}
