package notice

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/mail"
	"github.com/parlorchat/parlor/internal/store"
)

// draft is what a mail has to say now. Without an address there is nothing to say, or nobody to say it to.
type draft struct {
	mail.Letter
	user   chat.UserID   // whom it tells of messages
	number int64         // of the last one
	again  time.Duration // how long an answer that came meanwhile waits
}

// send leases a mail, says what there is to say, and writes down what became of it. One that cannot be made is tried again when the lease ends.
func (s *Service) send(ctx context.Context, id chat.MailID) error {
	lease, now := chat.NewSecret(), s.Now()
	var m chat.Mail
	var leased bool
	var letter draft
	err := s.Store.Write(ctx, func(tx store.Tx) (err error) {
		m, leased, err = tx.LeaseMail(id, lease, now, now.Add(leaseFor))
		return err
	})
	if err != nil || !leased {
		return err
	}
	// Nobody waits while a long transcript is made.
	err = s.Store.Read(ctx, func(tx store.Tx) (err error) {
		letter, err = s.compose(tx, m)
		return err
	})
	if err != nil {
		return err
	}
	var failure error
	if letter.To != "" {
		// The same under which it was sent before, if a process died before it could say so.
		letter.ID = string(m.ID) + "." + strconv.FormatInt(letter.number, 10)
		failure = s.Mailer.Send(ctx, letter.Letter)
	}
	settling, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	return s.Store.Write(settling, func(tx store.Tx) error { return s.settle(tx, m, lease, letter, failure, ctx.Err() != nil) })
}

// settle writes down what became of a letter. One that was cut off as the server stops is sent by the next one.
func (s *Service) settle(tx store.Tx, m chat.Mail, lease string, letter draft, failure error, isStopping bool) error {
	now := s.Now()
	if failure != nil {
		if isStopping {
			return tx.ReturnMail(m, lease)
		}
		return tx.ReturnMail(s.afterFailure(m, failure, now), lease)
	}
	if letter.number > 0 {
		if err := tx.SetMailedNumber(m.Conversation, letter.user, letter.number); err != nil {
			return err
		}
	}
	finished, err := tx.FinishMail(m, lease)
	if err != nil || finished {
		return err
	}
	m.NextAt, m.Attempts, m.Reason = now.Add(letter.again), 0, ""
	return tx.ReturnMail(m, lease)
}

// afterFailure is a mail that was refused: for good, or until a while later.
func (s *Service) afterFailure(m chat.Mail, failure error, now time.Time) chat.Mail {
	m.Attempts++
	m.Reason = "It could not be sent."
	refusal, ok := errors.AsType[*mail.Refusal](failure)
	if ok {
		m.Reason = refusal.Words
	}
	if ok && refusal.Final || now.Sub(m.CreatedAt) >= giveUpAfter {
		m.FailedAt = now
	}
	m.NextAt = now.Add(pause(m.Attempts, s.FirstPause))
	return m
}

// pause is how long a mail waits after so many failures: doubled with each, with a fifth of jitter either way.
func pause(failures int64, first time.Duration) time.Duration {
	wait := longestPause
	if doublings := failures - 1; doublings < 20 {
		wait = min(longestPause, first<<doublings)
	}
	return wait*4/5 + rand.N(wait*2/5+1)
}

// compose makes the letter of a mail, as things stand now.
func (s *Service) compose(tx store.Tx, m chat.Mail) (draft, error) {
	var letter draft
	app, err := tx.GetApp(m.App)
	if err == nil {
		switch m.Kind {
		case chat.MailAnswers:
			letter, err = s.answers(tx, app, m)
		case chat.MailWaiting:
			letter, err = s.waiting(tx, app, m)
		case chat.MailTranscript:
			letter, err = s.transcript(tx, app, m)
		case chat.MailTest:
			letter, err = s.test(tx, app, m)
		}
	}
	if chat.KindOf(err) == chat.NotFound {
		return draft{}, nil // whoever it was about is gone
	}
	return letter, err
}
