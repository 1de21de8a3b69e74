package sqlstore_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// backends runs a benchmark on each dialect. What analyze does, Postgres does by itself within a minute of such a load.
func backends(b *testing.B, f func(b *testing.B, s *sqlstore.Store, analyze func())) {
	b.Run("sqlite", func(b *testing.B) { f(b, open(b, sqliteURL(b), nil), func() {}) })
	b.Run("postgres", func(b *testing.B) {
		url := pgtest.New(b)
		f(b, open(b, url, nil), func() {
			conn, err := pgx.Connect(b.Context(), url)
			must(b, err)
			defer conn.Close(b.Context())
			_, err = conn.Exec(b.Context(), "VACUUM ANALYZE")
			must(b, err)
		})
	})
}

// scene is an app with users who each have one conversation.
type scene struct {
	app           chat.AppID
	users         []chat.UserID
	clients       []chat.ClientID
	conversations []chat.ConversationID
}

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func newScene(b *testing.B, s *sqlstore.Store, users int) scene {
	b.Helper()
	now := time.Now()
	app := chat.App{ID: chat.AppID(chat.NewID(now)), IntegrationID: chat.IntegrationID(chat.NewID(now)), Settings: chat.DefaultAppSettings()}
	sc := scene{app: app.ID}
	must(b, s.Write(b.Context(), func(tx store.Tx) error { return tx.InsertApp(&app) }))
	for i := range users {
		user, client := chat.UserID(chat.NewID(now)), chat.ClientID(chat.NewID(now))
		conversation := chat.ConversationID(chat.NewID(now))
		must(b, s.Write(b.Context(), func(tx store.Tx) error {
			if err := tx.InsertUser(chat.User{App: app.ID, ID: user, Number: int64(i + 1), ExternalID: fmt.Sprint("u", i)}); err != nil {
				return err
			}
			if err := tx.InsertClient(chat.Client{App: app.ID, ID: client, User: user}); err != nil {
				return err
			}
			if err := tx.InsertConversation(chat.Conversation{App: app.ID, ID: conversation, Type: chat.Personal, CreatedAt: now}); err != nil {
				return err
			}
			return tx.InsertParticipant(chat.Participant{App: app.ID, Conversation: conversation, ID: chat.ParticipantID(chat.NewID(now)), User: user, JoinedAt: now})
		}))
		sc.users, sc.clients = append(sc.users, user), append(sc.clients, client)
		sc.conversations = append(sc.conversations, conversation)
	}
	return sc
}

// send is the path of a message through the store.
func (sc scene) send(tx store.Tx, i int, clientMessageID string, now time.Time) error {
	place, err := tx.TakeNumber(sc.app, sc.conversations[i], now)
	if err != nil {
		return err
	}
	if _, err := tx.ListAudience(sc.app, sc.conversations[i]); err != nil {
		return err
	}
	_, err = tx.InsertMessage(chat.Message{App: sc.app, Conversation: sc.conversations[i], ID: chat.MessageID(chat.NewID(now)),
		Number: place.Number, Change: place.Change, Author: chat.Author{Type: chat.AuthorUser, User: sc.users[i], DisplayName: "Ana Example"},
		Content:   chat.Content{Type: chat.ContentText, Text: "Hello, I have a question about my last order, which has not come yet."},
		Origin:    chat.Origin{Type: "web", Client: sc.clients[i], ClientMessageID: clientMessageID, IntegrationID: "integration"},
		Assurance: chat.AssuranceSigned, Received: now})
	return err
}

// BenchmarkSend is the durable insertion of messages by 64 writers; cpu-µs/op is the processor time of this process.
func BenchmarkSend(b *testing.B) {
	backends(b, func(b *testing.B, s *sqlstore.Store, _ func()) {
		const writers = 64
		sc := newScene(b, s, 256)
		var next atomic.Int64
		b.ReportAllocs()
		b.ResetTimer()
		before := processorTime()
		b.SetParallelism(writers / 2)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				n := int(next.Add(1))
				now := time.Now()
				err := s.Write(context.Background(), func(tx store.Tx) error {
					return sc.send(tx, n%len(sc.conversations), fmt.Sprint("message-", n), now)
				})
				if err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(float64((processorTime()-before).Microseconds())/float64(b.N), "cpu-µs/op")
	})
}

// BenchmarkHistory is the newest page of 50 of one long conversation.
func BenchmarkHistory(b *testing.B) {
	for _, rows := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			backends(b, func(b *testing.B, s *sqlstore.Store, analyze func()) {
				if rows > 100_000 && strings.HasSuffix(b.Name(), "/postgres") {
					b.Skip("to fill this many rows one by one takes minutes")
				}
				sc := newScene(b, s, 1)
				for done := 0; done < rows; {
					must(b, s.Write(b.Context(), func(tx store.Tx) error {
						for range min(20_000, rows) {
							done++
							if err := sc.send(tx, 0, fmt.Sprint("message-", done), time.Now()); err != nil {
								return err
							}
						}
						return nil
					}))
				}
				page := store.MessagePage{App: sc.app, Conversation: sc.conversations[0], Limit: 50}
				analyze()
				b.ReportAllocs()
				for b.Loop() {
					must(b, s.Read(context.Background(), func(tx store.Tx) error {
						_, err := tx.ListMessages(page)
						return err
					}))
				}
			})
		})
	}
}

