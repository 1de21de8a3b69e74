package inbox_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/broker"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// bench is a database with an app.
func bench(b *testing.B, url string) store.Store {
	b.Helper()
	s, err := sqlstore.Open(b.Context(), sqlstore.Options{URL: url})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	filled(b, s, func(tx store.Tx) error {
		return tx.InsertApp(&chat.App{ID: app, IntegrationID: "0000000000000000000000bb", Settings: chat.DefaultAppSettings(), CreatedAt: start})
	})
	return s
}

func filled(b *testing.B, s store.Store, f func(store.Tx) error) {
	b.Helper()
	if err := s.Write(context.Background(), f); err != nil {
		b.Fatal(err)
	}
}

func onBackends(b *testing.B, f func(b *testing.B, url string)) {
	b.Run("sqlite", func(b *testing.B) { f(b, "sqlite:"+filepath.Join(b.TempDir(), "bench.db")) })
	b.Run("postgres", func(b *testing.B) { f(b, pgtest.New(b)) })
}

// opens makes a conversation with a user.
func opens(tx store.Tx, number int, at time.Time) (chat.ConversationID, chat.UserID, error) {
	user := chat.User{App: app, ID: chat.UserID(chat.NewID(at)), Number: int64(number), ExternalID: fmt.Sprint("u", number), Profile: chat.Profile{GivenName: "Ana"}}
	c := chat.Conversation{App: app, ID: chat.ConversationID(chat.NewID(at)), Type: chat.Personal, CreatedAt: at}
	if err := tx.InsertUser(user); err != nil {
		return "", "", err
	}
	if err := tx.InsertConversation(c); err != nil {
		return "", "", err
	}
	return c.ID, user.ID, tx.InsertParticipant(chat.Participant{App: app, Conversation: c.ID, ID: chat.ParticipantID(chat.NewID(at)), User: user.ID})
}

// says is the path of a message through the store; of no user it is the business's.
func says(tx store.Tx, id chat.ConversationID, user chat.UserID, at time.Time) error {
	place, err := tx.TakeNumber(app, id, at)
	if err != nil {
		return err
	}
	m := chat.Message{App: app, Conversation: id, ID: chat.MessageID(chat.NewID(at)), Number: place.Number, Change: place.Change, Received: at,
		Author:  chat.Author{Type: chat.AuthorUser, User: user},
		Content: chat.Content{Type: chat.ContentText, Text: "Hello, I have a question about my last order, which has not come yet."}, Assurance: chat.AssuranceSigned}
	if user == "" {
		m.Author, m.Assurance = chat.Author{Type: chat.AuthorBusiness, DisplayName: "Kim"}, ""
	}
	_, err = tx.InsertMessage(m)
	tx.Emit(chat.Event{Kind: chat.EventMessage, App: app, Conversation: id, Change: m.Change, At: at, Message: &m})
	return err
}

// BenchmarkMessage is a message in a transaction of 100, without the inbox and with it: in bursts of one user, which change nothing, and in
// turns of user and business, of which each changes the entry.
func BenchmarkMessage(b *testing.B) {
	onBackends(b, func(b *testing.B, url string) {
		plain := bench(b, url)
		const talks = 256
		var conversations [talks]chat.ConversationID
		var users [talks]chat.UserID
		filled(b, inbox.Store(plain), func(tx store.Tx) (err error) {
			for i := range talks {
				if conversations[i], users[i], err = opens(tx, i+1, start); err != nil {
					return err
				}
				if err := says(tx, conversations[i], users[i], start); err != nil {
					return err
				}
			}
			return nil
		})
		for _, c := range []struct {
			name  string
			s     store.Store
			turns bool
		}{{"burst/without", plain, false}, {"burst/with", inbox.Store(plain), false}, {"turns/without", plain, true}, {"turns/with", inbox.Store(plain), true}} {
			b.Run(c.name, func(b *testing.B) {
				b.ReportAllocs()
				for done := 0; done < b.N; {
					filled(b, c.s, func(tx store.Tx) error {
						for range min(100, b.N-done) {
							i, author := done%talks, users[done%talks]
							if c.turns && done/talks%2 == 0 {
								author = ""
							}
							if err := says(tx, conversations[i], author, time.Now()); err != nil {
								return err
							}
							done++
						}
						return nil
					})
				}
			})
		}
	})
}

