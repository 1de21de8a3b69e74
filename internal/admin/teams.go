package admin

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// TeamInput is what a team is made of.
type TeamInput struct {
	Name    string
	Routing chat.Routing
	Members []chat.AgentID
}

// ListTeams returns the teams of the app in their order.
func (s *Service) ListTeams(ctx context.Context, p chat.Principal) (all []chat.Team, err error) {
	if !p.May(chat.ManageConversations) {
		return nil, chat.Refuse("forbidden", "Only who answers in this app sees its teams.")
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		all, err = tx.ListTeams(p.App)
		return err
	})
	return all, err
}

// CreateTeam makes a team, as the last one. Invalid with the field at fault; Conflict if another one has the name.
func (s *Service) CreateTeam(ctx context.Context, p chat.Principal, in TeamInput) (chat.Team, error) {
	now := s.now()
	return s.putTeam(ctx, p, chat.TeamID(chat.NewID(now)), in, "team.create", func(tx store.Tx, team chat.Team, all []chat.Team) error {
		if len(all) >= chat.MaxTeams {
			return chat.InvalidField("name", "the app has %d teams, which is the most: remove one first", len(all))
		}
		if len(all) > 0 {
			team.Position = all[len(all)-1].Position + 1
		}
		return tx.InsertTeam(team)
	})
}

// UpdateTeam makes another one of it. Invalid with the field at fault; Conflict if another one has the name; NotFound.
func (s *Service) UpdateTeam(ctx context.Context, p chat.Principal, id chat.TeamID, in TeamInput) (chat.Team, error) {
	return s.putTeam(ctx, p, id, in, "team.update", func(tx store.Tx, team chat.Team, all []chat.Team) error {
		at := slices.IndexFunc(all, func(other chat.Team) bool { return other.ID == id })
		if at < 0 {
			return chat.Missing("team")
		}
		team.Position, team.Intake = all[at].Position, all[at].Intake
		return tx.UpdateTeam(team)
	})
}

// putTeam stores a team that is right and whose name is free, and returns it as it is read. Works on an app follow one another (write), so
// that nobody else takes the name, or the last place, before it is stored.
func (s *Service) putTeam(ctx context.Context, p chat.Principal, id chat.TeamID, in TeamInput, action string, put func(tx store.Tx, team chat.Team, all []chat.Team) error) (stored chat.Team, err error) {
	if err := maySetUp(p, p.App); err != nil {
		return chat.Team{}, err
	}
	team, err := in.team(p.App, id, s.now()).Settled()
	if err != nil {
		return chat.Team{}, err
	}
	err = s.write(ctx, colleaguesChanged(p.App, team.ChangedAt), teamAudit(p, team, action), func(tx store.Tx) error {
		all, err := tx.ListTeams(p.App)
		if err != nil {
			return err
		}
		for _, other := range all {
			if other.ID != id && strings.EqualFold(other.Name, team.Name) {
				return &chat.Error{Kind: chat.Conflict, Code: "conflict", Field: "name", Message: "name: belongs to another team; choose another one"}
			}
		}
		if err := mayBeMembers(tx, team); err != nil {
			return err
		}
		if err := put(tx, team, all); err != nil {
			return err
		}
		stored, err = findTeam(tx, p.App, id)
		return err
	})
	return stored, err
}

func (in TeamInput) team(app chat.AppID, id chat.TeamID, now time.Time) chat.Team {
	team := chat.Team{App: app, ID: id, Name: in.Name, Routing: in.Routing, ChangedAt: now}
	for _, member := range in.Members {
		if !slices.Contains(team.Members, chat.Colleague{ID: member}) {
			team.Members = append(team.Members, chat.Colleague{ID: member})
		}
	}
	return team
}

// mayBeMembers asks whether all members may answer in the app.
func mayBeMembers(tx store.Tx, team chat.Team) error {
	may := map[chat.AgentID]bool{}
	memberships, err := tx.ListMembershipsOfApp(team.App)
	if err != nil {
		return err
	}
	for _, membership := range memberships {
		may[membership.Agent] = true
	}
	admins, err := tx.ListAdmins()
	if err != nil {
		return err
	}
	for _, admin := range admins {
		may[admin.ID] = true
	}
	for _, member := range team.Members {
		if !may[member.ID] {
			return chat.InvalidField("members", "must hold agents of this app; %q is none", string(member.ID))
		}
	}
	return nil
}

func findTeam(tx store.Tx, app chat.AppID, id chat.TeamID) (chat.Team, error) {
	all, err := tx.ListTeams(app)
	if err != nil {
		return chat.Team{}, err
	}
	at := slices.IndexFunc(all, func(team chat.Team) bool { return team.ID == id })
	if at < 0 {
		return chat.Team{}, chat.Missing("team")
	}
	return all[at], nil
}

// DeleteTeam removes it: its conversations are in no team any more, and whoever answers in them stays. NotFound.
func (s *Service) DeleteTeam(ctx context.Context, p chat.Principal, id chat.TeamID) error {
	if err := maySetUp(p, p.App); err != nil {
		return err
	}
	gone := chat.Team{App: p.App, ID: id, ChangedAt: s.now()}
	return s.write(ctx, colleaguesChanged(p.App, gone.ChangedAt), teamAudit(p, gone, "team.delete"), func(tx store.Tx) error {
		return tx.DeleteTeam(p.App, id)
	})
}

func colleaguesChanged(app chat.AppID, now time.Time) chat.Event {
	return chat.Event{Kind: chat.EventColleagues, App: app, At: now}
}

func teamAudit(p chat.Principal, team chat.Team, action string) store.Audit {
	entry := store.Audit{App: team.App, At: team.ChangedAt, Actor: p.Name, Action: action, Target: string(team.ID)}
	if team.Name != "" {
		entry.Detail = map[string]string{"name": team.Name, "routing": string(team.Routing), "members": strconv.Itoa(len(team.Members))}
	}
	return entry
}
