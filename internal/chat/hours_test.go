package chat_test

import (
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// every is a week that is the same each day.
func every(intervals ...chat.OpenInterval) chat.BusinessHours {
	var hours chat.BusinessHours
	for i := range hours.Week {
		hours.Week[i] = intervals
	}
	return hours
}

func from(hour, minute, toHour, toMinute int) chat.OpenInterval {
	return chat.OpenInterval{From: 60*hour + minute, To: 60*toHour + toMinute}
}

func day(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return at
}

func TestBusinessHours(t *testing.T) {
	t.Parallel()
	work := from(9, 0, 17, 0)
	week := chat.BusinessHours{Week: [7][]chat.OpenInterval{{work}, {from(9, 0, 12, 0), from(13, 0, 17, 0)}, {work}, {work}, {from(9, 0, 17, 0), from(22, 0, 2, 0)}, {}, {}}}
	week.Holidays = []chat.Holiday{
		{Name: "Works outing", First: day("2026-09-02"), Last: day("2026-09-02"), Hours: []chat.OpenInterval{from(9, 0, 10, 30)}},
		{Name: "Closed", First: day("2026-09-10"), Last: day("2026-09-14")},
	}
	shut := chat.BusinessHours{}
	for year := 2026; year < 2029; year++ {
		shut.Holidays = append(shut.Holidays, chat.Holiday{Name: "Shut", First: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), Last: time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC)})
	}
	for name, test := range map[string]struct {
		hours        chat.BusinessHours
		zone, at     string
		open         bool
		turns        string // RFC 3339, "": never
		withinOneDay time.Duration
	}{
		"no hours: always":                   {chat.BusinessHours{}, "Europe/Berlin", "2026-09-01T03:00:00Z", true, "", 24 * time.Hour},
		"the whole of each day: always":      {every(from(0, 0, 24, 0)), "Europe/Berlin", "2026-10-24T12:00:00Z", true, "", 24 * time.Hour},
		"over each midnight: always":         {every(from(8, 0, 20, 0), from(20, 0, 8, 0)), "Europe/Berlin", "2026-03-28T12:00:00Z", true, "", 24 * time.Hour},
		"never within a year":                {shut, "Europe/Berlin", "2026-09-01T03:00:00Z", false, "", 0},
		"a Monday morning":                   {week, "Europe/Berlin", "2026-08-31T06:59:59Z", false, "2026-08-31T09:00:00+02:00", 8 * time.Hour},
		"the first moment":                   {week, "Europe/Berlin", "2026-08-31T07:00:00Z", true, "2026-08-31T17:00:00+02:00", 8 * time.Hour},
		"the last moment is over":            {week, "Europe/Berlin", "2026-08-31T15:00:00Z", false, "2026-09-01T09:00:00+02:00", 7 * time.Hour},
		"a pause":                            {week, "Europe/Berlin", "2026-09-01T10:30:00Z", false, "2026-09-01T13:00:00+02:00", 5*time.Hour + 30*time.Minute},
		"a holiday with other hours":         {week, "Europe/Berlin", "2026-09-02T07:30:00Z", true, "2026-09-02T10:30:00+02:00", 90 * time.Minute},
		"after midnight, of Friday":          {week, "Europe/Berlin", "2026-09-04T23:30:00Z", true, "2026-09-05T02:00:00+02:00", 30 * time.Minute},
		"a holiday and a weekend":            {week, "Europe/Berlin", "2026-09-09T16:00:00Z", false, "2026-09-15T09:00:00+02:00", 0},
		"elsewhere it is another day":        {week, "Pacific/Auckland", "2026-08-30T20:59:00Z", false, "2026-08-31T09:00:00+12:00", 8 * time.Hour},
		"spring forward inside":              {every(from(1, 0, 5, 0)), "Europe/Berlin", "2026-03-29T00:30:00Z", true, "2026-03-29T05:00:00+02:00", 4 * time.Hour},
		"begins where clocks jump":           {every(from(2, 30, 5, 0)), "Europe/Berlin", "2026-03-29T00:30:00Z", false, "2026-03-29T03:00:00+02:00", 2 * time.Hour},
		"ends where clocks jump":             {every(from(1, 0, 2, 30)), "Europe/Berlin", "2026-03-29T00:30:00Z", true, "2026-03-29T03:00:00+02:00", 2 * time.Hour},
		"ends when clocks have jumped":       {every(from(1, 0, 3, 0)), "Europe/Berlin", "2026-03-29T00:30:00Z", true, "2026-03-29T03:00:00+02:00", 2 * time.Hour},
		"all of it is jumped over":           {every(from(2, 10, 2, 50)), "Europe/Berlin", "2026-03-28T12:00:00Z", false, "2026-03-30T02:10:00+02:00", 0},
		"back in autumn, inside":             {every(from(1, 0, 5, 0)), "Europe/Berlin", "2026-10-24T23:30:00Z", true, "2026-10-25T05:00:00+01:00", 4*time.Hour + 30*time.Minute},
		"begins at what comes twice":         {every(from(2, 30, 5, 0)), "Europe/Berlin", "2026-10-25T00:29:00Z", false, "2026-10-25T02:30:00+02:00", 3*time.Hour + 30*time.Minute},
		"ends at what comes twice":           {every(from(1, 0, 2, 30)), "Europe/Berlin", "2026-10-25T01:15:00Z", true, "2026-10-25T02:30:00+01:00", 90 * time.Minute},
		"ends before what comes twice":       {every(from(1, 0, 2, 0)), "Europe/Berlin", "2026-10-25T00:00:00Z", false, "2026-10-26T01:00:00+01:00", 0},
		"half an hour forward":               {every(from(1, 0, 3, 0)), "Australia/Lord_Howe", "2026-10-03T14:45:00Z", true, "2026-10-04T03:00:00+11:00", 2 * time.Hour},
		"half an hour back":                  {every(from(1, 0, 3, 0)), "Australia/Lord_Howe", "2026-04-04T14:30:00Z", true, "2026-04-05T03:00:00+10:30", 2 * time.Hour},
		"midnight comes twice":               {every(from(22, 0, 24, 0)), "America/Havana", "2026-11-01T03:00:00Z", true, "2026-11-01T00:00:00-04:00", time.Hour},
		"the hour before midnight twice":     {every(from(22, 0, 24, 0)), "Asia/Beirut", "2026-10-24T20:30:00Z", true, "2026-10-25T00:00:00+02:00", 2 * time.Hour},
		"there is no midnight":               {every(from(0, 0, 6, 0)), "America/Santiago", "2026-09-06T03:00:00Z", false, "2026-09-06T01:00:00-03:00", 5 * time.Hour},
		"there is no such day":               {every(work), "Pacific/Apia", "2011-12-30T04:00:00Z", false, "2011-12-31T09:00:00+14:00", 8 * time.Hour},
		"over midnight into no such day":     {every(from(22, 0, 2, 0)), "Pacific/Apia", "2011-12-30T09:00:00Z", true, "2011-12-31T02:00:00+14:00", 4 * time.Hour},
		"a zone with a quarter of an hour":   {every(work), "Asia/Kathmandu", "2026-09-01T03:14:00Z", false, "2026-09-01T09:00:00+05:45", 8 * time.Hour},
		"in the night before another offset": {every(from(23, 30, 0, 30)), "Europe/London", "2026-10-24T22:15:00Z", false, "2026-10-24T23:30:00+01:00", time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(test.zone)
			if err != nil {
				t.Fatal(err)
			}
			at, err := time.Parse(time.RFC3339, test.at)
			if err != nil {
				t.Fatal(err)
			}
			now := test.hours.At(at, zone)
			turns := ""
			if !now.Turns.IsZero() {
				turns = now.Turns.In(zone).Format(time.RFC3339)
			}
			if now.Open != test.open || turns != test.turns {
				t.Errorf("open %v until %q, want %v until %q", now.Open, turns, test.open, test.turns)
			}
			if !now.Turns.IsZero() {
				if before := test.hours.At(now.Turns.Add(-time.Second), zone); before.Open != test.open {
					t.Error("it turns before it turns")
				}
				if after := test.hours.At(now.Turns, zone); after.Open == test.open {
					t.Error("it turns, and does not turn")
				}
			}
			until := at.Add(24 * time.Hour)
			if got := test.hours.Within(at, until, zone); got != test.withinOneDay {
				t.Errorf("%v in the next day, want %v", got, test.withinOneDay)
			}
		})
	}
}

