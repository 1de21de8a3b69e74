package admin

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// TeamsChange is what is to become of the teams of an app together; nil stays.
type TeamsChange struct {
	Order  []chat.TeamID // all of them
	Intake *chat.TeamID  // what users begin comes to it; "": to none
}

// ArrangeTeams puts the teams into an order, and says to which one comes what users begin. Invalid with the field at fault.
func (s *Service) ArrangeTeams(ctx context.Context, p chat.Principal, change TeamsChange) (all []chat.Team, err error) {
	if err := maySetUp(p, p.App); err != nil {
		return nil, err
	}
	now := s.now()
	entry := store.Audit{App: p.App, At: now, Actor: p.Name, Action: "team.arrange", Target: string(p.App)}
	if change.Intake != nil {
		entry.Detail = map[string]string{"intake": string(*change.Intake)}
	}
	err = s.write(ctx, colleaguesChanged(p.App, now), entry, func(tx store.Tx) error {
		if change.Order != nil {
			if err := orderTeams(tx, p.App, change.Order); err != nil {
				return err
			}
		}
		if change.Intake != nil {
			if err := setIntake(tx, p.App, *change.Intake); err != nil {
				return err
			}
		}
		all, err = tx.ListTeams(p.App)
		return err
	})
	return all, err
}

func orderTeams(tx store.Tx, app chat.AppID, order []chat.TeamID) error {
	all, err := tx.ListTeams(app)
	if err != nil {
		return err
	}
	places := map[chat.TeamID]int64{}
	for i, id := range order {
		places[id] = int64(i + 1)
	}
	if len(places) != len(all) || len(order) != len(all) {
		return notAllTeams()
	}
	for _, team := range all {
		place := places[team.ID]
		if place == 0 {
			return notAllTeams()
		}
		if err := tx.PlaceTeam(app, team.ID, place); err != nil {
			return err
		}
	}
	return nil
}

func notAllTeams() error {
	return chat.InvalidField("order", "must hold the ids of all teams of the app, each once: read them anew")
}

func setIntake(tx store.Tx, app chat.AppID, id chat.TeamID) error {
	err := tx.SetIntake(app, id)
	if err != nil && chat.KindOf(err) == chat.NotFound {
		return chat.InvalidField("intake", "is no team of this app")
	}
	return err
}
