package inbox_test

import (
	"slices"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/messaging"
)

func TestMessagesMoveTheirEntry(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	asked := d.now
	c := d.asks(ana)
	waiting := chat.InboxEntry{Status: chat.InboxOpen, WaitingSince: asked, MovedAt: asked}
	d.wantEntry(c, waiting)
	if told := d.heard(chat.EventInbox); len(told) != 1 || told[0].Conversation != c || told[0].App != app || told[0].Audience != nil || told[0].Position != 0 {
		t.Errorf("told %+v", told)
	}
	d.later(time.Minute)
	d.asks(ana) // a burst
	d.wantEntry(c, waiting)
	activity := messaging.SendInput{Conversation: c, Author: messaging.AuthorInput{Type: chat.AuthorBusiness, Subtype: "activity"}}
	d.sends(key, activity)
	d.wantEntry(c, waiting)
	if told := d.heard(chat.EventInbox); len(told) != 0 {
		t.Errorf("told of no change: %+v", told)
	}
	answered := d.later(time.Minute)
	d.sends(key, messaging.SendInput{Conversation: c, Author: messaging.AuthorInput{Type: chat.AuthorBusiness}, Destination: &messaging.DestinationInput{Type: messaging.Silent}})
	d.wantEntry(c, chat.InboxEntry{Status: chat.InboxOpen, MovedAt: answered})
	d.later(time.Minute)
	d.answers(kim, c)
	d.wantEntry(c, chat.InboxEntry{Status: chat.InboxOpen, MovedAt: answered})
	if told := d.heard(chat.EventInbox); len(told) != 1 {
		t.Errorf("told %+v", told)
	}
	again := d.later(time.Minute)
	d.sends(key, messaging.SendInput{Conversation: c, Author: messaging.AuthorInput{Type: chat.AuthorUser, User: ana}})
	d.wantEntry(c, chat.InboxEntry{Status: chat.InboxOpen, WaitingSince: again, MovedAt: again})
	if happened := d.happened(c); happened != nil {
		t.Errorf("happened %q", happened)
	}
}

func TestAUserOpensWhatWasPutAway(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]inbox.Change{
		"closed":  {Status: chat.InboxClosed},
		"snoozed": {Status: chat.InboxSnoozed, SnoozedUntil: start.Add(time.Hour)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			c := d.asks(ana)
			d.answers(kim, c)
			d.changes(c, away)
			d.answers(kim, c) // opens nothing
			if e := d.entry(c); e.Status != away.Status {
				t.Errorf("after an answer: %+v", e)
			}
			d.heard(chat.EventHappening)
			at := d.later(time.Minute)
			d.asks(ana)
			d.wantEntry(c, chat.InboxEntry{Status: chat.InboxOpen, WaitingSince: at, MovedAt: at})
			if want := []string{name + " by Kim []", "reopened by  []"}; !slices.Equal(d.happened(c), want) {
				t.Errorf("happened %q", d.happened(c))
			}
			told := d.heard(chat.EventHappening)
			if len(told) != 1 || told[0].Happening.Type != chat.HappenedReopened || told[0].Audience != nil || told[0].Trigger != "" {
				t.Errorf("told %+v", told)
			}
		})
	}
}

func TestTheBusinessBegins(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	view, _, err := d.messages.Create(t.Context(), key, messaging.CreateInput{Type: chat.Personal, Participants: []messaging.ParticipantInput{{User: ana}}})
	d.must(err)
	c := view.Conversation.ID
	_, err = d.Get(t.Context(), agent(kim), c)
	d.wantCode(err, "conversation_not_found")
	d.answers(kim, c)
	d.wantEntry(c, chat.InboxEntry{Status: chat.InboxOpen, MovedAt: start})
	if row, err := d.Get(t.Context(), agent(kim), c); err != nil || row.Assurance != chat.AssuranceSigned {
		t.Errorf("somebody the company named, who wrote nothing: %+v, %v", row, err)
	}
}

// TestAConversationThatIsMadeWithMessages: its first messages are of one transaction.
func TestAConversationThatIsMadeWithMessages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	say := func(id string) messaging.SendInput {
		return messaging.SendInput{ClientMessageID: id, Content: chat.Content{Type: chat.ContentText, Text: id}}
	}
	view, _, err := d.messages.Create(t.Context(), user(ana), messaging.CreateInput{Messages: []messaging.SendInput{say("1"), say("2")}})
	d.must(err)
	d.wantEntry(view.Conversation.ID, chat.InboxEntry{Status: chat.InboxOpen, WaitingSince: start, MovedAt: start})
	if told := d.heard(chat.EventInbox); len(told) != 1 {
		t.Errorf("told %+v", told)
	}
}
