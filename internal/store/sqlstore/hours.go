package sqlstore

import (
	"reflect"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// hoursRow is the part of an app's settings that says when somebody is there.
type hoursRow struct {
	Week     [7][]intervalRow `json:"week"`
	Holidays []holidayRow     `json:"holidays,omitempty"`
}

type intervalRow struct {
	From int `json:"from"`
	To   int `json:"to"`
}

type holidayRow struct {
	Name  string        `json:"name"`
	First int64         `json:"first_micros"`
	Last  int64         `json:"last_micros"`
	Hours []intervalRow `json:"hours,omitempty"`
}

// hoursRowOf is nil of an app that has no hours.
func hoursRowOf(h chat.BusinessHours) *hoursRow {
	if reflect.ValueOf(h).IsZero() {
		return nil
	}
	row := &hoursRow{}
	for i, day := range h.Week {
		row.Week[i] = intervalRows(day)
	}
	for _, one := range h.Holidays {
		row.Holidays = append(row.Holidays, holidayRow{one.Name, one.First.UnixMicro(), one.Last.UnixMicro(), intervalRows(one.Hours)})
	}
	return row
}

func (r *hoursRow) value() (h chat.BusinessHours) {
	if r == nil {
		return h
	}
	for i, day := range r.Week {
		h.Week[i] = intervalsOf(day)
	}
	for _, one := range r.Holidays {
		h.Holidays = append(h.Holidays, chat.Holiday{Name: one.Name, First: time.UnixMicro(one.First).UTC(), Last: time.UnixMicro(one.Last).UTC(), Hours: intervalsOf(one.Hours)})
	}
	return h
}

func intervalRows(intervals []chat.OpenInterval) (rows []intervalRow) {
	for _, one := range intervals {
		rows = append(rows, intervalRow(one))
	}
	return rows
}

func intervalsOf(rows []intervalRow) (intervals []chat.OpenInterval) {
	for _, one := range rows {
		intervals = append(intervals, chat.OpenInterval(one))
	}
	return intervals
}
