// Package mail hands mail to the operator's mail server. Mail that somebody waits for and can ask for again is queued in memory and sent
// in the background, a few times over where the server refuses for the moment; what is queued when the process dies is
// lost. Letters are sent while the caller waits, who keeps them until they are.
package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/parlorchat/parlor/internal/chat"
)

// Figures of the queue.
const (
	maxQueued  = 256
	sendWithin = 20 * time.Second
)

// pauses are what is waited before each further try.
var pauses = []time.Duration{time.Second, 5 * time.Second, 30 * time.Second}

// Sender sends mail through one server. It is safe for concurrent use.
type Sender struct {
	client *gomail.Client
	from   string
	domain string // of from
	queue  chan *gomail.Msg
	log    *slog.Logger
}

// New reads the address of a mail server: smtp://user:password@host:port?from=chat@example.com, or smtps:// for TLS from
// the first byte. With smtp, TLS is used where the server offers it, and a password is not given to one that does not,
// unless it is on this machine.
func New(address string, log *slog.Logger) (*Sender, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("must be smtp://user:password@host:port?from=address") // the error would show the password
	}
	options, err := optionsOf(u)
	if err != nil {
		return nil, err
	}
	from, err := mail.ParseAddress(u.Query().Get("from"))
	if err != nil {
		return nil, errors.New("needs ?from= and the address that mail comes from")
	}
	client, err := gomail.NewClient(u.Hostname(), options...)
	if err != nil {
		return nil, fmt.Errorf("cannot be used: %w", err)
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	return &Sender{client: client, from: from.String(), domain: domain, queue: make(chan *gomail.Msg, maxQueued), log: log}, nil
}

func optionsOf(u *url.URL) ([]gomail.Option, error) {
	options := []gomail.Option{gomail.WithTimeout(sendWithin)}
	switch u.Scheme {
	case "smtp":
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	case "smtps":
		options = append(options, gomail.WithSSL())
	default:
		return nil, errors.New("must begin with smtp:// or smtps://, as in smtp://user:password@host:port?from=address")
	}
	if u.Hostname() == "" {
		return nil, errors.New("names no host")
	}
	if port := u.Port(); port != "" {
		n, err := strconv.Atoi(port)
		if err != nil {
			return nil, errors.New("names no port")
		}
		options = append(options, gomail.WithPort(n))
	}
	if user := u.User; user != nil {
		password, _ := user.Password()
		options = append(options, gomail.WithSMTPAuth(authFor(u.Hostname())), gomail.WithUsername(user.Username()), gomail.WithPassword(password))
	}
	return options, nil
}

// authFor is how to sign in: by the best way that the server offers over TLS, or in clear to a server on this machine.
func authFor(host string) gomail.SMTPAuthType {
	if addr, err := netip.ParseAddr(host); host == "localhost" || err == nil && addr.IsLoopback() {
		return gomail.SMTPAuthPlainNoEnc
	}
	return gomail.SMTPAuthAutoDiscover
}

// Mail queues a mail of plain text. Invalid if the address cannot be written to; Unavailable if too many wait.
func (s *Sender) Mail(to, subject, text string) error {
	message := gomail.NewMsg()
	if err := errors.Join(message.From(s.from), message.To(to)); err != nil {
		return &chat.Error{Kind: chat.Invalid, Code: "bad_request", Field: "email", Message: "email: mail cannot be sent to this address", Err: err}
	}
	message.Subject(subject)
	message.SetDate()
	message.SetMessageID()
	message.SetBodyString(gomail.TypeTextPlain, text)
	select {
	case s.queue <- message:
		return nil
	default:
		return chat.Overloaded("Too much mail is waiting to be sent.", time.Minute, nil)
	}
}

// Run sends what is queued, one mail after the other, until ctx ends.
func (s *Sender) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case message := <-s.queue:
			if err := s.send(ctx, message); err != nil && ctx.Err() == nil {
				s.log.ErrorContext(ctx, "a mail could not be sent", "err", withoutAddress(err))
			}
		}
	}
}

func (s *Sender) send(ctx context.Context, message *gomail.Msg) error {
	for try := 0; ; try++ {
		err := s.client.DialAndSendWithContext(ctx, message)
		if err == nil || try == len(pauses) || isFinal(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pauses[try]):
		}
	}
}

// withoutAddress is what may stand in the log: refusals name the recipient (security rule 56).
func withoutAddress(err error) string {
	if refusal, ok := errors.AsType[*gomail.SendError](err); ok {
		return fmt.Sprintf("%s, code %d", refusal.Reason, refusal.ErrorCode())
	}
	return err.Error()
}

// isFinal tells whether the server refused for good: a permanent refusal of the mail itself, not a lost connection.
func isFinal(err error) bool {
	refusal, ok := errors.AsType[*gomail.SendError](err)
	return ok && !refusal.IsTemp() && refusal.Reason != gomail.ErrConnCheck
}
