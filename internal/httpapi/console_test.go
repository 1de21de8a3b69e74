package httpapi_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/httpapi"
	"github.com/parlorchat/parlor/internal/wire"
)

// console is the console in one browser.
func (e env) console() *browser {
	return &browser{e, "/console/v1", http.SameSiteStrictMode, map[string]string{}}
}

// What the console is told, as far as the tests look at it.
type (
	atDesk struct {
		Agent struct {
			ID, Email, Name, Role string
			Admin                 bool
		}
		Apps []workplace
	}
	workplace struct{ ID, Name, Role string }
	invited   struct {
		Invitation struct{ ID string }
		URL        string
	}
	colleagues struct {
		Agents      []struct{ ID, Email, Name, Role string }
		Invitations []struct{ ID string }
	}
)

func (r reply) atDesk() atDesk { return read[atDesk](r) }

// read is a successful answer.
func read[T any](r reply) T {
	r.env.Helper()
	return decode[T](r.env.T, r.body)
}

const agentPassword = "correct horse"

// boss sets the server up, and is signed in.
func (e env) boss() *browser {
	e.Helper()
	b := e.console()
	b.do("POST", "/links/accept", `{"token":"`+e.SetUpToken()+`","email":"Boss@shop.example","name":"Boss","password":"`+agentPassword+`"}`).want(201)
	return b
}

// colleague comes by an invitation of the boss to the app.
func (b *browser) colleague(app, name, role string) *browser {
	b.Helper()
	made := read[invited](b.do("POST", "/apps/"+app+"/invitations", `{"email":"`+name+`@shop.example","role":"`+role+`"}`).want(201))
	_, token, _ := strings.Cut(made.URL, b.URL+"/console/welcome#")
	c := b.env.console()
	c.do("POST", "/links/accept", `{"token":"`+token+`","name":"`+name+`","password":"`+agentPassword+`"}`).want(201)
	return c
}

func (b *browser) agentID() string {
	b.Helper()
	return b.do("GET", "/session", "").want(200).atDesk().Agent.ID
}

func TestTheFirstAccountOfTheConsole(t *testing.T) {
	t.Parallel()
	e := start(t)
	b := e.console()
	b.do("GET", "/session", "").wantProblem(401, "unauthorized", "")
	token := e.SetUpToken()
	link := read[struct {
		Link struct {
			Admin, HasAccount bool
			Email             string
		}
	}](b.do("POST", "/links/look", `{"token":"`+token+`"}`).want(200)).Link
	if !link.Admin || link.Email != "" || link.HasAccount {
		t.Errorf("the first link says %+v", link)
	}
	b.do("POST", "/links/accept", `{"token":"`+token+`","email":"boss@shop.example","password":"short"}`).wantProblem(400, "bad_request", "password")
	b.do("POST", "/links/accept", `{"token":"`+token+`","email":"boss","password":"`+agentPassword+`"}`).wantProblem(400, "bad_request", "email")
	r := b.do("POST", "/links/accept", `{"token":"`+token+`","email":"Boss@shop.example","name":"Boss","password":"`+agentPassword+`"}`).want(201)
	in := r.atDesk()
	if in.Agent.Email != "boss@shop.example" || !in.Agent.Admin || len(in.Apps) != 1 || in.Apps[0].ID != string(e.App.ID) || in.Apps[0].Role != "owner" {
		t.Errorf("signed in as %s", r.body)
	}
	for _, value := range b.cookies {
		if strings.Contains(string(r.body), value) {
			t.Error("the token of the session is in the body")
		}
	}
	b.do("POST", "/links/look", `{"token":"`+token+`"}`).wantProblem(404, "link_over", "")
	if e.SetUpToken() != "" {
		t.Error("a server that somebody manages makes another first link")
	}

	stolen := e.console()
	for name, value := range b.cookies {
		stolen.cookies[name] = value
	}
	b.do("DELETE", "/session", "").want(204)
	stolen.do("GET", "/session", "").wantProblem(401, "unauthorized", "")
	b.do("POST", "/session", `{"email":"BOSS@shop.example","password":"another"}`).wantProblem(401, "wrong_password", "")
	b.do("POST", "/session", `{"email":"nobody@shop.example","password":"another"}`).wantProblem(401, "wrong_password", "")
	b.do("POST", "/session", `{"email":"BOSS@shop.example","password":"`+agentPassword+`"}`).want(201)

	made := read[struct{ App workplace }](b.do("POST", "/apps", `{"name":"Second"}`).want(201)).App
	if apps := b.do("GET", "/session", "").want(200).atDesk().Apps; len(apps) != 2 || apps[1] != made {
		t.Errorf("the apps are %v", apps)
	}
}

