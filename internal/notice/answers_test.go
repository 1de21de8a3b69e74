package notice

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/mail"
	"github.com/parlorchat/parlor/internal/store"
)

func TestAUserWhoIsAwayIsMailed(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	node := b.node()
	b.say("Where is my order?", "")
	b.say("On its <way>", chat.SubtypeAgent)
	b.later(2 * time.Minute)
	b.say("It comes on Friday", chat.SubtypeAgent)
	b.say("I am a program", "bot")
	if mails := b.sends(node); len(mails) != 0 {
		t.Fatalf("too early: %+v", mails)
	}
	b.later(3 * time.Minute)
	mails := b.sends(node)
	if len(mails) != 1 {
		t.Fatalf("%d mails came: %+v", len(mails), mails)
	}
	m := mails[0]
	if m.to != "Ana@example.com" || m.subject != "Neue Antwort von Fernhill <plants>" || m.unsubscribe != "<"+node.stopAddress("app", "ana")+">" {
		t.Errorf("%+v", m)
	}
	for _, part := range []string{"Kim <b>\n> On its <way>", "> It comes on Friday", "https://chat.example/chat/app#conversation=talk", node.stopAddress("app", "ana")} {
		if !strings.Contains(m.text, part) {
			t.Errorf("the text lacks %q: %s", part, m.text)
		}
	}
	for _, part := range []string{"Kim &lt;b&gt;", "On its &lt;way&gt;", `lang="de"`, "Fernhill &lt;plants&gt;"} {
		if !strings.Contains(m.html, part) {
			t.Errorf("the page lacks %q: %s", part, m.html)
		}
	}
	if strings.Contains(m.text+m.html, "program") || strings.Contains(m.text+m.html, "order?") {
		t.Errorf("it says too much: %s", m.text)
	}
	b.later(time.Hour)
	if again := b.sends(node); len(again) != 0 {
		t.Errorf("once more: %+v", again)
	}
	b.say("Still there?", chat.SubtypeAgent)
	b.later(5 * time.Minute)
	if next := b.sends(node); len(next) != 1 || strings.Contains(next[0].text, "Friday") || next[0].id == m.id {
		t.Errorf("after another answer: %+v", next)
	}
}

func TestWhoIsNotMailed(t *testing.T) {
	t.Parallel()
	away := func(*bench) {}
	change := func(change func(*chat.User)) func(*bench) {
		return func(b *bench) {
			b.write(func(tx store.Tx) error {
				user, err := tx.GetUser("app", "ana")
				change(&user)
				return errors.Join(err, tx.UpdateUser(&user))
			})
		}
	}
	for name, test := range map[string]struct {
		settings chat.AppSettings
		subtype  string
		then     func(*bench)
		want     int
	}{
		"somebody who is away": {mailed, chat.SubtypeAgent, away, 1},
		"an app without mail":  {chat.AppSettings{}, chat.SubtypeAgent, away, 0},
		"a program":            {mailed, "AI", away, 0},
		"a program that may":   {chat.AppSettings{MailAnswers: time.Minute, MailPrograms: true}, "AI", away, 1},
		"what was done":        {chat.AppSettings{MailAnswers: time.Minute, MailPrograms: true}, chat.SubtypeActivity, away, 0},
		"a typed address":      {mailed, chat.SubtypeAgent, func(b *bench) { b.write(func(tx store.Tx) error { return tx.DeleteIdentities("app", "ana") }) }, 0},
		"somebody who read it": {mailed, chat.SubtypeAgent, func(b *bench) {
			b.write(func(tx store.Tx) error { _, err := tx.MarkRead("app", "talk", "ana", 1, b.now()); return err })
		}, 0},
		"somebody who wrote":   {mailed, chat.SubtypeAgent, func(b *bench) { b.say("Thanks", "") }, 0},
		"somebody blocked":     {mailed, chat.SubtypeAgent, change(func(u *chat.User) { u.BlockedAt = u.CreatedAt }), 0},
		"somebody erased":      {mailed, chat.SubtypeAgent, func(b *bench) { b.write(func(tx store.Tx) error { return tx.DeleteUser("app", "ana") }) }, 0},
		"who wants none":       {mailed, chat.SubtypeAgent, func(b *bench) { b.write(func(tx store.Tx) error { return tx.Unsubscribe("app", "ana", b.now()) }) }, 0},
		"somebody who is here": {mailed, chat.SubtypeAgent, func(b *bench) { b.here = true }, 0},
		"a message that is gone": {mailed, chat.SubtypeAgent, func(b *bench) {
			b.write(func(tx store.Tx) error { _, err := tx.EraseMessages("app", "talk"); return err })
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, test.settings)
			b.say("An answer", test.subtype)
			test.then(b)
			b.later(6 * time.Minute)
			if mails := b.sends(b.node()); len(mails) != test.want {
				t.Errorf("%d mails, want %d: %+v", len(mails), test.want, mails)
			}
		})
	}
}

