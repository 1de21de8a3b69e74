package inbox

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// route says who answers when a user begins an episode in a conversation that is there already: who did, if they are available, else
// whoever the team says. Without a team all stays as it was.
func route(tx store.Tx, entry *chat.InboxEntry, at time.Time) error {
	team := entry.Team.ID
	if team == "" {
		var err error
		if team, err = tx.FindIntake(entry.App); err != nil || team == "" {
			return err
		}
	}
	if entry.Assignee.ID != "" {
		if stays, err := tx.IsAvailable(entry.App, entry.Assignee.ID, at.Add(-chat.AgentIdle)); err != nil || stays {
			return err
		}
	}
	return handTo(tx, entry, team, at)
}

// handTo brings an entry to a team, and lets the team say who answers. A team that is gone by now leaves all as it was.
func handTo(tx store.Tx, entry *chat.InboxEntry, id chat.TeamID, at time.Time) error {
	former := *entry
	team, found, err := tx.LockTeam(entry.App, id)
	if err != nil || !found {
		return err
	}
	entry.Team = chat.TeamRef{ID: team.ID, Name: team.Name}
	if entry.Assignee, err = turn(tx, team, at); err != nil {
		return err
	}
	if entry.Assignee.ID == former.Assignee.ID && entry.Team.ID == former.Team.ID {
		return nil
	}
	return happen(tx, entry, chat.Happening{Type: chat.HappenedTeam, Team: entry.Team, To: entry.Assignee, At: at})
}

// turn is who answers what comes to a team; zero: nobody yet. The team is locked.
func turn(tx store.Tx, team chat.Team, at time.Time) (chat.Colleague, error) {
	if team.Routing != chat.RoutingRoundRobin {
		return chat.Colleague{}, nil
	}
	next, _, err := tx.TakeTurn(team, at.Add(-chat.AgentIdle))
	return next, err
}

// handOutAtOnce is how many entries are looked up together.
const handOutAtOnce = 100

// HandOut hands out what waits in teams in which somebody has become available, those of all apps. It is called when agents or teams have
// changed, and every now and then: who comes back to the console after a while tells nobody.
func (s *Service) HandOut(ctx context.Context) error {
	for {
		now := s.clock()
		var waiting []chat.InboxEntry
		err := s.store.Read(ctx, func(tx store.Tx) (err error) {
			waiting, err = tx.ListUnhanded(now.Add(-chat.AgentIdle), handOutAtOnce)
			return err
		})
		if err != nil {
			return err
		}
		handed := 0
		for _, entry := range waiting {
			done, err := s.handOut(ctx, entry, now)
			if err != nil {
				return err
			}
			if done {
				handed++
			}
		}
		if handed == 0 || len(waiting) < handOutAtOnce {
			return nil
		}
	}
}

// handOut hands out one entry, in a transaction of its own: who held one conversation and a team, and wanted the next conversation, might
// wait for somebody who waits for the team. Of what became something else since it was found, or of which nobody is available any more, it
// tells with false.
func (s *Service) handOut(ctx context.Context, found chat.InboxEntry, now time.Time) (done bool, err error) {
	err = s.store.Write(ctx, func(tx store.Tx) error {
		done = false
		entry, _, err := locked(tx, found.App, found.Conversation)
		switch {
		case chat.KindOf(err) == chat.NotFound:
			return nil
		case err != nil, entry.Status != chat.InboxOpen, entry.Assignee.ID != "", entry.Team.ID == "":
			return err
		}
		if err := handTo(tx, &entry, entry.Team.ID, now); err != nil || entry.Assignee.ID == "" {
			return err
		}
		done = true
		tell(tx, entry, now)
		return tx.UpdateInboxEntry(entry)
	})
	return done, err
}
