// Package staff is the work on the people at the console: who they are, where they are signed in, what they may do in which app, and the
// links by which they come. It is to agents what package directory is to users, and the two never meet: no user's token opens the
// console, whatever address it holds (security rule 16).
//
// An account is read anew with each call of its sessions, so that a role that was taken away, a password that was changed and an account that was closed
// are gone with the next one. What touches secrets, roles or erasure asks for the password again (security rule 24).
package staff

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Store is what staff keeps its nouns in; store.Store fits.
type Store interface {
	Read(ctx context.Context, f func(store.Tx) error) error
	Write(ctx context.Context, f func(store.Tx) error) error
}

// Service does the work. It is safe for concurrent use.
type Service struct {
	store Store
	now   func() time.Time
}

// New returns a Service.
func New(s Store, now func() time.Time) *Service {
	return &Service{store: s, now: now}
}

// nameOf is who acts, in the audit log.
func nameOf(agent chat.Agent) string { return "agent " + string(agent.ID) }

// RoleIn returns what the agent may do in the app: those who may manage the server are owners everywhere.
func (s *Service) RoleIn(ctx context.Context, agent chat.Agent, app chat.AppID) (role chat.Role, err error) {
	if agent.Admin {
		return chat.RoleOwner, nil
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		role, err = tx.FindMembership(app, agent.ID)
		return err
	})
	return role, err
}
