package wire

import "github.com/parlorchat/parlor/internal/chat"

// TeamRef names a team.
type TeamRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// TeamRefOf is nil for none.
func TeamRefOf(t chat.TeamRef) *TeamRef {
	if t.ID == "" {
		return nil
	}
	return &TeamRef{ID: string(t.ID), Name: t.Name}
}

// Team is a group of agents that conversations are assigned to.
type Team struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	Routing string     `json:"routing"` // "manual", "round_robin"
	Intake  bool       `json:"intake"`  // what users begin comes to it
	Members []AgentRef `json:"members"`
}

// TeamOf is a team.
func TeamOf(t chat.Team) Team {
	team := Team{ID: string(t.ID), Name: t.Name, Routing: string(t.Routing), Intake: t.Intake, Members: make([]AgentRef, 0, len(t.Members))}
	for _, member := range t.Members {
		team.Members = append(team.Members, AgentRef{string(member.ID), member.Name})
	}
	return team
}

// OneTeam is one team.
type OneTeam struct {
	Team Team `json:"team"`
}

// Teams are those of an app in their order.
type Teams struct {
	Teams []Team `json:"teams"`
}

// TeamsOf are teams.
func TeamsOf(all []chat.Team) Teams {
	teams := Teams{Teams: make([]Team, 0, len(all))}
	for _, team := range all {
		teams.Teams = append(teams.Teams, TeamOf(team))
	}
	return teams
}

// TeamInput is the body that makes or changes one.
type TeamInput struct {
	Name    string   `json:"name"`
	Routing string   `json:"routing"`
	Members []string `json:"members"`
}

// TeamsInput is the body that changes the teams of an app together; what is absent stays.
type TeamsInput struct {
	Order  []string `json:"order"`  // the ids of all
	Intake Text     `json:"intake"` // null: what users begin comes to no team
}
