package httpapi_test

import (
	"fmt"
	"testing"
)

func TestSavedViews(t *testing.T) {
	t.Parallel()
	e := start(t)
	boss := e.boss()
	app := string(e.App.ID)
	kim, lou := boss.colleague(app, "Kim", "agent"), boss.colleague(app, "Lou", "agent")
	path, inbox := "/apps/"+app+"/views", "/apps/"+app+"/inbox"
	id := func(n int) string { return fmt.Sprintf("%024x", n) }
	var conversations []string
	for i, text := range []string{"a gold ring", "a silver ring", "a gold chain"} {
		user := fmt.Sprint("u-", i)
		e.newUser(user)
		c := e.newConversation(user).ID
		e.post(c, `{"type":"user","userExternalId":"`+user+`"}`, text).want(201)
		conversations = append(conversations, c)
	}
	kim.do("PATCH", inbox+"/"+conversations[0], `{"tags":["vip"]}`).want(200)
	kim.do("PATCH", inbox+"/"+conversations[2], `{"status":"closed"}`).want(200)
	kim.do("PUT", path+"/"+id(1), `{"name":" Precious ","status":"open","tag":"vip"}`).want(200)
	kim.do("PUT", path+"/"+id(2), `{"name":"Gold","status":"open","query":"gold"}`).want(200)
	listed := func(view string) string {
		all := ""
		for _, entry := range read[inboxPage](kim.do("GET", inbox+"?view="+view, "").want(200)).Entries {
			all += entry.LastMessage.Content.Text + ";"
		}
		return all
	}
	if got := listed(id(1)); got != "a gold ring;" {
		t.Errorf("the tag lists %s", got)
	}
	e.comesTo("a gold ring;", func() string { return listed(id(2)) })

	all := read[struct {
		Views []struct{ ID, Name, Status, Tag, Query string }
	}](kim.do("GET", path, "").want(200)).Views
	if len(all) != 2 || all[0].Name != "Precious" || all[0].Tag != "vip" || all[1].Query != "gold" {
		t.Errorf("keeps %+v", all)
	}
	if got := read[struct{ Views []struct{} }](lou.do("GET", path, "").want(200)).Views; len(got) != 0 {
		t.Errorf("lou has %d", len(got))
	}
	lou.do("GET", inbox+"?view="+id(1), "").wantProblem(400, "bad_request", "view")
	lou.do("DELETE", path+"/"+id(1), "").wantProblem(404, "saved_view_not_found", "")
	for field, body := range map[string]string{
		"name": `{"name":"","status":"open"}`, "status": `{"name":"A","status":"new"}`,
		"assignee": `{"name":"A","status":"open","assignee":"kim"}`, "tag": `{"name":"A","status":"open","tag":" "}`,
	} {
		kim.do("PUT", path+"/"+id(3), body).wantProblem(400, "bad_request", field)
	}
	kim.do("PUT", path+"/x", `{"name":"A","status":"open"}`).wantProblem(400, "bad_request", "id")
	for n := 3; n <= 20; n++ {
		kim.do("PUT", path+"/"+id(n), `{"name":"A","status":"closed","assignee":"me"}`).want(200)
	}
	kim.do("PUT", path+"/"+id(21), `{"name":"A","status":"open"}`).wantProblem(409, "conflict", "")
	kim.do("PUT", path+"/"+id(20), `{"name":"B","status":"open"}`).want(200)
	kim.do("DELETE", path+"/"+id(2), "").want(204)
	kim.do("PUT", path+"/"+id(21), `{"name":"A","status":"open"}`).want(200)
}
