package inbox

import (
	"context"
	"iter"
	"maps"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// MaxNumbersDays is how many days a report has at most.
const MaxNumbersDays = 366

// Numbers are what was done in an app in a span of days, which are those of its time zone. What happened counts on the day on which it
// happened: an episode may be opened on one, answered on the next and closed on a third.
type Numbers struct {
	TimeZone    string
	Days        []DayFigures   // every day of the span
	Agents      []AgentFigures // who answered or closed something, or was rated, by name
	AgentDays   []AgentFigures // by day, then by name; only days on which they did
	All, Before Figures        // of the span, and of as many days before it
}

// Figures are what was done in some time, by anybody or by one agent.
type Figures struct {
	Opened        int64 // 0 for an agent
	Answered      int64 // first answers
	Closed        int64
	FirstResponse Times // from a user's first message to the first answer
	Resolution    Times // of what was closed after an answer: from a user's first message to the closing
	Ratings       RatingFigures
}

// RatingFigures are how often users were asked for a rating, and what they said. Who is asked on one day may rate on the next.
type RatingFigures struct {
	Asked, Given, Good int64
}

// DayFigures are those of a day.
type DayFigures struct {
	Day Day
	Figures
}

// AgentFigures are those of an agent, or with an empty one of programs and assistants.
type AgentFigures struct {
	Day   Day // 0: of the whole span
	Agent chat.Colleague
	Figures
}

// Numbers reports on the days from the first to the last one. Invalid for a span of more than MaxNumbersDays days, or one that ends before
// it begins.
func (s *Service) Numbers(ctx context.Context, p chat.Principal, first, last Day) (numbers Numbers, err error) {
	if !p.May(chat.SetUpApp) {
		return Numbers{}, chat.Refuse("forbidden", "Numbers are for the admins of this app.")
	}
	switch {
	case last < first:
		return Numbers{}, chat.InvalidField("to", "must not be before from")
	case last-first >= MaxNumbersDays:
		return Numbers{}, chat.InvalidField("from", "must be at most 366 days before to")
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		app, err := tx.GetApp(p.App)
		if err != nil {
			return err
		}
		count := newTally(app.Settings.Zone(), first, last)
		from, to := count.bounds()
		if err := eachEpisode(tx, p.App, from, to, count.add); err != nil {
			return err
		}
		if err := eachAsked(tx, p.App, from, to, count.addAsked); err != nil {
			return err
		}
		if err := eachRating(tx, p.App, from, to, count.addRated); err != nil {
			return err
		}
		names, err := namesOf(tx, maps.Keys(count.byAgent))
		numbers = count.numbers(names)
		return err
	})
	return numbers, err
}

// namesOf are the names of agents, as far as they have accounts.
func namesOf(tx store.Tx, agents iter.Seq[chat.AgentID]) (map[chat.AgentID]string, error) {
	names := map[chat.AgentID]string{}
	for id := range agents {
		if _, known := names[id]; known || id == "" {
			continue
		}
		agent, err := tx.GetAgent(id)
		if err != nil && chat.KindOf(err) != chat.NotFound {
			return nil, err
		}
		names[id] = agent.Name
	}
	return names, nil
}
