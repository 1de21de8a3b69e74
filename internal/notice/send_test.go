package notice

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func TestMailWaitsForAServerThatIsDown(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	node := b.node()
	b.say("An answer", chat.SubtypeAgent)
	b.later(5 * time.Minute)
	b.office.close()
	if mails := b.sends(node); len(mails) != 0 {
		t.Fatal("a server that is down took mail")
	}
	b.later(30 * time.Second)
	b.office.open(b.office.addr)
	if mails := b.sends(node); len(mails) != 0 {
		t.Error("it was tried before its pause was over")
	}
	b.later(time.Minute)
	if mails := b.sends(b.node()); len(mails) != 1 {
		t.Errorf("%d mails after the server came up", len(mails))
	}
	if failed := b.failures(); len(failed) != 0 {
		t.Errorf("%+v", failed)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	node := b.node()
	b.say("An answer", chat.SubtypeAgent)
	b.later(5 * time.Minute)
	b.office.answer(&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "not now, ana@example.com"})
	b.sends(node)
	b.later(72 * time.Second) // the pause with all of its jitter
	b.office.answer(nil)
	if mails := b.sends(node); len(mails) != 1 {
		t.Fatalf("%d mails after a refusal for the moment", len(mails))
	}

	b.office.answer(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox ana@example.com"})
	b.say("Another", chat.SubtypeAgent)
	b.later(5 * time.Minute)
	b.sends(node)
	failed := b.failures()
	if len(failed) != 1 || failed[0].User != "ana" || failed[0].Attempts != 1 || !strings.Contains(failed[0].Reason, "550") || strings.Contains(failed[0].Reason, "ana") {
		t.Fatalf("%+v", failed)
	}
	b.office.answer(nil)
	b.later(100 * time.Hour)
	if mails := b.sends(node); len(mails) != 0 {
		t.Error("what was refused for good was tried again")
	}
	// What is answered then is mailed again, with what could not be.
	b.say("A third", chat.SubtypeAgent)
	b.later(5 * time.Minute)
	if mails := b.sends(node); len(mails) != 1 || !strings.Contains(mails[0].text, "Another") {
		t.Errorf("%+v", mails)
	}
}

func TestMailIsGivenUpInTheEnd(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	node := b.node()
	b.say("An answer", chat.SubtypeAgent)
	b.office.answer(&smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "closing"})
	tries := 0
	for ; tries < 200 && len(b.failures()) == 0; tries++ {
		b.later(longestPause * 6 / 5)
		b.sends(node)
	}
	failed := b.failures()
	if len(failed) != 1 || failed[0].FailedAt.Sub(failed[0].CreatedAt) < giveUpAfter || failed[0].Attempts < 50 {
		t.Errorf("after %d tries: %+v", tries, failed)
	}
}

// TestACrashLosesNothing: a process that died with a mail in its hands has another one send it, once its lease is over; where the mail
// server had taken it, it comes again as the same mail.
func TestACrashLosesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	b.say("An answer", chat.SubtypeAgent)
	b.later(5 * time.Minute)
	dying := b.node()
	dying.Store = diesAfterLease{b.work, new(int)}
	if err := dying.sendDue(t.Context()); err == nil {
		t.Fatal("it did not die")
	}
	first := b.office.take()
	if len(first) != 1 {
		t.Fatalf("%d mails came before it died", len(first))
	}
	if mails := b.sends(b.node()); len(mails) != 0 {
		t.Error("it was sent under the lease of another one")
	}
	b.later(leaseFor)
	again := b.sends(b.node())
	if len(again) != 1 || again[0].id != first[0].id {
		t.Errorf("%+v", again)
	}
	b.later(time.Hour)
	if mails := b.sends(b.node()); len(mails) != 0 {
		t.Errorf("%+v", mails)
	}
}

// unreadable is a store whose reads fail but for the first and those after the second.
type unreadable struct {
	store.Store
	reads *int
}

func (s unreadable) Read(ctx context.Context, f func(store.Tx) error) error {
	if *s.reads++; *s.reads == 2 {
		return errors.New("it cannot be read")
	}
	return s.Store.Read(ctx, f)
}

func TestOneMailThatCannotBeMadeKeepsNoOtherBack(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	b.employ("kim", "lou")
	node := b.node()
	for _, agent := range []chat.AgentID{"kim", "lou"} {
		if err := node.SendTest(t.Context(), chat.Principal{App: "app", Agent: &chat.AgentAtWork{ID: agent}}); err != nil {
			t.Fatal(err)
		}
	}
	node.Store = unreadable{b.work, new(int)}
	if err := node.sendDue(t.Context()); err == nil {
		t.Fatal("nobody hears of the one that could not be made")
	}
	first := b.office.take()
	b.later(leaseFor)
	second := b.sends(b.node())
	if len(first) != 1 || len(second) != 1 || first[0].to == second[0].to {
		t.Errorf("%+v came first, then %+v", first, second)
	}
}

func TestAServerThatStopsGivesMailBack(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	b.say("An answer", chat.SubtypeAgent)
	b.later(5 * time.Minute)
	stopping := b.node()
	b.write(func(tx tx) error {
		due, err := tx.ListDueMails(b.now(), 1)
		if err != nil || len(due) != 1 {
			t.Fatal(due, err)
		}
		m, _, err := tx.LeaseMail(due[0].ID, "lease", b.now(), b.now().Add(leaseFor))
		if err != nil {
			return err
		}
		return stopping.settle(tx, m, "lease", draft{}, cancelled().Err(), true)
	})
	if mails := b.sends(b.node()); len(mails) != 1 {
		t.Errorf("%d mails from the next process", len(mails))
	}
}

func TestTwoNodesSendOne(t *testing.T) {
	t.Parallel()
	b := newBench(t, mailed)
	for range 5 {
		b.say("An answer", chat.SubtypeAgent)
		b.later(5 * time.Minute)
		var nodes sync.WaitGroup
		for range 4 {
			node := b.node()
			nodes.Go(func() {
				if err := node.sendDue(b.Context()); err != nil {
					b.Error(err)
				}
			})
		}
		nodes.Wait()
		if mails := b.office.take(); len(mails) != 1 {
			t.Fatalf("%d mails", len(mails))
		}
	}
}
