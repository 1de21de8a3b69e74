package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

func (c *call) teamID() chat.TeamID { return chat.TeamID(c.PathValue("teamId")) }

func (c *call) allTeams(all []chat.Team, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	return ok(wire.TeamsOf(all))
}

// listTeams lists those of the app in their order.
func (c *call) listTeams() (answer, error) {
	return c.allTeams(c.api.Admin.ListTeams(c.Context(), c.principal))
}

// createTeam makes one.
func (c *call) createTeam() (answer, error) {
	in, err := c.teamInput()
	if err != nil {
		return answer{}, err
	}
	team, err := c.api.Admin.CreateTeam(c.Context(), c.principal, in)
	if err != nil {
		return answer{}, err
	}
	return created(wire.OneTeam{Team: wire.TeamOf(team)})
}

// updateTeam makes another one of it.
func (c *call) updateTeam() (answer, error) {
	in, err := c.teamInput()
	if err != nil {
		return answer{}, err
	}
	team, err := c.api.Admin.UpdateTeam(c.Context(), c.principal, c.teamID(), in)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneTeam{Team: wire.TeamOf(team)})
}

func (c *call) teamInput() (admin.TeamInput, error) {
	var body wire.TeamInput
	err := c.decode(&body)
	return admin.TeamInput{Name: body.Name, Routing: chat.Routing(body.Routing), Members: idsOf[chat.AgentID](body.Members)}, err
}

// idsOf is nil for nil.
func idsOf[ID ~string](texts []string) (ids []ID) {
	if texts != nil {
		ids = make([]ID, 0, len(texts))
	}
	for _, text := range texts {
		ids = append(ids, ID(text))
	}
	return ids
}

// arrangeTeams puts the teams into an order, and says to which one comes what users begin.
func (c *call) arrangeTeams() (answer, error) {
	var body wire.TeamsInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	return c.allTeams(c.api.Admin.ArrangeTeams(c.Context(), c.principal,
		admin.TeamsChange{Order: idsOf[chat.TeamID](body.Order), Intake: (*chat.TeamID)(body.Intake.Pointer())}))
}

// deleteTeam removes one.
func (c *call) deleteTeam() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Admin.DeleteTeam(c.Context(), c.principal, c.teamID())
}
