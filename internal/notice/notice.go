// Package notice tells people by mail what they would not hear of otherwise: users what was answered while they were away, agents
// that somebody waits too long; and sends transcripts that agents ask for.
//
// A mail is a row from the transaction of its cause on (queue.go), so that no crash loses it, and says what there is to say when it is
// sent. The Runner of any process leases it, makes the letter and hands it to the mail server; a refusal for the moment has it tried again,
// later each time, one for good is kept for the console to show. A process that dies after the mail server took a letter, and before that is
// written down, has it sent once more under the same Message-ID.
package notice

import (
	"context"
	"log/slog"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/mail"
	"github.com/parlorchat/parlor/internal/ratelimit"
	"github.com/parlorchat/parlor/internal/store"
)

// Figures of the runner.
const (
	lookEvery    = time.Second
	alertEvery   = 10 * time.Second
	lookAhead    = 3 * time.Second // for users who are here, so that no other process mails them
	leaseFor     = 2 * time.Minute // longer than a mail server may take
	settleWithin = 10 * time.Second
	pageOfMails  = 100
	keepFailed   = 30 * 24 * time.Hour
	giveUpAfter  = 3 * 24 * time.Hour
	longestPause = time.Hour
)

// Mailer hands a letter to the mail server; *mail.Sender fits.
type Mailer interface {
	Send(ctx context.Context, letter mail.Letter) error
	From() string
}

// Options are what a Service needs. All but Mailer are required.
type Options struct {
	Store      store.Store
	Mailer     Mailer                             // nil: this server sends no mail
	IsHere     func(chat.AppID, chat.UserID) bool // whether the user has an open connection to this process
	Base       func() string                      // origin of the hosted page and of links in mail
	MAC        func(parts ...string) []byte       // signs links
	FirstPause time.Duration                      // after the first failure; doubled with each further one
	// Transcripts is how many one agent may have sent, in all apps: they go to strangers, in the operator's name.
	Transcripts *ratelimit.Limiter
	Now         func() time.Time
	Log         *slog.Logger
}

// Service does the work. It is safe for concurrent use.
type Service struct{ Options }

// New returns a Service.
func New(o Options) *Service { return &Service{o} }

// Run sends what is due until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	if s.Mailer == nil {
		return nil
	}
	look, alert := time.NewTicker(lookEvery), time.NewTicker(alertEvery)
	defer look.Stop()
	defer alert.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
			s.note(ctx, "mail that is due cannot be found", s.sendDue(ctx))
		case <-alert.C:
			s.note(ctx, "users who wait cannot be found", s.alertAll(ctx))
			s.note(ctx, "old failures of mail cannot be forgotten", s.Store.Write(ctx, func(tx store.Tx) error {
				return tx.ForgetFailedMails(s.Now().Add(-keepFailed))
			}))
		}
	}
}

func (s *Service) note(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil && chat.KindOf(err) != chat.Unavailable {
		s.Log.WarnContext(ctx, what, "err", err)
	}
}
