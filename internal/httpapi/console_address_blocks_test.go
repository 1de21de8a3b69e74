package httpapi_test

import (
	"testing"
	"time"
)

func TestAdminsBlockAddresses(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	type block struct {
		ID, Addresses, Note string
		By                  struct{ Name string }
		Until               time.Time
	}
	add := func(body string) block {
		t.Helper()
		return read[struct{ Block block }](ada.do("POST", "/blocks", body).want(201)).Block
	}
	list := func() []block {
		t.Helper()
		return read[struct{ Addresses []block }](ada.do("GET", "/blocks", "").want(200)).Addresses
	}
	in := e.signIn(`{}`).want(201).signedIn()
	own := add(`{"addresses":"127.0.0.1","note":"us"}`)
	add(`{"addresses":"2001:db8::1"}`)
	hour := add(`{"addresses":"203.0.113.9/24","seconds":3600}`)
	if hour.Addresses != "203.0.113.0/24" || time.Until(hour.Until) > time.Hour || time.Until(hour.Until) < 50*time.Minute {
		t.Errorf("%+v", hour)
	}
	if got := list(); len(got) != 3 || got[2].Addresses != "127.0.0.1" || got[2].Note != "us" || got[2].By.Name != "Ada" || got[1].Addresses != "2001:db8::/64" {
		t.Errorf("%+v", got)
	}

	e.signIn(`{}`).wantProblem(403, "address_blocked", "")
	e.call("GET", "/sdk/v1/apps/"+string(e.App.ID)+"/config", "").wantProblem(403, "address_blocked", "")
	e.call("POST", e.page("/session"), "{}", "Origin: "+e.URL).wantProblem(403, "address_blocked", "")
	e.rest("GET", "/users/"+in.User.ID, "").want(200)
	ada.do("GET", "/users", "").want(200)

	add(`{"addresses":"127.0.0.1/32","note":"again"}`)
	if got := list(); len(got) != 3 || got[0].Note != "again" {
		t.Errorf("blocked twice: %+v", got)
	}
	ada.do("DELETE", "/blocks/"+own.ID, "").wantProblem(404, "address_block_not_found", "")
	ada.do("DELETE", "/blocks/"+list()[0].ID, "").want(204)
	e.signIn(`{}`).want(201)

	for body, field := range map[string]string{
		`{"addresses":"everywhere"}`: "addresses", `{"addresses":"0.0.0.0/0"}`: "addresses", `{"addresses":"203.0.113.7","seconds":-1}`: "seconds", `{"addresses":"203.0.113.7","seconds":99999999999}`: "seconds",
		`{"addresses":"203.0.113.7","seconds":31536001}`: "seconds",
	} {
		ada.do("POST", "/blocks", body).wantProblem(400, "bad_request", field)
	}
}

func TestAdminsListWhoIsBlocked(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	for _, id := range []string{"u-1", "u-2", "u-3"} {
		user := e.newUser(id)
		if id != "u-2" {
			ada.do("PUT", "/users/"+user.ID+"/block", `{"blocked":true}`).want(200)
		}
	}
	type page struct {
		Users  []struct{ ExternalID string }
		Cursor string
	}
	first := read[page](ada.do("GET", "/users?blocked=true&limit=1", "").want(200))
	second := read[page](ada.do("GET", "/users?blocked=true&limit=1&cursor="+first.Cursor, "").want(200))
	if len(first.Users) != 1 || first.Users[0].ExternalID != "u-3" || len(second.Users) != 1 || second.Users[0].ExternalID != "u-1" || second.Cursor != "" {
		t.Errorf("%+v, then %+v", first, second)
	}
	ada.do("GET", "/users?blocked=false", "").wantProblem(400, "bad_request", "blocked")
	ada.do("GET", "/users?blocked=true&query=x", "").wantProblem(400, "bad_request", "blocked")
}
