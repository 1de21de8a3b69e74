package sso

import (
	"context"

	"golang.org/x/oauth2"
)

// claims are those of the ID token and of the provider's answer about the user.
type claims struct {
	Subject         string  `json:"sub"`
	Email           string  `json:"email"`
	EmailVerified   boolean `json:"email_verified"`
	Name            string  `json:"name"`
	AuthorizedParty string  `json:"azp"`
	AuthTime        float64 `json:"auth_time"`
}

// ask asks the provider about the user, where its token did not tell their address.
func (c *claims) ask(ctx context.Context, about *known, config *oauth2.Config, token *oauth2.Token) error {
	if about.UserInfoEndpoint() == "" {
		return nil
	}
	info, err := about.UserInfo(ctx, config.TokenSource(ctx, token))
	if err != nil {
		return unreachable(err)
	}
	var said claims
	if err := info.Claims(&said); err != nil {
		return unreachable(err)
	}
	// What another one is told about proves nothing of this one (OpenID Connect Core section 5.3.2).
	if said.Subject != c.Subject {
		return refused("The provider speaks of somebody else.", nil)
	}
	c.Email, c.EmailVerified, c.Name = said.Email, said.EmailVerified, said.Name
	return nil
}

// boolean is a truth value that some providers write as text. Whatever else they write is not true.
type boolean bool

func (b *boolean) UnmarshalJSON(text []byte) error {
	*b = string(text) == "true" || string(text) == `"true"`
	return nil
}
