package inbox_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/store"
)

func (d *desk) notes(by chat.AgentID, id chat.ConversationID, text string) chat.Note {
	d.Helper()
	d.mu.Lock()
	d.sent++
	sentID := fmt.Sprint("n", d.sent)
	d.mu.Unlock()
	note, _, err := d.Note(d.Context(), agent(by), id, sentID, text)
	d.must(err)
	return note
}

// said are items in short: messages by number, notes and happenings by ordinal.
func said(items []inbox.Item) string {
	var all []string
	for _, i := range items {
		switch {
		case i.Note != nil:
			all = append(all, fmt.Sprint("n", i.Note.Ordinal))
		case i.Happening != nil:
			all = append(all, fmt.Sprint("h", i.Happening.Ordinal))
		case i.Message.Deleted:
			all = append(all, fmt.Sprint("-", i.Message.Number))
		default:
			all = append(all, fmt.Sprint(i.Message.Number))
		}
	}
	return strings.Join(all, " ")
}

func TestNotes(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c, other := d.asks(ana), d.asks(ben)
	before, err := d.Get(t.Context(), agent(kim), c)
	d.must(err)
	note, duplicate, err := d.Note(t.Context(), agent(kim), c, "n1", "**Careful** <script>alert(1)</script>")
	d.must(err)
	if duplicate || note.Author != (chat.Colleague{ID: kim, Name: "Kim"}) || note.Text != "**Careful** <script>alert(1)</script>" || note.Ordinal != 1 ||
		!strings.Contains(note.HTML, "<strong>Careful</strong>") || strings.Contains(note.HTML, "<script") {
		t.Errorf("%+v", note)
	}
	after, err := d.Get(t.Context(), agent(kim), c)
	d.must(err)
	if before.Conversation.LastNumber != after.Conversation.LastNumber || before.Conversation.Change != after.Conversation.Change || !after.Entry.MovedAt.Equal(before.Entry.MovedAt) {
		t.Errorf("a note shows in the conversation: %+v", after)
	}
	told := d.heard(chat.EventNote)
	if len(told) != 1 || told[0].Note.ID != note.ID || told[0].Audience != nil || told[0].Trigger != "" || told[0].Position != 0 {
		t.Errorf("told %+v", told)
	}
	again, duplicate, err := d.Note(t.Context(), agent(kim), c, "n1", note.Text)
	d.must(err)
	if !duplicate || again != note {
		t.Errorf("again: %+v", again)
	}
	if lous, _, err := d.Note(t.Context(), agent(lou), c, "n1", note.Text); err != nil || lous.ID == note.ID || lous.Ordinal != 2 {
		t.Errorf("a colleague's own: %+v, %v", lous, err)
	}
	for name, c := range map[string]struct {
		conversation chat.ConversationID
		id, text     string
		code         string
	}{
		"another text": {c, "n1", "other", "conflict"}, "another conversation": {other, "n1", note.Text, "conflict"}, "no id": {c, "", "text", "bad_request"},
		"a long id": {c, strings.Repeat("x", chat.MaxNoteSent+1), "text", "bad_request"}, "no text": {c, "n2", "", "bad_request"},
		"nothing to show": {c, "n2", "<script></script>", "bad_request"}, "a long text": {c, "n2", strings.Repeat("ü", chat.MaxNote+1), "bad_request"},
		"no conversation": {"nothing", "n2", "text", "conversation_not_found"},
	} {
		if _, _, err := d.Note(t.Context(), agent(kim), c.conversation, c.id, c.text); chat.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.notes(kim, c, strings.Repeat("ü", chat.MaxNote))
}

// TestThreadsAreExact: whatever happened, read in parts of any size, a thread has each item once, in the one order.
func TestThreadsAreExact(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	r := rand.New(rand.NewPCG(1, 2))
	c := d.asks(ana)
	var messages, ordinals int64 = 1, 0
	for range 60 {
		if r.IntN(2) == 0 { // the others come at the same moment
			d.later(time.Second)
		}
		switch r.IntN(4) {
		case 0:
			d.notes(kim, c, "note")
			ordinals++
		case 1:
			tags := []string{fmt.Sprint(ordinals)}
			d.changes(c, inbox.Change{Tags: &tags})
			ordinals++
		default:
			d.answers(kim, c)
			messages++
		}
	}
	whole, err := d.Thread(t.Context(), agent(kim), c, "", 100)
	d.must(err)
	if whole.Before != "" || int64(len(whole.Items)) != messages+ordinals {
		t.Fatalf("%d items of %d messages and %d others, before %q", len(whole.Items), messages, ordinals, whole.Before)
	}
	if !slices.IsSortedFunc(whole.Items, func(a, b inbox.Item) int { return a.At().Compare(b.At()) }) {
		t.Errorf("not in order of time: %s", said(whole.Items))
	}
	for _, size := range []int{1, 2, 7, 60, 61} {
		var parts []inbox.Item
		for before := ""; ; {
			part, err := d.Thread(t.Context(), agent(kim), c, before, size)
			d.must(err)
			parts = append(part.Items, parts...)
			if before = part.Before; before == "" {
				break
			}
		}
		if said(parts) != said(whole.Items) {
			t.Errorf("in parts of %d:\n%s\nwhole:\n%s", size, said(parts), said(whole.Items))
		}
	}
}

// TestAThreadWhoseClockWentBack: messages keep the order of their numbers, and parts are exact.
func TestAThreadWhoseClockWentBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.asks(ana)
	for i := range 12 {
		d.later(time.Duration(3-2*(i%4)) * time.Second)
		if i%3 == 0 {
			d.notes(kim, c, "note")
		} else {
			d.answers(kim, c)
		}
	}
	whole, err := d.Thread(t.Context(), agent(kim), c, "", 100)
	d.must(err)
	var parts []inbox.Item
	for before := ""; ; {
		part, err := d.Thread(t.Context(), agent(kim), c, before, 2)
		d.must(err)
		parts = append(part.Items, parts...)
		if before = part.Before; before == "" {
			break
		}
	}
	if said(parts) != said(whole.Items) || len(parts) != 13 {
		t.Errorf("in parts: %s\nwhole: %s", said(parts), said(whole.Items))
	}
}

