package staff

import (
	"context"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/password"
	"github.com/parlorchat/parlor/internal/store"
)

// touchAfter is how much later a use of a session is noted: LastUsedAt is right to within it.
const touchAfter = time.Minute

// SignedIn is an agent with a fresh session. Token leaves the server once, in a cookie. With Step there is no session yet, and Token is good for that step alone.
type SignedIn struct {
	Token   string
	Session chat.AgentSession
	Agent   chat.Agent
	Step    *Step
}

// SignIn exchanges an address and a password for a session, or for a second step. Unauthenticated, with one message for all causes: no account, a closed one, a
// wrong password; each takes as long.
func (s *Service) SignIn(ctx context.Context, address, given string) (SignedIn, error) {
	agent, err := s.find(ctx, address)
	if err != nil {
		return SignedIn{}, err
	}
	if !opens(agent, given) {
		return SignedIn{}, wrongPassword()
	}
	return s.enter(ctx, agent)
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

// enter lets somebody in whose password was right: where the account has a second factor, to the step that asks for it.
func (s *Service) enter(ctx context.Context, agent chat.Agent) (in SignedIn, err error) {
	err = s.store.Write(ctx, func(tx store.Tx) error {
		same, err := lockSame(tx, agent)
		if err != nil {
			return err
		}
		in, err = s.enterIn(tx, same, "password")
		return err
	})
	return in, err
}

// lockSame returns the account as it is now, under its lock. Unauthenticated where its password is another one than what was shown was compared with, or where it was
// closed: whoever changed it has ended all sessions, and none may come after that.
func lockSame(tx store.Tx, shown chat.Agent) (chat.Agent, error) {
	agent, err := tx.LockAgent(shown.ID)
	if err == nil && (agent.PasswordHash != shown.PasswordHash || !agent.DisabledAt.IsZero()) {
		err = wrongPassword()
	}
	return agent, err
}

// enterIn is enter inside a transaction; done are what is to be audited before the sign-in.
func (s *Service) enterIn(tx store.Tx, agent chat.Agent, by string, done ...store.Audit) (SignedIn, error) {
	factors, err := tx.LockFactors(agent.ID)
	if err != nil {
		return SignedIn{}, err
	}
	if factors.Second() {
		if err := appendAudits(tx, done); err != nil {
			return SignedIn{}, err
		}
		return s.askSecond(tx, agent, factors, by)
	}
	return s.begin(tx, agent, by, done...)
}

// begin opens a session for somebody who has shown all that the account asks for; by says what that was, and done what is to be audited before it.
func (s *Service) begin(tx store.Tx, agent chat.Agent, by string, done ...store.Audit) (SignedIn, error) {
	token, now := chat.NewSecret(), s.now()
	session := chat.AgentSession{Hash: chat.HashToken(token), Agent: agent.ID, CreatedAt: now, LastUsedAt: now, ProvedAt: now, SignedOn: strings.HasPrefix(by, bySignOn)}
	if err := tx.InsertAgentSession(session); err != nil {
		return SignedIn{}, err
	}
	if err := tellColleagues(tx, agent.ID, now); err != nil {
		return SignedIn{}, err
	}
	err := appendAudits(tx, append(done, store.Audit{At: now, Actor: nameOf(agent), Action: "agent.sign_in", Target: string(agent.ID), Detail: map[string]string{"by": by}}))
	return SignedIn{Token: token, Session: session, Agent: agent}, err
}

func appendAudits(tx store.Tx, entries []store.Audit) error {
	for _, entry := range entries {
		if err := tx.AppendAudit(entry); err != nil {
			return err
		}
	}
	return nil
}

// Authenticate returns who holds the session, and notes that it was used. Unauthenticated where it is none, has ended, or the account is closed: it is
// read each time, so that what was taken from an agent is gone with their next call (security rule 26).
func (s *Service) Authenticate(ctx context.Context, token string) (chat.Agent, chat.AgentSession, error) {
	agent, session, err := s.Holder(ctx, token)
	if now := s.now(); err == nil && now.Sub(session.LastUsedAt) >= touchAfter {
		wasIdle := now.Sub(session.LastUsedAt) >= chat.AgentIdle
		session.LastUsedAt = now
		err = s.store.Write(ctx, func(tx store.Tx) error {
			if err := tx.TouchAgentSession(session.Hash, now, session.ProvedAt); err != nil || !wasIdle {
				return err
			}
			return tellColleagues(tx, agent.ID, now)
		})
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

// Prove notes that the agent of the session has shown the password again, and a code where the account has a second factor, and returns the session as it is then.
// Unauthenticated where one of them is another; which one is not told.
func (s *Service) Prove(ctx context.Context, agent chat.Agent, session chat.AgentSession, given, code string) (chat.AgentSession, error) {
	isRight := opens(agent, given)
	return s.prove(ctx, session, func(tx store.Tx) error {
		factors, err := tx.LockFactors(agent.ID)
		if err != nil {
			return err
		}
		if !factors.Second() {
			if !isRight {
				return wrongPassword()
			}
			return nil
		}
		if isRight {
			_, isRight, err = s.takeCode(tx, agent.ID, code)
		}
		if err == nil && !isRight {
			err = &chat.Error{Kind: chat.Unauthenticated, Code: "wrong_proof", Message: "The password or the code is another one.",
				Cure: "Give both once more. A code works once: wait for the next one."}
		}
		return err
	})
}

// prove notes that the agent of the session was asked by shown, and has shown it.
func (s *Service) prove(ctx context.Context, session chat.AgentSession, shown func(store.Tx) error) (chat.AgentSession, error) {
	now := s.now()
	err := s.store.Write(ctx, func(tx store.Tx) error {
		if err := shown(tx); err != nil {
			return err
		}
		return tx.TouchAgentSession(session.Hash, now, now)
	})
	if err == nil {
		session.LastUsedAt, session.ProvedAt = now, now
	}
	return session, err
}

// ChangePassword gives the account another password, and ends its other sessions and what others have begun to sign in with. Unauthenticated as SignIn where the
// present one is another; Forbidden where the account has a second factor that was not shown lately.
func (s *Service) ChangePassword(ctx context.Context, agent chat.Agent, session chat.AgentSession, given, next string) error {
	if !opens(agent, given) {
		return wrongPassword()
	}
	if len(next) < password.Min || len(next) > password.Max {
		return chat.InvalidField("next", "must have from %d to %d bytes", password.Min, password.Max)
	}
	hash, now := password.Hash(next), s.now()
	return s.store.Write(ctx, func(tx store.Tx) error {
		changed, err := lockSame(tx, agent)
		if err != nil {
			return err
		}
		factors, err := tx.CountFactors(agent.ID)
		if err != nil {
			return err
		}
		if factors.Second() && !s.Proved(session) {
			return NotProved()
		}
		changed.PasswordHash = hash
		if err := tx.UpdateAgent(changed); err != nil {
			return err
		}
		if err := endElsewhere(tx, agent.ID, session.Hash); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{At: now, Actor: nameOf(agent), Action: "agent.password", Target: string(agent.ID)})
	})
}

// endElsewhere ends the agent's sessions but the one, and all challenges: what was begun with the former secrets is over.
func endElsewhere(tx store.Tx, agent chat.AgentID, but chat.TokenHash) error {
	if _, err := tx.DeleteAgentSessions(agent, but); err != nil {
		return err
	}
	return tx.DeleteChallengesOf(agent)
}

// Proved tells whether the agent has shown a secret lately enough for what asks for it again.
func (s *Service) Proved(session chat.AgentSession) bool {
	return s.now().Sub(session.ProvedAt) < chat.AgentProofLife
}

// NotProved is the refusal of what asks for a secret again.
func NotProved() error {
	return chat.Refuse("proof_needed", "Show your password again first (POST /console/v1/session/proof), then repeat this.")
}

// ForgetEnded forgets the sessions and challenges that have ended, and returns how many.
func (s *Service) ForgetEnded(ctx context.Context) (count int64, err error) {
	now := s.now()
	err = s.store.Write(ctx, func(tx store.Tx) error {
		if count, err = tx.DeleteEndedAgentSessions(now.Add(-chat.AgentSessionLife), now.Add(-chat.AgentSessionIdle)); err != nil {
			return err
		}
		challenges, err := tx.DeleteEndedChallenges(now)
		count += challenges
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
