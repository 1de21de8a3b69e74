package notice

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func TestTranscripts(t *testing.T) {
	t.Parallel()
	b := newBench(t, chat.AppSettings{TimeZone: "Asia/Tokyo"})
	b.employ("kim")
	b.say("Hello <script>", "")
	b.say("What can I do?", chat.SubtypeAgent)
	b.write(func(tx store.Tx) error {
		_, err := tx.InsertNote(chat.Note{App: "app", Conversation: "talk", Ordinal: 1, ID: "note", Author: chat.Colleague{ID: "kim"}, SentID: "1", Text: "difficult person", At: b.now()})
		return err
	})
	p := chat.Principal{App: "app", Agent: &chat.AgentAtWork{ID: "kim", Role: chat.RoleAgent}, Name: "agent kim"}
	node := b.node()
	address, err := node.SendTranscript(t.Context(), p, "talk")
	if err != nil || address != "Ana@example.com" {
		t.Fatal(address, err)
	}
	mails := b.sends(node)
	if len(mails) != 1 || mails[0].unsubscribe != "" {
		t.Fatalf("%+v", mails)
	}
	for _, part := range []string{"Sie · 2026-09-01 19:00\n> Hello <script>", "Kim <b> · 2026-09-01 19:00\n> What can I do?", "Asia/Tokyo"} {
		if !strings.Contains(mails[0].text, part) {
			t.Errorf("the transcript lacks %q: %s", part, mails[0].text)
		}
	}
	if strings.Contains(mails[0].text+mails[0].html, "difficult") || strings.Contains(mails[0].html, "<script>") {
		t.Errorf("%s", mails[0].html)
	}
	b.write(func(tx store.Tx) error { return tx.DeleteIdentities("app", "ana") })
	if _, err := node.SendTranscript(t.Context(), p, "talk"); chat.CodeOf(err) != "no_address" {
		t.Error(err)
	}
	if _, err := node.SendTranscript(t.Context(), p, "none"); chat.KindOf(err) != chat.NotFound {
		t.Error(err)
	}
	node.Mailer = nil
	if _, err := node.SendTranscript(t.Context(), p, "talk"); chat.CodeOf(err) != "mail_off" {
		t.Error(err)
	}
}

// TestAnAgentSendsSoManyTranscripts: what was refused does not count, and another agent is not stopped.
func TestAnAgentSendsSoManyTranscripts(t *testing.T) {
	t.Parallel()
	b := newBench(t, chat.AppSettings{})
	b.employ("kim", "lou")
	b.say("Hello", "")
	node := b.node()
	send := func(agent chat.AgentID, talk chat.ConversationID) error {
		_, err := node.SendTranscript(t.Context(), chat.Principal{App: "app", Agent: &chat.AgentAtWork{ID: agent, Role: chat.RoleAgent}, Name: "agent " + string(agent)}, talk)
		return err
	}
	for range 5 {
		if err := send("kim", "none"); chat.KindOf(err) != chat.NotFound {
			t.Fatal(err)
		}
	}
	for range 3 {
		if err := send("kim", "talk"); err != nil {
			t.Fatal(err)
		}
	}
	if err, _ := errors.AsType[*chat.Error](send("kim", "talk")); err == nil || err.Kind != chat.RateLimited || err.RetryAfter != 20*time.Minute {
		t.Errorf("the fourth: %v", err)
	}
	if err := send("lou", "talk"); err != nil {
		t.Error(err)
	}
	b.later(20 * time.Minute)
	if err := send("kim", "talk"); err != nil {
		t.Error(err)
	}
}
