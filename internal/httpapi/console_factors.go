package httpapi

import (
	"net/http"
	"net/url"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/wire"
)

// answerSecondStep exchanges the step in the cookie and a code for a session. Wrong codes count as wrong passwords do.
func (c *call) answerSecondStep() (answer, error) {
	code, err := c.code()
	if err != nil {
		return answer{}, err
	}
	token := wire.CookieOf(c.Request, wire.StepCookie)
	agent, err := c.api.Staff.AtSecondStep(c.Context(), token)
	if err != nil {
		return answer{}, err
	}
	var in staff.SignedIn
	err = c.api.StaffGate.Try(c.api.Source(c.Request), agent.Email, func() (err error) {
		in, err = c.api.Staff.AnswerSecondStep(c.Context(), token, code)
		return err
	})
	return c.afterStep(in, err)
}

// afterStep is atDesk that ends the step in the browser.
func (c *call) afterStep(in staff.SignedIn, err error) (answer, error) {
	if err == nil {
		c.setCookie(wire.StepCookie, "", in.Session.CreatedAt, http.SameSiteStrictMode)
	}
	return c.atDesk(in, err)
}

func (c *call) code() (string, error) {
	var body wire.Code
	if err := c.decode(&body); err != nil {
		return "", err
	}
	if body.Code == "" {
		return "", chat.InvalidField("code", "is required: six digits of the phone, or a recovery code")
	}
	return body.Code, nil
}

// setUpTOTP makes a secret for the phone of whoever is signed in. It is shown this once.
func (c *call) setUpTOTP() (answer, error) {
	secret, address, err := c.api.Staff.SetUpTOTP(c.Context(), c.desk.agent, issuerAt(c.here()))
	if err != nil {
		return answer{}, err
	}
	body, err := wire.TOTPSetUpOf(secret, address)
	if err != nil {
		return answer{}, err
	}
	return created(body)
}

// maxHostName is how long the name of a host can be (RFC 1035). What is longer was made up, and does not fit into a QR code.
const maxHostName = 253

// issuerAt is what the phone calls this server.
func issuerAt(origin string) string {
	own, err := url.Parse(origin)
	if err != nil || len(own.Hostname()) > maxHostName {
		return "Parlor"
	}
	return "Parlor " + own.Hostname()
}

// confirmTOTP turns the codes on.
func (c *call) confirmTOTP() (answer, error) {
	code, err := c.code()
	if err != nil {
		return answer{}, err
	}
	var recovery []string
	err = c.api.StaffGate.Try(c.api.Source(c.Request), c.desk.agent.Email, func() (err error) {
		recovery, err = c.api.Staff.ConfirmTOTP(c.Context(), c.desk.agent, c.desk.session, code)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	return ok(wire.RecoveryCodesOf(recovery))
}

// removeTOTP turns the codes off.
func (c *call) removeTOTP() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Staff.RemoveTOTP(c.Context(), c.desk.agent)
}

// renewRecoveryCodes makes new codes in place of all before. They are shown this once.
func (c *call) renewRecoveryCodes() (answer, error) {
	codes, err := c.api.Staff.RenewRecoveryCodes(c.Context(), c.desk.agent)
	if err != nil {
		return answer{}, err
	}
	return created(wire.RecoveryCodesOf(codes))
}

// takeFactors takes the second factors from somebody who has lost them.
func (c *call) takeFactors() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Staff.TakeFactors(c.Context(), c.desk.agent, c.app.ID, chat.AgentID(c.PathValue("agentId")))
}
