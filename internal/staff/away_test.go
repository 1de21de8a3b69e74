package staff_test

import (
	"context"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/store"
)

// told counts how often colleagues in the app were told that one of them changed.
func (o *office) told() (times int) {
	o.Helper()
	err := o.store.Read(o.Context(), func(tx store.Tx) error {
		events, err := tx.ListEvents(0, 1000)
		for _, event := range events {
			if event.Kind == chat.EventColleagues && event.App == o.app {
				times++
			}
		}
		return err
	})
	if err != nil {
		o.Fatal(err)
	}
	return times
}

// TestColleaguesHearWhoComesAndGoes: of the switch, of a sign-in, and of who comes back after a while, and of nothing else.
func TestColleaguesHearWhoComesAndGoes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	o.write(func(tx store.Tx) error {
		return tx.PutMembership(chat.Membership{App: o.app, Agent: ana.Agent.ID, Role: chat.RoleAgent})
	})
	away, here := true, false
	for _, step := range []struct {
		what  string
		do    func() error
		times int
	}{
		{"goes away", func() error { return o.profile(&ana.Agent, staff.ProfileChange{Away: &away}) }, 1},
		{"is away already", func() error { return o.profile(&ana.Agent, staff.ProfileChange{Away: &away}) }, 1},
		{"is back", func() error { return o.profile(&ana.Agent, staff.ProfileChange{Away: &here}) }, 2},
		{"works on", func() error { o.now = o.now.Add(chat.AgentIdle - time.Second); return o.uses(ana.Token) }, 2},
		{"comes back after a while", func() error { o.now = o.now.Add(chat.AgentIdle); return o.uses(ana.Token) }, 3},
		{"signs in", func() error { _, err := o.SignIn(t.Context(), "ana@shop.example", "correct horse"); return err }, 4},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.what, err)
		}
		if got := o.told(); got != step.times {
			t.Errorf("%s: told %d times, want %d", step.what, got, step.times)
		}
	}
	if err := o.profile(&ana.Agent, staff.ProfileChange{Away: &away}); err != nil || !ana.Agent.AwaySince.Equal(o.now) {
		t.Errorf("away since %v, %v", ana.Agent.AwaySince, err)
	}
}

func (o *office) profile(agent *chat.Agent, change staff.ProfileChange) (err error) {
	*agent, err = o.ChangeProfile(o.Context(), *agent, change)
	return err
}

func (o *office) uses(token string) error {
	_, _, err := o.Authenticate(o.Context(), token)
	return err
}

// lost is a transaction that loses against others as soon as it locks an account.
type lost struct{ store.Tx }

func (lost) LockAgent(chat.AgentID) (chat.Agent, error) {
	return chat.Agent{}, &chat.Error{Kind: chat.Unavailable, Message: "deadlock"}
}

// again is a store that runs each function once more, as Postgres does with one whose transaction has lost.
type again struct{ store.Store }

func (s again) Write(ctx context.Context, f func(store.Tx) error) error {
	return s.Store.Write(ctx, func(tx store.Tx) error {
		_ = f(lost{tx})
		return f(tx)
	})
}

func TestAProfileChangesAlthoughItsTransactionLost(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	name := "Ana Lima"
	losing := staff.New(staff.Options{Store: again{o.store}, Master: seal.NewMaster([32]byte{1}), Now: func() time.Time { return o.now }})
	if changed, err := losing.ChangeProfile(t.Context(), ana.Agent, staff.ProfileChange{Name: &name}); err != nil || changed.Name != name || changed.ID != ana.Agent.ID {
		t.Errorf("%+v, %v", changed, err)
	}
}
