package chat

import (
	"slices"
	"time"
)

// BusinessHours are when somebody of an app is there to answer. No interval in the whole week means always, but for holidays.
type BusinessHours struct {
	Week     [7][]OpenInterval // from Monday to Sunday
	Holidays []Holiday         // none covers a day that another one does
}

// OpenInterval is from one time of a day to another; one that does not end after it began ends on the next day. It belongs to the day on which it begins.
type OpenInterval struct {
	From, To int // minutes since midnight, as a clock shows them: From less than 1440, To at most that
}

// Holiday is a run of days that go by hours of their own in place of those of the week.
type Holiday struct {
	Name        string
	First, Last time.Time // days: midnight in UTC
	Hours       []OpenInterval
}

// Availability is whether somebody is there, and when that turns.
type Availability struct {
	Open  bool
	Turns time.Time // when it closes or opens next; zero: not within a year
}

const (
	minutesOfDay = 24 * 60
	lookAhead    = 366 // days
)

// period is a time in which somebody is there.
type period struct{ from, to time.Time }

// At tells whether somebody is there at a time, by the clocks of the zone.
func (h BusinessHours) At(at time.Time, zone *time.Location) Availability {
	if h.always() && len(h.Holidays) == 0 {
		return Availability{Open: true} // as in most apps: every chat that is opened asks
	}
	// The day before may last until now.
	first := dayOf(at, zone).AddDate(0, 0, -1)
	var open period
	for i := range lookAhead {
		for _, next := range h.periodsOf(first.AddDate(0, 0, i), zone) {
			switch {
			case !next.to.After(at):
			case open.to.IsZero() && next.from.After(at):
				return Availability{Turns: next.from}
			case open.to.IsZero():
				open = next
			case next.from.After(open.to):
				return Availability{Open: true, Turns: open.to}
			case next.to.After(open.to):
				open.to = next.to
			}
		}
	}
	return Availability{Open: !open.to.IsZero()}
}

// Within is how much of the time from one moment to another somebody is there. Of more than a year only the first one counts.
func (h BusinessHours) Within(from, to time.Time, zone *time.Location) (sum time.Duration) {
	counted := from // nothing is counted twice where periods overlap
	day := dayOf(from, zone).AddDate(0, 0, -1)
	for range lookAhead {
		for _, open := range h.periodsOf(day, zone) {
			begins, ends := later(open.from, counted), open.to
			if ends.After(to) {
				ends = to
			}
			if ends.After(begins) {
				sum, counted = sum+ends.Sub(begins), ends
			}
		}
		if day = day.AddDate(0, 0, 1); begin(day, zone).After(to) {
			break
		}
	}
	return sum
}

// On are the intervals of a day, in order, and the name of the holiday that it is.
func (h BusinessHours) On(day time.Time) (open []OpenInterval, holiday string) {
	for _, one := range h.Holidays {
		if !day.Before(one.First) && !day.After(one.Last) {
			return one.Hours, one.Name
		}
	}
	if h.always() {
		return []OpenInterval{{0, minutesOfDay}}, ""
	}
	return h.Week[(int(day.Weekday())+6)%7], ""
}

func (h BusinessHours) always() bool {
	return !slices.ContainsFunc(h.Week[:], func(day []OpenInterval) bool { return len(day) > 0 })
}

// periodsOf are when somebody is there in the intervals of a day, in order. One that clocks jumped over is none.
func (h BusinessHours) periodsOf(day time.Time, zone *time.Location) []period {
	intervals, _ := h.On(day)
	periods := make([]period, 0, len(intervals))
	for _, interval := range intervals {
		next := period{
			begin(day.Add(time.Duration(interval.From)*time.Minute), zone),
			end(day.Add(time.Duration(interval.end())*time.Minute), zone),
		}
		if next.to.After(next.from) {
			periods = append(periods, next)
		}
	}
	return periods
}

// end is when the interval ends, in minutes since the midnight of the day on which it began.
func (i OpenInterval) end() int {
	if i.To <= i.From {
		return i.To + minutesOfDay
	}
	return i.To
}

// dayOf is the day that a calendar in the zone shows, as midnight in UTC.
func dayOf(at time.Time, zone *time.Location) time.Time {
	year, month, day := at.In(zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
