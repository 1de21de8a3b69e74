package httpapi_test

import (
	"strings"
	"testing"
	"time"
)

type hoursShown struct {
	Week     map[string][]struct{ From, To string }
	Holidays []struct{ Name, First, Last string }
	TimeZone string
	Now      availability
	NextDays []struct {
		Date, Holiday string
		Hours         []struct{ From, To string }
	}
}

type availability struct {
	Open    bool
	TurnsAt time.Time
}

const week = `{"monday":[],"tuesday":[],"wednesday":[{"from":"09:00","to":"12:00"},{"from":"22:00","to":"02:00"}],"thursday":[],"friday":[],"saturday":[],"sunday":[]}`

func TestAdminsSetBusinessHours(t *testing.T) {
	t.Parallel()
	e := start(t)
	app := string(e.App.ID)
	boss := e.boss()
	ada := boss.colleague(app, "Ada", "admin")
	ada.root += "/apps/" + app
	before := read[hoursShown](ada.do("GET", "/business-hours", "").want(200))
	if !before.Now.Open || !before.Now.TurnsAt.IsZero() || len(before.NextDays) != 7 || before.NextDays[0].Hours[0].To != "24:00" || before.TimeZone != "UTC" {
		t.Errorf("a new app: %+v", before)
	}
	today, far := time.Now().UTC().Format(time.DateOnly), time.Now().UTC().AddDate(0, 0, 30).Format(time.DateOnly)
	shut := `{"week":` + week + `,"holidays":[{"name":"Shut","first":"` + today + `","last":"` + far + `","hours":[]}]}`
	after := read[hoursShown](ada.do("PUT", "/business-hours", shut).want(200))
	if after.Now.Open || after.Now.TurnsAt.Before(time.Now().AddDate(0, 0, 29)) || after.NextDays[0].Holiday != "Shut" || len(after.Week["wednesday"]) != 2 || after.Holidays[0].Last != far {
		t.Errorf("as it was set: %+v", after)
	}
	seen := read[availability](e.call("GET", e.sdk("/availability"), "", "Origin: https://shop.example").want(200))
	if seen != after.Now {
		t.Errorf("a page is told %+v", seen)
	}
	for field, body := range map[string]string{
		"week.wednesday[1].to": strings.Replace(shut, "02:00", "2:00", 1), "week.wednesday": strings.Replace(shut, "22:00", "11:00", 1), "week.wednesday[0].from": strings.Replace(shut, "09:00", "09:60", 1),
		"holidays[0].first": strings.Replace(shut, today, "tomorrow", 1), "holidays[0].last": strings.Replace(shut, far, "2020-01-01", 1), "holidays[0].name": strings.Replace(shut, "Shut", "", 1),
	} {
		ada.do("PUT", "/business-hours", body).wantProblem(400, "bad_request", field)
	}
	if again := read[hoursShown](ada.do("GET", "/business-hours", "").want(200)); again.Now != after.Now {
		t.Errorf("a refused change was made: %+v", again)
	}
	log := read[auditLog](boss.do("GET", "/apps/"+app+"/audit", "").want(200))
	if last := log.Entries[0]; last.Action != "app.hours" || last.Detail["wednesday"] != "09:00-12:00, 22:00-02:00" || last.Detail["holidays"] != "1" || last.Actor.Name != "Ada" {
		t.Errorf("the audit log has %+v", last)
	}
}
