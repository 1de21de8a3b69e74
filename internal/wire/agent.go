package wire

import (
	"github.com/parlorchat/parlor/internal/chat"
)

// ConsoleCookie is the name of the cookie that holds an agent's session.
const ConsoleCookie = "__Host-parlor-console"

// Agent is a person at the console. The address is for those who rule over roles, and for the agent.
type Agent struct {
	ID        string `json:"id"`
	Email     string `json:"email,omitzero"`
	Name      string `json:"name"`
	Role      string `json:"role,omitzero"` // in the app that was asked about
	Admin     bool   `json:"admin"`         // may manage the server
	CreatedAt Time   `json:"createdAt"`

	Away      bool `json:"away,omitzero"`      // has said so, and is handed nothing
	Available bool `json:"available,omitzero"` // conversations of teams are handed to them now; in lists of an app

	SecondFactor bool `json:"secondFactor,omitzero"` // the password alone does not open the account; for those who rule over roles
}

// AgentOf is an agent with the role in an app.
func AgentOf(a chat.Agent, role chat.Role) Agent {
	return Agent{ID: string(a.ID), Email: a.Email, Name: a.Name, Role: string(role), Admin: a.Admin, CreatedAt: At(a.CreatedAt), Away: !a.AwaySince.IsZero()}
}

// AgentRef names an agent.
type AgentRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Workplace is an app as somebody who has a role in it sees it.
type Workplace struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
	// NeedsFactor tells that nothing can be done there before a second factor is set up.
	NeedsFactor bool `json:"needsFactor,omitzero"`
}

// WorkplaceOf is an app with the role in it.
func WorkplaceOf(app chat.App, role chat.Role) Workplace {
	return Workplace{ID: string(app.ID), Name: app.Name, Role: string(role)}
}

// OneWorkplace is one app.
type OneWorkplace struct {
	App Workplace `json:"app"`
}

// ConsoleSession tells who is signed in at the console, and what they may open.
type ConsoleSession struct {
	WantsMail   bool        `json:"wantsMail"` // is told by mail of users who wait too long
	Agent       Agent       `json:"agent"`
	Factors     Factors     `json:"factors"`
	Proofs      Proofs      `json:"proofs"`
	Apps        []Workplace `json:"apps"`
	ProvedUntil Time        `json:"provedUntil"` // until when secrets, roles and erasure do not ask for the password again
	ExpiresAt   Time        `json:"expiresAt"`
}

// ConsoleSessionOf is a session of the agent.
func ConsoleSessionOf(agent chat.Agent, session chat.AgentSession, factors chat.Factors, isBound bool, apps []Workplace) ConsoleSession {
	return ConsoleSession{Agent: AgentOf(agent, ""), WantsMail: agent.WantsMail, Factors: FactorsOf(factors), Proofs: Proofs{Password: agent.PasswordHash != "", SignOn: isBound}, Apps: apps, ProvedUntil: At(session.ProvedAt.Add(chat.AgentProofLife)), ExpiresAt: At(session.Ends())}
}

// Password is the body of a sign-in at the console.
type Password struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// NewPassword is the body that changes a password.
type NewPassword struct {
	Current string `json:"current"`
	Next    string `json:"next"`
}

// AgentProfile is the body that changes what agents say of themselves; what is absent stays.
type AgentProfile struct {
	Name      *string `json:"name"`
	WantsMail *bool   `json:"wantsMail"` // to be told of users who wait too long
	Away      *bool   `json:"away"`      // to be handed nothing, in any app
}

// NewApp is the body that makes an app at the console.
type NewApp struct {
	Name string `json:"name"`
}

// Members are the people of an app. Invitations are there for those who rule over roles.
type Members struct {
	Agents      []Agent      `json:"agents"`
	Invitations []Invitation `json:"invitations,omitzero"`
	Factors     string       `json:"factors,omitzero"` // of whom a second factor is asked
}

// FactorRule is the body that says of whom a second factor is asked: "off", "password" or "everybody".
type FactorRule struct {
	Factors string `json:"factors"`
}

// OneAgent is one agent.
type OneAgent struct {
	Agent Agent `json:"agent"`
}

// Invitation is a link that was not used yet.
type Invitation struct {
	ID        string `json:"id"`
	Email     string `json:"email"`
	Role      string `json:"role"`
	CreatedAt Time   `json:"createdAt"`
	ExpiresAt Time   `json:"expiresAt"`
}

// InvitationOf is a link without its secret.
func InvitationOf(i chat.Invitation) Invitation {
	return Invitation{ID: string(i.ID), Email: i.Email, Role: string(i.Role), CreatedAt: At(i.CreatedAt), ExpiresAt: At(i.ExpiresAt)}
}

// Invite is the body that makes a link, and Role the one that changes a role.
type (
	Invite struct {
		Email string `json:"email"`
		Role  string `json:"role"`
	}
	Role struct {
		Role string `json:"role"`
	}
)

// Invited is a link whose address is shown this once.
type Invited struct {
	Invitation Invitation `json:"invitation"`
	URL        string     `json:"url"`
}

// ConsoleLink is the body that asks what a link is for.
type ConsoleLink struct {
	Token string `json:"token"`
}

// LinkAccepted is the body that uses a link.
type LinkAccepted struct {
	Token    string `json:"token"`
	Email    string `json:"email"` // of a link that is for no address
	Name     string `json:"name"`
	Password string `json:"password"`
}

// LinkFor tells what a link is for.
type LinkFor struct {
	Link Link `json:"link"`
}

// Link is what whoever opens a link is told.
type Link struct {
	Email      string  `json:"email,omitzero"`
	Admin      bool    `json:"admin"` // makes an account that may manage the server
	App        *AppRef `json:"app,omitzero"`
	Role       string  `json:"role,omitzero"`
	HasAccount bool    `json:"hasAccount"` // the address has one: its password opens the link
	ExpiresAt  Time    `json:"expiresAt"`
}

// AppRef names an app.
type AppRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// LinkOf is a link to an app of the name, or to none.
func LinkOf(i chat.Invitation, appName string, hasAccount bool) Link {
	link := Link{Email: i.Email, Admin: i.Admin, Role: string(i.Role), HasAccount: hasAccount, ExpiresAt: At(i.ExpiresAt)}
	if i.App != "" {
		link.App = &AppRef{ID: string(i.App), Name: appName}
	}
	return link
}

// WelcomeURL is the address of the console's page for the link.
func WelcomeURL(origin, token string) string { return origin + "/console/welcome#" + token }
