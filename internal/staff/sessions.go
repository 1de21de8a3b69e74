package staff

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/password"
	"github.com/parlorchat/parlor/internal/store"
)

// touchAfter is how much later a use of a session is noted: LastUsedAt is right to within it.
const touchAfter = time.Minute

// SignedIn is an agent with a fresh session. Token leaves the server once, in a cookie.
type SignedIn struct {
	Token   string
	Session chat.AgentSession
	Agent   chat.Agent
}

// SignIn exchanges an address and a password for a session. Unauthenticated, with one message for all causes: no account, a closed one, a
// wrong password; each takes as long.
func (s *Service) SignIn(ctx context.Context, address, given string) (SignedIn, error) {
	agent, err := s.find(ctx, address)
	if err != nil {
		return SignedIn{}, err
	}
	if !opens(agent, given) {
		return SignedIn{}, wrongPassword()
	}
	return s.begin(ctx, agent)
}

// find returns the account with the address; one that opens to no password where there is none.
func (s *Service) find(ctx context.Context, address string) (agent chat.Agent, err error) {
	email, ok := chat.NormalEmail(address)
	if !ok {
		return chat.Agent{}, nil
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		agent, _, err = tx.FindAgentByEmail(email)
		return err
	})
	return agent, err
}

func opens(agent chat.Agent, given string) bool {
	return password.Matches(agent.PasswordHash, given) && agent.DisabledAt.IsZero()
}

func wrongPassword() error {
	return &chat.Error{Kind: chat.Unauthenticated, Code: "wrong_password", Message: "There is no such account, or the password is another one.",
		Cure: "Check the address, or ask an owner for a new link."}
}

func (s *Service) begin(ctx context.Context, agent chat.Agent) (SignedIn, error) {
	token, now := chat.NewSecret(), s.now()
	session := chat.AgentSession{Hash: chat.HashToken(token), Agent: agent.ID, CreatedAt: now, LastUsedAt: now, ProvedAt: now}
	err := s.store.Write(ctx, func(tx store.Tx) error {
		if err := tx.InsertAgentSession(session); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{At: now, Actor: nameOf(agent), Action: "agent.sign_in", Target: string(agent.ID)})
	})
	return SignedIn{Token: token, Session: session, Agent: agent}, err
}

// Authenticate returns who holds the session, and notes that it was used. Unauthenticated where it is none, has ended, or the account is closed: it is
// read each time, so that what was taken from an agent is gone with their next call (security rule 26).
func (s *Service) Authenticate(ctx context.Context, token string) (chat.Agent, chat.AgentSession, error) {
	agent, session, err := s.Holder(ctx, token)
	if now := s.now(); err == nil && now.Sub(session.LastUsedAt) >= touchAfter {
		session.LastUsedAt = now
		err = s.store.Write(ctx, func(tx store.Tx) error { return tx.TouchAgentSession(session.Hash, now, session.ProvedAt) })
	}
	return agent, session, err
}

// Holder is Authenticate for what an agent does not do: a line that is open keeps no session alive.
func (s *Service) Holder(ctx context.Context, token string) (agent chat.Agent, session chat.AgentSession, err error) {
	found := false
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if session, found, err = tx.FindAgentSession(chat.HashToken(token)); err != nil || !found {
			return err
		}
		agent, err = tx.GetAgent(session.Agent)
		return err
	})
	if err != nil {
		return chat.Agent{}, chat.AgentSession{}, err
	}
	if !found || !s.now().Before(session.Ends()) || !agent.DisabledAt.IsZero() {
		return chat.Agent{}, chat.AgentSession{}, &chat.Error{Kind: chat.Unauthenticated, Code: "unauthorized", Message: "Nobody is signed in.", Cure: "Sign in again."}
	}
	return agent, session, nil
}

// Prove notes that the agent of the session has shown the password again, and returns the session as it is then; Unauthenticated as SignIn where it is another one.
func (s *Service) Prove(ctx context.Context, agent chat.Agent, session chat.AgentSession, given string) (chat.AgentSession, error) {
	if !opens(agent, given) {
		return session, wrongPassword()
	}
	now := s.now()
	session.LastUsedAt, session.ProvedAt = now, now
	return session, s.store.Write(ctx, func(tx store.Tx) error { return tx.TouchAgentSession(session.Hash, now, now) })
}

// ChangePassword gives the account another password, and ends its other sessions. Unauthenticated as SignIn where the present one is another.
func (s *Service) ChangePassword(ctx context.Context, agent chat.Agent, session chat.AgentSession, given, next string) error {
	if !opens(agent, given) {
		return wrongPassword()
	}
	if len(next) < password.Min || len(next) > password.Max {
		return chat.InvalidField("next", "must have from %d to %d bytes", password.Min, password.Max)
	}
	hash, now := password.Hash(next), s.now()
	return s.store.Write(ctx, func(tx store.Tx) error {
		changed, err := tx.GetAgent(agent.ID)
		if err != nil {
			return err
		}
		changed.PasswordHash = hash
		if err := tx.UpdateAgent(changed); err != nil {
			return err
		}
		if _, err := tx.DeleteAgentSessions(agent.ID, session.Hash); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{At: now, Actor: nameOf(agent), Action: "agent.password", Target: string(agent.ID)})
	})
}

// Proved tells whether the agent has shown a secret lately enough for what asks for it again.
func (s *Service) Proved(session chat.AgentSession) bool {
	return s.now().Sub(session.ProvedAt) < chat.AgentProofLife
}

// ForgetEnded forgets the sessions that have ended, and returns how many.
func (s *Service) ForgetEnded(ctx context.Context) (count int64, err error) {
	now := s.now()
	err = s.store.Write(ctx, func(tx store.Tx) error {
		count, err = tx.DeleteEndedAgentSessions(now.Add(-chat.AgentSessionLife), now.Add(-chat.AgentSessionIdle))
		return err
	})
	return count, err
}

// SignOut ends the session; one that has ended is no error.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.store.Write(ctx, func(tx store.Tx) error {
		_, err := tx.DeleteAgentSession(chat.HashToken(token))
		return err
	})
}
