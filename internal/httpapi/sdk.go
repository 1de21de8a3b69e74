package httpapi

import (
	"cmp"
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/wire"
)

// config answers what a loader needs before anything else; at most 1 KB, and good for a minute.
func (c *call) config() (answer, error) {
	c.header.Set("Cache-Control", "public, max-age=60")
	return ok(wire.ConfigOf(c.app))
}

// configOfScript is config for a script that does not know the id of its app. The answer depends on the host name.
func (c *call) configOfScript() (answer, error) {
	c.header.Add("Vary", "Host")
	return c.config()
}

// signIn exchanges a token for a session, renews one, or starts an anonymous one.
func (c *call) signIn() (answer, error) {
	var body wire.SignIn
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	replaces, err := c.bearer()
	if err != nil && c.Header.Get("Authorization") != "" {
		return answer{}, chat.InvalidField("Authorization", `must be "Bearer " and the session that the new one replaces`)
	}
	out, err := c.api.Gate.SignIn(c.Context(), c.app, c.api.Source(c.Request), directory.SignInInput{
		Credential: directory.CredentialOf(body.Door, body.Token.Pointer(), body.ExternalID),
		Replaces:   replaces, Refresh: body.Refresh, Client: body.Client.Said(),
		Page: cmp.Or(wire.OriginOf(c.Request, c.api.Own(c.Request)), body.Client.Page()),
	})
	if err != nil {
		return answer{}, err
	}
	return created(wire.SignedIn{
		Session: wire.SessionOf(out.Token, out.Session, out.RenewAt), User: wire.SelfOf(out.User),
		Client: wire.ClientRef{ID: string(out.Client.ID)}, Merged: wire.MergedOf(out.Merge),
	})
}

// signOut ends the session in the Authorization header, whatever its state.
func (c *call) signOut() (answer, error) {
	token, err := c.bearer()
	if err != nil {
		return answer{}, &chat.Error{Kind: chat.Unauthenticated, Code: "unauthorized",
			Message: `The Authorization header must be "Bearer " and the session to end.`}
	}
	return answer{status: http.StatusNoContent}, c.api.Directory.Logout(c.Context(), c.app.ID, token)
}
