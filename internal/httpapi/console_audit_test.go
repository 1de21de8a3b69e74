package httpapi_test

import (
	"fmt"
	"testing"
)

type auditLog struct {
	Entries []struct {
		At             string
		Actor          struct{ Kind, ID, Name string }
		Action, Target string
		Detail         map[string]string
	}
	Cursor string
}

func TestOwnersReadTheAuditLog(t *testing.T) {
	t.Parallel()
	e := start(t)
	app := string(e.App.ID)
	boss := e.boss()
	ada, olga := boss.colleague(app, "Ada", "admin"), boss.colleague(app, "Olga", "owner")
	for _, b := range []*browser{ada, olga} {
		b.root += "/apps/" + app
	}
	ada.do("PATCH", "/settings", `{"settings":{"name":"Lamps"}}`).want(200)
	user := e.newUser("u-1")
	e.rest("DELETE", "/users/"+user.ID, "").want(200)

	all := read[auditLog](olga.do("GET", "/audit", "").want(200))
	if len(all.Entries) < 6 || all.Cursor != "" {
		t.Fatalf("%+v", all)
	}
	erased, renamed := all.Entries[0], all.Entries[1]
	if erased.Action != "user.delete" || erased.Target != user.ID || erased.Actor.Kind != "key" || erased.Actor.ID != e.Key.ID || erased.Actor.Name != "" || erased.Detail == nil || erased.At == "" {
		t.Errorf("%+v", erased)
	}
	if renamed.Action != "app.set" || renamed.Detail["name"] != "Lamps" || renamed.Actor.Kind != "agent" || renamed.Actor.ID == "" || renamed.Actor.Name != "Ada" {
		t.Errorf("%+v", renamed)
	}

	// Page by page it is the same log.
	var paged []string
	for cursor := ""; ; {
		page := read[auditLog](olga.do("GET", "/audit?limit=2&cursor="+cursor, "").want(200))
		for _, entry := range page.Entries {
			paged = append(paged, fmt.Sprint(entry))
		}
		if cursor = page.Cursor; cursor == "" {
			break
		}
		if len(page.Entries) != 2 {
			t.Fatalf("a page of %d entries goes on", len(page.Entries))
		}
	}
	whole := make([]string, len(all.Entries))
	for i, entry := range all.Entries {
		whole[i] = fmt.Sprint(entry)
	}
	if fmt.Sprint(paged) != fmt.Sprint(whole) {
		t.Errorf("in pages it is\n%v\nnot\n%v", paged, whole)
	}

	ada.do("GET", "/audit", "").wantProblem(403, "role_needed", "")
	olga.do("GET", "/audit?limit=0", "").wantProblem(400, "bad_request", "limit")
	olga.do("GET", "/audit?limit=101", "").wantProblem(400, "bad_request", "limit")
	olga.do("GET", "/audit?cursor=x", "").wantProblem(400, "bad_request", "cursor")
}

func TestTheAuditLogOfTheServer(t *testing.T) {
	t.Parallel()
	e := start(t)
	boss := e.boss()
	olga := boss.colleague(string(e.App.ID), "Olga", "owner")
	for _, b := range []*browser{boss, olga} {
		b.root += "/apps/" + string(e.App.ID)
	}
	olga.do("GET", "/audit?server=true", "").wantProblem(403, "role_needed", "")
	boss.do("GET", "/audit?server=1", "").wantProblem(400, "bad_request", "server")
	other, _ := e.NewApp("Other")
	for _, path := range []string{"/audit", "/audit?server=false"} {
		for _, entry := range read[auditLog](boss.do("GET", path, "").want(200)).Entries {
			if entry.Action == "agent.sign_in" || entry.Target == string(other.ID) {
				t.Errorf("%s shows %+v", path, entry)
			}
		}
	}
	e.console().do("POST", "/session", `{"email":"boss@shop.example","password":"`+agentPassword+`"}`).want(201)
	of := read[auditLog](boss.do("GET", "/audit?server=true", "").want(200))
	if len(of.Entries) == 0 || of.Entries[0].Action != "agent.sign_in" || of.Entries[0].Actor.Name != "Boss" {
		t.Errorf("%+v", of)
	}
}