func TestWhatIsNewInAThread(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.asks(ana)
	d.notes(kim, c, "one")
	d.answers(kim, c)
	first, err := d.Thread(t.Context(), agent(kim), c, "", 1)
	d.must(err)
	news := func(after string) inbox.Thread {
		t.Helper()
		thread, err := d.ThreadAfter(t.Context(), agent(kim), c, after)
		d.must(err)
		return thread
	}
	if got := news(first.After); said(got.Items) != "" || got.After != first.After || got.Reset {
		t.Errorf("nothing new: %+v", got)
	}
	d.later(time.Second)
	d.notes(lou, c, "two")
	d.later(time.Second)
	d.asks(ana)
	d.must(d.messages.MarkRead(t.Context(), agent(kim), c, 0)) // a change that is no item
	gone := d.sends(agent(lou), sendTo(c))
	d.must(d.messages.DeleteMessage(t.Context(), key, c, gone.ID))
	d.must(d.messages.DeleteMessage(t.Context(), key, c, d.message(c, 2).ID))
	d.changes(c, inbox.Change{Status: chat.InboxClosed})
	got := news(first.After)
	if said(got.Items) != "-4 -2 n2 3 h3" {
		t.Errorf("got %s", said(got.Items))
	}
	if again := news(got.After); len(again.Items) > 0 || again.Reset {
		t.Errorf("got %s again", said(again.Items))
	}
	d.must(d.messages.DeleteMessages(t.Context(), key, c))
	if cleared := news(got.After); !cleared.Reset {
		t.Errorf("cleared: %+v", cleared)
	}
	if future := news("999.999.999"); !future.Reset {
		t.Errorf("the future: %+v", future)
	}
	for _, bad := range []string{"", "1.2", "1.2.3.4", "a.b.c", "-1.0.0", "1,2,3"} {
		_, err := d.ThreadAfter(t.Context(), agent(kim), c, bad)
		d.wantCode(err, "bad_request")
	}
	for _, bad := range []string{"1", "1.2.3", "x", "."} {
		_, err := d.Thread(t.Context(), agent(kim), c, bad, 9)
		d.wantCode(err, "bad_request")
	}
	for _, limit := range []int{0, inbox.MaxPage + 1} {
		_, err := d.Thread(t.Context(), agent(kim), c, "", limit)
		d.wantCode(err, "bad_request")
	}
}

func TestTooMuchIsNewInAThread(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.asks(ana)
	d.write(func(tx store.Tx) error {
		for range 501 {
			if _, err := tx.TakeNumber(app, c, start); err != nil {
				return err
			}
		}
		return nil
	})
	if got, err := d.ThreadAfter(t.Context(), agent(kim), c, "1.1.0"); err != nil || !got.Reset || len(got.Items) > 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func (d *desk) message(id chat.ConversationID, number int64) chat.Message {
	d.Helper()
	var found []chat.Message
	d.must(d.plain.Read(d.Context(), func(tx store.Tx) (err error) {
		found, err = tx.ListMessages(store.MessagePage{App: app, Conversation: id, After: number - 1, Limit: 1})
		return err
	}))
	return found[0]
}
