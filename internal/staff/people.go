package staff

import (
	"context"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Member is somebody who has a role in an app.
type Member struct {
	store.Member
	// IsAvailable tells that conversations of teams are handed to them now.
	IsAvailable bool
}

// People returns who has a role in the app, in order of their addresses, and which links to it are open, the newest first. Those who manage the server are among
// them: they are owners everywhere.
func (s *Service) People(ctx context.Context, app chat.AppID) (people []Member, invitations []chat.Invitation, err error) {
	err = s.store.Read(ctx, func(tx store.Tx) error {
		members, err := tx.ListMembers(app)
		if err != nil {
			return err
		}
		available, err := tx.ListAvailable(app, s.now().Add(-chat.AgentIdle))
		if err != nil {
			return err
		}
		people = make([]Member, 0, len(members))
		for _, member := range members {
			if member.Agent.Admin {
				member.Role = chat.RoleOwner
			}
			people = append(people, Member{member, slices.Contains(available, member.Agent.ID)})
		}
		all, err := tx.ListInvitations(app)
		invitations = slices.DeleteFunc(all, func(i chat.Invitation) bool { return !s.now().Before(i.ExpiresAt) })
		return err
	})
	return people, invitations, err
}

// SetRole gives somebody who has a role in the app another one. NotFound for everybody else: they come by an invitation. Whoever manages the server stays an owner
// everywhere, which is Invalid. The one who asks must be an owner there: the caller has asked.
func (s *Service) SetRole(ctx context.Context, by chat.Agent, app chat.AppID, id chat.AgentID, role chat.Role) (agent chat.Agent, err error) {
	if !role.Known() {
		return chat.Agent{}, unknownRole()
	}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		if agent, err = member(tx, app, id); err != nil {
			return err
		}
		if agent.Admin {
			return chat.InvalidField("role", "cannot be changed: whoever manages the server is an owner in each app")
		}
		if err := tx.PutMembership(chat.Membership{App: app, Agent: id, Role: role}); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{App: app, At: s.now(), Actor: nameOf(by), Action: "agent.role", Target: string(id), Detail: map[string]string{"role": string(role)}})
	})
	return agent, err
}

// Remove takes somebody's role in the app away; their account stays. NotFound where they have none.
func (s *Service) Remove(ctx context.Context, by chat.Agent, app chat.AppID, id chat.AgentID) error {
	return s.store.Write(ctx, func(tx store.Tx) error {
		if _, err := member(tx, app, id); err != nil {
			return err
		}
		if _, err := tx.DeleteMembership(app, id); err != nil {
			return err
		}
		if err := s.leaveTeams(tx, app, id); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{App: app, At: s.now(), Actor: nameOf(by), Action: "agent.remove", Target: string(id)})
	})
}

// member returns the account if it has a role in the app.
func member(tx store.Tx, app chat.AppID, id chat.AgentID) (chat.Agent, error) {
	role, err := tx.FindMembership(app, id)
	if err != nil {
		return chat.Agent{}, err
	}
	if role == "" {
		return chat.Agent{}, chat.Missing("agent")
	}
	return tx.GetAgent(id)
}

// Withdraw ends a link to the app before it was used. NotFound where there is none.
func (s *Service) Withdraw(ctx context.Context, by chat.Agent, app chat.AppID, id chat.InvitationID) error {
	return s.store.Write(ctx, func(tx store.Tx) error {
		open, err := tx.ListInvitations(app)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(open, func(i chat.Invitation) bool { return i.ID == id }) {
			return chat.Missing("invitation")
		}
		if _, err := tx.DeleteInvitation(id); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{App: app, At: s.now(), Actor: nameOf(by), Action: "agent.withdraw", Target: string(id)})
	})
}

// ChangeProfile changes the name by which users see the agent, what the agent is told by mail, and whether they are away. Invalid, with Field.
func (s *Service) ChangeProfile(ctx context.Context, by chat.Agent, change ProfileChange) (agent chat.Agent, err error) {
	if change.Name != nil {
		name, err := nameIn(*change.Name)
		if err != nil {
			return chat.Agent{}, err
		}
		change.Name = &name
	}
	err = s.store.Write(ctx, func(tx store.Tx) (err error) {
		if agent, err = tx.LockAgent(by.ID); err != nil {
			return err
		}
		if change.Name != nil {
			agent.Name = *change.Name
		}
		if change.WantsMail != nil {
			agent.WantsMail = *change.WantsMail
		}
		if err := tx.UpdateAgent(agent); err != nil || change.Away == nil || *change.Away == !agent.AwaySince.IsZero() {
			return err
		}
		return s.setAway(tx, &agent, *change.Away)
	})
	return agent, err
}

// ProfileChange is what agents change of themselves; nil stays as it is.
type ProfileChange struct {
	Name      *string
	WantsMail *bool // to be told of users who wait too long
	Away      *bool // to be handed nothing, in any app
}

// Workplace is an app in which an agent has a role.
type Workplace struct {
	App  chat.App
	Role chat.Role
}

const appsAtOnce = 100

// Workplaces returns the apps that the agent may open, in order of creation: for those who manage the server all of them.
func (s *Service) Workplaces(ctx context.Context, agent chat.Agent) (places []Workplace, err error) {
	err = s.store.Read(ctx, func(tx store.Tx) error {
		places = nil
		if agent.Admin {
			places, err = everyApp(tx)
			return err
		}
		roles, err := tx.ListMembershipsOfAgent(agent.ID)
		if err != nil {
			return err
		}
		for _, member := range roles {
			app, err := tx.GetApp(member.App)
			if err != nil {
				return err
			}
			places = append(places, Workplace{app, member.Role})
		}
		return nil
	})
	return places, err
}

func everyApp(tx store.Tx) (places []Workplace, err error) {
	span := store.Span{Limit: appsAtOnce}
	for {
		apps, err := tx.ListApps(span)
		if err != nil {
			return nil, err
		}
		for _, app := range apps {
			places = append(places, Workplace{app, chat.RoleOwner})
		}
		if len(apps) < appsAtOnce {
			return places, nil
		}
		span.After = string(apps[len(apps)-1].ID)
	}
}