func TestPeopleOfTheConsole(t *testing.T) {
	t.Parallel()
	e := start(t)
	boss := e.boss()
	app := string(e.App.ID)
	people := "/apps/" + app + "/agents"
	owner, kim := boss.colleague(app, "Owner", "owner"), boss.colleague(app, "Kim", "agent")

	seen := read[colleagues](kim.do("GET", people, "").want(200))
	if len(seen.Agents) != 3 || seen.Agents[1].Name != "Kim" || seen.Agents[1].Email != "" || seen.Invitations != nil {
		t.Errorf("an agent sees %+v", seen)
	}
	open := read[invited](owner.do("POST", "/apps/"+app+"/invitations", `{"email":"late@shop.example","role":"admin"}`).want(201))
	seen = read[colleagues](owner.do("GET", people, "").want(200))
	if len(seen.Invitations) != 1 || seen.Invitations[0].ID != open.Invitation.ID || seen.Agents[1].Email != "kim@shop.example" {
		t.Errorf("an owner sees %+v", seen)
	}
	owner.do("DELETE", "/apps/"+app+"/invitations/"+open.Invitation.ID, "").want(204)
	owner.do("DELETE", "/apps/"+app+"/invitations/"+open.Invitation.ID, "").wantProblem(404, "invitation_not_found", "")
	_, token, _ := strings.Cut(open.URL, "#")
	e.console().do("POST", "/links/look", `{"token":"`+token+`"}`).wantProblem(404, "link_over", "")
	owner.do("POST", "/apps/"+app+"/invitations", `{"email":"late","role":"admin"}`).wantProblem(400, "bad_request", "email")
	owner.do("POST", "/apps/"+app+"/invitations", `{"email":"late@shop.example","role":"root"}`).wantProblem(400, "bad_request", "role")

	owner.do("PUT", people+"/"+kim.agentID(), `{"role":"admin"}`).want(200)
	if role := kim.do("GET", "/session", "").want(200).atDesk().Apps[0].Role; role != "admin" {
		t.Errorf("kim is %s", role)
	}
	owner.do("PUT", people+"/"+boss.agentID(), `{"role":"agent"}`).wantProblem(404, "agent_not_found", "")
	owner.do("DELETE", people+"/"+kim.agentID(), "").want(204)
	kim.do("GET", people, "").wantProblem(404, "app_not_found", "")
	owner.do("DELETE", people+"/"+kim.agentID(), "").wantProblem(404, "agent_not_found", "")

	if name := kim.do("PATCH", "/agent", `{"name":" Kim K. "}`).want(200).atDesk().Agent.Name; name != "Kim K." {
		t.Errorf("is called %q", name)
	}
	elsewhere := e.console()
	elsewhere.do("POST", "/session", `{"email":"kim@shop.example","password":"`+agentPassword+`"}`).want(201)
	kim.do("POST", "/agent/password", `{"current":"another","next":"battery staple"}`).wantProblem(401, "wrong_password", "")
	kim.do("POST", "/agent/password", `{"current":"`+agentPassword+`","next":"short"}`).wantProblem(400, "bad_request", "next")
	kim.do("POST", "/agent/password", `{"current":"`+agentPassword+`","next":"battery staple"}`).want(204)
	elsewhere.do("GET", "/session", "").wantProblem(401, "unauthorized", "")
	kim.do("GET", "/session", "").want(200)
	kim.do("POST", "/session/proof", `{"password":"`+agentPassword+`"}`).wantProblem(401, "wrong_password", "")
	kim.do("POST", "/session/proof", `{"password":"battery staple"}`).want(200)
}

