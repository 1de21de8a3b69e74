package httpapi

import (
	"strconv"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/wire"
)

// usualNumbersDays are reported where the caller names neither a first day nor how many.
const usualNumbersDays = 30

// readNumbers reports on a span of days, which ends today unless the caller names another last day.
func (c *call) readNumbers() (answer, error) {
	last, err := c.day("to", inbox.DayOf(c.api.Now(), c.app.Settings.Zone()))
	if err != nil {
		return answer{}, err
	}
	days, err := c.days()
	if err != nil {
		return answer{}, err
	}
	first, err := c.day("from", last-days+1)
	if err != nil {
		return answer{}, err
	}
	numbers, err := c.api.Inbox.Numbers(c.Context(), c.principal, first, last)
	if err != nil {
		return answer{}, err
	}
	return ok(numbersOf(numbers, first, last))
}

// days reads how many there are, where the first one is not named.
func (c *call) days() (inbox.Day, error) {
	text := c.URL.Query().Get("days")
	if text == "" {
		return usualNumbersDays, nil
	}
	days, err := strconv.Atoi(text)
	if err != nil || days < 1 || days > inbox.MaxNumbersDays {
		return 0, chat.InvalidField("days", "must be a whole number from 1 to 366")
	}
	return inbox.Day(days), nil
}

// day reads a date of the query.
func (c *call) day(name string, absent inbox.Day) (inbox.Day, error) {
	text := c.URL.Query().Get(name)
	if text == "" {
		return absent, nil
	}
	day, ok := inbox.ParseDay(text)
	if !ok {
		return 0, chat.InvalidField(name, "must be a date such as 2026-11-21")
	}
	return day, nil
}

func numbersOf(n inbox.Numbers, first, last inbox.Day) wire.Numbers {
	shown := wire.Numbers{TimeZone: n.TimeZone, From: first.String(), To: last.String(), All: figuresOf(n.All), Before: figuresOf(n.Before),
		Days: make([]wire.NumbersOfDay, 0, len(n.Days)), Agents: numbersOfAgents(n.Agents), AgentDays: numbersOfAgents(n.AgentDays)}
	for _, day := range n.Days {
		shown.Days = append(shown.Days, wire.NumbersOfDay{Date: day.Day.String(), Figures: figuresOf(day.Figures)})
	}
	return shown
}

func numbersOfAgents(all []inbox.AgentFigures) []wire.NumbersOfAgent {
	shown := make([]wire.NumbersOfAgent, 0, len(all))
	for _, of := range all {
		one := wire.NumbersOfAgent{Agent: wire.AgentRefOf(of.Agent), Figures: figuresOf(of.Figures)}
		one.Opened = nil
		if of.Day != 0 {
			one.Date = of.Day.String()
		}
		shown = append(shown, one)
	}
	return shown
}

func figuresOf(f inbox.Figures) wire.Figures {
	return wire.Figures{Opened: &f.Opened, Answered: f.Answered, Closed: f.Closed, FirstResponse: tookTimesOf(f.FirstResponse), Resolution: tookTimesOf(f.Resolution),
		Ratings: ratingFiguresOf(f.Ratings)}
}

// ratingFiguresOf is nil where nobody was asked, and nobody rated.
func ratingFiguresOf(f inbox.RatingFigures) *wire.RatingFigures {
	if f == (inbox.RatingFigures{}) {
		return nil
	}
	shown := wire.RatingFigures(f)
	return &shown
}

// tookTimesOf is nil where nothing took any time.
func tookTimesOf(t inbox.Times) *wire.TookTimes {
	if t.Count == 0 {
		return nil
	}
	return &wire.TookTimes{MedianSeconds: int64(t.Median / time.Second), P90Seconds: int64(t.P90 / time.Second), Count: t.Count}
}
