package inbox_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/store"
)

func day(text string) inbox.Day {
	day, ok := inbox.ParseDay(text)
	if !ok {
		panic(text)
	}
	return day
}

func (d *desk) numbers(first, last string) inbox.Numbers {
	d.Helper()
	numbers, err := d.Numbers(d.Context(), admin(kim), day(first), day(last))
	d.must(err)
	return numbers
}

func admin(id chat.AgentID) chat.Principal {
	return chat.Principal{App: app, Agent: &chat.AgentAtWork{ID: id, Role: chat.RoleAdmin}}
}

func (d *desk) close(id chat.ConversationID) { d.changes(id, inbox.Change{Status: chat.InboxClosed}) }

// took are times of one measurement.
func took(n time.Duration) inbox.Times { return inbox.Times{Median: n, P90: n, Count: 1} }

func TestNumbersCountEachThingOnItsDay(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.talk(ana)
	d.later(2 * time.Hour)
	d.answers(lou, c)
	d.later(24 * time.Hour)
	d.close(c)
	want := inbox.Numbers{
		TimeZone: "UTC",
		Days: []inbox.DayFigures{
			{day("2026-11-20"), inbox.Figures{Opened: 1, Answered: 1, FirstResponse: took(2 * time.Hour)}},
			{day("2026-11-21"), inbox.Figures{Closed: 1, Resolution: took(26 * time.Hour)}},
		},
		AgentDays: []inbox.AgentFigures{
			{day("2026-11-20"), chat.Colleague{ID: lou, Name: "Lou"}, inbox.Figures{Answered: 1, FirstResponse: took(2 * time.Hour)}},
			{day("2026-11-21"), chat.Colleague{ID: kim, Name: "Kim"}, inbox.Figures{Closed: 1, Resolution: took(26 * time.Hour)}},
		},
		Agents: []inbox.AgentFigures{
			{0, chat.Colleague{ID: kim, Name: "Kim"}, inbox.Figures{Closed: 1, Resolution: took(26 * time.Hour)}},
			{0, chat.Colleague{ID: lou, Name: "Lou"}, inbox.Figures{Answered: 1, FirstResponse: took(2 * time.Hour)}},
		},
		All: inbox.Figures{Opened: 1, Answered: 1, Closed: 1, FirstResponse: took(2 * time.Hour), Resolution: took(26 * time.Hour)},
	}
	d.wantNumbers(d.numbers("2026-11-20", "2026-11-21"), want)

	later := d.numbers("2026-11-22", "2026-11-23")
	d.wantNumbers(inbox.Numbers{Before: later.Before, All: later.All}, inbox.Numbers{Before: want.All})
	if days := d.numbers("2026-11-24", "2026-11-24"); days.All != (inbox.Figures{}) || days.Before != (inbox.Figures{}) {
		t.Errorf("nothing happened then: %+v", days)
	}
}

func TestWhatIsUndoneIsNotCounted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := d.talk(ana)
	d.later(time.Minute)
	d.close(c)
	d.later(time.Second)
	d.changes(c, inbox.Change{Status: chat.InboxOpen})
	if n := d.numbers("2026-11-20", "2026-11-20").All; n != (inbox.Figures{Opened: 1}) {
		t.Errorf("reopened at once: %+v", n)
	}
	d.later(time.Minute)
	d.answers(lou, c)
	d.later(time.Minute)
	d.close(c)
	if n, want := d.numbers("2026-11-20", "2026-11-20").All, (inbox.Figures{Opened: 1, Answered: 1, Closed: 1, FirstResponse: took(121 * time.Second), Resolution: took(181 * time.Second)}); n != want {
		t.Errorf("%+v, want %+v", n, want)
	}
	d.later(time.Minute)
	d.sends(user(ana), sendTo(c))
	if n := d.numbers("2026-11-20", "2026-11-20").All; n.Opened != 2 || n.Closed != 1 {
		t.Errorf("a user came back: %+v", n)
	}
}

func TestDaysAreThoseOfTheApp(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.write(func(tx store.Tx) error {
		a, err := tx.GetApp(app)
		if err != nil {
			return err
		}
		a.Settings.TimeZone = "America/Sao_Paulo"
		return tx.UpdateApp(a)
	})
	for name, c := range map[string]struct {
		at   time.Time
		date string
	}{
		"in the evening there it is the next day in UTC": {time.Date(2018, 11, 2, 1, 0, 0, 0, time.UTC), "2018-11-01"},
		"a minute before the day without a midnight":     {time.Date(2018, 11, 4, 2, 59, 0, 0, time.UTC), "2018-11-03"},
		"its first minute, one o'clock":                  {time.Date(2018, 11, 4, 3, 0, 0, 0, time.UTC), "2018-11-04"},
	} {
		e := chat.Episode{App: app, Conversation: chat.ConversationID(chat.NewID(c.at)), OpenedAt: c.at.Add(-time.Hour), AnsweredAt: c.at, ClosedAt: c.at}
		d.write(func(tx store.Tx) error { return tx.InsertEpisode(e) })
		for i, want := range []int64{0, 1, 0} {
			at := (day(c.date) + inbox.Day(i-1)).String()
			if n := d.numbers(at, at).All; n.Closed != want || n.Answered != want {
				t.Errorf("%s: %s has %+v", name, at, n)
			}
		}
		d.write(func(tx store.Tx) error { return tx.DeleteEpisode(e) })
	}
}

func TestTimesAreTheMiddleOneAndWhatNineOfTenWereWithin(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for n := range 10 {
		e := chat.Episode{App: app, Conversation: chat.ConversationID(chat.NewID(start)), OpenedAt: start, AnsweredAt: start.Add(time.Duration(10-n) * time.Minute), ClosedAt: start.Add(time.Hour)}
		d.write(func(tx store.Tx) error { return tx.InsertEpisode(e) })
	}
	if got, want := d.numbers("2026-11-20", "2026-11-20").All.FirstResponse, (inbox.Times{Median: 5 * time.Minute, P90: 9 * time.Minute, Count: 10}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestNumbersAreForAdminsAndOfAYearAtMost(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	_, err := d.Numbers(t.Context(), agent(kim), day("2026-11-20"), day("2026-11-20"))
	d.wantCode(err, "forbidden")
	_, err = d.Numbers(t.Context(), admin(kim), day("2026-11-20"), day("2026-11-19"))
	d.wantCode(err, "bad_request")
	_, err = d.Numbers(t.Context(), admin(kim), day("2025-11-20"), day("2026-11-21"))
	d.wantCode(err, "bad_request")
	d.numbers("2025-11-20", "2026-11-20")
	for _, text := range []string{"", "2026-11-31", "1970-12-31", "20261121", "2026-11-21T00:00:00Z"} {
		if day, ok := inbox.ParseDay(text); ok {
			t.Errorf("%q is %v", text, day)
		}
	}
}

// wantNumbers compares all of them.
func (d *desk) wantNumbers(got, want inbox.Numbers) {
	d.Helper()
	if !reflect.DeepEqual(got, want) {
		d.Errorf("got  %+v\nwant %+v", got, want)
	}
}
