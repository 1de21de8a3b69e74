package inbox_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/broker"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

const (
	support = chat.TeamID("0000000000000000000000e1")
	sales   = chat.TeamID("0000000000000000000000e2")
)

// founds makes a team of Kim and Lou that what users begin comes to.
func (d *desk) founds(routing chat.Routing) {
	d.Helper()
	d.write(func(tx store.Tx) error {
		return tx.InsertTeam(chat.Team{App: app, ID: support, Name: "Support", Routing: routing, Intake: true, Members: []chat.Colleague{{ID: kim}, {ID: lou}}})
	})
}

// comes has agents be at the console now.
func (d *desk) comes(agents ...chat.AgentID) {
	d.Helper()
	d.write(func(tx store.Tx) error {
		for _, id := range agents {
			now := d.clock()
			session := chat.AgentSession{Hash: chat.HashToken(fmt.Sprint(id, now)), Agent: id, CreatedAt: now, LastUsedAt: now}
			if err := tx.InsertAgentSession(session); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *desk) goesAway(id chat.AgentID, since time.Time) {
	d.Helper()
	d.write(func(tx store.Tx) error { return tx.SetAway(id, since) })
}

func (d *desk) wantStands(what string, id chat.ConversationID, team chat.TeamID, assignee chat.AgentID) {
	d.Helper()
	if e := d.entry(id); e.Team.ID != team || e.Assignee.ID != assignee {
		d.Errorf("%s: team %q and assignee %q, want %q and %q", what, e.Team.ID, e.Assignee.ID, team, assignee)
	}
}

func TestWhatUsersBeginComesToTheTeam(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.wantStands("without a rule", d.talk(ana), "", "")
	d.founds(chat.RoutingRoundRobin)
	d.comes(kim, lou)
	first, second, third := d.talk(ana), d.talk(ben), d.talk(ana)
	d.wantStands("the first", first, support, kim)
	d.wantStands("the second", second, support, lou)
	d.wantStands("the third", third, support, kim)
	if got := d.happened(first); !slices.Equal(got, []string{"team by  SupportKim[]"}) {
		t.Errorf("happened %q", got)
	}
	greeted, _, err := d.messages.Create(t.Context(), key, messaging.CreateInput{Type: chat.Personal, Participants: []messaging.ParticipantInput{{User: ben}}})
	d.must(err)
	talk := greeted.Conversation.ID
	d.sends(key, messaging.SendInput{Conversation: talk, Author: messaging.AuthorInput{Type: chat.AuthorBusiness}})
	d.wantStands("what the business begins", talk, "", "")
	d.sends(key, messaging.SendInput{Conversation: talk, Author: messaging.AuthorInput{Type: chat.AuthorUser, User: ben}})
	d.wantStands("when its user writes", talk, support, lou)
	d.goesAway(kim, start)
	d.goesAway(lou, start)
	d.wantStands("while nobody is there", d.talk(ana), support, "")
}

func TestATeamByHandWaits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.founds(chat.RoutingManual)
	d.comes(kim, lou)
	c := d.talk(ana)
	d.wantStands("at first", c, support, "")
	d.must(d.HandOut(t.Context()))
	d.wantStands("later", c, support, "")
	d.changes(c, inbox.Change{Assignee: ptr(lou)})
	d.wantStands("taken", c, support, lou)
}

// TestWhoAnswersWhatGoesOn: after closing, a user's message leaves it with who answered if they are there, else the team says.
func TestWhoAnswersWhatGoesOn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		routing chat.Routing
		before  func(d *desk)
		team    chat.TeamID
		want    chat.AgentID
	}{
		"is there":            {chat.RoutingRoundRobin, func(*desk) {}, support, lou},
		"is away":             {chat.RoutingRoundRobin, func(d *desk) { d.goesAway(lou, start) }, support, kim},
		"is away, by hand":    {chat.RoutingManual, func(d *desk) { d.goesAway(lou, start) }, support, ""},
		"went home":           {chat.RoutingRoundRobin, func(d *desk) { d.later(time.Hour); d.comes(kim) }, support, kim},
		"has no role":         {chat.RoutingRoundRobin, func(d *desk) { d.leaves(lou) }, support, kim},
		"all are gone":        {chat.RoutingRoundRobin, func(d *desk) { d.later(time.Hour) }, support, ""},
		"the team is gone":    {chat.RoutingRoundRobin, func(d *desk) { d.disbands(); d.goesAway(lou, start) }, "", lou},
		"the team is another": {chat.RoutingRoundRobin, func(d *desk) { d.disbands(); d.goesAway(lou, start); d.foundsSales() }, sales, kim},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.founds(c.routing)
			d.comes(kim, lou)
			talk := d.asks(ana)
			d.changes(talk, inbox.Change{Assignee: ptr(lou)})
			d.answers(lou, talk)
			d.later(time.Minute)
			d.changes(talk, inbox.Change{Status: chat.InboxClosed})
			d.later(time.Minute)
			c.before(d)
			d.asks(ana)
			d.wantStands("afterwards", talk, c.team, c.want)
		})
	}
}

