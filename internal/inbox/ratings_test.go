package inbox_test

import (
	"context"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
)

// asksForRatings switches ratings on.
func (d *desk) asksForRatings() {
	d.Helper()
	d.write(func(tx store.Tx) error {
		a, err := tx.GetApp(app)
		if err != nil {
			return err
		}
		a.Settings.Rating, a.Settings.RatingAsks = true, "Were we of help?"
		return tx.UpdateApp(a)
	})
}

// forms are the forms of a conversation that are there.
func (d *desk) forms(id chat.ConversationID) (forms []chat.Message) {
	d.Helper()
	all, _, err := d.messages.History(context.Background(), agent(kim), id, 0, 100)
	d.must(err)
	for _, m := range all {
		if m.Content.Type == chat.ContentForm {
			forms = append(forms, m)
		}
	}
	return forms
}

// rates answers a form as the user does.
func (d *desk) rates(id chat.UserID, form chat.Message, fields ...chat.FormField) error {
	_, err := d.messages.Send(context.Background(), user(id), messaging.SendInput{Conversation: form.Conversation, ClientMessageID: chat.NewID(d.later(time.Second)),
		Content: chat.Content{Type: chat.ContentFormResponse, Quoted: form.ID, Form: &chat.Form{Fields: fields}}})
	return err
}

func value(name string) chat.FormField {
	return chat.FormField{Type: chat.FieldSelect, Name: "rating", Label: "Rating", Select: []chat.Option{{Name: name, Label: name}}}
}

var comment = chat.FormField{Type: chat.FieldText, Name: "comment", Label: "Comment", Text: "quick!"}

// closed is a conversation that was answered and closed.
func (d *desk) closed() chat.ConversationID {
	d.Helper()
	c := d.asks(ana)
	d.later(time.Minute)
	d.answers(lou, c)
	to := lou
	d.changes(c, inbox.Change{Assignee: &to})
	d.later(time.Minute)
	d.changes(c, inbox.Change{Status: chat.InboxClosed})
	return c
}

func TestAUserIsAskedOnceAndRates(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if c := d.closed(); len(d.forms(c)) != 0 {
		t.Error("asks where nobody switched it on")
	}
	d.asksForRatings()
	d.later(time.Minute)
	c := d.closed()
	forms := d.forms(c)
	if len(forms) != 1 || forms[0].Content.Text != "Were we of help?" || !forms[0].Content.Form.Rating {
		t.Fatalf("asked by %+v", forms)
	}
	before := d.entry(c)
	if err := d.rates(ana, forms[0], comment); chat.KindOf(err) != chat.Invalid {
		t.Errorf("a comment alone: %v", err)
	}
	if err := d.rates(ana, forms[0], value("6")); chat.KindOf(err) != chat.Invalid {
		t.Errorf("a rating of 6: %v", err)
	}
	d.must(d.rates(ana, forms[0], value("4"), comment))
	if err := d.rates(ana, forms[0], value("1")); chat.KindOf(err) != chat.Conflict {
		t.Errorf("rates twice: %v", err)
	}
	if after := d.entry(c); !after.Equal(before) || after.Status != chat.InboxClosed {
		t.Errorf("a rating changes the entry: %+v", after)
	}
	person, err := d.Person(t.Context(), agent(kim), ana)
	d.must(err)
	if r := person.Ratings; len(r) != 1 || r[0].Value != 4 || r[0].Agent != lou || r[0].Conversation != c {
		t.Errorf("ratings %+v", r)
	}
	d.changes(c, inbox.Change{Status: chat.InboxOpen})
	d.later(time.Minute)
	d.changes(c, inbox.Change{Status: chat.InboxClosed})
	if n := len(d.forms(c)); n != 1 {
		t.Errorf("asked %d times about the same", n)
	}
	d.later(time.Minute)
	if again := d.closed(); again != c || len(d.forms(c)) != 2 {
		t.Errorf("is not asked about what came later: %d", len(d.forms(c)))
	}
}

func TestAQuestionIsTakenBackWithTheClosing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.asksForRatings()
	c := d.closed()
	form := d.forms(c)[0]
	d.changes(c, inbox.Change{Status: chat.InboxOpen})
	if left := d.forms(c); len(left) != 0 {
		t.Errorf("still asks by %+v", left)
	}
	if err := d.rates(ana, form, value("5")); chat.KindOf(err) != chat.Invalid {
		t.Errorf("what was taken back is answered: %v", err)
	}
	d.later(time.Minute)
	d.changes(c, inbox.Change{Status: chat.InboxClosed})
	if n := len(d.forms(c)); n != 1 {
		t.Errorf("asks %d times afterwards", n)
	}
}

func TestNobodyIsAskedWhoWasNotAnswered(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.asksForRatings()
	c := d.asks(ana)
	d.later(time.Minute)
	d.changes(c, inbox.Change{Status: chat.InboxClosed})
	if left := d.forms(c); len(left) != 0 {
		t.Errorf("asks by %+v", left)
	}
	if e := d.entry(c); !e.AnsweredAt.IsZero() {
		t.Error("the question is an answer")
	}
}
