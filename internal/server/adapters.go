package server

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/auth"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/httpapi"
	"github.com/parlorchat/parlor/internal/inbox"
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