// BenchmarkList is a page of 50 among 100,000 conversations, the first and one far inside, and what is shown of one person.
func BenchmarkList(b *testing.B) {
	onBackends(b, func(b *testing.B, url string) {
		s := bench(b, url)
		const talks = 100_000
		for n := 0; n < talks; {
			filled(b, inbox.Store(s), func(tx store.Tx) error {
				for range 5000 {
					n++
					at := start.Add(time.Duration(n) * time.Second)
					id, user, err := opens(tx, n, at)
					if err != nil {
						return err
					}
					if err := says(tx, id, user, at); err != nil {
						return err
					}
				}
				return nil
			})
		}
		service := inbox.New(s, &broker.Memory{}, nil, time.Now)
		b.Run("person", func(b *testing.B) {
			row, err := service.List(b.Context(), agent(kim), store.InboxWaiting, "", 1)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if person, err := service.Person(b.Context(), agent(kim), row.Entries[0].Person.ID); err != nil || len(person.Entries) != 1 {
					b.Fatal(err)
				}
			}
		})
		for _, view := range []store.InboxView{store.InboxWaiting, store.InboxOpen, store.InboxUnassigned} {
			deep := ""
			for range 200 {
				page, err := service.List(b.Context(), agent(kim), view, deep, 100)
				if err != nil {
					b.Fatal(err)
				}
				deep = page.Cursor
			}
			for name, cursor := range map[string]string{"first": "", "deep": deep} {
				b.Run(string(view)+"/"+name, func(b *testing.B) {
					for b.Loop() {
						page, err := service.List(b.Context(), agent(kim), view, cursor, 50)
						if err != nil || len(page.Entries) != 50 {
							b.Fatal(len(page.Entries), err)
						}
					}
				})
			}
		}
	})
}

// BenchmarkNumbers reports on 90 days, and the 90 before, of an app with 500 episodes a day, answered by ten agents, of which each was asked about and
// every second one was rated.
func BenchmarkNumbers(b *testing.B) {
	onBackends(b, func(b *testing.B, url string) {
		s := bench(b, url)
		for day := range 180 {
			filled(b, s, func(tx store.Tx) error {
				for n := range 500 {
					at := start.AddDate(0, 0, -day).Add(time.Duration(n) * time.Minute)
					by := chat.AgentID(fmt.Sprint("agent", n%10))
					e := chat.Episode{App: app, Conversation: chat.ConversationID(chat.NewID(at)), OpenedAt: at, AnsweredAt: at.Add(time.Minute), AnsweredBy: by, ClosedAt: at.Add(time.Hour), ClosedBy: by}
					if err := tx.InsertEpisode(e); err != nil {
						return err
					}
					r := chat.Rating{App: app, Conversation: e.Conversation, OpenedAt: e.OpenedAt, Agent: by, AskedAt: e.ClosedAt}
					if n%2 == 0 {
						r.Value, r.RatedAt = int64(1+n%5), e.ClosedAt.Add(time.Minute)
					}
					if err := tx.InsertRating(r); err != nil {
						return err
					}
				}
				return nil
			})
		}
		service := inbox.New(s, &broker.Memory{}, nil, func() time.Time { return start })
		last := inbox.DayOf(start, time.UTC)
		for b.Loop() {
			numbers, err := service.Numbers(b.Context(), chat.Principal{App: app, Operator: true}, last-89, last)
			if err != nil || numbers.All.Opened != 90*500 || numbers.Before.Opened != 90*500 {
				b.Fatalf("%+v, %v", numbers.All, err)
			}
		}
	})
}
