package admin

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/password"
	"github.com/parlorchat/parlor/internal/store"
)

// AgentInput is what an account of the console is made of.
type AgentInput struct {
	Email    string // any that can be an identity; kept in normal form
	Name     string // as users see who answers; may be empty
	Password string // 8 to 1024 bytes, as typed
	Admin    bool   // may manage the server
}

// CreateAgent makes an account of the console. Invalid, with Field, for an address or a password that cannot be;
// Conflict if the address has an account.
func (s *Service) CreateAgent(ctx context.Context, p chat.Principal, in AgentInput) (chat.Agent, error) {
	if err := mayManage(p); err != nil {
		return chat.Agent{}, err
	}
	email, ok := chat.NormalEmail(in.Email)
	if !ok {
		return chat.Agent{}, chat.InvalidField("email", "must be a bare ASCII address such as ana@example.com")
	}
	if len(in.Password) < password.Min || len(in.Password) > password.Max {
		return chat.Agent{}, chat.InvalidField("password", "must have from %d to %d bytes", password.Min, password.Max)
	}
	now := s.now()
	agent := chat.Agent{ID: chat.AgentID(chat.NewID(now)), Email: email, Name: chat.VisibleName(in.Name), PasswordHash: password.Hash(in.Password), Admin: in.Admin, WantsMail: true, CreatedAt: now}
	err := s.store.Write(ctx, func(tx store.Tx) error {
		if err := tx.InsertAgent(agent); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{At: now, Actor: p.Name, Action: "agent.create", Target: string(agent.ID)})
	})
	if err != nil {
		return chat.Agent{}, err
	}
	return agent, nil
}

// ResetAgent takes all second factors from the account with the address, and ends its sessions: the way back for somebody who has lost them. The password stays.
// NotFound if there is no such account.
func (s *Service) ResetAgent(ctx context.Context, p chat.Principal, address string) (agent chat.Agent, err error) {
	if err := mayManage(p); err != nil {
		return chat.Agent{}, err
	}
	email, ok := chat.NormalEmail(address)
	if !ok {
		return chat.Agent{}, chat.InvalidField("email", "must be a bare ASCII address such as ana@example.com")
	}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		var found bool
		if agent, found, err = tx.FindAgentByEmail(email); err != nil {
			return err
		}
		if !found {
			return chat.Missing("agent")
		}
		if _, err := tx.LockFactors(agent.ID); err != nil {
			return err
		}
		if err := tx.DeleteFactors(agent.ID); err != nil {
			return err
		}
		if _, err := tx.DeleteAgentSessions(agent.ID, chat.TokenHash{}); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{At: s.now(), Actor: p.Name, Action: "agent.factors_taken", Target: string(agent.ID)})
	})
	return agent, err
}
