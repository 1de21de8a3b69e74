package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
)

type (
	team struct {
		ID, Name, Routing string
		Intake            bool
		Members           []struct{ ID, Name string }
	}
	teamEntry struct {
		Entry struct{ Team, Assignee *struct{ ID, Name string } }
	}
)

func teamsIn(r reply) []team { return read[struct{ Teams []team }](r).Teams }

func names(teams []team) (all string) {
	for _, t := range teams {
		all += fmt.Sprint(t.Name, " ", t.Intake, " ", len(t.Members), ";")
	}
	return all
}

func TestTeams(t *testing.T) {
	t.Parallel()
	e := start(t)
	app := string(e.App.ID)
	boss := e.boss()
	ada, kim := boss.colleague(app, "Ada", "admin"), boss.colleague(app, "Kim", "agent")
	path := "/apps/" + app + "/teams"
	body := func(name, routing string, members ...string) string {
		return fmt.Sprintf(`{"name":%q,"routing":%q,"members":["%s"]}`, name, routing, strings.Join(members, `","`))
	}
	one := func(r reply) team { return read[struct{ Team team }](r).Team }

	if all := teamsIn(kim.do("GET", path, "").want(200)); len(all) != 0 {
		t.Errorf("there are %v", all)
	}
	kim.do("POST", path, body("Support", "manual", kim.agentID())).wantProblem(403, "role_needed", "")
	support := one(ada.do("POST", path, body(" Support ", "round_robin", kim.agentID(), ada.agentID(), kim.agentID())).want(201))
	if support.Name != "Support" || len(support.Members) != 2 || support.Members[0].Name != "Ada" {
		t.Errorf("made %+v", support)
	}
	ada.do("POST", path, body("SUPPORT", "manual", kim.agentID())).wantProblem(409, "conflict", "name")
	ada.do("POST", path, body(strings.Repeat("x", 61), "manual", kim.agentID())).wantProblem(400, "bad_request", "name")
	ada.do("POST", path, body("Sa\nles", "manual", kim.agentID())).wantProblem(400, "bad_request", "name")
	ada.do("POST", path, body("Sales", "by_magic", kim.agentID())).wantProblem(400, "bad_request", "routing")
	ada.do("POST", path, body("Sales", "manual", "nobody")).wantProblem(400, "bad_request", "members")
	sales := one(ada.do("POST", path, `{"name":"Sales","routing":"manual"}`).want(201))
	sales = one(ada.do("PUT", path+"/"+sales.ID, body("Sales", "manual", boss.agentID())).want(200))
	ada.do("PUT", path+"/"+sales.ID, body("support", "manual", kim.agentID())).wantProblem(409, "conflict", "name")
	ada.do("PUT", path+"/x", body("X", "manual", kim.agentID())).wantProblem(404, "team_not_found", "")
	arranged := teamsIn(ada.do("PATCH", path, `{"order":["`+sales.ID+`","`+support.ID+`"],"intake":"`+support.ID+`"}`).want(200))
	if got := names(arranged); got != "Sales false 1;Support true 2;" {
		t.Errorf("arranged %s", got)
	}
	ada.do("PATCH", path, `{"order":["`+sales.ID+`"]}`).wantProblem(400, "bad_request", "order")
	ada.do("PATCH", path, `{"order":["`+sales.ID+`","`+sales.ID+`"]}`).wantProblem(400, "bad_request", "order")
	ada.do("PATCH", path, `{"intake":"x"}`).wantProblem(400, "bad_request", "intake")
	ada.do("PUT", path+"/"+support.ID, body("Support", "round_robin", kim.agentID())).want(200)
	if got := names(teamsIn(kim.do("GET", path, "").want(200))); got != "Sales false 1;Support true 1;" {
		t.Errorf("after a change %s", got)
	}
	boss.do("DELETE", "/apps/"+app+"/agents/"+kim.agentID(), "").want(204)
	if got := names(teamsIn(ada.do("GET", path, "").want(200))); got != "Sales false 1;Support true 0;" {
		t.Errorf("after kim left %s", got)
	}
	ada.do("PATCH", path, `{"intake":null}`).want(200)
	ada.do("DELETE", path+"/"+sales.ID, "").want(204)
	ada.do("DELETE", path+"/"+sales.ID, "").wantProblem(404, "team_not_found", "")
	if got := names(teamsIn(ada.do("GET", path, "").want(200))); got != "Support false 0;" {
		t.Errorf("in the end %s", got)
	}
	log := string(boss.do("GET", "/apps/"+app+"/audit", "").want(200).body)
	for _, action := range []string{"team.create", "team.update", "team.arrange", "team.delete"} {
		if !strings.Contains(log, action) {
			t.Errorf("the audit log has no %s", action)
		}
	}
}

