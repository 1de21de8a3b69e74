package inbox

import (
	"cmp"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Day is a date of the calendar: its days since 1 January 1970.
type Day int64

const secondsOfDay = 24 * 60 * 60

// ParseDay reads a date such as 2026-11-21.
func ParseDay(text string) (day Day, ok bool) {
	at, err := time.Parse(time.DateOnly, text)
	return Day(at.Unix() / secondsOfDay), err == nil && at.Year() > 1970
}

// DayOf is the date at a time in a time zone.
func DayOf(at time.Time, zone *time.Location) Day {
	year, month, day := at.In(zone).Date()
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}

func (d Day) date() time.Time { return time.Unix(int64(d)*secondsOfDay, 0).UTC() }

// String is the date as ParseDay reads it.
func (d Day) String() string { return d.date().Format(time.DateOnly) }

// Times are how long something took; zero where nothing did.
type Times struct {
	Median, P90 time.Duration // the middle one, and what nine of ten were within
	Count       int64
}

// durations are kept in seconds: a year of a busy app has hundreds of thousands.
type durations []int32

func (d *durations) add(from, to time.Time) {
	*d = append(*d, int32(min(max(to.Sub(from)/time.Second, 0), 1<<31-1)))
}

// times sorts what was added.
func (d durations) times() Times {
	if len(d) == 0 {
		return Times{}
	}
	slices.Sort(d)
	within := func(share int) time.Duration { return time.Duration(d[(len(d)*share+99)/100-1]) * time.Second }
	return Times{Median: within(50), P90: within(90), Count: int64(len(d))}
}

// sums are the figures of something while they are being counted.
type sums struct {
	opened, answered, closed  int64
	firstResponse, resolution durations
	ratings                   RatingFigures
}

func (s *sums) answer(e chat.Episode) {
	s.answered++
	s.firstResponse.add(e.OpenedAt, e.AnsweredAt)
}

func (s *sums) close(e chat.Episode) {
	s.closed++
	if !e.AnsweredAt.IsZero() {
		s.resolution.add(e.OpenedAt, e.ClosedAt)
	}
}

func (s *sums) rate(value int64) {
	s.ratings.Given++
	if value >= chat.GoodRating {
		s.ratings.Good++
	}
}

func (s *sums) figures() Figures {
	return Figures{Opened: s.opened, Answered: s.answered, Closed: s.closed, FirstResponse: s.firstResponse.times(), Resolution: s.resolution.times(), Ratings: s.ratings}
}

// agentDay is what an agent did on a day.
type agentDay struct {
	day   Day
	agent chat.AgentID
}

// tally counts episodes and ratings of a span of days, and of as many before it.
type tally struct {
	zone        *time.Location
	first, last Day
	all, before sums
	days        []sums
	byAgent     map[chat.AgentID]*sums
	byAgentDay  map[agentDay]*sums
}

func newTally(zone *time.Location, first, last Day) *tally {
	return &tally{zone: zone, first: first, last: last, days: make([]sums, last-first+1), byAgent: map[chat.AgentID]*sums{}, byAgentDay: map[agentDay]*sums{}}
}

// length is how many days the span has.
func (t *tally) length() Day { return t.last - t.first + 1 }

// bounds are times between which all that counts happened. They hold a day more at each end, as no zone is further from UTC.
func (t *tally) bounds() (from, to time.Time) {
	return (t.first - t.length() - 1).date(), (t.last + 2).date()
}

func (t *tally) add(e chat.Episode) {
	for _, s := range t.at(e.OpenedAt) {
		s.opened++
	}
	for _, s := range t.of(e.AnsweredAt, e.AnsweredBy) {
		s.answer(e)
	}
	for _, s := range t.of(e.ClosedAt, e.ClosedBy) {
		s.close(e)
	}
}

func (t *tally) addAsked(r chat.Rating) {
	for _, s := range t.of(r.AskedAt, r.Agent) {
		s.ratings.Asked++
	}
}

func (t *tally) addRated(r chat.Rating) {
	for _, s := range t.of(r.RatedAt, r.Agent) {
		s.rate(r.Value)
	}
}

// at are the sums of everybody that something of a time counts in.
func (t *tally) at(at time.Time) []*sums {
	switch day := DayOf(at, t.zone); {
	case at.IsZero() || day < t.first-t.length() || day > t.last:
		return nil
	case day < t.first:
		return []*sums{&t.before}
	default:
		return []*sums{&t.all, &t.days[day-t.first]}
	}
}

// of are the sums that something which an agent did counts in.
func (t *tally) of(at time.Time, agent chat.AgentID) []*sums {
	all := t.at(at)
	if len(all) < 2 {
		return all
	}
	return append(all, entry(t.byAgent, agent), entry(t.byAgentDay, agentDay{DayOf(at, t.zone), agent}))
}

// entry is the one of a map, made where there is none.
func entry[K comparable](all map[K]*sums, key K) *sums {
	if all[key] == nil {
		all[key] = &sums{}
	}
	return all[key]
}

func (t *tally) numbers(names map[chat.AgentID]string) Numbers {
	n := Numbers{TimeZone: t.zone.String(), All: t.all.figures(), Before: t.before.figures()}
	for i := range t.days {
		n.Days = append(n.Days, DayFigures{t.first + Day(i), t.days[i].figures()})
	}
	for id, sums := range t.byAgent {
		n.Agents = append(n.Agents, AgentFigures{Agent: chat.Colleague{ID: id, Name: names[id]}, Figures: sums.figures()})
	}
	for of, sums := range t.byAgentDay {
		n.AgentDays = append(n.AgentDays, AgentFigures{of.day, chat.Colleague{ID: of.agent, Name: names[of.agent]}, sums.figures()})
	}
	slices.SortFunc(n.Agents, inOrder)
	slices.SortFunc(n.AgentDays, inOrder)
	return n
}

func inOrder(a, b AgentFigures) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Agent.Name, b.Agent.Name), cmp.Compare(a.Agent.ID, b.Agent.ID))
}
