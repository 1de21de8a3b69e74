package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Member is somebody who has a role in an app.
type Member struct {
	Agent   chat.Agent
	Role    chat.Role // of their membership; empty for who manages the server
	Factors chat.Factors
}

// Agents remembers the accounts of the console, what they may, and where they are signed in.
type Agents interface {
	// InsertAgent stores a new account. Conflict if the address has one.
	InsertAgent(agent chat.Agent) error
	// UpdateAgent replaces all but the id, the time of creation, and whether the agent is away, of an account that the transaction has locked. NotFound if there
	// is no such account; Conflict if the address has another.
	UpdateAgent(agent chat.Agent) error
	// GetAgent returns the account, or NotFound.
	GetAgent(id chat.AgentID) (chat.Agent, error)
	// LockAgent is GetAgent that has all others who lock the account wait until the transaction ends.
	LockAgent(id chat.AgentID) (chat.Agent, error)
	// FindAgentByEmail returns the account, if there is one.
	FindAgentByEmail(email string) (chat.Agent, bool, error)
	// ListAdmins returns the accounts that may manage the server, in order of their addresses. Closed ones are not among them.
	ListAdmins() ([]chat.Agent, error)

	// PutMembership gives the agent the role in the app, in place of the one before. NotFound if there is no such agent or app.
	PutMembership(membership chat.Membership) error
	// DeleteMembership takes the role away, and tells with false that there was none.
	DeleteMembership(app chat.AppID, agent chat.AgentID) (bool, error)
	// FindMembership returns the role in the app; the empty one where there is none.
	FindMembership(app chat.AppID, agent chat.AgentID) (chat.Role, error)
	// ListMembershipsOfAgent and ListMembershipsOfApp return them in order of their apps and agents.
	ListMembershipsOfAgent(agent chat.AgentID) ([]chat.Membership, error)
	ListMembershipsOfApp(app chat.AppID) ([]chat.Membership, error)
	// ListMembers returns who has a role in the app, and who ListAdmins returns, in order of their addresses.
	ListMembers(app chat.AppID) ([]Member, error)

	// InsertAgentSession stores a new session. NotFound if there is no such agent.
	InsertAgentSession(session chat.AgentSession) error
	// FindAgentSession returns the session with the hash, if there is one, live or not.
	FindAgentSession(hash chat.TokenHash) (chat.AgentSession, bool, error)
	// TouchAgentSession moves LastUsedAt and ProvedAt, forward only.
	TouchAgentSession(hash chat.TokenHash, usedAt, provedAt time.Time) error
	// DeleteAgentSession ends one session, and tells with false that there was none.
	DeleteAgentSession(hash chat.TokenHash) (bool, error)
	// DeleteAgentSessions ends all of the agent's but the one given, and returns how many.
	DeleteAgentSessions(agent chat.AgentID, but chat.TokenHash) (int64, error)
	// DeleteEndedAgentSessions forgets those that were made before the one time, or not used since the other.
	DeleteEndedAgentSessions(madeBefore, unusedSince time.Time) (int64, error)

	// InsertInvitation stores a link.
	InsertInvitation(invitation chat.Invitation) error
	// LockInvitation returns the invitation with the hash, if there is one, live or not, and keeps it from being used by others until the transaction ends.
	LockInvitation(hash chat.TokenHash) (chat.Invitation, bool, error)
	// LockInvitationsFor returns those for the address as LockInvitation does, the oldest first.
	LockInvitationsFor(email string) ([]chat.Invitation, error)
	// DeleteInvitation ends a link, and tells with false that there was none.
	DeleteInvitation(id chat.InvitationID) (bool, error)
	// ListInvitations returns those to the app, the newest first; for the empty app, those that give no role in one.
	ListInvitations(app chat.AppID) ([]chat.Invitation, error)
}
