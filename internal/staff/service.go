// Package staff is the work on the people at the console: who they are, where they are signed in, what they may do in which app, and the
// links by which they come. It is to agents what package directory is to users, and the two never meet: no user's token opens the
// console, whatever address it holds (security rule 16).
//
// An account is read anew with each call of its sessions, so that a role that was taken away, a password that was changed and an account that was closed
// are gone with the next one. What touches secrets, roles or erasure asks for the password again (security rule 24), and for a second factor where the
// account has one. Such an account is not opened by its password alone, whatever way it was given: see enter.
package staff

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/sso"
	"github.com/parlorchat/parlor/internal/store"
)

// Store is what staff keeps its nouns in; store.Store fits.
type Store interface {
	Read(ctx context.Context, f func(store.Tx) error) error
	Write(ctx context.Context, f func(store.Tx) error) error
}

// Service does the work. It is safe for concurrent use.
type Service struct {
	store    Store
	master   *seal.Master
	provider *sso.Provider
	now      func() time.Time
}

// Options are what a Service works with.
type Options struct {
	Store  Store
	Master *seal.Master  // seals the secrets of second factors
	SignOn *sso.Provider // nil: there is no single sign-on
	Now    func() time.Time
}

// New returns a Service.
func New(o Options) *Service {
	return &Service{store: o.Store, master: o.Master, provider: o.SignOn, now: o.Now}
}

// nameOf is who acts, in the audit log.
func nameOf(agent chat.Agent) string { return "agent " + string(agent.ID) }

// RoleIn returns what whoever holds the session may do in the app: those who may manage the server are owners everywhere. Forbidden second_factor_needed where the
// app asks for a second factor that the account has not.
func (s *Service) RoleIn(ctx context.Context, agent chat.Agent, session chat.AgentSession, app chat.AppID) (role chat.Role, err error) {
	err = s.store.Read(ctx, func(tx store.Tx) error {
		role = chat.RoleOwner
		if !agent.Admin {
			if role, err = tx.FindMembership(app, agent.ID); err != nil || role == "" {
				return err
			}
		}
		return askSecondIn(tx, agent, session, app)
	})
	return role, err
}
