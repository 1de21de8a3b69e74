package notice

import (
	"context"
	"errors"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Store is a store whose writes queue a mail for each user who may not see an answer that they tell of.
func Store(s store.Store) store.Store { return store.Following(s, queueAnswer) }

// queueAnswer queues a mail for each participant, of a message that is an answer. One that waits already will have this answer, too.
func queueAnswer(tx store.Tx, answer chat.Event) error {
	m := *answer.Message
	if !m.IsAnswer() {
		return nil
	}
	app, err := tx.GetApp(m.App)
	if err != nil || !isMailed(app.Settings, m) {
		return err
	}
	for _, user := range answer.Audience {
		err := tx.QueueMail(chat.Mail{
			ID: chat.MailID(chat.NewID(m.Received)), App: m.App, Kind: chat.MailAnswers, Cause: "answers " + string(m.Conversation) + " " + string(user),
			Conversation: m.Conversation, User: user, CreatedAt: m.Received, NextAt: m.Received.Add(app.Settings.MailAnswers),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// isMailed tells whether the app mails such an answer.
func isMailed(s chat.AppSettings, m chat.Message) bool {
	return s.MailAnswers > 0 && m.IsAnswer() && (s.MailPrograms || m.Author.Subtype == chat.SubtypeAgent)
}

// sendDue sends what is due. One mail that cannot be made keeps no other one from it.
func (s *Service) sendDue(ctx context.Context) error {
	for ctx.Err() == nil {
		now := s.Now()
		var due []chat.Mail
		err := s.Store.Read(ctx, func(tx store.Tx) (err error) {
			due, err = tx.ListDueMails(now.Add(lookAhead), pageOfMails)
			return err
		})
		if err != nil {
			return err
		}
		sent := 0
		var failed error
		for _, m := range due {
			isSent, err := s.sendOrPostpone(ctx, m, now)
			if isSent {
				sent++
			}
			failed = errors.Join(failed, err)
		}
		if failed != nil || sent == 0 || len(due) < pageOfMails {
			return failed
		}
	}
	return nil
}

// sendOrPostpone sends a mail that is due, and keeps back one for a user who is here: they see it anyway. It tells whether it was to be sent.
func (s *Service) sendOrPostpone(ctx context.Context, m chat.Mail, now time.Time) (isSent bool, err error) {
	switch {
	case m.Kind == chat.MailAnswers && s.IsHere(m.App, m.User):
		return false, s.postpone(ctx, m, now)
	case m.NextAt.After(now):
		return false, nil
	}
	return true, s.send(ctx, m.ID)
}

// postpone has a mail wait for as long as it would for an answer that came now.
func (s *Service) postpone(ctx context.Context, m chat.Mail, now time.Time) error {
	return s.Store.Write(ctx, func(tx store.Tx) error {
		app, err := tx.GetApp(m.App)
		if err != nil {
			return err
		}
		_, err = tx.PostponeMail(m.ID, now, now.Add(max(app.Settings.MailAnswers, lookAhead)))
		return err
	})
}
