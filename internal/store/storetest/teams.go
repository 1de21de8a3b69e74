package storetest

import (
	"fmt"
	"sync"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// team makes a team of the agents.
func (w *world) team(name string, change func(*chat.Team), members ...chat.Agent) chat.Team {
	w.Helper()
	v := chat.Team{App: w.app, ID: chat.TeamID(w.id()), Name: name, Routing: chat.RoutingRoundRobin, ChangedAt: w.now}
	for _, agent := range members {
		v.Members = append(v.Members, chat.Colleague{ID: agent.ID, Name: agent.Name})
	}
	if change != nil {
		change(&v)
	}
	w.write(func(tx store.Tx) error { return tx.InsertTeam(v) })
	return v
}

// colleague is an agent with a role in the app and a session that was used now.
func (w *world) colleague(name string) chat.Agent {
	w.Helper()
	agent := chat.Agent{ID: chat.AgentID(w.id()), Email: w.id() + "@x.example", Name: name, CreatedAt: w.now}
	w.write(func(tx store.Tx) error {
		if err := tx.InsertAgent(agent); err != nil {
			return err
		}
		return tx.PutMembership(chat.Membership{App: w.app, Agent: agent.ID, Role: chat.RoleAgent})
	})
	w.agentSession(agent.ID)
	return agent
}

func (w *world) teams() (all []chat.Team) {
	w.Helper()
	w.read(func(tx store.Tx) (err error) { all, err = tx.ListTeams(w.app); return err })
	return all
}

// turn takes one, and returns whose it was; "" where nobody is available.
func (w *world) turn(team chat.Team) (next chat.AgentID, err error) {
	err = w.try(func(tx store.Tx) error {
		locked, _, err := tx.LockTeam(w.app, team.ID)
		if err != nil {
			return err
		}
		colleague, _, err := tx.TakeTurn(locked, w.now.Add(-time.Minute))
		next = colleague.ID
		return err
	})
	return next, err
}

var teams = []testCase{
	{"teams come back as stored, in order of their positions, with those who answer", func(w *world) {
		kim, lou, stranger := w.colleague("Kim"), w.colleague("Lou"), w.agent()
		second := w.team("Second", func(v *chat.Team) { v.Position = 2 }, kim, lou, stranger)
		first := w.team("First", func(v *chat.Team) { v.Position, v.Intake, v.Routing = 1, true, chat.RoutingManual })
		second.Members = second.Members[:2]
		want(w, "teams", w.teams(), []chat.Team{first, second})
		second.Name, second.Position, second.Members = "Zero", 0, []chat.Colleague{{ID: lou.ID, Name: "Lou"}}
		w.write(func(tx store.Tx) error { return tx.UpdateTeam(second) })
		want(w, "changed", w.teams(), []chat.Team{second, first})
		w.write(func(tx store.Tx) error { return tx.PlaceTeam(w.app, second.ID, 3) })
		second.Position = 3
		want(w, "placed", w.teams(), []chat.Team{first, second})
		w.write(func(tx store.Tx) error { return tx.LeaveTeams(w.app, lou.ID) })
		second.Members = nil
		want(w, "left", w.teams(), []chat.Team{first, second})
		w.write(func(tx store.Tx) error { return tx.DeleteTeam(w.app, first.ID) })
		want(w, "removed", w.teams(), []chat.Team{second})
	}},
	{"a name is of one team of an app, and teams of another app are missing", func(w *world) {
		v := w.team("Support", nil)
		twin, other := v, newWorld(w.T, w.store, w.heard)
		twin.ID = chat.TeamID(w.id())
		w.wantKind(w.try(func(tx store.Tx) error { return tx.InsertTeam(twin) }), chat.Conflict)
		other.team("Support", nil)
		for name, f := range map[string]func(store.Tx) error{
			"change": func(tx store.Tx) error { stranger := v; stranger.App = other.app; return tx.UpdateTeam(stranger) },
			"remove": func(tx store.Tx) error { return tx.DeleteTeam(other.app, v.ID) },
			"place":  func(tx store.Tx) error { return tx.PlaceTeam(other.app, v.ID, 1) },
			"intake": func(tx store.Tx) error { return tx.SetIntake(other.app, v.ID) },
		} {
			if err := w.try(f); chat.KindOf(err) != chat.NotFound || err == nil {
				w.Errorf("%s: %v", name, err)
			}
		}
		w.write(func(tx store.Tx) error {
			_, found, err := tx.LockTeam(other.app, v.ID)
			want(w, "found", found, false)
			if err != nil {
				return err
			}
			has, err := tx.HasTeam(other.app, v.ID)
			want(w, "has", has, false)
			return err
		})
	}},
	{"what a user begins comes to one team of the app, or to none", func(w *world) {
		user := w.user("").ID
		opened := func() (team chat.TeamID) {
			m := w.say(w.conversation(chat.Personal, user).ID, user, "hello")
			w.write(func(tx store.Tx) (err error) { team, err = tx.OpenInboxEntry(chat.FirstEntry(m)); return err })
			e, _ := w.foundEntry(m.Conversation)
			want(w, "team of the entry", e.Team.ID, team)
			return team
		}
		intake := func(id chat.TeamID) {
			w.write(func(tx store.Tx) error { return tx.SetIntake(w.app, id) })
			w.read(func(tx store.Tx) error {
				found, err := tx.FindIntake(w.app)
				want(w, "intake", found, id)
				return err
			})
		}
		a, b := w.team("A", nil), w.team("B", nil)
		want(w, "without a rule", opened(), "")
		intake(a.ID)
		want(w, "with one", opened(), a.ID)
		intake(b.ID)
		want(w, "with another", opened(), b.ID)
		intake("")
		want(w, "without one again", opened(), "")
	}},
	{"of a team that is gone entries have none", func(w *world) {
		user, v := w.user("").ID, w.team("Support", nil)
		e := w.entry(user, func(e *chat.InboxEntry) { e.Team.ID = v.ID })
		row := func() (row store.InboxRow) {
			w.read(func(tx store.Tx) (err error) { row, err = tx.GetInboxRow(w.app, e.Conversation); return err })
			return row
		}
		want(w, "team", row().Entry.Team, chat.TeamRef{ID: v.ID, Name: "Support"})
		w.write(func(tx store.Tx) error { return tx.DeleteTeam(w.app, v.ID) })
		want(w, "none", row().Entry.Team, chat.TeamRef{})
		found, _ := w.foundEntry(e.Conversation)
		want(w, "none found", found.Team, chat.TeamRef{})
	}},
	{"a turn is of the available member who had theirs longest ago", func(w *world) {
		kim, lou, mia := w.colleague("Kim"), w.colleague("Lou"), w.colleague("Mia")
		v := w.team("Support", nil, kim, lou, mia)
		turn := func() chat.AgentID {
			next, err := w.turn(v)
			if err != nil {
				w.Error(err)
			}
			return next
		}
		first, second, third := turn(), turn(), turn()
		want(w, "all had one", len(map[chat.AgentID]bool{first: true, second: true, third: true}), 3)
		want(w, "the first again", turn(), first)
		w.write(func(tx store.Tx) error { return tx.SetAway(second, w.now) })
		want(w, "past who is away", turn(), third)
		want(w, "on without", turn(), first)
		w.write(func(tx store.Tx) error { return tx.SetAway(second, time.Time{}) })
		want(w, "who is back", turn(), second)
		new := w.colleague("New")
		v.Members = append(v.Members, chat.Colleague{ID: new.ID})
		w.write(func(tx store.Tx) error { return tx.UpdateTeam(v) })
		want(w, "who is new", turn(), new.ID)
		want(w, "then as before", turn(), third)
	}},
	{"who may not answer or is not there has no turn", func(w *world) {
		closed, gone, idle, admin := w.colleague("Closed"), w.colleague("Gone"), w.colleague("Idle"), w.agent()
		v := w.team("Support", nil, closed, gone, idle, admin)
		w.write(func(tx store.Tx) error {
			closed.DisabledAt, admin.Admin = w.now, true
			if _, err := tx.DeleteMembership(w.app, gone.ID); err != nil {
				return err
			}
			if err := tx.UpdateAgent(closed); err != nil {
				return err
			}
			return tx.UpdateAgent(admin)
		})
		next, err := w.turn(v)
		want(w, "next", next, idle.ID)
		want(w, "error", err, nil)
		late := w.now.Add(time.Second)
		w.write(func(tx store.Tx) error {
			team, _, err := tx.LockTeam(w.app, v.ID)
			if err != nil {
				return err
			}
			_, found, err := tx.TakeTurn(team, late)
			want(w, "nobody is there", found, false)
			return err
		})
		w.agentSession(admin.ID)
		w.read(func(tx store.Tx) error {
			for id, wanted := range map[chat.AgentID]bool{closed.ID: false, gone.ID: false, idle.ID: true, admin.ID: true} {
				is, err := tx.IsAvailable(w.app, id, w.now)
				want(w, "available", is, wanted)
				if err != nil {
					return err
				}
			}
			all, err := tx.ListAvailable(w.app, w.now)
			among := map[chat.AgentID]bool{}
			for _, id := range all {
				among[id] = true
			}
			want(w, "listed", []bool{among[closed.ID], among[gone.ID], among[idle.ID], among[admin.ID]}, []bool{false, false, true, true})
			return err
		})
	}},
	{"turns that are taken at once are spread evenly", func(w *world) {
		const each = 12
		members := []chat.Agent{w.colleague("Kim"), w.colleague("Lou"), w.colleague("Mia")}
		v := w.team("Support", nil, members...)
		var mu sync.Mutex
		had := map[chat.AgentID]int{}
		var all sync.WaitGroup
		for range each * len(members) {
			all.Go(func() {
				next, err := w.turn(v)
				mu.Lock()
				defer mu.Unlock()
				had[next]++
				if err != nil {
					w.Error(err)
				}
			})
		}
		all.Wait()
		for _, agent := range members {
			if had[agent.ID] != each {
				w.Errorf("%s had %d turns, want %d", agent.Name, had[agent.ID], each)
			}
		}
	}},
	{"what can be handed out is open, of a team with turns in which somebody is there, and nobody's", func(w *world) {
		user, kim, idle := w.user("").ID, w.colleague("Kim"), w.agent()
		robin, byHand, empty := w.team("A", nil, kim), w.team("B", func(v *chat.Team) { v.Routing = chat.RoutingManual }, kim), w.team("C", nil, idle)
		add := func(team chat.Team, change func(*chat.InboxEntry)) chat.ConversationID {
			return w.entry(user, func(e *chat.InboxEntry) {
				e.Team.ID = team.ID
				if change != nil {
					change(e)
				}
			}).Conversation
		}
		answered := add(robin, func(e *chat.InboxEntry) { e.WaitingSince = time.Time{} })
		waits := add(robin, nil)
		add(byHand, nil)
		add(empty, nil)
		add(robin, func(e *chat.InboxEntry) { e.Assignee.ID = kim.ID })
		add(robin, func(e *chat.InboxEntry) { e.Status = chat.InboxClosed })
		add(robin, func(e *chat.InboxEntry) { e.Status = chat.InboxSnoozed })
		w.read(func(tx store.Tx) error {
			all, err := tx.ListUnhanded(w.now, 1000)
			var ours []chat.ConversationID
			for _, e := range all {
				if e.App == w.app {
					ours = append(ours, e.Conversation)
				}
			}
			want(w, "unhanded", ours, []chat.ConversationID{waits, answered})
			if err != nil {
				return err
			}
			counts, err := tx.CountTeams(w.app, "")
			want(w, "counts", counts, map[chat.TeamID]int64{robin.ID: 3, byHand.ID: 1, empty.ID: 1})
			if err != nil {
				return err
			}
			counts, err = tx.CountTeams(w.app, kim.ID)
			want(w, "counts of kim", counts, map[chat.TeamID]int64{robin.ID: 3, byHand.ID: 1})
			return err
		})
	}},
	{"an agent is away until they are back, whatever else changes of them", func(w *world) {
		kim, other := w.colleague("Kim"), newWorld(w.T, w.store, w.heard)
		other.team("Support", nil, kim)
		w.write(func(tx store.Tx) error { return tx.SetAway(kim.ID, w.now) })
		w.write(func(tx store.Tx) error { return tx.UpdateAgent(kim) })
		w.read(func(tx store.Tx) error {
			got, err := tx.GetAgent(kim.ID)
			want(w, "away since", got.AwaySince, w.now)
			if err != nil {
				return err
			}
			apps, err := tx.ListAppsOfColleague(kim.ID)
			want(w, "apps", fmt.Sprint(apps), fmt.Sprint([]chat.AppID{min(w.app, other.app), max(w.app, other.app)}))
			return err
		})
		w.wantKind(w.try(func(tx store.Tx) error { return tx.SetAway("nobody", w.now) }), chat.NotFound)
	}},
}