// asksForSecret are the routes that answer 401 to whoever is signed in, too: what they show is no secret of the account.
var asksForSecret = map[string]bool{"POST /console/v1/session/proof": true, "POST /console/v1/agent/password": true, "PUT /console/v1/agent/totp": true,
	"PUT /console/v1/session/proof/passkey": true, "PUT /console/v1/agent/passkeys": true}

var pathParameter = regexp.MustCompile(`\{\w+\}`)

// TestEveryRouteOfTheConsoleKnowsItsRoles walks them as each role (security rule 59). What somebody may not is refused before anything of the call is looked at.
func TestEveryRouteOfTheConsoleKnowsItsRoles(t *testing.T) {
	t.Parallel()
	e := start(t)
	other, _ := e.NewApp("Other")
	app := string(e.App.ID)
	boss := e.boss()
	user := e.console()
	user.cookies[wire.ConsoleCookie] = e.signIn(`{}`).want(201).signedIn().Session.Token
	ranks := map[httpapi.Who]int{httpapi.Agent: 1, httpapi.AppAgent: 2, httpapi.AppAdmin: 3, httpapi.AppOwner: 4, httpapi.ServerAdmin: 5}
	for name, who := range map[string]struct {
		*browser
		rank int
	}{
		"nobody": {e.console(), 0}, "a user": {user, 0}, "an owner elsewhere": {boss.colleague(string(other.ID), "Elsewhere", "owner"), 1},
		"an agent": {boss.colleague(app, "Agent", "agent"), 2}, "an admin": {boss.colleague(app, "Admin", "admin"), 3},
		"an owner": {boss.colleague(app, "Owner", "owner"), 4}, "the boss": {boss, 5},
	} {
		for _, route := range httpapi.Routes() {
			needed := ranks[route.Who]
			if needed == 0 || asksForSecret[route.Method+" "+route.Path] {
				continue
			}
			path := pathParameter.ReplaceAllStringFunc(strings.TrimPrefix(route.Path, "/console/v1"), func(name string) string {
				return map[bool]string{true: app, false: "x"}[name == "{appId}"]
			})
			r := who.do(route.Method, path, map[bool]string{true: `{"name":"Kim","email":"kim","role":"king"}`}[route.Method != "GET" && route.Method != "DELETE"])
			want := 0
			switch {
			case who.rank == 0:
				want = 401
			case who.rank < needed && who.rank == 1 && strings.Contains(route.Path, "{appId}"):
				want = 404
			case who.rank < needed:
				want = 403
			}
			if refused := r.status == 401 || r.status == 403 || r.status == 404 && strings.Contains(string(r.body), "app_not_found"); want != 0 && r.status != want || want == 0 && refused {
				t.Errorf("%s: %s %s answers %d %s", name, route.Method, route.Path, r.status, r.body)
			}
		}
	}
}

func TestPasswordsCannotBeGuessed(t *testing.T) {
	t.Parallel()
	e := start(t, func(c *config.Server) { c.FailureRate = 1 }) // so that none comes back while the test runs
	b := e.boss()
	e.console().do("POST", "/session", `{"email":"boss@shop.example","password":"another"}`).wantProblem(401, "wrong_password", "")
	r := e.console().do("POST", "/session", `{"email":"boss@shop.example","password":"`+agentPassword+`"}`).want(429)
	if r.header.Get("Retry-After") == "" {
		t.Error("nothing says when to come again")
	}
	b.do("GET", "/session", "").want(200)
}