// BenchmarkInbox is a page of ten of a user with 10,000 conversations.
func BenchmarkInbox(b *testing.B) {
	backends(b, func(b *testing.B, s *sqlstore.Store, analyze func()) {
		sc := newScene(b, s, 1)
		start := time.Now()
		must(b, s.Write(b.Context(), func(tx store.Tx) error {
			for i := range 10_000 {
				at := start.Add(-time.Duration(i) * 20 * time.Minute)
				c := chat.Conversation{App: sc.app, ID: chat.ConversationID(chat.NewID(at)), Type: chat.Personal, CreatedAt: at}
				if err := tx.InsertConversation(c); err != nil {
					return err
				}
				p := chat.Participant{App: sc.app, Conversation: c.ID, ID: chat.ParticipantID(chat.NewID(at)), User: sc.users[0], JoinedAt: at}
				if err := tx.InsertParticipant(p); err != nil {
					return err
				}
			}
			return nil
		}))
		analyze()
		b.ReportAllocs()
		for b.Loop() {
			must(b, s.Read(context.Background(), func(tx store.Tx) error {
				_, err := tx.ListConversations(store.ConversationPage{App: sc.app, User: sc.users[0], Span: store.Span{Limit: 10}})
				return err
			}))
		}
	})
}

// BenchmarkSignIn is what a sign-in of somebody known writes, by 64 at once.
func BenchmarkSignIn(b *testing.B) {
	backends(b, func(b *testing.B, s *sqlstore.Store, _ func()) {
		sc := newScene(b, s, 256)
		var next atomic.Int64
		b.ReportAllocs()
		b.ResetTimer()
		before := processorTime()
		b.SetParallelism(32)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				i := int(next.Add(1)) % len(sc.users)
				now := time.Now()
				err := s.Write(context.Background(), func(tx store.Tx) error {
					user, _, err := tx.FindUserByExternalID(sc.app, fmt.Sprint("u", i))
					if err != nil {
						return err
					}
					client, _, err := tx.FindClient(sc.app, sc.clients[i])
					if err != nil {
						return err
					}
					client.LastSeenAt = now
					if err := tx.UpdateClient(client); err != nil {
						return err
					}
					_, err = tx.ReplaceSession(chat.Session{ID: chat.SessionID(chat.NewID(now)), Hash: chat.HashToken(chat.NewSecret()), App: sc.app,
						User: user.ID, Client: client.ID, Key: "app_k", Door: chat.DoorSDK, Assurance: chat.AssuranceSigned,
						ExpiresAt: now.Add(time.Hour), LastUsedAt: now, CreatedAt: now})
					return err
				})
				if err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(float64((processorTime()-before).Microseconds())/float64(b.N), "cpu-µs/op")
	})
}

// BenchmarkAppendAudit is an entry of the audit log inside a transaction that does other things. From some 50,000 of them on (-benchtime 20000x) the
// transaction is larger than the page cache.
func BenchmarkAppendAudit(b *testing.B) {
	backends(b, func(b *testing.B, s *sqlstore.Store, _ func()) {
		entry := store.Audit{App: "0123456789abcdef01234567", Actor: "agent 0123456789abcdef01234567", Action: "key.create", Target: "app_0123456789abcdef01234567",
			Detail: map[string]string{"uses": "[sdk api]"}}
		must(b, s.Write(b.Context(), func(tx store.Tx) error {
			for b.Loop() {
				entry.At = time.Now()
				must(b, tx.AppendAudit(entry))
			}
			return nil
		}))
	})
}

// BenchmarkRecordAttempt is what it takes to remember a request to a webhook in the transaction that stores its outcome, where as many are remembered as are kept.
func BenchmarkRecordAttempt(b *testing.B) {
	backends(b, func(b *testing.B, s *sqlstore.Store, _ func()) {
		hook := chat.Webhook{App: "app", Integration: "integration", ID: "hook", Triggers: []chat.Trigger{chat.TriggerMessage}, Enabled: true}
		attempt := chat.Attempt{Webhook: hook.ID, Request: "msg_0123456789abcdef01234567", Triggers: []chat.Trigger{chat.TriggerMessage}, Events: 100, Number: 1, Status: 200, Outcome: "told"}
		must(b, s.Write(b.Context(), func(tx store.Tx) error {
			must(b, tx.InsertApp(&chat.App{ID: hook.App, IntegrationID: hook.Integration}))
			must(b, tx.InsertWebhook(hook))
			for range chat.MaxAttempts {
				must(b, tx.RecordAttempt(attempt))
			}
			for b.Loop() {
				attempt.At = time.Now()
				must(b, tx.RecordAttempt(attempt))
			}
			return nil
		}))
	})
}
