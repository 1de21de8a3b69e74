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

// What the provider says of itself is good for an hour; where it does not say then, it is asked again a minute later.
const (
	goodFor  = time.Hour
	askAgain = time.Minute
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
	due         atomic.Int64 // when the provider is to be asked again, in nanoseconds since 1970
}

// New returns the provider, which is asked about itself when somebody wants it.
func New(o Options) *Provider {
	// Redirects are answers like others: nothing of OpenID Connect needs them between servers.
	return &Provider{options: o, client: &http.Client{Transport: o.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Issuer is the name of the provider.
func (p *Provider) Issuer() string { return p.options.Issuer }

// about is what the provider says of itself. The first ones who want to know wait for its answer, together; later it is asked anew by the first one who comes when that is due,
// while all others go on with what was said before, and so does the one who asks where it does not answer. Unavailable sso_unreachable where it has never said.
func (p *Provider) about(ctx context.Context) (*known, error) {
	told := p.known.Load()
	if told == nil {
		first, err, _ := p.asking.Do("", func() (any, error) {
			if told := p.known.Load(); told != nil {
				return told, nil
			}
			return p.ask(ctx)
		})
		if err != nil {
			return nil, unreachable(err)
		}
		return first.(*known), nil
	}
	now, due := p.options.Now(), told.due.Load()
	if now.UnixNano() < due || !told.due.CompareAndSwap(due, now.Add(askAgain).UnixNano()) {
		return told, nil
	}
	if renewed, err := p.ask(ctx); err == nil {
		return renewed, nil
	}
	return told, nil
}

// ask asks the provider and keeps its answer, whether or not whoever wanted it still waits.
func (p *Provider) ask(ctx context.Context) (*known, error) {
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.options.Issuer)
	if err != nil {
		return nil, err
	}
	var more struct {
		NamesItself bool `json:"authorization_response_iss_parameter_supported"`
	}
	if err := found.Claims(&more); err != nil {
		return nil, err
	}
	told := &known{Provider: found, namesItself: more.NamesItself}
	told.due.Store(p.options.Now().Add(goodFor).UnixNano())
	p.known.Store(told)
	return told, nil
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
