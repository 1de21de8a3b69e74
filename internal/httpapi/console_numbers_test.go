package httpapi_test

import (
	"testing"
	"time"
)

type numbersFigures struct {
	Date          string
	Opened        *int64
	Answered      int64
	Closed        int64
	FirstResponse *struct{ MedianSeconds, P90Seconds, Count int64 }
	Ratings       *struct{ Asked, Given, Good int64 }
	Agent         *struct{ ID, Name string }
}

type numbers struct {
	TimeZone, From, To      string
	All, Before             numbersFigures
	Days, Agents, AgentDays []numbersFigures
}

func TestAdminsReadNumbers(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ada := o.boss.colleague(string(o.App.ID), "Ada", "admin")
	ada.root += "/apps/" + string(o.App.ID)
	o.kim.do("POST", o.at("/messages"), `{"id":"a-1","text":"Yes.","seen":1}`).want(201)
	o.change(o.kim, `{"status":"closed"}`)
	today := time.Now().UTC().Format(time.DateOnly)

	n := read[numbers](ada.do("GET", "/numbers", "").want(200))
	if n.TimeZone != "UTC" || n.To != today || len(n.Days) != 30 || n.Days[29].Date != today || n.Days[0].Date != n.From {
		t.Errorf("%+v", n)
	}
	if *n.All.Opened != 1 || n.All.Answered != 1 || n.All.Closed != 1 || n.All.FirstResponse.Count != 1 || *n.Before.Opened != 0 || n.Before.FirstResponse != nil {
		t.Errorf("%+v before %+v", n.All, n.Before)
	}
	if len(n.Agents) != 1 || n.Agents[0].Agent.Name != "Kim" || n.Agents[0].Opened != nil || n.Agents[0].Closed != 1 || len(n.AgentDays) != 1 || n.AgentDays[0].Date != today {
		t.Errorf("%+v, %+v", n.Agents, n.AgentDays)
	}

	ada.do("GET", "/numbers?from=2026-01-01&to=2026-01-31", "").want(200)
	if week := read[numbers](ada.do("GET", "/numbers?days=7", "").want(200)); len(week.Days) != 7 || week.To != today {
		t.Errorf("a week: %+v", week)
	}
	for _, days := range []string{"0", "367", "x"} {
		ada.do("GET", "/numbers?days="+days, "").wantProblem(400, "bad_request", "days")
	}
	ada.do("GET", "/numbers?from=2026-02-30", "").wantProblem(400, "bad_request", "from")
	ada.do("GET", "/numbers?to=tomorrow", "").wantProblem(400, "bad_request", "to")
	ada.do("GET", "/numbers?from=2026-01-02&to=2026-01-01", "").wantProblem(400, "bad_request", "to")
	ada.do("GET", "/numbers?from=2025-01-01&to=2026-01-02", "").wantProblem(400, "bad_request", "from")
	o.kim.do("GET", "/numbers", "").wantProblem(403, "role_needed", "")
}
