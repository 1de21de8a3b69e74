package notice

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/mail"
	"github.com/parlorchat/parlor/internal/store"
)

// failuresShown is how many mails that were given up are listed.
const failuresShown = 20

var errNoMail = &chat.Error{Kind: chat.Unavailable, Code: "mail_off", Message: "This server sends no mail: the operator must set PARLOR_SMTP."}

// State is how mail of an app goes.
type State struct {
	From     string      // empty: this server sends none
	Failures []chat.Mail // given up in the last 30 days, the newest first
}

// State tells how mail of the app goes.
func (s *Service) State(ctx context.Context, p chat.Principal) (state State, err error) {
	if s.Mailer != nil {
		state.From = s.Mailer.From()
	}
	err = s.Store.Read(ctx, func(tx store.Tx) (err error) {
		state.Failures, err = tx.ListFailedMails(p.App, failuresShown)
		return err
	})
	return state, err
}

// SendTest has a mail sent to the agent who asks, as all others are.
func (s *Service) SendTest(ctx context.Context, p chat.Principal) error {
	if p.Agent == nil {
		return chat.Refuse("forbidden", "Only an agent may ask for a test.")
	}
	if s.Mailer == nil {
		return errNoMail
	}
	now := s.Now()
	return s.Store.Write(ctx, func(tx store.Tx) error {
		return tx.QueueMail(chat.Mail{ID: chat.MailID(chat.NewID(now)), App: p.App, Kind: chat.MailTest, Cause: "test " + string(p.App) + " " + string(p.Agent.ID),
			Agent: p.Agent.ID, CreatedAt: now, NextAt: now})
	})
}

func (s *Service) test(tx store.Tx, app chat.App, m chat.Mail) (draft, error) {
	agent, err := tx.GetAgent(m.Agent)
	if err != nil {
		return draft{}, err
	}
	page := sheet{Language: "en", Intro: "Mail from " + app.Name + " arrives.", Why: "Somebody asked for this test at the console: you."}
	text, html := page.render()
	return draft{Letter: mail.Letter{To: agent.Email, Subject: "A test from " + app.Name, Text: text, HTML: html}}, nil
}

// StoppedAt is when a user said that they want no mail about answers; zero: they did not. NotFound.
func (s *Service) StoppedAt(ctx context.Context, p chat.Principal, user chat.UserID) (at time.Time, err error) {
	err = s.Store.Read(ctx, func(tx store.Tx) (err error) {
		if _, err := tx.GetUser(p.App, user); err != nil {
			return err
		}
		at, err = tx.UnsubscribedAt(p.App, user)
		return err
	})
	return at, err
}