// TestTimeOfBusinessAddsUp: what lies between two moments is the same however it is cut, over all changes of clocks of a year.
func TestTimeOfBusinessAddsUp(t *testing.T) {
	t.Parallel()
	hours := every(from(1, 15, 2, 45), from(9, 0, 12, 0), from(22, 0, 1, 0))
	for _, name := range []string{"UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 1, 1, 0, 7, 0, 0, time.UTC)
		for range 330 {
			third, whole := 7*time.Hour+53*time.Minute, 26*time.Hour+11*time.Minute
			if parts := hours.Within(at, at.Add(third), zone) + hours.Within(at.Add(third), at.Add(whole), zone); parts != hours.Within(at, at.Add(whole), zone) {
				t.Fatalf("%s, %s: %v in parts, %v as a whole", name, at, parts, hours.Within(at, at.Add(whole), zone))
			}
			if hours.At(at, zone).Open != (hours.Within(at, at.Add(time.Second), zone) > 0) {
				t.Fatalf("%s, %s: open, or not", name, at)
			}
			at = at.Add(whole)
		}
	}
}

func TestHoursThatCannotBe(t *testing.T) {
	t.Parallel()
	holiday := func(name, first, last string, hours ...chat.OpenInterval) chat.BusinessHours {
		return chat.BusinessHours{Holidays: []chat.Holiday{{Name: "Other", First: day("2026-05-01"), Last: day("2026-05-03")}, {Name: name, First: day(first), Last: day(last), Hours: hours}}}
	}
	for name, test := range map[string]struct {
		hours chat.BusinessHours
		field string
	}{
		"good":                {every(from(0, 0, 24, 0)), ""},
		"over midnight":       {every(from(8, 0, 12, 0), from(20, 0, 4, 0)), ""},
		"no length":           {every(from(8, 0, 8, 0)), "week.monday"},
		"begins at 24:00":     {every(chat.OpenInterval{From: 1440, To: 60}), "week.monday"},
		"ends after the day":  {every(chat.OpenInterval{From: 60, To: 1441}), "week.monday"},
		"overlapping":         {every(from(8, 0, 12, 0), from(11, 0, 13, 0)), "week.monday"},
		"after a night":       {every(from(20, 0, 4, 0), from(22, 0, 23, 0)), "week.monday"},
		"a good holiday":      {holiday("New", "2026-05-04", "2026-05-04", from(9, 0, 12, 0)), ""},
		"no name":             {holiday("", "2026-05-04", "2026-05-04"), "holidays[1].name"},
		"ends before":         {holiday("New", "2026-05-05", "2026-05-04"), "holidays[1].last"},
		"longer than a year":  {holiday("New", "2026-05-05", "2027-05-06"), "holidays[1].last"},
		"a day of two":        {holiday("New", "2026-04-05", "2026-05-01"), "holidays[1].first"},
		"hours of no length":  {holiday("New", "2026-05-04", "2026-05-04", from(9, 0, 9, 0)), "holidays[1].hours"},
		"too many in a day":   {every(make([]chat.OpenInterval, chat.MaxIntervals+1)...), "week.monday"},
		"too many holidays":   {chat.BusinessHours{Holidays: make([]chat.Holiday, chat.MaxHolidays+1)}, "holidays"},
		"a name out of lines": {holiday("New\nYear", "2026-05-04", "2026-05-04"), "holidays[1].name"},
	} {
		if field, problem := test.hours.Check(); field != test.field || (problem == "") != (field == "") {
			t.Errorf("%s: %q %q, want %q", name, field, problem, test.field)
		}
	}
}
