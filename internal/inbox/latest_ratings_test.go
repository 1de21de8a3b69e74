package inbox_test

import (
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/store"
)

func (d *desk) latestRatings(cursor string, limit int) ([]inbox.ReadRating, string) {
	d.Helper()
	ratings, next, err := d.LatestRatings(d.Context(), admin(kim), cursor, limit)
	d.must(err)
	return ratings, next
}

func TestRatingsCountWhereTheyWereAskedForAndGiven(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.asksForRatings()
	c := d.closed() // answered by Lou, to whom it is assigned
	d.later(24 * time.Hour)
	d.must(d.rates(ana, d.forms(c)[0], value("4"), comment))
	first := d.numbers("2026-11-20", "2026-11-20")
	if got, want := first.All.Ratings, (inbox.RatingFigures{Asked: 1}); got != want {
		t.Errorf("on the day of the closing %+v, want %+v", got, want)
	}
	both := d.numbers("2026-11-20", "2026-11-21")
	given := inbox.RatingFigures{Given: 1, Good: 1}
	if both.Days[1].Ratings != given || both.All.Ratings != (inbox.RatingFigures{Asked: 1, Given: 1, Good: 1}) {
		t.Errorf("on the next %+v, on both %+v", both.Days[1].Ratings, both.All.Ratings)
	}
	if last := both.AgentDays[len(both.AgentDays)-1]; last.Agent.Name != "Lou" || last.Ratings != given {
		t.Errorf("of the agent %+v", last)
	}
	if next := d.numbers("2026-11-21", "2026-11-21"); next.Before.Ratings != (inbox.RatingFigures{Asked: 1}) {
		t.Errorf("the day before %+v", next.Before.Ratings)
	}
	d.later(time.Minute)
	d.must(d.rates(ana, d.forms(d.closed())[1], value("3")))
	if got, want := d.numbers("2026-11-21", "2026-11-21").All.Ratings, (inbox.RatingFigures{Asked: 1, Given: 2, Good: 1}); got != want {
		t.Errorf("with one that is not good %+v, want %+v", got, want)
	}
}

func TestAQuestionThatIsTakenBackWasNotAsked(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.asksForRatings()
	c := d.closed()
	d.changes(c, inbox.Change{Status: chat.InboxOpen})
	if got := d.numbers("2026-11-20", "2026-11-20").All.Ratings; got != (inbox.RatingFigures{}) {
		t.Errorf("counts %+v", got)
	}
}

func TestTheLatestRatingsAreRead(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	if none, next := d.latestRatings("", 5); len(none) != 0 || next != "" {
		t.Errorf("at first %+v", none)
	}
	d.asksForRatings()
	c := d.closed()
	d.must(d.rates(ana, d.forms(c)[0], value("5"), comment))
	d.later(time.Minute)
	d.must(d.rates(ana, d.forms(d.closed())[1], value("1")))

	page, next := d.latestRatings("", 1)
	if len(page) != 1 || page[0].Value != 1 || page[0].Comment != "" || page[0].Row.Person.ID != ana {
		t.Errorf("the newest %+v", page)
	}
	rest, end := d.latestRatings(next, 1)
	if len(rest) != 1 || rest[0].Value != 5 || rest[0].Comment != "quick!" || rest[0].Agent != (chat.Colleague{ID: lou, Name: "Lou"}) || end != "" {
		t.Errorf("then %+v, and more after %q", rest, end)
	}
	d.write(func(tx store.Tx) error { return tx.DeleteConversation(app, c) })
	if left, _ := d.latestRatings("", 9); len(left) != 2 || left[1].Comment != "" || left[1].Row.Entry.Conversation != "" {
		t.Errorf("without their conversation %+v", left)
	}
	if got := d.numbers("2026-11-20", "2026-11-20").All.Ratings.Given; got != 2 {
		t.Errorf("and counts %d", got)
	}
	_, _, err := d.LatestRatings(t.Context(), agent(kim), "", 5)
	d.wantCode(err, "forbidden")
	for _, bad := range []func() error{
		func() error { _, _, err := d.LatestRatings(t.Context(), admin(kim), "x", 5); return err },
		func() error { _, _, err := d.LatestRatings(t.Context(), admin(kim), "", 0); return err },
		func() error { _, _, err := d.LatestRatings(t.Context(), admin(kim), "", 101); return err },
	} {
		d.wantCode(bad(), "bad_request")
	}
}
