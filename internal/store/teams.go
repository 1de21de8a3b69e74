package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Teams remembers the teams of apps, and whose turn it is. An agent is available who may answer in the app, is not away, and used a session
// since a time that the caller says.
type Teams interface {
	// InsertTeam stores a new team with its members. Conflict if the app has one with the name.
	InsertTeam(team chat.Team) error
	// UpdateTeam stores everything but ids; members who stay keep their turns. Conflict if another one has the name; NotFound.
	UpdateTeam(team chat.Team) error
	// PlaceTeam moves it to another position. NotFound.
	PlaceTeam(app chat.AppID, id chat.TeamID, position int64) error
	// DeleteTeam removes it. NotFound.
	DeleteTeam(app chat.AppID, id chat.TeamID) error
	// ListTeams returns the teams of the app in order of their positions.
	ListTeams(app chat.AppID) ([]chat.Team, error)
	// HasTeam tells whether the app has a team.
	HasTeam(app chat.AppID, id chat.TeamID) (bool, error)
	// SetIntake says to which team of the app comes what users begin; "" is none.
	SetIntake(app chat.AppID, id chat.TeamID) error
	// FindIntake returns that team; "" is none.
	FindIntake(app chat.AppID) (chat.TeamID, error)
	// LeaveTeams takes an agent out of the teams of the app.
	LeaveTeams(app chat.AppID, agent chat.AgentID) error

	// LockTeam returns the team without its members, if there is one, and keeps its turns from others until the transaction ends. Who locks a
	// conversation as well has locked it before.
	LockTeam(app chat.AppID, id chat.TeamID) (chat.Team, bool, error)
	// TakeTurn gives the turn to the available member who had theirs longest ago, and tells with false that there is none. The team is locked.
	TakeTurn(team chat.Team, usedSince time.Time) (chat.Colleague, bool, error)
	// IsAvailable tells whether an agent is.
	IsAvailable(app chat.AppID, agent chat.AgentID, usedSince time.Time) (bool, error)
	// ListAvailable returns all who are.
	ListAvailable(app chat.AppID, usedSince time.Time) ([]chat.AgentID, error)
	// ListUnhanded returns open entries of all apps in whose team somebody is available to whom they can be handed by turn, those first whose
	// users wait longest.
	ListUnhanded(usedSince time.Time, limit int) ([]chat.InboxEntry, error)
	// CountTeams counts the open entries of the teams of an app, MaxInboxCount each at most; of the agent's teams only where one is given.
	CountTeams(app chat.AppID, of chat.AgentID) (map[chat.TeamID]int64, error)

	// SetAway says since when an agent is away; zero: is here.
	SetAway(agent chat.AgentID, since time.Time) error
	// ListAppsOfColleague returns the apps in which the agent has a role or is in a team.
	ListAppsOfColleague(agent chat.AgentID) ([]chat.AppID, error)
}
