package notice

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

type tx = store.Tx

// diesAfterLease is a store whose second write is not reached any more.
type diesAfterLease struct {
	store.Store
	writes *int
}

func (s diesAfterLease) Write(ctx context.Context, f func(store.Tx) error) error {
	if *s.writes++; *s.writes > 1 {
		return errors.New("it died")
	}
	return s.Store.Write(ctx, f)
}

// employ gives agents a role in the app.
func (b *bench) employ(names ...string) {
	b.Helper()
	b.write(func(tx store.Tx) error {
		for _, name := range names {
			agent := chat.Agent{ID: chat.AgentID(name), Email: name + "@shop.example", WantsMail: true, CreatedAt: b.now()}
			if err := tx.InsertAgent(agent); err != nil {
				return err
			}
			if err := tx.PutMembership(chat.Membership{App: "app", Agent: agent.ID, Role: chat.RoleAgent}); err != nil {
				return err
			}
		}
		return nil
	})
}

// alerts are who is mailed of somebody who waits.
func (b *bench) alerts() (to string) {
	b.Helper()
	node := b.node()
	if err := node.alertAll(b.Context()); err != nil {
		b.Fatal(err)
	}
	var all []string
	for _, m := range b.sends(node) {
		name, _, _ := strings.Cut(m.to, "@")
		all = append(all, name)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func TestAgentsHearOfWhoWaitsTooLong(t *testing.T) {
	t.Parallel()
	b := newBench(t, chat.AppSettings{MailWaiting: 30 * time.Minute})
	b.employ("kim", "lou", "max")
	b.write(func(tx store.Tx) error {
		max, err := tx.GetAgent("max")
		max.WantsMail = false
		return errors.Join(err, tx.UpdateAgent(max))
	})
	b.say("Is anybody there?", "")
	b.later(29 * time.Minute)
	if to := b.alerts(); to != "" {
		t.Errorf("too early: %s", to)
	}
	b.later(time.Minute)
	if to := b.alerts(); to != "kim lou" {
		t.Errorf("told are %q", to)
	}
	b.later(time.Hour)
	b.say("Hello?", "")
	if to := b.alerts(); to != "" {
		t.Errorf("told again: %s", to)
	}
	b.say("Yes", chat.SubtypeAgent)
	b.say("Good", "")
	b.write(func(tx store.Tx) error {
		entry, _, err := tx.FindInboxEntry("app", "talk")
		entry.Assignee.ID = "lou"
		return errors.Join(err, tx.UpdateInboxEntry(entry))
	})
	b.later(30 * time.Minute)
	if to := b.alerts(); to != "lou" {
		t.Errorf("the assignee is told, not %q", to)
	}
	b.say("Wait", chat.SubtypeAgent)
	b.say("For what?", "")
	given := func(to chat.AgentID, team chat.TeamID) {
		b.write(func(tx store.Tx) error {
			entry, _, err := tx.FindInboxEntry("app", "talk")
			entry.Assignee.ID, entry.Team.ID = to, team
			return errors.Join(err, tx.UpdateInboxEntry(entry))
		})
	}
	b.write(func(tx store.Tx) error {
		return tx.InsertTeam(chat.Team{App: "app", ID: "support", Name: "Support", Routing: chat.RoutingManual, Members: []chat.Colleague{{ID: "kim"}, {ID: "max"}}})
	})
	given("", "support")
	b.later(30 * time.Minute)
	if to := b.alerts(); to != "kim" {
		t.Errorf("the team is told, not %q", to)
	}
	// Of what is left behind by somebody who has gone all are told.
	b.say("Later", chat.SubtypeAgent)
	b.say("When?", "")
	given("lou", "")
	b.write(func(tx store.Tx) error {
		_, err := tx.DeleteMembership("app", "lou")
		return err
	})
	b.later(30 * time.Minute)
	if to := b.alerts(); to != "kim" {
		t.Errorf("told of what nobody answers for is %q", to)
	}
}

func TestOnlyBusinessHoursCountAsWaiting(t *testing.T) {
	t.Parallel()
	settings := chat.AppSettings{MailWaiting: 30 * time.Minute, TimeZone: "Europe/Berlin"}
	for i := range settings.Hours.Week {
		settings.Hours.Week[i] = []chat.OpenInterval{{From: 9 * 60, To: 12*60 + 15}}
	}
	b := newBench(t, settings) // it is noon in Berlin
	b.employ("kim")
	b.say("Just before you close", "")
	b.later(15 * time.Minute)
	for range 20 {
		b.later(time.Hour)
		if to := b.alerts(); to != "" {
			t.Fatalf("%s is told at %s", to, b.now())
		}
	}
	b.later(44*time.Minute + 59*time.Second) // 8:59:59 in Berlin
	if to := b.alerts(); to != "" {
		t.Errorf("told before it opens: %s", to)
	}
	b.later(15*time.Minute + time.Second)
	if to := b.alerts(); to != "kim" {
		t.Errorf("told is %q", to)
	}
}
