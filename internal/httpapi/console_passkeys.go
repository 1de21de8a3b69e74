package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/wire"
)

// here is the origin that passkeys of this server are bound to.
func (c *call) here() string { return c.api.Own(c.Request) }

func passkeyOptions(options []byte, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	return ok(wire.PasskeyOptions{Options: wire.JSONIn(options)})
}

// shown is the passkey that the browser shows.
func (c *call) shown() ([]byte, error) {
	var body wire.PasskeyShown
	if err := c.decode(&body); err != nil {
		return nil, err
	}
	return body.Credential, nil
}

// askForPasskey begins a sign-in without address and password.
func (c *call) askForPasskey() (answer, error) {
	if err := c.api.StaffGate.Begin(c.api.Source(c.Request)); err != nil {
		return answer{}, err
	}
	return passkeyOptions(c.api.Staff.AskForPasskey(c.Context(), c.here()))
}

// signInByPasskey exchanges a passkey for a session in a cookie.
func (c *call) signInByPasskey() (answer, error) {
	shown, err := c.shown()
	if err != nil {
		return answer{}, err
	}
	var in staff.SignedIn
	err = c.api.StaffGate.Try(c.api.Source(c.Request), "", func() (err error) {
		in, err = c.api.Staff.SignInByPasskey(c.Context(), c.here(), shown)
		return err
	})
	return c.atDesk(in, err)
}

// askAtSecondStep asks for a passkey in place of a code.
func (c *call) askAtSecondStep() (answer, error) {
	if err := c.api.StaffGate.Begin(c.api.Source(c.Request)); err != nil {
		return answer{}, err
	}
	return passkeyOptions(c.api.Staff.AskAtSecondStep(c.Context(), wire.CookieOf(c.Request, wire.StepCookie), c.here()))
}

// passkeyAtSecondStep exchanges the step in the cookie and a passkey for a session.
func (c *call) passkeyAtSecondStep() (answer, error) {
	shown, err := c.shown()
	if err != nil {
		return answer{}, err
	}
	var in staff.SignedIn
	err = c.api.StaffGate.Try(c.api.Source(c.Request), "", func() (err error) {
		in, err = c.api.Staff.PasskeyAtSecondStep(c.Context(), wire.CookieOf(c.Request, wire.StepCookie), c.here(), shown)
		return err
	})
	return c.afterStep(in, err)
}

// askForProof asks whoever is signed in for a passkey.
func (c *call) askForProof() (answer, error) {
	return passkeyOptions(c.api.Staff.AskForProof(c.Context(), c.desk.agent, c.here()))
}

// proveByPasskey notes that whoever is signed in has shown a passkey.
func (c *call) proveByPasskey() (answer, error) {
	shown, err := c.shown()
	if err != nil {
		return answer{}, err
	}
	err = c.api.StaffGate.Try(c.api.Source(c.Request), c.desk.agent.Email, func() (err error) {
		c.desk.session, err = c.api.Staff.ProveByPasskey(c.Context(), c.desk.agent, c.desk.session, c.here(), shown)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	return c.consoleSession()
}

// listPasskeys lists those of whoever is signed in, the oldest first.
func (c *call) listPasskeys() (answer, error) {
	passkeys, err := c.api.Staff.Passkeys(c.Context(), c.desk.agent.ID)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.PasskeysOf(passkeys))
}

// beginPasskey has the browser make a passkey.
func (c *call) beginPasskey() (answer, error) {
	return passkeyOptions(c.api.Staff.BeginPasskey(c.Context(), c.desk.agent, c.here()))
}

// finishPasskey keeps the passkey that the browser made.
func (c *call) finishPasskey() (answer, error) {
	var body wire.PasskeyInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	passkey, recovery, err := c.api.Staff.FinishPasskey(c.Context(), c.desk.agent, c.desk.session, c.here(), body.Name, body.Credential)
	if err != nil {
		return answer{}, err
	}
	return created(wire.PasskeyMade{Passkey: wire.PasskeyOf(passkey), RecoveryCodes: append([]string{}, recovery...)})
}

// renamePasskey calls a passkey otherwise.
func (c *call) renamePasskey() (answer, error) {
	var body wire.PasskeyName
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusNoContent}, c.api.Staff.RenamePasskey(c.Context(), c.desk.agent.ID, c.passkeyID(), body.Name)
}

// removePasskey takes a passkey away.
func (c *call) removePasskey() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Staff.RemovePasskey(c.Context(), c.desk.agent, c.passkeyID())
}

func (c *call) passkeyID() chat.PasskeyID { return chat.PasskeyID(c.PathValue("passkeyId")) }
