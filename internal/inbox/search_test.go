package inbox_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/indexer"
	"github.com/parlorchat/parlor/internal/messaging"
)

// search indexes what is new and returns what is found, all pages of it, as "who: text" with what matches in brackets.
func (d *desk) search(query string, limit int) (all []string) {
	d.Helper()
	d.must(indexer.New(d.plain, d.clock, slog.New(slog.DiscardHandler)).CatchUp(context.Background()))
	d.later(time.Minute) // past the lease
	cursor := ""
	for {
		found, next, err := d.Search(context.Background(), agent(kim), query, cursor, limit)
		d.must(err)
		for _, f := range found {
			all = append(all, shown(f))
		}
		if cursor = next; cursor == "" {
			return all
		}
	}
}

// says has a user write something in their conversation.
func (d *desk) says(id chat.UserID, text string) chat.ConversationID {
	d.Helper()
	return d.sends(user(id), messaging.SendInput{Content: chat.Content{Text: text}}).Conversation
}

func shown(f inbox.Found) string {
	text := string(f.Row.Person.ID[22:]) + ": "
	if f.Note != nil {
		text = f.Note.Author.Name + ": "
	}
	for _, part := range f.Excerpt {
		if part.Match {
			text += "[" + part.Text + "]"
		} else {
			text += part.Text
		}
	}
	return text
}

func TestSearch(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.says(ana, "Where is my order?")
	d.later(time.Second)
	d.says(ben, "注文の番号は東京です")
	d.later(time.Second)
	d.notes(kim, c, "her **order** is lost")
	for query, want := range map[string][]string{
		"order":     {"Kim: her [order] is lost", "a1: Where is my [order]?"},
		"ORD":       {"Kim: her [order] is lost", "a1: Where is my [order]?"},
		"order my":  {"a1: Where is [my] [order]?"},
		"番号":        {"b2: 注文の[番号]は東京です"},
		"注文 東京":     {"b2: [注文]の番号は[東京]です"},
		"文番":        nil,
		"reorder":   nil,
		"lost here": nil,
	} {
		if got := d.search(query, 1); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
	for field, try := range map[string]func() error{
		"query":  func() error { _, _, err := d.Search(context.Background(), agent(kim), " ?", "", 10); return err },
		"cursor": func() error { _, _, err := d.Search(context.Background(), agent(kim), "x", "y", 10); return err },
		"limit":  func() error { _, _, err := d.Search(context.Background(), agent(kim), "x", "", 0); return err },
	} {
		if err := try(); chat.KindOf(err) != chat.Invalid || !strings.HasPrefix(err.Error(), field) {
			t.Errorf("%s: got %v", field, err)
		}
	}
	for _, p := range []chat.Principal{user(ana), key} {
		_, _, err := d.Search(context.Background(), p, "order", "", 10)
		d.wantCode(err, "forbidden")
	}
}

// TestSearchGoesOn: where parts of words stand apart in all that a page of the index has, the next page has the rest.
func TestSearchGoesOn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.says(ana, "東京都")
	for range 30 {
		d.later(time.Second)
		d.says(ana, "東京と京都")
	}
	if got := d.search("東京都", 2); len(got) != 1 || got[0] != "a1: [東京都]" {
		t.Errorf("got %q", got)
	}
}
