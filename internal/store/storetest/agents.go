package storetest

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) agent() chat.Agent {
	w.Helper()
	agent := chat.Agent{ID: chat.AgentID(w.id()), Email: w.id() + "@x.example", Name: "Kim", PasswordHash: "$argon2id$", CreatedAt: w.now}
	w.write(func(tx store.Tx) error { return tx.InsertAgent(agent) })
	return agent
}

func (w *world) agentSession(agent chat.AgentID) chat.AgentSession {
	w.Helper()
	session := chat.AgentSession{Hash: chat.HashToken(w.id()), Agent: agent, CreatedAt: w.now, LastUsedAt: w.now, ProvedAt: w.now, SignedOn: true}
	w.write(func(tx store.Tx) error { return tx.InsertAgentSession(session) })
	return session
}

func (w *world) foundAgentSession(hash chat.TokenHash) (got chat.AgentSession, found bool) {
	w.Helper()
	w.read(func(tx store.Tx) (err error) {
		got, found, err = tx.FindAgentSession(hash)
		return err
	})
	return got, found
}

var agents = []testCase{
	{"an address has one account", func(w *world) {
		agent := chat.Agent{ID: chat.AgentID(w.id()), Email: w.id() + "@x.example", PasswordHash: "$argon2id$", Admin: true, CreatedAt: w.now}
		w.write(func(tx store.Tx) error { return tx.InsertAgent(agent) })
		w.read(func(tx store.Tx) error {
			got, found, err := tx.FindAgentByEmail(agent.Email)
			want(w, "agent", got, agent)
			want(w, "found", found, true)
			_, found, _ = tx.FindAgentByEmail("nobody@x.example")
			want(w, "nobody", found, false)
			return err
		})
		other := chat.Agent{ID: chat.AgentID(w.id()), Email: w.id() + "@x.example", CreatedAt: w.now}
		w.write(func(tx store.Tx) error { return tx.InsertAgent(other) })
		w.read(func(tx store.Tx) error {
			admins, err := tx.ListAdmins()
			want(w, "admins", slices.Contains(admins, agent) && !slices.Contains(admins, other), true)
			return err
		})
		second := agent
		second.ID = chat.AgentID(w.id())
		w.wantKind(w.try(func(tx store.Tx) error { return tx.InsertAgent(second) }), chat.Conflict)
	}},
	{"an account is changed in all but its id, and not to another's address", func(w *world) {
		agent, other := w.agent(), w.agent()
		agent.Email, agent.Name, agent.PasswordHash, agent.Admin, agent.DisabledAt = w.id()+"@y.example", "Kim K.", "", true, w.now
		w.write(func(tx store.Tx) error { return tx.UpdateAgent(agent) })
		w.read(func(tx store.Tx) error {
			got, err := tx.GetAgent(agent.ID)
			want(w, "agent", got, agent)
			admins, _ := tx.ListAdmins()
			want(w, "a closed account is no admin", slices.Contains(admins, agent), false)
			return err
		})
		other.Email = agent.Email
		w.wantKind(w.try(func(tx store.Tx) error { return tx.UpdateAgent(other) }), chat.Conflict)
		other.ID = chat.AgentID(w.id())
		other.Email = w.id() + "@z.example"
		w.wantKind(w.try(func(tx store.Tx) error { return tx.UpdateAgent(other) }), chat.NotFound)
		w.wantKind(w.try(func(tx store.Tx) error { _, err := tx.GetAgent(other.ID); return err }), chat.NotFound)
	}},
	{"changes of an account that is locked follow one another", func(w *world) {
		agent := w.agent()
		agent.Name = ""
		w.write(func(tx store.Tx) error { return tx.UpdateAgent(agent) })
		for _, err := range atOnce(8, func(int) error {
			return w.try(func(tx store.Tx) error {
				locked, err := tx.LockAgent(agent.ID)
				locked.Name += "x"
				return errors.Join(err, tx.UpdateAgent(locked))
			})
		}) {
			w.Error(err)
		}
		w.read(func(tx store.Tx) error {
			got, err := tx.GetAgent(agent.ID)
			want(w, "name", got.Name, "xxxxxxxx")
			return err
		})
		w.wantKind(w.try(func(tx store.Tx) error { _, err := tx.LockAgent(chat.AgentID(w.id())); return err }), chat.NotFound)
	}},
	{"an agent has one role in an app", func(w *world) {
		agent, other := w.agent(), w.agent()
		put := func(agent chat.AgentID, role chat.Role) error {
			return w.try(func(tx store.Tx) error {
				return tx.PutMembership(chat.Membership{App: w.app, Agent: agent, Role: role})
			})
		}
		role := func(agent chat.AgentID) (role chat.Role) {
			w.read(func(tx store.Tx) (err error) {
				role, err = tx.FindMembership(w.app, agent)
				return err
			})
			return role
		}
		want(w, "role of nobody", role(agent.ID), "")
		for _, given := range []chat.Role{chat.RoleAgent, chat.RoleOwner, chat.RoleAdmin} {
			want(w, "put", put(agent.ID, given), nil)
			want(w, "role", role(agent.ID), given)
		}
		want(w, "put", put(other.ID, chat.RoleAgent), nil)
		w.read(func(tx store.Tx) error {
			members, err := tx.ListMembershipsOfApp(w.app)
			all := []chat.Membership{{App: w.app, Agent: agent.ID, Role: chat.RoleAdmin}, {App: w.app, Agent: other.ID, Role: chat.RoleAgent}}
			slices.SortFunc(all, func(a, b chat.Membership) int { return cmp.Compare(a.Agent, b.Agent) })
			want(w, "members", members, all)
			apps, _ := tx.ListMembershipsOfAgent(agent.ID)
			want(w, "apps", apps, []chat.Membership{{App: w.app, Agent: agent.ID, Role: chat.RoleAdmin}})
			return err
		})
		w.wantKind(put(chat.AgentID(w.id()), chat.RoleAgent), chat.NotFound)
		w.wantKind(w.try(func(tx store.Tx) error {
			return tx.PutMembership(chat.Membership{App: chat.AppID(w.id()), Agent: agent.ID, Role: chat.RoleAgent})
		}), chat.NotFound)
		for _, had := range []bool{true, false} {
			w.write(func(tx store.Tx) error {
				got, err := tx.DeleteMembership(w.app, agent.ID)
				want(w, "had a role", got, had)
				return err
			})
		}
		want(w, "role", role(agent.ID), "")
		want(w, "role of the other", role(other.ID), chat.RoleAgent)
	}},
	{"a session is found by its hash, moves forward only, and ends", func(w *world) {
		agent := w.agent()
		session := w.agentSession(agent.ID)
		got, found := w.foundAgentSession(session.Hash)
		want(w, "session", got, session)
		want(w, "found", found, true)
		_, found = w.foundAgentSession(chat.HashToken(w.id()))
		want(w, "another's found", found, false)
		later := w.now.Add(time.Hour)
		w.write(func(tx store.Tx) error { return tx.TouchAgentSession(session.Hash, later, w.now.Add(-time.Hour)) })
		session.LastUsedAt = later
		got, _ = w.foundAgentSession(session.Hash)
		want(w, "used", got, session)
		w.write(func(tx store.Tx) error { return tx.TouchAgentSession(session.Hash, w.now, later) })
		session.ProvedAt = later
		got, _ = w.foundAgentSession(session.Hash)
		want(w, "proved", got, session)
		for _, had := range []bool{true, false} {
			w.write(func(tx store.Tx) error {
				ended, err := tx.DeleteAgentSession(session.Hash)
				want(w, "ended", ended, had)
				return err
			})
		}
		w.wantKind(w.try(func(tx store.Tx) error {
			return tx.InsertAgentSession(chat.AgentSession{Hash: chat.HashToken(w.id()), Agent: chat.AgentID(w.id()), CreatedAt: w.now, LastUsedAt: w.now, ProvedAt: w.now})
		}), chat.NotFound)
	}},
	{"all sessions of an agent end but one", func(w *world) {
		agent, other := w.agent(), w.agent()
		kept, first, second, others := w.agentSession(agent.ID), w.agentSession(agent.ID), w.agentSession(agent.ID), w.agentSession(other.ID)
		w.write(func(tx store.Tx) error {
			n, err := tx.DeleteAgentSessions(agent.ID, kept.Hash)
			want(w, "ended", n, 2)
			return err
		})
		for _, tt := range []struct {
			session chat.AgentSession
			live    bool
		}{{kept, true}, {first, false}, {second, false}, {others, true}} {
			_, found := w.foundAgentSession(tt.session.Hash)
			want(w, "live", found, tt.live)
		}
	}},
	{"an invitation is found by its hash until it is used", func(w *world) {
		invitation := chat.Invitation{ID: chat.InvitationID(w.id()), Hash: chat.HashToken(w.id()), Email: w.id() + "@x.example", App: w.app, Role: chat.RoleAdmin,
			By: chat.AgentID(w.id()), CreatedAt: w.now, ExpiresAt: w.now.Add(chat.InvitationLife)}
		later := invitation
		later.ID, later.Hash, later.CreatedAt = chat.InvitationID(w.id()), chat.HashToken(w.id()), w.now.Add(time.Second)
		w.write(func(tx store.Tx) error {
			return errors.Join(tx.InsertInvitation(invitation), tx.InsertInvitation(later))
		})
		w.write(func(tx store.Tx) error {
			got, found, err := tx.LockInvitation(invitation.Hash)
			want(w, "invitation", got, invitation)
			want(w, "found", found, true)
			all, _ := tx.ListInvitations(w.app)
			want(w, "invitations", all, []chat.Invitation{later, invitation})
			all, _ = tx.LockInvitationsFor(invitation.Email)
			want(w, "invitations of the address", all, []chat.Invitation{invitation, later})
			return err
		})
		for _, had := range []bool{true, false} {
			w.write(func(tx store.Tx) error {
				ended, err := tx.DeleteInvitation(invitation.ID)
				want(w, "ended", ended, had)
				return err
			})
		}
		w.write(func(tx store.Tx) error {
			_, found, err := tx.LockInvitation(invitation.Hash)
			want(w, "found", found, false)
			return err
		})
	}},
}
