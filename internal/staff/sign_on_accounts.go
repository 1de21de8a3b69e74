package staff

import (
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/sso"
	"github.com/parlorchat/parlor/internal/store"
)

// accountOf returns the account of whom the provider vouches for: the one that is bound to them, whatever their address is by now; else one, or an open invitation,
// with an address that the provider has verified, which is bound to them from then on (security rules 33 to 35). There is no other way to an account. What was done is still
// to be audited: the events of the sign-in come first.
func (s *Service) accountOf(tx store.Tx, subject sso.Subject) (agent chat.Agent, done []store.Audit, err error) {
	bound, found, err := tx.FindSubject(s.provider.Issuer(), subject.ID)
	if err != nil {
		return chat.Agent{}, nil, err
	}
	email, isAddress := chat.NormalEmail(subject.Email)
	isVerified := isAddress && subject.EmailVerified
	if !found && !isVerified {
		return chat.Agent{}, nil, chat.Refuse("sso_unverified", "The provider does not say that your address is verified, and nobody here is bound to you yet.")
	}
	var open []chat.Invitation
	if isVerified {
		if open, err = s.openFor(tx, email); err != nil {
			return chat.Agent{}, nil, err
		}
	}
	if found {
		agent, err = tx.LockAgent(bound.Agent)
	} else if agent, err = s.bind(tx, subject, email, len(open) > 0); err == nil {
		done = append(done, store.Audit{At: s.now(), Actor: nameOf(agent), Action: "agent.sso_bind", Target: string(agent.ID)})
	}
	if err != nil {
		return chat.Agent{}, nil, err
	}
	if !agent.DisabledAt.IsZero() {
		return chat.Agent{}, nil, noAccount(agent.Email)
	}
	if agent.Email != email {
		return agent, done, nil
	}
	joined, err := s.takeUp(tx, agent, open)
	return agent, append(done, joined...), err
}

func noAccount(address string) error {
	return chat.Refuse("sso_no_account", "There is no account here for "+address+", and no open invitation.")
}

// openFor returns the invitations of the address that still work.
func (s *Service) openFor(tx store.Tx, email string) ([]chat.Invitation, error) {
	all, err := tx.LockInvitationsFor(email)
	return slices.DeleteFunc(all, func(i chat.Invitation) bool { return !s.now().Before(i.ExpiresAt) }), err
}

// bind binds the account with the address to whom the provider vouches for, or a new one where somebody was invited.
func (s *Service) bind(tx store.Tx, subject sso.Subject, email string, isInvited bool) (chat.Agent, error) {
	now := s.now()
	agent, isThere, err := tx.FindAgentByEmail(email)
	if err != nil {
		return chat.Agent{}, err
	}
	if !isThere {
		if !isInvited {
			return chat.Agent{}, noAccount(email)
		}
		name, err := nameIn(subject.Name)
		if err != nil {
			name = ""
		}
		agent = chat.Agent{ID: chat.AgentID(chat.NewID(now)), Email: email, Name: name, WantsMail: true, CreatedAt: now}
		if err := tx.InsertAgent(agent); err != nil {
			return chat.Agent{}, err
		}
	}
	if _, err := tx.LockFactors(agent.ID); err != nil {
		return chat.Agent{}, err
	}
	isBound, err := tx.HasSubject(s.provider.Issuer(), agent.ID)
	if err != nil {
		return chat.Agent{}, err
	}
	// An address that was given to another person at the provider is not theirs here.
	if isBound {
		return chat.Agent{}, chat.Refuse("sso_another", "The account for "+email+" belongs to another user of the provider.")
	}
	return agent, tx.BindSubject(chat.BoundSubject{Issuer: s.provider.Issuer(), Subject: subject.ID, Agent: agent.ID, CreatedAt: now})
}

// takeUp gives the agent what they are invited to.
func (s *Service) takeUp(tx store.Tx, agent chat.Agent, open []chat.Invitation) (joined []store.Audit, err error) {
	for _, invitation := range open {
		if err := join(tx, invitation, agent); err != nil {
			return nil, err
		}
		if _, err := tx.DeleteInvitation(invitation.ID); err != nil {
			return nil, err
		}
		joined = append(joined, store.Audit{App: invitation.App, At: s.now(), Actor: "agent " + string(invitation.By), Action: "agent.join", Target: string(agent.ID)})
	}
	return joined, nil
}
