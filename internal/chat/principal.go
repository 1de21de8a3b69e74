package chat

import "slices"

// Principal is who calls. It is an argument of every work method, never fished from a context.
// Exactly one of the four forms is in use: a session, a key, an agent, or the operator at the command line.
type Principal struct {
	App      AppID // the app that the call is about
	Session  *Session
	Key      *Key
	Scope    Scope // of a key; how it was presented decides
	Agent    *AgentAtWork
	Operator bool
	Name     string // for the audit log: "key app_…", "agent …", "cli"
}

// AgentAtWork is an agent with the role in the app that the call is about.
type AgentAtWork struct {
	ID   AgentID
	Name string
	Role Role
}

// Client is what stands for the agent where messages name the client that sent them.
func (a AgentAtWork) Client() ClientID { return ClientID(a.ID) }

// KeyID is the id of the key of the principal, "" where there is none.
func (p Principal) KeyID() KeyID {
	if p.Key == nil {
		return ""
	}
	return p.Key.ID
}

// Colleague is the agent of the principal as others see them; zero where there is none.
func (p Principal) Colleague() Colleague {
	if p.Agent == nil {
		return Colleague{}
	}
	return Colleague{ID: p.Agent.ID, Name: p.Agent.Name}
}

// Scope is what a key was presented for, as in the scope claim of REST tokens.
type Scope string

// The scopes of REST v2.
const (
	ScopeAccount     Scope = "account"
	ScopeApp         Scope = "app"
	ScopeIntegration Scope = "integration"
)

// Action is something that a principal may or may not do.
type Action string

// The actions that policy knows.
const (
	ManageApps          Action = "manage apps"          // make and change apps and keys
	SetUpApp            Action = "set up app"           // the settings and keys of the one app that the call is about
	ManageIntegrations  Action = "manage integrations"  // REST: integrations of the app, their keys and switchboards
	ManageWebhooks      Action = "manage webhooks"      // REST: webhooks; a key of an integration has its own only
	ManageUsers         Action = "manage users"         // REST: any user of the app
	MergeUsers          Action = "merge users"          // REST: two users of the app into one, and apart again
	ManageConversations Action = "manage conversations" // REST: any conversation of the app
	ChangeSelf          Action = "change self"          // a session: its own user
	TakePart            Action = "take part"            // a session: conversations it participates in
)

// leastRoles are what an agent must be at least to do an action in their app. What reaches beyond an app is not among them.
var leastRoles = map[Action]Role{
	SetUpApp:            RoleAdmin,
	ManageConversations: RoleAgent,
	ManageUsers:         RoleAdmin,
	MergeUsers:          RoleAdmin,
	ManageIntegrations:  RoleAdmin,
	ManageWebhooks:      RoleAdmin,
}

// May tells whether a principal may do an action at all. Which user or conversation it may do it to is the second
// question: MayTouch.
func (p Principal) May(a Action) bool {
	if p.Agent != nil {
		return p.Agent.Role.Includes(leastRoles[a])
	}
	switch a {
	case ManageApps, SetUpApp:
		return p.Operator || p.Scope == ScopeAccount
	case ManageIntegrations, MergeUsers:
		return p.Operator || p.Scope == ScopeAccount || p.Scope == ScopeApp
	case ManageUsers, ManageConversations, ManageWebhooks:
		return p.Operator || p.Scope == ScopeAccount || p.Scope == ScopeApp || p.Scope == ScopeIntegration
	case ChangeSelf, TakePart:
		return p.Session != nil
	}
	return false
}

// MayTouch tells whether the principal may act in a conversation with these participants: keys and agents in every conversation
// of their app, a session only in its user's own.
func (p Principal) MayTouch(participants []UserID) bool {
	if p.Session != nil {
		return slices.Contains(participants, p.Session.User)
	}
	return p.May(ManageConversations)
}
