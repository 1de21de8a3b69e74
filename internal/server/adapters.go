package server

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/auth"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/httpapi"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/notice"
	"github.com/parlorchat/parlor/internal/outbound"
	"github.com/parlorchat/parlor/internal/ratelimit"
	"github.com/parlorchat/parlor/internal/realtime"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/sso"
	"github.com/parlorchat/parlor/internal/webhook"
	"github.com/parlorchat/parlor/internal/wire"
)

// tokens is the verifier as directory wants it.
type tokens struct {
	verifier *auth.Verifier
	now      func() time.Time
}

func (t tokens) Verify(ctx context.Context, app chat.App, c directory.Credential) (chat.Assertion, error) {
	return t.verifier.Verify(ctx, auth.Request{App: app, Door: c.Door, Token: c.Token, ExternalID: c.ExternalID}, t.now())
}

// restCallers is the verifier as httpapi wants it.
type restCallers struct {
	verifier *auth.Verifier
	now      func() time.Time
}

func (r restCallers) Authenticate(ctx context.Context, app chat.AppID, authorization string) (chat.Principal, error) {
	return r.verifier.Authenticate(ctx, app, authorization, r.now())
}

// entries are those of the inbox as the line of agents wants them.
type entries struct {
	inbox *inbox.Service
	links wire.MediaLinks
}

func (e entries) Entry(ctx context.Context, app chat.AppID, conversation chat.ConversationID) (wire.Entry, error) {
	row, err := e.inbox.Get(ctx, chat.Principal{App: app, Operator: true}, conversation)
	if err != nil {
		return wire.Entry{}, err
	}
	return httpapi.EntryOf(row, e.links), nil
}

// mailer is the sender of mail as others want it: nil is none.
func (s *Server) mailer() webhook.Mailer {
	if s.mail == nil {
		return nil
	}
	return s.mail
}

// newNotices makes what tells people by mail.
func (s *Server) newNotices(ctx context.Context, data Data, hub *realtime.Hub) (*notice.Service, error) {
	secret, err := linkSecret(ctx, data, s.mail != nil)
	if err != nil {
		return nil, err
	}
	options := notice.Options{
		Store: s.store, IsHere: hub.IsHere, Base: s.base, FirstPause: mailPause, Now: time.Now, Log: s.log,
		Transcripts: ratelimit.New(ratelimit.Rule{Events: 30, Per: time.Hour, Burst: 30}, time.Now),
		MAC:         func(parts ...string) []byte { return seal.MAC(secret, parts...) },
	}
	if s.mail != nil {
		options.Mailer = s.mail
	}
	return notice.New(options), nil
}

// maxAnswer bounds what a provider of single sign-on says of itself: some have hundreds of keys and claims.
const maxAnswer = 1 << 20

// signOn is the provider that the operator names; nil: none. It is called through outbound alone.
func (s *Server) signOn(now func() time.Time) (*sso.Provider, error) {
	if s.config.OIDCIssuer == "" {
		return nil, nil
	}
	secret, err := s.config.OIDCSecret()
	if err != nil {
		return nil, err
	}
	return sso.New(sso.Options{Issuer: s.config.OIDCIssuer, ClientID: s.config.OIDCClientID, ClientSecret: secret,
		Transport: s.outbound.Transport(outbound.Limits{MaxBody: maxAnswer}), Now: now}), nil
}

func (s *Server) countWebhooks(outcome string, events int) {
	s.told.WithLabelValues(outcome).Add(float64(events))
}

func (s *Server) noteKeyUsage(ctx context.Context) error { return s.keys.Flush(ctx, time.Now()) }

// invalidateKeys tells the keyring which keys changed.
func (s *Server) invalidateKeys(events []chat.Event) {
	for _, event := range events {
		s.keys.Invalidate(event)
	}
}
