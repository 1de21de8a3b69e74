package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
)

type cannedReply struct{ ID, Shortcut, Title, Text string }

func TestCannedReplies(t *testing.T) {
	t.Parallel()
	e := start(t)
	app := string(e.App.ID)
	boss := e.boss()
	ada, kim := boss.colleague(app, "Ada", "admin"), boss.colleague(app, "Kim", "agent")
	path := "/apps/" + app + "/canned-replies"
	body := func(shortcut, text string) string {
		return fmt.Sprintf(`{"shortcut":%q,"title":"Greeting","text":%q}`, shortcut, text)
	}
	list := func() []cannedReply {
		return read[struct{ CannedReplies []cannedReply }](kim.do("GET", path, "").want(200)).CannedReplies
	}
	one := func(r reply) cannedReply { return read[struct{ CannedReply cannedReply }](r).CannedReply }

	if all := list(); len(all) != 0 {
		t.Errorf("there are %v", all)
	}
	kim.do("POST", path, body("hi", "Hi")).wantProblem(403, "role_needed", "")
	made := one(ada.do("POST", path, body("Greet", "Hi {{user.first_name|there}}")).want(201))
	if made.Shortcut != "greet" || made.Text != "Hi {{user.first_name|there}}" || made.ID == "" {
		t.Errorf("made %+v", made)
	}
	ada.do("POST", path, body("GREET", "Hi")).wantProblem(409, "conflict", "shortcut")
	ada.do("POST", path, body("a b", "Hi")).wantProblem(400, "bad_request", "shortcut")
	if problem := ada.do("POST", path, body("hi", "{{user.shoe}}")).wantProblem(400, "bad_request", "text"); !strings.Contains(problem.Title, "{{user.shoe}}") {
		t.Errorf("does not name the variable: %s", problem.Title)
	}
	ada.do("POST", path, body("hi", strings.Repeat("x", 4097))).wantProblem(400, "bad_request", "text")

	bye := one(ada.do("POST", path, body("bye", "Bye")).want(201))
	ada.do("PUT", path+"/"+bye.ID, body("greet", "Bye")).wantProblem(409, "conflict", "shortcut")
	ada.do("PUT", path+"/"+bye.ID, body("bye", "Bye bye")).want(200)
	ada.do("PUT", path+"/x", body("x", "X")).wantProblem(404, "canned_reply_not_found", "")
	if all := list(); len(all) != 2 || all[0].Text != "Bye bye" || all[1] != made {
		t.Errorf("there are %+v", all)
	}
	ada.do("DELETE", path+"/"+bye.ID, "").want(204)
	ada.do("DELETE", path+"/"+bye.ID, "").wantProblem(404, "canned_reply_not_found", "")
	if all := list(); len(all) != 1 {
		t.Errorf("there are %+v", all)
	}
	if html := read[struct{ HTML string }](ada.do("POST", path+"/preview", `{"text":"*hi* <script>"}`).want(200)).HTML; html != "<p><em>hi</em> </p>" {
		t.Errorf("shows %q", html)
	}
	ada.do("POST", path+"/preview", `{"text":"`+strings.Repeat("x", 4097)+`"}`).wantProblem(400, "bad_request", "text")
	log := string(boss.do("GET", "/apps/"+app+"/audit", "").want(200).body)
	for _, action := range []string{"canned_reply.create", "canned_reply.update", "canned_reply.delete"} {
		if !strings.Contains(log, action) {
			t.Errorf("the audit log has no %s", action)
		}
	}
}
