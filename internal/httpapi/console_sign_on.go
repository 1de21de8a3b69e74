package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/sso"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/wire"
)

// waysIn tells what the sign-in page offers.
func (c *call) waysIn() (answer, error) {
	var ways wire.WaysIn
	if c.api.Staff.HasSignOn() {
		ways.SignOn = &wire.SignOnWay{Name: c.api.SignOnName}
	}
	return ok(ways)
}

// beginSignOn sends the browser to the provider of single sign-on.
func (c *call) beginSignOn() (answer, error) {
	if err := c.api.StaffGate.Begin(c.api.Source(c.Request)); err != nil {
		return answer{}, err
	}
	return c.toProvider(c.api.Staff.BeginSignOn(c.Context(), c.here()))
}

// beginProofBySignOn sends whoever is signed in to the provider, which asks for their secret again.
func (c *call) beginProofBySignOn() (answer, error) {
	return c.toProvider(c.api.Staff.BeginProofBySignOn(c.Context(), c.desk.agent, c.here()))
}

func (c *call) toProvider(on staff.SignOn, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	c.setCookie(wire.SignOnCookie, on.Token, on.ExpiresAt, http.SameSiteStrictMode)
	return ok(wire.SignOnBegun{Address: on.Address})
}

// finishSignOn exchanges what the browser brought back from the provider for a session, or for a proof of the one that is there.
func (c *call) finishSignOn() (answer, error) {
	var body wire.SignOnAnswer
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	begun, session := wire.CookieOf(c.Request, wire.SignOnCookie), wire.CookieOf(c.Request, wire.ConsoleCookie)
	var in staff.SignedIn
	err := c.api.StaffGate.Try(c.api.Source(c.Request), "", func() (err error) {
		in, err = c.api.Staff.FinishSignOn(c.Context(), begun, session, sso.Answer{Code: body.Code, State: body.State, Issuer: body.Issuer, Error: body.Error})
		return err
	})
	if chat.CodeOf(err) == "sso_refused" {
		c.api.Log.WarnContext(c.Context(), "the provider of single sign-on said what is not good", "err", err)
	}
	c.setCookie(wire.SignOnCookie, "", c.api.Now(), http.SameSiteStrictMode)
	if err == nil && in.Token == "" {
		c.desk = desk{agent: in.Agent, session: in.Session}
		return c.consoleSession()
	}
	return c.atDesk(in, err)
}
