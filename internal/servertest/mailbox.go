package servertest

import (
	"io"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/parlorchat/parlor/internal/config"
)

// Mailbox is a mail server on loopback that takes mail for everybody and keeps it.
type Mailbox struct {
	t    *testing.T
	addr string

	mu    sync.Mutex // guards mails and came
	mails []Mail
	came  chan struct{} // closed and replaced when one comes
}

// Mail is what came.
type Mail struct {
	To, From, Subject, Text string
}

// NewMailbox runs a mail server until the test ends.
func NewMailbox(t *testing.T) *Mailbox {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &Mailbox{t: t, addr: listener.Addr().String(), came: make(chan struct{})}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &letter{box: m}, nil }))
	server.Domain, server.AllowInsecureAuth = "mail.test", true
	done := make(chan struct{})
	go func() {
		defer close(done)
		server.Serve(listener)
	}()
	t.Cleanup(func() {
		server.Close()
		<-done
	})
	return m
}

// Option has the server under test send its mail here.
func (m *Mailbox) Option() Option {
	return func(c *config.Server) { c.SMTP = m.URL() }
}

// URL is the address of the mail server as PARLOR_SMTP takes it.
func (m *Mailbox) URL() string {
	return "smtp://user:secret@" + m.addr + "?from=Chat+%3Cchat@parlor.test%3E"
}

// Next waits for the mail after the first n.
func (m *Mailbox) Next(n int) Mail {
	m.t.Helper()
	late := time.After(10 * time.Second)
	for {
		m.mu.Lock()
		mails, came := m.mails, m.came
		m.mu.Unlock()
		if len(mails) > n {
			return mails[n]
		}
		select {
		case <-came:
		case <-late:
			m.t.Fatalf("only %d mails came", len(mails))
		}
	}
}

// Count is how many have come.
func (m *Mailbox) Count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.mails)
}

// letter is one session of the mail server.
type letter struct {
	box      *Mailbox
	from, to string
}

func (l *letter) AuthMechanisms() []string { return []string{sasl.Plain} }

func (l *letter) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "user" || password != "secret" {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (l *letter) Mail(from string, _ *smtp.MailOptions) error { l.from = from; return nil }
func (l *letter) Rcpt(to string, _ *smtp.RcptOptions) error   { l.to = to; return nil }
func (l *letter) Reset()                                      {}
func (l *letter) Logout() error                               { return nil }

func (l *letter) Data(r io.Reader) error {
	message, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(message.Body)
	if err != nil {
		return err
	}
	l.box.mu.Lock()
	defer l.box.mu.Unlock()
	l.box.mails = append(l.box.mails, Mail{To: l.to, From: l.from, Subject: message.Header.Get("Subject"),
		Text: strings.ReplaceAll(string(text), "\r\n", "\n")})
	close(l.box.came)
	l.box.came = make(chan struct{})
	return nil
}
