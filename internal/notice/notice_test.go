package notice

import (
	"context"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	stdmail "net/mail"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/mail"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/ratelimit"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// got is a mail as it came.
type got struct {
	to, subject, id, unsubscribe, text, html string
}

// postOffice is a real mail server on loopback. refuse says what it answers to a mail; nil takes it.
type postOffice struct {
	*testing.T
	addr   string
	server *smtp.Server

	mu     sync.Mutex // guards what follows
	refuse *smtp.SMTPError
	mails  []got
}

func newPostOffice(t *testing.T) *postOffice {
	t.Helper()
	o := &postOffice{T: t}
	o.open("127.0.0.1:0")
	t.Cleanup(o.close)
	return o
}

func (o *postOffice) open(addr string) {
	o.Helper()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		o.Fatal(err)
	}
	o.addr = listener.Addr().String()
	o.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &counter{office: o}, nil }))
	o.server.Domain = "mail.test"
	go o.server.Serve(listener)
}

func (o *postOffice) close() { o.server.Close() }

func (o *postOffice) answer(refuse *smtp.SMTPError) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.refuse = refuse
}

// take returns what came since the last call.
func (o *postOffice) take() (mails []got) {
	o.mu.Lock()
	defer o.mu.Unlock()
	mails, o.mails = o.mails, nil
	return mails
}

type counter struct {
	office *postOffice
	to     string
}

func (c *counter) Mail(string, *smtp.MailOptions) error      { return nil }
func (c *counter) Rcpt(to string, _ *smtp.RcptOptions) error { c.to = to; return nil }
func (c *counter) Reset()                                    {}
func (c *counter) Logout() error                             { return nil }

func (c *counter) Data(r io.Reader) error {
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	if c.office.refuse != nil {
		io.Copy(io.Discard, r)
		return c.office.refuse
	}
	message, err := stdmail.ReadMessage(r)
	if err != nil {
		return err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	if err != nil {
		return err
	}
	mail := got{to: c.to, subject: subject, id: message.Header.Get("Message-ID"), unsubscribe: message.Header.Get("List-Unsubscribe")}
	if message.Header.Get("List-Unsubscribe-Post") != map[bool]string{true: "List-Unsubscribe=One-Click"}[mail.unsubscribe != ""] {
		c.office.Error("the headers of one click do not go together")
	}
	_, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	parts := multipart.NewReader(message.Body, params["boundary"])
	for _, into := range []*string{&mail.text, &mail.html} {
		part, err := parts.NextRawPart()
		if err != nil {
			return err
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			return err
		}
		*into = strings.ReplaceAll(string(body), "\r\n", "\n")
	}
	c.office.mails = append(c.office.mails, mail)
	return nil
}

// bench is an app with a user who has an address, on a real database and with a clock of its own.
type bench struct {
	*testing.T
	office *postOffice
	raw    store.Store
	work   store.Store
	app    chat.App
	talk   chat.ConversationID
	user   chat.UserID

	mu   sync.Mutex // guards at and here
	at   time.Time
	here bool
}

func newBench(t *testing.T, settings chat.AppSettings) *bench {
	t.Helper()
	b := &bench{T: t, office: newPostOffice(t), at: time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)}
	url := sqlitetest.New(t)
	if os.Getenv("PARLOR_TEST_DATABASE") == "postgres" {
		url = pgtest.New(t)
	}
	raw, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := raw.Close(); err != nil {
			t.Error(err)
		}
	})
	b.raw, b.work = raw, Store(inbox.Store(raw))
	if settings.TimeZone == "" {
		settings.TimeZone = "UTC"
	}
	b.app = chat.App{ID: "app", IntegrationID: "web", Name: "Fernhill <plants>", Settings: settings, CreatedAt: b.at}
	b.user, b.talk = "ana", "talk"
	b.write(func(tx store.Tx) error {
		if err := tx.InsertApp(&b.app); err != nil {
			return err
		}
		if err := tx.InsertUser(chat.User{App: "app", ID: "ana", Number: 1, Profile: chat.Profile{GivenName: "Ana", Email: "typed@example.com", Locale: "de-AT"}, CreatedAt: b.at}); err != nil {
			return err
		}
		if err := tx.InsertIdentity("app", "ana", chat.Identity{Kind: chat.IdentityEmail, Value: "ana@example.com", Written: "Ana@example.com", VerifiedBy: chat.VerifiedByToken, CreatedAt: b.at}); err != nil {
			return err
		}
		if err := tx.InsertConversation(chat.Conversation{App: "app", ID: "talk", Type: chat.Personal, CreatedAt: b.at}); err != nil {
			return err
		}
		return tx.InsertParticipant(chat.Participant{App: "app", Conversation: "talk", ID: "p", User: "ana", Default: true, JoinedAt: b.at})
	})
	return b
}

func (b *bench) write(f func(store.Tx) error) {
	b.Helper()
	if err := b.work.Write(b.Context(), f); err != nil {
		b.Fatal(err)
	}
}

// say puts a message into the conversation; the author is the user where no subtype is given.
func (b *bench) say(text, subtype string) (number int64) {
	b.Helper()
	b.write(func(tx store.Tx) error {
		place, err := tx.TakeNumber("app", b.talk, b.now())
		if err != nil {
			return err
		}
		m := chat.Message{App: "app", Conversation: b.talk, ID: chat.MessageID(chat.NewID(b.now())), Number: place.Number, Change: place.Change, Received: b.now(),
			Author: chat.Author{Type: chat.AuthorUser, User: "ana"}, Content: chat.Content{Type: chat.ContentText, Text: text}}
		if subtype != "" {
			m.Author = chat.Author{Type: chat.AuthorBusiness, DisplayName: "Kim <b>", Subtype: subtype}
		}
		number = m.Number
		if _, err := tx.InsertMessage(m); err != nil {
			return err
		}
		tx.Emit(chat.Event{Kind: chat.EventMessage, App: "app", Conversation: b.talk, Change: m.Change, Audience: []chat.UserID{"ana"}, Message: &m, At: b.now()})
		return nil
	})
	return number
}

func (b *bench) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.at
}

func (b *bench) later(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at = b.at.Add(d)
}

// node is a process.
func (b *bench) node() *Service {
	b.Helper()
	sender, err := mail.New("smtp://"+b.office.addr+"?from=chat@parlor.test", slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	return New(Options{Store: b.work, Mailer: sender, Base: func() string { return "https://chat.example" }, FirstPause: time.Minute, Now: b.now,
		Transcripts: ratelimit.New(ratelimit.Rule{Events: 3, Per: time.Hour, Burst: 3}, b.now),
		IsHere:      func(chat.AppID, chat.UserID) bool { b.mu.Lock(); defer b.mu.Unlock(); return b.here },
		MAC:         func(parts ...string) []byte { return []byte(strings.Join(parts, "|") + strings.Repeat("x", 16)) }, Log: slog.New(slog.DiscardHandler)})
}

// sends has a node send what is due, and returns what came.
func (b *bench) sends(s *Service) []got {
	b.Helper()
	if err := s.sendDue(b.Context()); err != nil {
		b.Fatal(err)
	}
	return b.office.take()
}

func (b *bench) failures() (failed []chat.Mail) {
	b.Helper()
	err := b.raw.Read(b.Context(), func(tx store.Tx) (err error) {
		failed, err = tx.ListFailedMails("app", 10)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return failed
}

var mailed = chat.AppSettings{MailAnswers: 5 * time.Minute}

// cancelled is a context that ends when a process does.
func cancelled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
