package chat

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits of business hours.
const (
	MaxIntervals   = 8 // of a day
	MaxHolidays    = 200
	maxHolidayName = 100
	maxHolidayDays = 366
)

// Check says what is wrong with the hours, and with which part of them; "" is nothing. Names are those of the API.
func (h BusinessHours) Check() (field, problem string) {
	for i, day := range h.Week {
		if problem := checkIntervals(day); problem != "" {
			return "week." + strings.ToLower(time.Weekday((i+1)%7).String()), problem
		}
	}
	if len(h.Holidays) > MaxHolidays {
		return "holidays", fmt.Sprintf("must be at most %d", MaxHolidays)
	}
	for i, holiday := range h.Holidays {
		if field, problem := holiday.check(); problem != "" {
			return fmt.Sprintf("holidays[%d].%s", i, field), problem
		}
	}
	for i, holiday := range h.Holidays {
		if slices.ContainsFunc(h.Holidays[:i], holiday.touches) {
			return fmt.Sprintf("holidays[%d].first", i), "must not be a day of another holiday"
		}
	}
	return "", ""
}

func (d Holiday) check() (field, problem string) {
	switch {
	case strings.TrimSpace(d.Name) == "" || strings.TrimSpace(d.Name) != d.Name:
		return "name", "must not be empty and must not begin or end with a space"
	case utf8.RuneCountInString(d.Name) > maxHolidayName || strings.ContainsFunc(d.Name, func(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }):
		return "name", fmt.Sprintf("must have at most %d characters, all of them printable", maxHolidayName)
	case d.Last.Before(d.First):
		return "last", "must not be before the first day"
	case !d.Last.Before(d.First.AddDate(0, 0, maxHolidayDays)):
		return "last", fmt.Sprintf("must be at most %d days after the first one", maxHolidayDays-1)
	}
	return "hours", checkIntervals(d.Hours)
}

func (d Holiday) touches(other Holiday) bool {
	return !d.Last.Before(other.First) && !other.Last.Before(d.First)
}

func checkIntervals(day []OpenInterval) string {
	if len(day) > MaxIntervals {
		return fmt.Sprintf("must have at most %d intervals", MaxIntervals)
	}
	for i, one := range day {
		switch {
		case one.From < 0 || one.From >= minutesOfDay || one.To < 0 || one.To > minutesOfDay:
			return "must have times from 00:00 to 23:59; an interval may end at 24:00"
		case one.From == one.To:
			return "must have intervals that end at another time than they begin; the whole day is 00:00 to 24:00"
		case i > 0 && one.From < day[i-1].end():
			return "must have intervals in order that do not overlap"
		}
	}
	return ""
}
