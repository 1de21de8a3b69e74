package indexer

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
	"github.com/parlorchat/parlor/internal/tokens"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const app = chat.AppID("0000000000000000000000aa")

// onDatabases runs a test on both.
func onDatabases(t *testing.T, f func(t *testing.T, s store.Store)) {
	t.Parallel()
	for name, url := range map[string]func(testing.TB) string{
		"sqlite":   sqlitetest.New,
		"postgres": func(t testing.TB) string { return pgtest.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: url(t)})
			must(t, err)
			t.Cleanup(func() { s.Close() })
			must(t, s.Write(t.Context(), func(tx store.Tx) error {
				return tx.InsertApp(&chat.App{ID: app, IntegrationID: "i", Settings: chat.DefaultAppSettings()})
			}))
			f(t, s)
		})
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newIndexer(t testing.TB, s store.Store, now func() time.Time) *Indexer {
	return New(s, now, slog.New(slog.NewTextHandler(t.Output(), nil)))
}

func addUser(tx store.Tx, n int) (chat.UserID, error) {
	id := chat.UserID(fmt.Sprintf("user%d", n))
	return id, tx.InsertUser(chat.User{App: app, ID: id, Number: int64(n), Profile: chat.Profile{GivenName: fmt.Sprint("Ana ", n)}})
}

func addConversation(s store.Store, id chat.ConversationID) error {
	return s.Write(context.Background(), func(tx store.Tx) error {
		return tx.InsertConversation(chat.Conversation{App: app, ID: id, Type: chat.Personal})
	})
}

func say(s store.Store, to chat.ConversationID, text string) error {
	return s.Write(context.Background(), func(tx store.Tx) error {
		now := time.Now()
		place, err := tx.TakeNumber(app, to, now)
		if err != nil {
			return err
		}
		_, err = tx.InsertMessage(chat.Message{App: app, Conversation: to, ID: chat.MessageID(chat.NewID(now)), Number: place.Number, Change: place.Change, Received: now,
			Author: chat.Author{Type: chat.AuthorBusiness}, Content: chat.Content{Type: chat.ContentText, Text: text}})
		return err
	})
}

// found are conversation and number of the messages with the word.
func found(t testing.TB, s store.Store, word string) (all []string) {
	t.Helper()
	page := store.SearchPage{App: app, Terms: tokens.Parse(word).ForMessages(), Limit: 100}
	must(t, s.Read(context.Background(), func(tx store.Tx) error {
		for {
			said, err := tx.FindSaid(page)
			for _, one := range said {
				all = append(all, fmt.Sprint(one.Message.Conversation, " ", one.Message.Number))
				page.Before = one.Place
			}
			if err != nil || len(said) < page.Limit {
				return err
			}
		}
	}))
	slices.Sort(all)
	return all
}

func TestWhatIsThereIsFound(t *testing.T) {
	onDatabases(t, func(t *testing.T, s store.Store) {
		const people = 2*atOnce + 7
		must(t, s.Write(t.Context(), func(tx store.Tx) error {
			for n := range people {
				id, err := addUser(tx, n+1)
				if err != nil {
					return err
				}
				if n == 3 {
					if err := tx.InsertIdentity(app, id, chat.Identity{Kind: chat.IdentityEmail, Value: "vouched@x.example"}); err != nil {
						return err
					}
				}
			}
			return nil
		}))
		must(t, addConversation(s, "c"))
		for n := range atOnce + 5 {
			must(t, say(s, "c", fmt.Sprint("hello ", n)))
		}
		x := newIndexer(t, s, time.Now)
		must(t, x.CatchUp(t.Context()))
		if n := len(found(t, s, "hello")); n != atOnce+5 {
			t.Errorf("%d messages are found", n)
		}
		must(t, s.Read(t.Context(), func(tx store.Tx) error {
			for query, want := range map[string]int{"ana": people, "vouched": 1} {
				users, err := tx.FindIndexedUsers(store.SearchPage{App: app, Terms: tokens.Parse(query).ForUsers(), Limit: people + 1})
				if err != nil || len(users) != want {
					t.Errorf("%s finds %d users: %v", query, len(users), err)
				}
			}
			return nil
		}))
	})
}

func TestOneIndexesAtATime(t *testing.T) {
	onDatabases(t, func(t *testing.T, s store.Store) {
		now := time.Now()
		clock := func() time.Time { return now }
		first, second := newIndexer(t, s, clock), newIndexer(t, s, clock)
		must(t, addConversation(s, "c"))
		must(t, say(s, "c", "one"))
		must(t, first.CatchUp(t.Context()))
		must(t, say(s, "c", "two"))
		must(t, second.CatchUp(t.Context()))
		if n := len(found(t, s, "two")); n != 0 {
			t.Error("the second indexes under the lease of the first")
		}
		now = now.Add(leaseFor)
		must(t, second.CatchUp(t.Context()))
		if n := len(found(t, s, "two")); n != 1 {
			t.Errorf("after the end of the lease %d are found", n)
		}
	})
}

