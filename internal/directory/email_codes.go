package directory

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Mailer sends mail soon; it does not wait for the mail server. Unavailable if it cannot take one now.
type Mailer interface {
	Mail(to, subject, text string) error
}

// Codes is what sign-in by e-mail needs beside the store. Mailer is nil on a server that sends no mail.
type Codes struct {
	Mailer Mailer
	MAC    func(parts ...string) []byte // keyed: six digits are soon guessed from a hash
}

// SendEmailCode sends a code of six digits to an address; the code is good in the browser that holds the secret. The
// answer is the same whether or not anybody has the address. Invalid email; Forbidden email_login_off; RateLimited after
// five codes in an hour; Unavailable mail_off where the server sends no mail.
func (s *Service) SendEmailCode(ctx context.Context, app chat.App, address, browser string) error {
	normal, err := s.checkEmailLogin(app, address)
	if err != nil {
		return err
	}
	if s.codes.Mailer == nil {
		return &chat.Error{Kind: chat.Unavailable, Code: "mail_off", Message: "This server sends no mail: the operator must set PARLOR_SMTP."}
	}
	digits := newDigits()
	now := s.clock()
	code := chat.EmailCode{App: app.ID, ID: chat.NewID(now), Email: normal, CodeHash: s.codeHash(app.ID, normal, digits),
		Browser: chat.HashToken(browser), CreatedAt: now, ExpiresAt: now.Add(chat.EmailCodeLife)}
	wanted := false
	err = s.store.Write(ctx, func(tx store.Tx) error {
		made, err := tx.CountEmailCodes(app.ID, normal, now.Add(-time.Hour))
		if err != nil {
			return err
		}
		if made >= chat.EmailCodesPerHour {
			return tooMany("Too many codes were sent to this address.", time.Hour/chat.EmailCodesPerHour)
		}
		_, known, err := tx.FindUserByIdentity(app.ID, chat.IdentityEmail, normal)
		if err != nil {
			return err
		}
		wanted = known || app.Settings.EmailLogin == chat.EmailLoginOn
		return tx.InsertEmailCode(code, now.Add(-time.Hour))
	})
	if err != nil || !wanted {
		return err
	}
	return s.codes.Mailer.Mail(strings.TrimSpace(address), digits+" is your code for "+app.Name, fmt.Sprintf(codeMail, app.Name, digits))
}

const codeMail = `Your code for %s is

    %s

It is good for 10 minutes, in the browser that asked for it.
If you did not ask for a code you can ignore this mail: without it nobody gets in.
`

// EmailSignIn is what somebody gives who signs in with a code.
type EmailSignIn struct {
	Address  string
	Code     string // six digits; spaces do not count
	Browser  string // the secret of the browser that asked for the code
	Replaces string // the session that the new one replaces, as in SignInInput
	Client   chat.Client
}

// SignInByEmail signs in whoever gives the code that was sent to the address. Unauthenticated invalid_code if it is
// wrong, over, or was asked for by another browser; the refusals of SignIn that concern the person.
func (s *Service) SignInByEmail(ctx context.Context, app chat.App, in EmailSignIn) (SignedIn, error) {
	client, err := said(app, in.Client)
	if err != nil {
		return SignedIn{}, err
	}
	in.Client = client
	normal, err := s.checkEmailLogin(app, in.Address)
	if err != nil {
		return SignedIn{}, err
	}
	now := s.clock()
	assertion := chat.ProvenEmail(app.ID, normal, strings.TrimSpace(in.Address), now)
	v := visit{app: app, assertion: &assertion, now: now, token: chat.NewSecret(),
		in: SignInInput{Replaces: in.Replaces, Client: in.Client}}
	right := false
	out, err := s.run(ctx, v, func(v *visit) (out SignedIn, err error) {
		if right, err = s.takeCode(v.tx, app.ID, normal, in, now); err != nil || !right {
			return SignedIn{}, err
		}
		return v.signIn()
	})
	if err == nil && !right {
		err = &chat.Error{Kind: chat.Unauthenticated, Code: "invalid_code", Field: "code",
			Message: "This code is wrong, or it has expired.", Cure: "Ask for a new code and give it in the same browser."}
	}
	return out, err
}

// takeCode ends the codes of the address if the right one was given, or counts a try. It is run in the transaction of the
// sign-in, so that a code works once.
func (s *Service) takeCode(tx store.Tx, app chat.AppID, email string, in EmailSignIn, now time.Time) (right bool, err error) {
	code, found, err := tx.LockEmailCode(app, email, chat.HashToken(in.Browser))
	if err != nil || !found || in.Browser == "" || code.Tries >= chat.EmailCodeTries || !now.Before(code.ExpiresAt) {
		return false, err
	}
	if !hmac.Equal(code.CodeHash, s.codeHash(app, email, strings.ReplaceAll(in.Code, " ", ""))) {
		return false, tx.CountTry(app, code.ID)
	}
	return true, tx.UseEmailCodes(app, email)
}

func (s *Service) checkEmailLogin(app chat.App, address string) (normal string, err error) {
	if app.Settings.EmailLogin == chat.EmailLoginOff {
		return "", chat.Refuse("email_login_off", "This chat does not offer sign-in by e-mail.")
	}
	normal, ok := chat.NormalEmail(strings.TrimSpace(address))
	if !ok {
		return "", chat.InvalidField("email", "must be an e-mail address such as ana@example.com")
	}
	return normal, nil
}

func (s *Service) codeHash(app chat.AppID, email, digits string) []byte {
	return s.codes.MAC(string(app), email, digits)
}

func newDigits() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic("directory: the system gives no random numbers: " + err.Error())
	}
	return fmt.Sprintf("%06d", n)
}
