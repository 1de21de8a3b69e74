package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/wire"
)

// lookAtLink tells what a link is for, before it is used.
func (c *call) lookAtLink() (answer, error) {
	var body wire.ConsoleLink
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	var link staff.Link
	err := c.api.StaffGate.Try(c.api.Source(c.Request), "", func() (err error) {
		link, err = c.api.Staff.Look(c.Context(), body.Token)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	return ok(wire.LinkFor{Link: wire.LinkOf(link.Invitation, link.AppName, link.HasAccount)})
}

// acceptLink uses a link, and signs in.
func (c *call) acceptLink() (answer, error) {
	var body wire.LinkAccepted
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	var in staff.SignedIn
	err := c.api.StaffGate.Try(c.api.Source(c.Request), body.Email, func() (err error) {
		in, err = c.api.Staff.Accept(c.Context(), body.Token, staff.AcceptInput{Email: body.Email, Name: body.Name, Password: body.Password})
		return err
	})
	return c.atDesk(in, err)
}

// listAgents lists who has a role in the app; addresses and open links for those who set things up.
func (c *call) listAgents() (answer, error) {
	people, invitations, err := c.api.Staff.People(c.Context(), c.app.ID)
	if err != nil {
		return answer{}, err
	}
	list := wire.Members{Agents: []wire.Agent{}}
	mayKnow := c.desk.role.Includes(chat.RoleAdmin)
	for _, member := range people {
		shown := wire.AgentOf(member.Agent, member.Role)
		shown.Available = member.IsAvailable
		if mayKnow {
			shown.SecondFactor = member.Factors.Second()
		} else {
			shown.Email = ""
		}
		list.Agents = append(list.Agents, shown)
	}
	if mayKnow {
		list.Factors = c.app.Settings.Factors.String()
		list.Invitations = []wire.Invitation{}
		for _, invitation := range invitations {
			list.Invitations = append(list.Invitations, wire.InvitationOf(invitation))
		}
	}
	return ok(list)
}

// setRole gives somebody another role in the app.
func (c *call) setRole() (answer, error) {
	var body wire.Role
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	role := chat.Role(body.Role)
	agent, err := c.api.Staff.SetRole(c.Context(), c.desk.agent, c.app.ID, chat.AgentID(c.PathValue("agentId")), role)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneAgent{Agent: wire.AgentOf(agent, role)})
}

// removeAgent takes somebody's role in the app away.
func (c *call) removeAgent() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Staff.Remove(c.Context(), c.desk.agent, c.app.ID, chat.AgentID(c.PathValue("agentId")))
}

// inviteAgent makes a link to the app. It is shown this once.
func (c *call) inviteAgent() (answer, error) {
	var body wire.Invite
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	token, invitation, err := c.api.Staff.Invite(c.Context(), c.desk.agent, staff.InviteInput{Email: body.Email, App: c.app.ID, Role: chat.Role(body.Role)})
	if err != nil {
		return answer{}, err
	}
	return created(wire.Invited{Invitation: wire.InvitationOf(invitation), URL: wire.WelcomeURL(c.api.Own(c.Request), token)})
}

// withdrawInvitation ends a link that was not used.
func (c *call) withdrawInvitation() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Staff.Withdraw(c.Context(), c.desk.agent, c.app.ID, chat.InvitationID(c.PathValue("invitationId")))
}
