package indexer

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

const (
	benchUsers    = 100_000
	benchMessages = 100_000 // in a tenth as many conversations
)

// BenchmarkSearch fills an app, has all of it indexed, and asks for pages of 50: of what is rare, of what everybody has, and of beginnings.
func BenchmarkSearch(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchmark(b, "sqlite:"+filepath.Join(b.TempDir(), "bench.db")) })
	b.Run("postgres", func(b *testing.B) { benchmark(b, pgtest.New(b)) })
}

func benchmark(b *testing.B, url string) {
	s, err := sqlstore.Open(b.Context(), sqlstore.Options{URL: url})
	must(b, err)
	defer s.Close()
	must(b, s.Write(b.Context(), func(tx store.Tx) error {
		return tx.InsertApp(&chat.App{ID: app, IntegrationID: "i", Settings: chat.DefaultAppSettings()})
	}))
	fill(b, s)
	began := time.Now()
	x := newIndexer(b, s, time.Now)
	for some := true; some; {
		some, err = x.indexSome(b.Context())
		must(b, err)
	}
	b.Logf("%.0f µs to index one of %d", float64(time.Since(began).Microseconds())/(benchUsers+benchMessages), benchUsers+benchMessages)
	kim := chat.Principal{App: app, Agent: &chat.AgentAtWork{ID: "kim", Role: chat.RoleAdmin}}
	people := directory.New(s, nil, directory.Codes{}, time.Now, slog.New(slog.DiscardHandler))
	talks := inbox.New(s, nil, nil, time.Now)
	for _, query := range []string{"schmidt", "com", "a", "li", "anna.schmidt", "田", "田中", "cust-00f0", "anderwolf", "zzz"} {
		b.Run("people/"+query, func(b *testing.B) {
			found := 0
			for b.Loop() {
				users, _, err := people.FindUsers(b.Context(), kim, query, 0, 50)
				must(b, err)
				found = len(users)
			}
			b.ReportMetric(float64(found), "found")
		})
	}
	for _, query := range []string{"anda", "an", "a", "bebe juda", "wilyo", "東京", "東", "注文 電話", "zzz"} {
		b.Run("messages/"+query, func(b *testing.B) {
			found := 0
			for b.Loop() {
				all, _, err := talks.Search(b.Context(), kim, query, "", 50)
				must(b, err)
				found = len(all)
			}
			b.ReportMetric(float64(found), "found")
		})
	}
}

func fill(b *testing.B, s store.Store) {
	random := rand.New(rand.NewPCG(1, 2))
	first := strings.Fields("anna ben clara daniel emma felix greta hannah ivan julia karl laura max nina oskar paula rosa stefan 太郎 花子 健一 伟 芳 娜 敏")
	last := strings.Fields("schmidt müller weber fischer wagner becker hoffmann schulz koch richter klein wolf anderson johnson 田中 鈴木 佐藤 高橋 王 李 张")
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	for from := 1; from <= benchUsers; from += 500 {
		must(b, s.Write(context.Background(), func(tx store.Tx) error {
			for n := from; n < from+500; n++ {
				f, l := pick(first), pick(last)
				user := chat.User{App: app, ID: chat.UserID(fmt.Sprint("u", n)), Number: int64(n), ExternalID: fmt.Sprintf("cust-%06x", n*167),
					Profile: chat.Profile{GivenName: f, Surname: l, Email: fmt.Sprintf("%s.%s%d@example.com", f, l, n)}}
				if err := tx.InsertUser(user); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	say := words(random)
	began := time.Now().Add(-time.Hour)
	for n := range benchMessages / 10 {
		must(b, s.Write(context.Background(), func(tx store.Tx) error { return fillConversation(tx, n, began, say) }))
	}
}

// fillConversation adds one with ten messages.
func fillConversation(tx store.Tx, n int, began time.Time, say func() string) error {
	id := chat.ConversationID(fmt.Sprintf("%024x", n))
	if err := tx.InsertConversation(chat.Conversation{App: app, ID: id, Type: chat.Personal}); err != nil {
		return err
	}
	for i := range 10 {
		at := began.Add(time.Duration(i*benchMessages/10+n) * time.Millisecond)
		place, err := tx.TakeNumber(app, id, at)
		if err != nil {
			return err
		}
		m := chat.Message{App: app, Conversation: id, ID: chat.MessageID(chat.NewID(at)), Number: place.Number, Change: place.Change, Received: at,
			Author: chat.Author{Type: chat.AuthorBusiness}, Content: chat.Content{Type: chat.ContentText, Text: say()}}
		if _, err := tx.InsertMessage(m); err != nil {
			return err
		}
		if i == 0 {
			if _, err := tx.InsertInboxEntry(chat.FirstEntry(m)); err != nil {
				return err
			}
		}
	}
	return nil
}

// words says a fifth in Han characters, and the rest in words as common as those of languages are.
func words(random *rand.Rand) func() string {
	syllables := strings.Fields("an be co da el fo gra hi in ju ka lo men no or pre qui ra ste tion un ver wil xa yo zen")
	vocabulary := make([]string, 20_000)
	for i := range vocabulary {
		for range 2 + random.IntN(3) {
			vocabulary[i] += syllables[random.IntN(len(syllables))]
		}
	}
	common := rand.NewZipf(random, 1.1, 8, uint64(len(vocabulary)-1))
	han := []rune("注文配送届商品返金東京大阪電話番号確認変更住所会社時間今日明日問題解決方法連絡先生学校")
	return func() (text string) {
		if random.IntN(5) == 0 {
			for range 25 {
				text += string(han[random.IntN(len(han))])
			}
			return text
		}
		for range 4 + random.IntN(16) {
			text += vocabulary[common.Uint64()] + " "
		}
		return text
	}
}
