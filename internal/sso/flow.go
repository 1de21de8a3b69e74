package sso

import (
	"context"
	"crypto/subtle"
	"errors"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/parlorchat/parlor/internal/chat"
)

// clockOff is how far the provider's clock may be from ours.
const clockOff = time.Minute

// Flow is one sign-in on its way, to be remembered with the browser that began it.
type Flow struct {
	State, Nonce, Verifier string
	Redirect               string    // where the provider sends the browser back to, exactly
	FreshSince             time.Time // zero: whoever is signed in at the provider is good; else they must show their secret there once more
}

// Answer is what the browser brings back from the provider, as it stands in the address.
type Answer struct {
	Code, State, Issuer string
	Error               string // a code of OAuth 2, where the provider has refused
}

// Subject is somebody whom the provider vouches for. ID is theirs for ever; the rest may change.
type Subject struct {
	ID            string
	Email         string
	EmailVerified bool
	Name          string
}

// Begin returns the address at the provider to which the browser goes. With fresh the provider asks for a secret even from those who are signed in there.
func (p *Provider) Begin(ctx context.Context, redirect string, fresh bool) (address string, flow Flow, err error) {
	about, err := p.about(ctx)
	if err != nil {
		return "", Flow{}, err
	}
	flow = Flow{State: chat.NewSecret(), Nonce: chat.NewSecret(), Verifier: oauth2.GenerateVerifier(), Redirect: redirect}
	options := []oauth2.AuthCodeOption{oidc.Nonce(flow.Nonce), oauth2.S256ChallengeOption(flow.Verifier)}
	if fresh {
		flow.FreshSince = p.options.Now()
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	return p.config(about, redirect).AuthCodeURL(flow.State, options...), flow, nil
}

// Finish says whom the provider vouches for. Unauthenticated sso_refused for what is not the answer to the flow, and what the provider has not said.
func (p *Provider) Finish(ctx context.Context, flow Flow, answer Answer) (Subject, error) {
	about, err := p.about(ctx)
	if err != nil {
		return Subject{}, err
	}
	switch {
	case !same(answer.State, flow.State):
		return Subject{}, refused("This is not the answer to the sign-in that was begun here.", nil)
	case answer.Issuer != p.options.Issuer && (answer.Issuer != "" || about.namesItself):
		return Subject{}, refused("Another provider gave this answer.", nil)
	case answer.Error == "access_denied":
		return Subject{}, refused("The provider did not let you in, or you would rather not.", nil)
	case answer.Error != "":
		return Subject{}, refused("The provider refused this sign-in.", errors.New(answer.Error))
	}
	ctx = oidc.ClientContext(ctx, p.client)
	config := p.config(about, flow.Redirect)
	token, err := config.Exchange(ctx, answer.Code, oauth2.VerifierOption(flow.Verifier))
	if err != nil {
		return Subject{}, explained(err)
	}
	claims, err := p.verified(ctx, about, flow, token)
	if err != nil {
		return Subject{}, err
	}
	if claims.Email == "" {
		if err := claims.ask(ctx, about, config, token); err != nil {
			return Subject{}, err
		}
	}
	return Subject{ID: claims.Subject, Email: claims.Email, EmailVerified: bool(claims.EmailVerified), Name: claims.Name}, nil
}

// verified checks the ID token (OpenID Connect Core section 3.1.3.7).
func (p *Provider) verified(ctx context.Context, about *known, flow Flow, token *oauth2.Token) (claims, error) {
	raw, _ := token.Extra("id_token").(string)
	id, err := about.VerifierContext(ctx, &oidc.Config{ClientID: p.options.ClientID, Now: p.options.Now}).Verify(ctx, raw)
	if err != nil {
		return claims{}, refused("The provider's token is not good.", err)
	}
	var said claims
	if err := id.Claims(&said); err != nil {
		return claims{}, refused("The provider's token cannot be read.", err)
	}
	switch {
	case said.Subject == "":
		return claims{}, refused("The provider's token names nobody.", nil)
	case !same(id.Nonce, flow.Nonce):
		return claims{}, refused("The provider's token is for another sign-in.", nil)
	case len(id.Audience) > 1 && said.AuthorizedParty == "", said.AuthorizedParty != "" && said.AuthorizedParty != p.options.ClientID, !slices.Contains(id.Audience, p.options.ClientID):
		return claims{}, refused("The provider's token is for another server.", nil)
	case !flow.FreshSince.IsZero() && time.Unix(int64(said.AuthTime), 0).Before(flow.FreshSince.Add(-clockOff)):
		return claims{}, refused("The provider did not ask for your secret again.", nil)
	}
	return said, nil
}

func same(a, b string) bool { return b != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
