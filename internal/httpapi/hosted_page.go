package httpapi

import (
	"errors"
	"net/http"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/wire"
)

// admitOwnPage lets pages of this server through and nobody else: their session is in a cookie, which browsers send
// whoever asks (security rule 42). There are no CORS headers.
func (c *call) admitOwnPage() error {
	app, err := c.api.Apps.Find(c.Context(), c.PathValue("appId"))
	if err != nil {
		return err
	}
	c.app = app
	if !c.fromHere() {
		return chat.Refuse("origin_not_allowed", "Only the hosted page of this server may call this. From elsewhere use /sdk/v1.")
	}
	return c.keepOut()
}

// fromHere tells whether a page of this server asks, or nobody's page asks for what changes nothing.
func (c *call) fromHere() bool {
	readsOnly := c.Method == http.MethodGet && c.Header.Get("Origin") == "" && c.Header.Get("Sec-Fetch-Site") == ""
	return readsOnly || wire.SameOrigin(c.Request, c.api.Own(c.Request))
}

// pageSession tells who is signed in on the hosted page. Nobody is no error: the page cannot see the cookie, and asks for every stranger.
func (c *call) pageSession() (answer, error) {
	session, user, err := c.inCookie()
	if chat.KindOf(err) == chat.Unauthenticated {
		return answer{status: http.StatusNoContent}, nil
	}
	if err != nil {
		return answer{}, err
	}
	return ok(pageAnswer(session, user))
}

func (c *call) inCookie() (chat.Session, chat.User, error) {
	session, err := c.api.Directory.Authenticate(c.Context(), c.app.ID, c.cookie())
	if err != nil {
		return chat.Session{}, chat.User{}, err
	}
	user, err := c.api.Directory.Self(c.Context(), chat.Principal{App: c.app.ID, Session: &session})
	return session, user, err
}

func (c *call) cookie() string { return wire.CookieOf(c.Request, wire.SessionCookie(c.app.ID)) }

// pageSignIn exchanges the code of a personal link for a session in a cookie. Without a code it starts an anonymous one,
// or goes on with the one that is there.
func (c *call) pageSignIn() (answer, error) {
	var body wire.PageSignIn
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	in := directory.SignInInput{Replaces: c.cookie(), AskFirst: !body.Confirm, Client: body.Client.Said(), Page: c.api.Own(c.Request)}
	if body.Code.Set {
		in.Credential = directory.CredentialOf(string(chat.DoorCode), body.Code.Pointer(), "")
	} else if session, user, err := c.inCookie(); err == nil {
		return ok(pageAnswer(session, user))
	}
	out, err := c.api.Gate.SignIn(c.Context(), c.app, c.api.Source(c.Request), in)
	if other, isOther := errors.AsType[*directory.OtherPersonError](err); isOther {
		return answer{http.StatusConflict, wire.OtherPerson{Problems: wire.ProblemsOf(err),
			Current: wire.Named{Name: other.Current}, Next: wire.Named{Name: other.Next}}}, nil
	}
	return c.signedIn(out, err)
}

// pageSignOut ends the session in the cookie, and the cookie.
func (c *call) pageSignOut() (answer, error) {
	c.setCookie(wire.SessionCookie(c.app.ID), "", time.Time{}, http.SameSiteLaxMode)
	return answer{status: http.StatusNoContent}, c.api.Directory.Logout(c.Context(), c.app.ID, c.cookie())
}

// browserLife is how long a browser is known as the one that asked for a code.
const browserLife = time.Hour

// sendEmailCode sends a code to an address. The answer says nothing about whether anybody has it.
func (c *call) sendEmailCode() (answer, error) {
	var body wire.EmailCode
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	name := wire.BrowserCookie(c.app.ID)
	browser := wire.CookieOf(c.Request, name)
	if browser == "" {
		browser = chat.NewSecret()
	}
	if err := c.api.Gate.SendEmailCode(c.Context(), c.app, c.api.Source(c.Request), body.Email, browser); err != nil {
		return answer{}, err
	}
	c.setCookie(name, browser, c.api.Now().Add(browserLife), http.SameSiteLaxMode)
	return answer{http.StatusAccepted, wire.Nothing{}}, nil
}

// signInByEmail exchanges a code that was sent by e-mail for a session in a cookie.
func (c *call) signInByEmail() (answer, error) {
	var body wire.EmailSignIn
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	return c.signedIn(c.api.Gate.SignInByEmail(c.Context(), c.app, c.api.Source(c.Request), directory.EmailSignIn{
		Address: body.Email, Code: body.Code, Browser: wire.CookieOf(c.Request, wire.BrowserCookie(c.app.ID)),
		Replaces: c.cookie(), Client: body.Client.Said(),
	}))
}

// signedIn answers with the fresh session: its token in the cookie, the rest in the body.
func (c *call) signedIn(out directory.SignedIn, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	c.setCookie(wire.SessionCookie(c.app.ID), out.Token, out.Session.ExpiresAt, http.SameSiteLaxMode)
	body := pageAnswer(out.Session, out.User)
	body.Merged = wire.MergedOf(out.Merge)
	return created(body)
}

func pageAnswer(session chat.Session, user chat.User) wire.SignedIn {
	return wire.SignedIn{Session: wire.InPage(session), User: wire.SelfOf(user), Client: wire.ClientRef{ID: string(session.Client)}}
}

// setCookie sets a cookie that scripts cannot read (security rule 25); without a value it ends it.
func (c *call) setCookie(name, value string, expires time.Time, sameSite http.SameSite) {
	cookie := http.Cookie{Name: name, Value: value, Path: "/", Expires: expires, HttpOnly: true, Secure: true, SameSite: sameSite}
	if value == "" {
		cookie.MaxAge = -1
	}
	c.header.Add("Set-Cookie", cookie.String())
}
