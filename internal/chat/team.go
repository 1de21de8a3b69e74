package chat

import (
	"strings"
	"time"
	"unicode"
)

// Limits of teams.
const (
	MaxTeams       = 100 // in an app
	MaxTeamName    = 60  // characters
	MaxTeamMembers = 200
)

// AgentIdle is how long ago somebody was at the console last who is not handed anything any more. The sessions tell it to within a minute.
const AgentIdle = 15 * time.Minute

// Routing says what becomes of a conversation that comes to a team.
type Routing string

// The ways of teams.
const (
	RoutingManual     Routing = "manual"      // it waits until somebody takes it
	RoutingRoundRobin Routing = "round_robin" // the available member answers who was given one longest ago
)

// TeamRef names a team.
type TeamRef struct {
	ID   TeamID
	Name string // filled on reading
}

// Team is a group of agents that conversations of an app are assigned to.
type Team struct {
	App       AppID
	ID        TeamID
	Name      string // unique in the app
	Position  int64  // place among the teams of the app
	Routing   Routing
	Intake    bool        // conversations that a user begins come to it; one team of an app at most
	Members   []Colleague // those who answer in the app, in order of their names
	ChangedAt time.Time
}

// Settled returns the team as it is kept, or with a field what is wrong with it.
func (t Team) Settled() (Team, error) {
	var k checker
	t.Name = strings.TrimSpace(t.Name)
	k.required("name", VisibleName(t.Name), MaxTeamName)
	k.want(!strings.ContainsFunc(t.Name, unicode.IsControl), "name", "must be of one line, without control characters")
	k.want(t.Routing == RoutingManual || t.Routing == RoutingRoundRobin, "routing", `must be "manual" or "round_robin"`)
	k.count("members", len(t.Members), 0, MaxTeamMembers)
	if k.problem != "" {
		return Team{}, InvalidField(k.field, "%s", k.problem)
	}
	return t, nil
}