// TestSomebodyWhoWasHereIsMailedLater: as long as a connection is open, also to another process, the mail waits.
func TestSomebodyWhoWasHereIsMailedLater(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	here, elsewhere := b.node(), b.node()
	elsewhere.IsHere = func(chat.AppID, chat.UserID) bool { return false }
	b.here = true
	b.say("An answer", chat.SubtypeAgent)
	for range 20 {
		b.later(5*time.Minute - lookAhead/2)
		b.sends(here)
		if mails := b.sends(elsewhere); len(mails) != 0 {
			t.Fatalf("mailed beside an open connection: %+v", mails)
		}
		b.later(lookAhead / 2)
	}
	b.here = false
	b.later(6 * time.Minute)
	if mails := b.sends(elsewhere); len(mails) != 1 {
		t.Errorf("%d mails after the connection was closed", len(mails))
	}
}

func TestMergedUsersAreMailedAsWhomTheyBecame(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	b.say("An answer", chat.SubtypeAgent)
	b.write(func(tx store.Tx) error {
		if err := tx.InsertUser(chat.User{App: "app", ID: "new", Number: 2}); err != nil {
			return err
		}
		_, err := tx.MergeUser("app", "new", "ana", "test")
		return err
	})
	b.later(5 * time.Minute)
	node := b.node()
	mails := b.sends(node)
	if len(mails) != 1 || !strings.Contains(mails[0].text, "/unsubscribe/app/new/") {
		t.Fatalf("%+v", mails)
	}
	// A link of before the merge ends it as well.
	if err := node.Stop(t.Context(), "app", "ana", node.signature("app", "ana"), true); err != nil {
		t.Fatal(err)
	}
	b.say("Another", chat.SubtypeAgent)
	b.later(5 * time.Minute)
	if mails := b.sends(node); len(mails) != 0 {
		t.Errorf("%+v", mails)
	}
}

func TestLinksEndMailAndNothingElse(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	node := b.node()
	good := node.signature("app", "ana")
	for _, wrong := range []string{"", "x", good[:31], node.signature("app", "ben"), strings.ToUpper(good) + "0"} {
		if err := node.Stop(t.Context(), "app", "ana", wrong, true); chat.KindOf(err) != chat.NotFound {
			t.Errorf("%q: %v", wrong, err)
		}
		if _, err := node.Subscription(t.Context(), "app", "ana", wrong); chat.KindOf(err) != chat.NotFound {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	for _, stop := range []bool{true, true, false, true} {
		if err := node.Stop(t.Context(), "app", "ana", good, stop); err != nil {
			t.Fatal(err)
		}
		found, err := node.Subscription(t.Context(), "app", "ana", good)
		if err != nil || found.StoppedAt.IsZero() == stop || found.Language != "de" {
			t.Errorf("after %v: %+v %v", stop, found, err)
		}
	}
	if err := node.Stop(t.Context(), "app", "nobody", node.signature("app", "nobody"), true); err != nil {
		t.Errorf("of somebody who is gone: %v", err)
	}
}

// TestAnAnswerDuringTheSendingIsNotLost: its mail comes after.
func TestAnAnswerDuringTheSendingIsNotLost(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	node := b.node()
	node.Mailer = meanwhile{node.Mailer, func() { b.say("And one more", chat.SubtypeAgent) }}
	b.say("An answer", chat.SubtypeAgent)
	b.later(5 * time.Minute)
	if mails := b.sends(node); len(mails) != 1 || strings.Contains(mails[0].text, "one more") {
		t.Fatalf("%+v", mails)
	}
	b.later(5 * time.Minute)
	if mails := b.sends(b.node()); len(mails) != 1 || !strings.Contains(mails[0].text, "one more") || strings.Contains(mails[0].text, "An answer") {
		t.Errorf("%+v", mails)
	}
}

// meanwhile does something while a letter is on its way.
type meanwhile struct {
	Mailer
	do func()
}

func (m meanwhile) Send(ctx context.Context, letter mail.Letter) error {
	m.do()
	return m.Mailer.Send(ctx, letter)
}