func (d *desk) leaves(id chat.AgentID) {
	d.Helper()
	d.write(func(tx store.Tx) error { _, err := tx.DeleteMembership(app, id); return err })
}

func (d *desk) disbands() {
	d.Helper()
	d.write(func(tx store.Tx) error { return tx.DeleteTeam(app, support) })
}

func (d *desk) foundsSales() {
	d.Helper()
	d.write(func(tx store.Tx) error {
		return tx.InsertTeam(chat.Team{App: app, ID: sales, Name: "Sales", Routing: chat.RoutingRoundRobin, Intake: true, Members: []chat.Colleague{{ID: kim}}})
	})
}

func TestAssigningToATeam(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.asks(ana)
	d.founds(chat.RoutingRoundRobin)
	d.comes(kim, lou)
	for _, step := range []struct {
		what     string
		change   inbox.Change
		team     chat.TeamID
		assignee chat.AgentID
		happened []string
	}{
		{"to the team", inbox.Change{Team: ptr(support)}, support, kim, []string{"team by Kim SupportKim[]"}},
		{"once more, as a call that is repeated", inbox.Change{Team: ptr(support)}, support, kim, nil},
		{"back to the team", inbox.Change{Team: ptr(support), Assignee: ptr(chat.AgentID(""))}, support, "", []string{"team by Kim Support[]"}},
		{"on from there", inbox.Change{Team: ptr(support)}, support, lou, []string{"team by Kim SupportLou[]"}},
		{"to a person", inbox.Change{Assignee: ptr(kim)}, support, kim, []string{"assigned by Kim Kim[]"}},
		{"out of it", inbox.Change{Team: ptr(chat.TeamID(""))}, "", kim, []string{"team by Kim []"}},
		{"to both", inbox.Change{Team: ptr(support), Assignee: ptr(lou)}, support, lou, []string{"team by Kim SupportLou[]"}},
		{"as it was, which undoes", inbox.Change{Team: ptr(chat.TeamID("")), Assignee: ptr(chat.AgentID(""))}, "", "", []string{"team by Kim []", "assigned by Kim []"}},
	} {
		before := len(d.happened(c))
		d.changes(c, step.change)
		d.wantStands(step.what, c, step.team, step.assignee)
		if got := d.happened(c)[before:]; !slices.Equal(got, step.happened) {
			t.Errorf("%s: happened %q", step.what, got)
		}
	}
	_, err := d.Change(t.Context(), agent(kim), c, inbox.Change{Team: ptr(sales)})
	d.wantCode(err, "bad_request")
}

func TestWhatWaitsIsHandedOut(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.founds(chat.RoutingRoundRobin)
	var waiting []chat.ConversationID
	for range 4 {
		waiting = append(waiting, d.talk(ana))
		d.later(time.Second)
	}
	d.must(d.HandOut(t.Context()))
	d.wantStands("while nobody is there", waiting[0], support, "")
	d.comes(kim)
	d.goesAway(kim, start)
	d.must(d.HandOut(t.Context()))
	d.wantStands("while she is away", waiting[0], support, "")
	d.goesAway(kim, time.Time{})
	d.comes(lou)
	d.heard(chat.EventInbox)
	d.must(d.HandOut(t.Context()))
	for i, wanted := range []chat.AgentID{kim, lou, kim, lou} {
		d.wantStands(fmt.Sprint("handed out ", i), waiting[i], support, wanted)
	}
	if told := d.heard(chat.EventInbox); len(told) != 4 {
		t.Errorf("told of %d", len(told))
	}
}

