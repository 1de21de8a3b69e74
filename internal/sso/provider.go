// Package sso speaks OpenID Connect with the one provider that the operator names: the code flow with PKCE, of which the browser sees a code that is good for nobody
// else. It says whom the provider vouches for, and knows nothing of accounts: package staff does.
//
// Discovery, keys and tokens are fetched by the transport that it is given, which is that of package outbound.
package sso

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"github.com/parlorchat/parlor/internal/chat"
)

// Options say which provider it is, and what this server is called there.
type Options struct {
	Issuer       string
	ClientID     string
	ClientSecret string // empty: a public client, which PKCE alone protects
	Transport    http.RoundTripper
	Now          func() time.Time
}

// Provider is the provider. It is safe for concurrent use.
type Provider struct {
	options Options
	client  *http.Client

	asking singleflight.Group
	known  atomic.Pointer[known] // nil: the provider was not reached yet
}

// known is what the provider says of itself.
type known struct {
	*oidc.Provider
	// namesItself: its answers say who gives them (RFC 9207), so that none of another provider is taken for one of its own.
	namesItself bool
}

// New returns the provider, which is asked about itself when somebody wants it.
func New(o Options) *Provider {
	// Redirects are answers like others: nothing of OpenID Connect needs them between servers.
	return &Provider{options: o, client: &http.Client{Transport: o.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Issuer is the name of the provider.
func (p *Provider) Issuer() string { return p.options.Issuer }

// about asks the provider about itself, once for all who want to know. Unavailable sso_unreachable where it does not say.
func (p *Provider) about(ctx context.Context) (*known, error) {
	if told := p.known.Load(); told != nil {
		return told, nil
	}
	told, err, _ := p.asking.Do("", func() (any, error) { return p.ask(ctx) })
	if err != nil {
		return nil, unreachable(err)
	}
	p.known.Store(told.(*known))
	return told.(*known), nil
}

func (p *Provider) ask(ctx context.Context) (*known, error) {
	// Its keys are fetched again whenever they change, long after this call.
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.options.Issuer)
	if err != nil {
		return nil, err
	}
	var more struct {
		NamesItself bool `json:"authorization_response_iss_parameter_supported"`
	}
	err = found.Claims(&more)
	return &known{found, more.NamesItself}, err
}

func (p *Provider) config(about *known, redirect string) *oauth2.Config {
	endpoint := about.Endpoint()
	if p.options.ClientSecret == "" {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &oauth2.Config{ClientID: p.options.ClientID, ClientSecret: p.options.ClientSecret, Endpoint: endpoint, RedirectURL: redirect,
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"}}
}

func unreachable(err error) error {
	return &chat.Error{Kind: chat.Unavailable, Code: "sso_unreachable", Message: "The provider of single sign-on cannot be reached, or does not say what it should.",
		Cure: "Try again, or sign in with your password. The server's log says more.", RetryAfter: 10 * time.Second, Err: err}
}

func refused(message string, err error) error {
	return &chat.Error{Kind: chat.Unauthenticated, Code: "sso_refused", Message: message, Cure: "Sign in again.", Err: err}
}

// explained is the error of a call to the provider: one that it has answered is a refusal, of which nothing but the code goes to the log.
func explained(err error) error {
	if said, ok := errors.AsType[*oauth2.RetrieveError](err); ok && said.Response.StatusCode < http.StatusInternalServerError {
		return refused("The provider did not take the code of this sign-in.", fmt.Errorf("token endpoint: %d %s", said.Response.StatusCode, said.ErrorCode))
	}
	return unreachable(err)
}
