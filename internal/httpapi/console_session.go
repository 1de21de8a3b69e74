package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/wire"
)

// consoleSession tells who is signed in, and where they may go.
func (c *call) consoleSession() (answer, error) {
	body, err := c.deskBody(c.desk.agent, c.desk.session)
	if err != nil {
		return answer{}, err
	}
	return ok(body)
}

func (c *call) deskBody(agent chat.Agent, session chat.AgentSession) (wire.ConsoleSession, error) {
	factors, err := c.api.Staff.Factors(c.Context(), agent.ID)
	if err != nil {
		return wire.ConsoleSession{}, err
	}
	isBound, err := c.api.Staff.IsBound(c.Context(), agent.ID)
	if err != nil {
		return wire.ConsoleSession{}, err
	}
	places, err := c.api.Staff.Workplaces(c.Context(), agent)
	apps := []wire.Workplace{}
	for _, place := range places {
		app := wire.WorkplaceOf(place.App, place.Role)
		app.NeedsFactor = place.App.Settings.Factors.Misses(session, factors)
		apps = append(apps, app)
	}
	return wire.ConsoleSessionOf(agent, session, factors, isBound, apps), err
}

// consoleSignIn exchanges an address and a password for a session in a cookie, or for a second step.
func (c *call) consoleSignIn() (answer, error) {
	var body wire.Password
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	var in staff.SignedIn
	err := c.api.StaffGate.Try(c.api.Source(c.Request), body.Email, func() (err error) {
		in, err = c.api.Staff.SignIn(c.Context(), body.Email, body.Password)
		return err
	})
	return c.atDesk(in, err)
}

// atDesk answers with the fresh session: its token in the cookie, the rest in the body. Where a second step is asked for, that step's is in a cookie of its own.
func (c *call) atDesk(in staff.SignedIn, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	if step := in.Step; step != nil {
		c.setCookie(wire.StepCookie, in.Token, step.ExpiresAt, http.SameSiteStrictMode)
		return answer{http.StatusAccepted, wire.SecondStep{Step: wire.Step{Factors: wire.FactorsOf(step.Factors), ExpiresAt: wire.At(step.ExpiresAt)}}}, nil
	}
	body, err := c.deskBody(in.Agent, in.Session)
	if err != nil {
		return answer{}, err
	}
	c.setConsoleCookie(in.Token, in.Session)
	return created(body)
}

// consoleSignOut ends the session in the cookie, and the cookie.
func (c *call) consoleSignOut() (answer, error) {
	c.setConsoleCookie("", chat.AgentSession{})
	return answer{status: http.StatusNoContent}, c.api.Staff.SignOut(c.Context(), wire.CookieOf(c.Request, wire.ConsoleCookie))
}

// provePassword notes that whoever is signed in has shown the password again, and a code where the account asks for one.
func (c *call) provePassword() (answer, error) {
	var body wire.Proof
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	session := c.desk.session
	err := c.api.StaffGate.Try(c.api.Source(c.Request), c.desk.agent.Email, func() (err error) {
		session, err = c.api.Staff.Prove(c.Context(), c.desk.agent, session, body.Password, body.Code)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	c.desk.session = session
	return c.consoleSession()
}

// changeProfile changes the name by which users see whoever is signed in, and what they are told by mail.
func (c *call) changeProfile() (answer, error) {
	var body wire.AgentProfile
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	agent, err := c.api.Staff.ChangeProfile(c.Context(), c.desk.agent, staff.ProfileChange(body))
	if err != nil {
		return answer{}, err
	}
	c.desk.agent = agent
	return c.consoleSession()
}

// changePassword gives whoever is signed in another password, and ends their other sessions.
func (c *call) changePassword() (answer, error) {
	var body wire.NewPassword
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	err := c.api.StaffGate.Try(c.api.Source(c.Request), c.desk.agent.Email, func() error {
		return c.api.Staff.ChangePassword(c.Context(), c.desk.agent, c.desk.session, body.Current, body.Next)
	})
	return answer{status: http.StatusNoContent}, err
}

// createWorkplace makes an app.
func (c *call) createWorkplace() (answer, error) {
	var body wire.NewApp
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	app, err := c.api.Admin.CreateApp(c.Context(), c.principal, admin.AppInput{Name: body.Name})
	if err != nil {
		return answer{}, err
	}
	return created(wire.OneWorkplace{App: wire.WorkplaceOf(app, chat.RoleOwner)})
}