func TestViewsOfTeams(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.founds(chat.RoutingManual)
	d.write(func(tx store.Tx) error {
		return tx.InsertTeam(chat.Team{App: app, ID: sales, Name: "Sales", Routing: chat.RoutingManual, Position: 2, Members: []chat.Colleague{{ID: lou}}})
	})
	first := d.talk(ana)
	d.later(time.Minute)
	second, other := d.talk(ana), d.talk(ben)
	d.changes(other, inbox.Change{Team: ptr(sales)})
	view := store.InboxView(store.InboxOfTeam + support)
	page, err := d.List(t.Context(), agent(kim), view, "", 1)
	d.must(err)
	next, err := d.List(t.Context(), agent(kim), view, page.Cursor, 1)
	d.must(err)
	if page.Entries[0].Entry.Conversation != second || next.Entries[0].Entry.Conversation != first || next.Cursor != "" {
		t.Errorf("lists %+v, then %+v", page.Entries, next.Entries)
	}
	if len(page.Teams) != 1 || page.Teams[support] != 2 {
		t.Errorf("kim's teams have %v", page.Teams)
	}
	boss := agent(kim)
	boss.Agent.Role = chat.RoleAdmin
	if page, err = d.List(t.Context(), boss, view, "", 1); err != nil || page.Teams[sales] != 1 {
		t.Errorf("an admin sees %v, %v", page.Teams, err)
	}
	d.disbands()
	_, err = d.List(t.Context(), agent(kim), view, "", 1)
	d.wantCode(err, "bad_request")
	d.wantStands("without a team", first, "", "")
}

// TestTwoServersHandOutEvenly has users write, agents assign and both servers hand out what waits, all at once.
func TestTwoServersHandOutEvenly(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return sqlitetest.New(t) },
		"postgres": func(t *testing.T) string { return pgtest.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := at(t)
			d := newDeskAt(t, url)
			other := d.plain
			if name == "postgres" {
				second, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: url, Listener: d})
				d.must(err)
				t.Cleanup(func() { second.Close() })
				other = second
			}
			work := inbox.Store(other)
			messages := messaging.New(work, &broker.Memory{}, d.clock)
			node := inbox.New(work, d, messages, d.clock)
			const begun, assigned, waiting = 20, 20, 20
			var talks []chat.ConversationID
			for range assigned + waiting {
				talks = append(talks, d.talk(ana))
			}
			d.founds(chat.RoutingRoundRobin)
			for _, talk := range talks[assigned:] {
				d.changes(talk, inbox.Change{Team: ptr(support)})
			}
			d.comes(kim, lou)
			var all sync.WaitGroup
			for i := range begun {
				service := []*messaging.Service{d.messages, messages}[i%2]
				all.Go(func() {
					in := messaging.SendInput{Content: chat.Content{Type: chat.ContentText, Text: "hi"}, ClientMessageID: fmt.Sprint("b", i)}
					if _, _, err := service.Create(t.Context(), user(ben), newConversation(in)); err != nil {
						t.Error(err)
					}
				})
			}
			for i, talk := range talks[:assigned] {
				service := []*inbox.Service{d.Service, node}[i%2]
				all.Go(func() {
					if _, err := service.Change(t.Context(), agent(kim), talk, inbox.Change{Team: ptr(support)}); err != nil {
						t.Error(err)
					}
				})
			}
			for i := range 4 {
				service := []*inbox.Service{d.Service, node}[i%2]
				all.Go(func() {
					if err := service.HandOut(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			wantEven(d, begun+assigned+waiting)
		})
	}
}

// wantEven compares how many entries of the team each agent has.
func wantEven(d *desk, want int) {
	d.Helper()
	had := map[chat.AgentID]int{}
	d.must(d.plain.Read(context.Background(), func(tx store.Tx) error {
		rows, err := tx.ListInbox(store.InboxPage{App: app, Filter: &chat.InboxFilter{Status: chat.InboxOpen, Team: support}, Limit: 1000})
		for _, row := range rows {
			had[row.Entry.Assignee.ID]++
		}
		return err
	}))
	if had[kim] != want/2 || had[lou] != want/2 {
		d.Errorf("kim has %d, lou %d, nobody %d; want %d each", had[kim], had[lou], had[""], want/2)
	}
}