func TestOtherRulesIndexAllAnew(t *testing.T) {
	onDatabases(t, func(t *testing.T, s store.Store) {
		must(t, addConversation(s, "c"))
		must(t, say(s, "c", "one"))
		x := newIndexer(t, s, time.Now)
		must(t, x.CatchUp(t.Context()))
		must(t, s.Write(t.Context(), func(tx store.Tx) error { // as older rules may have made them
			return tx.IndexMessages([]store.IndexedPart{{Unindexed: store.Unindexed{App: app, Conversation: "c", From: 1}, Messages: []store.IndexedMessage{{Number: 1, Tokens: []string{"old"}}}}})
		}))
		must(t, x.CatchUp(t.Context()))
		if n := len(found(t, s, "one")); n != 0 {
			t.Fatal("what is indexed is indexed again")
		}
		old := *x
		x.rules++
		x.held, x.marked = time.Now().Add(-time.Second), store.MarkedPlace{Conversations: true, ID: "d"} // the lease was another's since
		must(t, x.CatchUp(t.Context()))
		if one, old := found(t, s, "one"), found(t, s, "old"); len(one) != 1 || len(old) != 0 {
			t.Errorf("by the new rules %v and %v are found", one, old)
		}
		must(t, say(s, "c", "two"))
		must(t, old.CatchUp(t.Context()))
		if n := len(found(t, s, "two")); n != 0 {
			t.Error("an older version indexes by its own rules")
		}
	})
}

// TestExactlyWhatIsThereIsFound: two nodes index while others write, erase and delete.
func TestExactlyWhatIsThereIsFound(t *testing.T) {
	onDatabases(t, func(t *testing.T, s store.Store) {
		const conversations, actions = 8, 60
		var writers sync.WaitGroup
		for n := range conversations {
			writers.Go(func() {
				id := chat.ConversationID(fmt.Sprint("c", n))
				if err := addConversation(s, id); err != nil {
					t.Error(err)
				}
				for range actions {
					if err := act(s, id); err != nil {
						t.Error(err)
						return
					}
				}
				if n == 0 {
					if err := s.Write(context.Background(), func(tx store.Tx) error { return tx.DeleteConversation(app, id) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		ctx, cancel := context.WithCancel(t.Context())
		var indexers sync.WaitGroup
		for range 2 {
			indexers.Go(func() {
				for ctx.Err() == nil {
					moment := time.Now().Add(time.Duration(rand.IntN(30)) * time.Second) // so that leases end all the time
					if err := newIndexer(t, s, func() time.Time { return moment }).CatchUp(ctx); err != nil && ctx.Err() == nil {
						t.Error(err)
						return
					}
				}
			})
		}
		writers.Wait()
		cancel()
		indexers.Wait()
		later := func() time.Time { return time.Now().Add(time.Hour) }
		must(t, newIndexer(t, s, later).CatchUp(t.Context()))
		var want []string
		for n := 1; n < conversations; n++ {
			id := chat.ConversationID(fmt.Sprint("c", n))
			must(t, s.Read(t.Context(), func(tx store.Tx) error {
				messages, err := tx.ListMessages(store.MessagePage{App: app, Conversation: id, Limit: 1000})
				for _, m := range messages {
					want = append(want, fmt.Sprint(id, " ", m.Number))
				}
				return err
			}))
		}
		slices.Sort(want)
		if got := found(t, s, "hello"); !slices.Equal(got, want) {
			t.Errorf("found\n%s\nwant\n%s", strings.Join(got, ", "), strings.Join(want, ", "))
		}
	})
}

// act says something mostly, and at times takes something away.
func act(s store.Store, id chat.ConversationID) error {
	if rand.IntN(4) > 0 {
		return say(s, id, "hello")
	}
	return s.Write(context.Background(), func(tx store.Tx) error {
		conversation, err := tx.LockConversation(app, id)
		if err != nil || conversation.LastNumber == 0 {
			return err
		}
		if rand.IntN(10) == 0 {
			_, err := tx.EraseMessages(app, id)
			return err
		}
		messages, err := tx.ListMessages(store.MessagePage{App: app, Conversation: id, Limit: 5})
		if err != nil || len(messages) == 0 {
			return err
		}
		return tx.EraseMessage(app, id, messages[rand.IntN(len(messages))].ID)
	})
}
