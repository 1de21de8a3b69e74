package wire

import (
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// BusinessHours are when somebody is there to answer. No interval in the whole week means always, but for holidays.
type BusinessHours struct {
	Week     Week      `json:"week"`
	Holidays []Holiday `json:"holidays"`
}

// Week is each of its days.
type Week struct {
	Monday    []Interval `json:"monday"`
	Tuesday   []Interval `json:"tuesday"`
	Wednesday []Interval `json:"wednesday"`
	Thursday  []Interval `json:"thursday"`
	Friday    []Interval `json:"friday"`
	Saturday  []Interval `json:"saturday"`
	Sunday    []Interval `json:"sunday"`
}

// Interval is from one time of a day to another, as HH:MM; one that does not end after it began ends on the next day.
type Interval struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Holiday is a run of days, as YYYY-MM-DD, with hours of their own; without any it is closed.
type Holiday struct {
	Name  string     `json:"name"`
	First string     `json:"first"`
	Last  string     `json:"last"`
	Hours []Interval `json:"hours"`
}

// HoursShown are the business hours of an app, and what they mean now and in the next days.
type HoursShown struct {
	BusinessHours
	TimeZone string       `json:"timeZone"`
	Now      Availability `json:"now"`
	NextDays []DayShown   `json:"nextDays"`
}

// DayShown is a day as it will be.
type DayShown struct {
	Date    string     `json:"date"`
	Holiday string     `json:"holiday,omitzero"`
	Hours   []Interval `json:"hours"`
}

// Availability is whether somebody is there to answer, and when that turns; absent: not within a year.
type Availability struct {
	Open    bool `json:"open"`
	TurnsAt Time `json:"turnsAt,omitzero"`
}

// daysShown is how many days are shown as they will be.
const daysShown = 7

// AvailabilityOf is whether somebody is there.
func AvailabilityOf(a chat.Availability) Availability {
	return Availability{Open: a.Open, TurnsAt: At(a.Turns)}
}

// HoursShownOf are the hours of an app at a time.
func HoursShownOf(app chat.App, at time.Time) HoursShown {
	hours, zone := app.Settings.Hours, app.Settings.Zone()
	shown := HoursShown{TimeZone: app.Settings.TimeZone, Now: AvailabilityOf(hours.At(at, zone)), NextDays: make([]DayShown, 0, daysShown)}
	shown.Holidays = make([]Holiday, 0, len(hours.Holidays))
	for i, day := range shown.Week.days() {
		*day = intervalsOf(hours.Week[i])
	}
	for _, one := range hours.Holidays {
		shown.Holidays = append(shown.Holidays, Holiday{one.Name, one.First.Format(time.DateOnly), one.Last.Format(time.DateOnly), intervalsOf(one.Hours)})
	}
	year, month, today := at.In(zone).Date()
	for i := range daysShown {
		day := time.Date(year, month, today+i, 0, 0, 0, 0, time.UTC)
		open, holiday := hours.On(day)
		shown.NextDays = append(shown.NextDays, DayShown{day.Format(time.DateOnly), holiday, intervalsOf(open)})
	}
	return shown
}

// Value reads the hours. Invalid, with Field, for what is no time or no day.
func (h BusinessHours) Value() (hours chat.BusinessHours, err error) {
	names := []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
	for i, day := range h.Week.days() {
		if hours.Week[i], err = readIntervals("week."+names[i], *day); err != nil {
			return hours, err
		}
	}
	for i, one := range h.Holidays {
		at := fmt.Sprintf("holidays[%d].", i)
		read := chat.Holiday{Name: one.Name}
		if read.First, err = readDay(at+"first", one.First); err != nil {
			return hours, err
		}
		if read.Last, err = readDay(at+"last", one.Last); err != nil {
			return hours, err
		}
		if read.Hours, err = readIntervals(at+"hours", one.Hours); err != nil {
			return hours, err
		}
		hours.Holidays = append(hours.Holidays, read)
	}
	return hours, nil
}

func (w *Week) days() [7]*[]Interval {
	return [7]*[]Interval{&w.Monday, &w.Tuesday, &w.Wednesday, &w.Thursday, &w.Friday, &w.Saturday, &w.Sunday}
}

func intervalsOf(day []chat.OpenInterval) []Interval {
	shown := make([]Interval, 0, len(day))
	for _, one := range day {
		shown = append(shown, Interval{clockOf(one.From), clockOf(one.To)})
	}
	return shown
}

func clockOf(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func readIntervals(field string, day []Interval) ([]chat.OpenInterval, error) {
	var read []chat.OpenInterval
	for i, one := range day {
		from, begins := minutesOf(one.From)
		to, ends := minutesOf(one.To)
		switch {
		case !begins:
			return nil, chat.InvalidField(fmt.Sprintf("%s[%d].from", field, i), "must be a time such as 09:00")
		case !ends:
			return nil, chat.InvalidField(fmt.Sprintf("%s[%d].to", field, i), "must be a time such as 17:30; the day ends at 24:00")
		}
		read = append(read, chat.OpenInterval{From: from, To: to})
	}
	return read, nil
}

// minutesOf reads HH:MM, up to 24:00.
func minutesOf(clock string) (minutes int, ok bool) {
	if clock == "24:00" {
		return 24 * 60, true
	}
	at, err := time.Parse("15:04", clock)
	return at.Hour()*60 + at.Minute(), err == nil && len(clock) == len("15:04")
}

func readDay(field, text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Year() < 1970 {
		return time.Time{}, chat.InvalidField(field, "must be a day such as 2026-12-24")
	}
	return day, nil
}
