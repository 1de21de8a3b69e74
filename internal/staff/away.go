package staff

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// setAway notes that the agent goes away, or is back, and tells their colleagues in all apps.
func (s *Service) setAway(tx store.Tx, agent *chat.Agent, away bool) error {
	now := s.now().UTC().Truncate(time.Microsecond)
	agent.AwaySince = time.Time{}
	if away {
		agent.AwaySince = now
	}
	if err := tx.SetAway(agent.ID, agent.AwaySince); err != nil {
		return err
	}
	return tellColleagues(tx, agent.ID, now)
}

// tellColleagues tells those in all apps of the agent that something of them changed.
func tellColleagues(tx store.Tx, id chat.AgentID, now time.Time) error {
	apps, err := tx.ListAppsOfColleague(id)
	if err != nil {
		return err
	}
	for _, app := range apps {
		if err := tx.AppendEvent(&chat.Event{Kind: chat.EventColleagues, App: app, At: now}); err != nil {
			return err
		}
	}
	return nil
}

// leaveTeams takes somebody who has lost their role out of the teams of the app. What they answer stays theirs.
func (s *Service) leaveTeams(tx store.Tx, app chat.AppID, id chat.AgentID) error {
	if err := tx.LeaveTeams(app, id); err != nil {
		return err
	}
	return tx.AppendEvent(&chat.Event{Kind: chat.EventColleagues, App: app, At: s.now()})
}
