package wire

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// SignedIn is the answer to a sign-in.
type SignedIn struct {
	Session Session   `json:"session"`
	User    User      `json:"user"`
	Client  ClientRef `json:"client"`
	Merged  *Merged   `json:"merged,omitzero"`
}

// Session is what a client holds after signing in.
type Session struct {
	Token     string `json:"token"`
	ExpiresAt Time   `json:"expiresAt"`
	RenewAt   Time   `json:"renewAt,omitzero"`
	Assurance string `json:"assurance"`
}

// Merged tells that an anonymous history went into a person known already.
type Merged struct {
	Surviving string `json:"surviving"`
	Discarded string `json:"discarded"`
}

// MergedOf is a merge, or nil.
func MergedOf(m *chat.Merge) *Merged {
	if m == nil {
		return nil
	}
	return &Merged{Surviving: string(m.Surviving), Discarded: string(m.Discarded)}
}

// SignIn is the body of the sessions endpoint, and part of a hello frame.
type SignIn struct {
	Door       string `json:"door"`
	Token      Text   `json:"token"`
	ExternalID string `json:"externalId"`
	Refresh    bool   `json:"refresh"`
	Client     Client `json:"client"`
}

// Client is what a client says of itself.
type Client struct {
	ID       string         `json:"id"`
	Platform string         `json:"platform"`
	Name     string         `json:"name"`
	Locale   string         `json:"locale"`
	TimeZone string         `json:"timeZone"`
	Info     map[string]any `json:"info"`
}

// Said is what a client says of itself.
func (c Client) Said() chat.Client {
	return chat.Client{ID: chat.ClientID(c.ID), Platform: c.Platform, Name: c.Name, Locale: c.Locale, TimeZone: c.TimeZone,
		Info: c.Info}
}

// Page returns the origin of the page that a client says it is on; "" where it says none. Nothing proves it.
func (c Client) Page() string {
	address, _ := c.Info[chat.InfoPage].(string)
	return originOf(address)
}

// SessionOf is a session as its client gets it, once.
func SessionOf(token string, s chat.Session, renewAt time.Time) Session {
	return Session{Token: token, ExpiresAt: At(s.Ends()), RenewAt: At(renewAt), Assurance: string(s.Assurance)}
}
