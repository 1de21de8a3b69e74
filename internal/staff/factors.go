package staff

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Factors returns what the agent shows beside the password.
func (s *Service) Factors(ctx context.Context, agent chat.AgentID) (factors chat.Factors, err error) {
	err = s.store.Read(ctx, func(tx store.Tx) error {
		factors, err = tx.CountFactors(agent)
		return err
	})
	return factors, err
}

// TakeFactors takes all second factors from somebody who has a role in the app and has lost theirs, and ends their sessions: the password alone opens the account
// then. The account may be good for more than this app, so that whoever asks must rule over all of it: Forbidden otherwise.
func (s *Service) TakeFactors(ctx context.Context, by chat.Agent, app chat.AppID, id chat.AgentID) error {
	return s.store.Write(ctx, func(tx store.Tx) error {
		agent, err := member(tx, app, id)
		if err != nil {
			return err
		}
		if isRuler, err := rulesOver(tx, by, agent); err != nil {
			return err
		} else if !isRuler {
			return chat.Refuse("role_needed", "This account is good for more than what you own: ask whoever manages the server.")
		}
		if _, err := tx.LockFactors(id); err != nil {
			return err
		}
		if err := tx.DeleteFactors(id); err != nil {
			return err
		}
		if _, err := tx.DeleteAgentSessions(id, chat.TokenHash{}); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{App: app, At: s.now(), Actor: nameOf(by), Action: "agent.factors_taken", Target: string(id)})
	})
}

// rulesOver tells whether somebody is an owner wherever the other one has a role. Only who manages the server rules over who does.
func rulesOver(tx store.Tx, ruler, other chat.Agent) (bool, error) {
	if ruler.Admin || other.Admin {
		return ruler.Admin, nil
	}
	roles, err := tx.ListMembershipsOfAgent(other.ID)
	if err != nil {
		return false, err
	}
	for _, held := range roles {
		own, err := tx.FindMembership(held.App, ruler.ID)
		if err != nil || own != chat.RoleOwner {
			return false, err
		}
	}
	return true, nil
}
