package httpapi_test

import (
	"testing"

	"github.com/parlorchat/parlor/internal/wire"
)

// hooked is a custom integration as the console is told of it.
type hooked struct {
	ID       string
	Webhooks []struct {
		ID, Target, Secret string
		Enabled            bool
	}
}

func TestWebhooksAtTheConsole(t *testing.T) {
	t.Parallel()
	e := start(t)
	boss := e.boss()
	all := "/apps/" + string(e.App.ID) + "/integrations"
	made := read[struct{ Integration hooked }](boss.do("POST", all, customBody("http://127.0.0.1:1/a")).want(201)).Integration
	if len(made.Webhooks) != 1 || made.Webhooks[0].Secret == "" {
		t.Fatalf("made %+v", made)
	}
	hooks := all + "/" + made.ID + "/webhooks"
	boss.do("POST", hooks, `{"target":"ftp://shop.example","triggers":["*"]}`).wantProblem(400, "bad_request", "target")
	boss.do("POST", hooks, `{"target":"http://127.0.0.1:1/b","triggers":["conversation:dance"]}`).wantProblem(400, "bad_request", "triggers[0]")
	second := read[wire.OneWebhook](boss.do("POST", hooks, `{"target":"http://127.0.0.1:1/b","triggers":["*"]}`).want(201)).Webhook
	listed := read[struct{ Integrations []hooked }](boss.do("GET", all+"?filter[types]=custom", "").want(200)).Integrations
	if len(listed) != 1 || len(listed[0].Webhooks) != 2 || listed[0].Webhooks[1].ID != second.ID || listed[0].Webhooks[1].Secret != "" {
		t.Errorf("listed %+v", listed)
	}
	path := hooks + "/" + second.ID
	if rotated := read[wire.OneWebhook](boss.do("POST", path+"/secret", `{"overlapSeconds":0}`).want(201)).Webhook; rotated.Secret == "" || rotated.Secret == second.Secret {
		t.Error("the secret is what it was")
	}
	boss.do("PATCH", path, `{"enabled":false}`).want(200)
	type attempt struct {
		RequestID, Outcome, Error string
		Types                     []string
	}
	tested := read[struct{ Attempt attempt }](boss.do("POST", path+"/test", "").want(200)).Attempt
	if tested.Outcome != "dead" || tested.Error == "" || tested.Types[0] != "webhook:test" {
		t.Errorf("tested %+v", tested)
	}
	if all := read[struct{ Attempts []attempt }](boss.do("GET", path+"/attempts", "").want(200)).Attempts; len(all) != 1 || all[0].RequestID != tested.RequestID {
		t.Errorf("attempts %+v", all)
	}
	boss.do("POST", all+"/x/webhooks/"+second.ID+"/test", "").wantProblem(404, "integration_not_found", "")
	boss.do("GET", path+"/deadLetters", "").want(200)
	boss.do("POST", path+"/deadLetters/replay", "").wantProblem(409, "webhook_disabled", "enabled")
	boss.do("DELETE", path, "").want(200)
	boss.do("DELETE", path, "").want(404)
	// "me" is what keys call their own integration, and an agent has none.
	boss.do("POST", all+"/me/webhooks", `{"target":"http://127.0.0.1:1/b","triggers":["*"]}`).wantProblem(404, "integration_not_found", "")
	kim := boss.colleague(string(e.App.ID), "kim", "agent")
	kim.do("GET", all, "").wantProblem(403, "role_needed", "")
}
