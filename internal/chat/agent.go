package chat

import "time"

// Agent is a person at the console. Agents and users are different tables, cookies and audiences: no user's token ever
// opens the console, whatever e-mail it holds (security rule 16).
type Agent struct {
	ID           AgentID
	Email        string // normal form; unique on the server
	Name         string // as users see who answers; empty until it is given
	PasswordHash string // argon2id, PHC string form; empty: no password opens the account
	Admin        bool   // may manage the server: is an owner in each app, and makes apps
	WantsMail    bool   // is told by mail of users who wait too long
	CreatedAt    time.Time
	DisabledAt   time.Time // zero: the account is open
	AwaySince    time.Time // zero: here; who is away is handed nothing
}

// Role is what an agent may do in an app. Each may do what those before it may.
type Role string

// The roles of an app, from the least to the most.
const (
	RoleAgent Role = "agent" // answers
	RoleAdmin Role = "admin" // sets up doors, keys, people and words
	RoleOwner Role = "owner" // says who has which role, and ends the app
)

var ranks = map[Role]int{RoleAgent: 1, RoleAdmin: 2, RoleOwner: 3}

// Known tells whether there is such a role.
func (r Role) Known() bool { return ranks[r] > 0 }

// Includes tells whether who has the role may do what the other may. The empty role includes nothing, and is included in nothing.
func (r Role) Includes(other Role) bool { return other.Known() && ranks[r] >= ranks[other] }

// Membership is the role of an agent in an app.
type Membership struct {
	App   AppID
	Agent AgentID
	Role  Role
}

// AgentSession is what a browser holds after an agent signed in. Its token is random and opaque, and only its hash is kept.
type AgentSession struct {
	Hash       TokenHash
	Agent      AgentID
	CreatedAt  time.Time
	LastUsedAt time.Time // to within a minute
	ProvedAt   time.Time // when the agent last showed a secret: at sign-in, or when asked again
	SignedOn   bool      // it began by the word of the provider of single sign-on
}

// How long sessions of the console live (security rule 24).
const (
	AgentSessionIdle = 12 * time.Hour
	AgentSessionLife = 7 * 24 * time.Hour
	// AgentProofLife is how long ago a secret may have been shown, for what asks for it again: secrets, roles, erasure.
	AgentProofLife = 10 * time.Minute
)

// Ends returns when the session ends if it is not used any more.
func (s AgentSession) Ends() time.Time {
	life, idle := s.CreatedAt.Add(AgentSessionLife), s.LastUsedAt.Add(AgentSessionIdle)
	if idle.Before(life) {
		return idle
	}
	return life
}

// Invitation is a one-time link to the console: for somebody with the address, or, without one, for whoever set up the server.
type Invitation struct {
	ID        InvitationID
	Hash      TokenHash // of what the link holds
	Email     string    // normal form; empty: whoever opens it says it
	Admin     bool      // makes an account that may manage the server
	App       AppID     // empty: no role is given
	Role      Role
	By        AgentID // empty: the server itself, or the command line
	CreatedAt time.Time
	ExpiresAt time.Time
}

// InvitationLife is how long a link works.
const InvitationLife = 7 * 24 * time.Hour