// TestTeamsAtWork: users' conversations go around, past who is away, and those who come back are handed what waits.
func TestTeamsAtWork(t *testing.T) {
	t.Parallel()
	e := start(t)
	app := string(e.App.ID)
	boss := e.boss()
	kim, lou := boss.colleague(app, "Kim", "agent"), boss.colleague(app, "Lou", "agent")
	path, inbox := "/apps/"+app+"/teams", "/apps/"+app+"/inbox"
	support := read[struct{ Team team }](boss.do("POST", path, fmt.Sprintf(`{"name":"Support","routing":"round_robin","members":[%q,%q]}`, kim.agentID(), lou.agentID())).want(201)).Team
	boss.do("PATCH", path, `{"intake":"`+support.ID+`"}`).want(200)
	e.newUser("ana")
	begins := func() string {
		c := e.newConversation("ana").ID
		e.post(c, `{"type":"user","userExternalId":"ana"}`, "hello").want(201)
		return c
	}
	of := func(c string) string {
		entry := read[teamEntry](boss.do("GET", inbox+"/"+c, "").want(200)).Entry
		said := ""
		if entry.Team != nil {
			said = entry.Team.Name
		}
		if entry.Assignee != nil {
			said += " " + entry.Assignee.Name
		}
		return said
	}
	first, second, third := of(begins()), of(begins()), of(begins())
	if first != third || first == second || !strings.HasPrefix(first, "Support ") || !strings.HasPrefix(second, "Support ") {
		t.Errorf("they went to %s, %s and %s", first, second, third)
	}
	away := func(b *browser, is bool) { b.do("PATCH", "/agent", fmt.Sprintf(`{"away":%t}`, is)).want(200) }
	away(lou, true)
	agents := read[struct {
		Agents []struct {
			Name            string
			Away, Available bool
		}
	}](kim.do("GET", "/apps/"+app+"/agents", "").want(200)).Agents
	if fmt.Sprint(agents) != "[{Boss false true} {Kim false true} {Lou true false}]" {
		t.Errorf("the agents are %v", agents)
	}
	if got := of(begins()); got != "Support Kim" {
		t.Errorf("with Lou away, %s", got)
	}
	away(kim, true)
	waiting := begins()
	if got := of(waiting); got != "Support" {
		t.Errorf("with both away, %s", got)
	}
	away(lou, false)
	e.comesTo("Support Lou", func() string { return of(waiting) })

	page := read[struct {
		Entries []struct{ Conversation string }
		Teams   map[string]int
	}](lou.do("GET", inbox+"?view=team-"+support.ID, "").want(200))
	if len(page.Entries) != 5 || page.Teams[support.ID] != 5 {
		t.Errorf("lists %d, counts %v", len(page.Entries), page.Teams)
	}
	lou.do("GET", inbox+"?view=team-x", "").wantProblem(400, "bad_request", "view")
	kim.do("PATCH", inbox+"/"+waiting, `{"team":null,"assignee":null}`).want(200)
	if got := of(waiting); got != "" {
		t.Errorf("taken out, %s", got)
	}
	kim.do("PATCH", inbox+"/"+waiting, `{"team":"x"}`).wantProblem(400, "bad_request", "team")
	kim.do("PATCH", inbox+"/"+waiting, `{"team":"`+support.ID+`"}`).want(200)
	if got := of(waiting); got != "Support Lou" {
		t.Errorf("assigned to the team, %s", got)
	}
	thread := string(kim.do("GET", inbox+"/"+waiting+"/thread", "").want(200).body)
	if !strings.Contains(thread, `"type":"team"`) || !strings.Contains(thread, `"team":{"id":"`+support.ID+`","name":"Support"}`) {
		t.Errorf("the thread says %s", thread)
	}
	view := "/apps/" + app + "/views/" + strings.Repeat("a", 24)
	lou.do("PUT", view, `{"name":"Ours","status":"open","team":"`+support.ID+`","assignee":"nobody"}`).want(200)
	boss.do("DELETE", path+"/"+support.ID, "").want(204)
	if got := of(waiting); got != " Lou" {
		t.Errorf("after the team was removed, %s", got)
	}
	if left := read[inboxPage](lou.do("GET", inbox+"?view="+strings.Repeat("a", 24), "").want(200)).Entries; len(left) != 0 {
		t.Errorf("a saved view of a team that is gone lists %d", len(left))
	}
}
