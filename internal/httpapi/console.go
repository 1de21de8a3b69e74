package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/wire"
)

// desk is who sits at the console.
type desk struct {
	agent   chat.Agent
	session chat.AgentSession
	role    chat.Role // in the app of the path, of routes that name one
}

// admitConsole lets pages of this server through and nobody else: the session is in a cookie, which browsers send whoever asks (security rule 42).
func (c *call) admitConsole() error {
	if !c.fromHere() {
		return chat.Refuse("origin_not_allowed", "Only the console of this server may call this. Programs use /v2.")
	}
	return nil
}

// admitAgent asks for a live session of the console, and counts the call.
func (c *call) admitAgent() error {
	if err := c.admitConsole(); err != nil {
		return err
	}
	agent, session, err := c.api.Staff.Authenticate(c.Context(), wire.CookieOf(c.Request, wire.ConsoleCookie))
	if err != nil {
		return err
	}
	if wait := c.api.Calls.Take(string(agent.ID)); wait > 0 {
		return &chat.Error{Kind: chat.RateLimited, Code: "rate_limited", Message: "Too many calls.", RetryAfter: wait}
	}
	c.desk = desk{agent: agent, session: session}
	return nil
}

// admitRole asks for somebody whose role in the app of the path includes the named one. To those who have none there is no such app.
func admitRole(needed chat.Role) func(*call) error {
	return func(c *call) error {
		if err := c.admitAgent(); err != nil {
			return err
		}
		app, err := c.api.Apps.Find(c.Context(), c.PathValue("appId"))
		if err != nil {
			return err
		}
		role, err := c.api.Staff.RoleIn(c.Context(), c.desk.agent, c.desk.session, app.ID)
		if err != nil {
			return err
		}
		if role == "" || string(app.ID) != c.PathValue("appId") {
			return chat.Missing("app")
		}
		if !role.Includes(needed) {
			return chat.Refuse("role_needed", "In this app you are "+string(role)+"; this is for the role "+string(needed)+".")
		}
		c.app, c.desk.role = app, role
		agent := c.desk.agent
		c.principal = chat.Principal{App: app.ID, Agent: &chat.AgentAtWork{ID: agent.ID, Name: agent.Name, Role: role}, Name: "agent " + string(agent.ID)}
		return nil
	}
}

// admitServerAdmin asks for somebody who may manage the server.
func (c *call) admitServerAdmin() error {
	if err := c.admitAgent(); err != nil {
		return err
	}
	return c.actForServer()
}

// actForServer goes on for the server and no app, where the agent may manage it.
func (c *call) actForServer() error {
	if !c.desk.agent.Admin {
		return chat.Refuse("role_needed", "This is for those who manage the server.")
	}
	c.principal = chat.Principal{Operator: true, Name: "agent " + string(c.desk.agent.ID)}
	return nil
}

// proved is a handler whose work asks for the password again, where it was shown long ago: secrets, roles, erasure (security rule 24).
func proved(handle handler) handler {
	return func(c *call) (answer, error) {
		if !c.api.Staff.Proved(c.desk.session) {
			return answer{}, staff.NotProved()
		}
		return handle(c)
	}
}

// setConsoleCookie puts the session into the browser; without a token it ends it there.
func (c *call) setConsoleCookie(token string, session chat.AgentSession) {
	c.setCookie(wire.ConsoleCookie, token, session.CreatedAt.Add(chat.AgentSessionLife), http.SameSiteStrictMode)
}
