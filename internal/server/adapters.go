package server

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/auth"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/webhook"
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

// mailer is the sender of mail as others want it: nil is none.
func (s *Server) mailer() webhook.Mailer {
	if s.mail == nil {
		return nil
	}
	return s.mail
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
