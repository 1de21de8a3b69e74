package httpapi_test

import (
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/httpapi"
)

// needsFactor tells what the session says of the app.
func (b *browser) needsFactor() bool {
	b.Helper()
	apps := read[struct{ Apps []struct{ NeedsFactor bool } }](b.do("GET", "/session", "").want(200)).Apps
	return len(apps) > 0 && apps[0].NeedsFactor
}

func TestAnAppAsksEverybodyForASecondFactor(t *testing.T) {
	t.Parallel()
	e := start(t)
	boss := e.boss()
	app := string(e.App.ID)
	kim, lee := boss.colleague(app, "Kim", "owner"), boss.colleague(app, "Lee", "admin")
	of := "/apps/" + app

	boss.do("PUT", of+"/factors", `{"factors":"everybody"}`).wantProblem(403, "second_factor_needed", "")
	boss.do("PUT", of+"/factors", `{"factors":"all"}`).wantProblem(400, "bad_request", "factors")
	boss.protect()
	lee.do("PUT", of+"/factors", `{"factors":"everybody"}`).wantProblem(403, "role_needed", "")
	boss.do("PUT", of+"/factors", `{"factors":"everybody"}`).want(204)
	if rule := string(boss.do("GET", of+"/agents", "").want(200).body); !strings.Contains(rule, `"factors":"everybody"`) {
		t.Errorf("the rule is not shown: %s", rule)
	}
	if text := string(boss.do("GET", of+"/audit", "").want(200).body); !strings.Contains(text, `"app.factors"`) {
		t.Errorf("nobody answers for it: %s", text)
	}
	// Nothing of the app opens to whoever has none, whatever their role.
	for _, route := range httpapi.Routes() {
		if route.Who != httpapi.AppAgent && route.Who != httpapi.AppAdmin && route.Who != httpapi.AppOwner {
			continue
		}
		path := pathParameter.ReplaceAllStringFunc(strings.TrimPrefix(route.Path, "/console/v1"), func(name string) string {
			return map[bool]string{true: app, false: "x"}[name == "{appId}"]
		})
		r := kim.do(route.Method, path, map[bool]string{true: `{}`}[route.Method != "GET" && route.Method != "DELETE"])
		if r.status != 403 || !strings.Contains(string(r.body), `"second_factor_needed"`) {
			t.Errorf("%s %s answers %d %s", route.Method, route.Path, r.status, r.body)
		}
	}
	if !kim.needsFactor() || boss.needsFactor() {
		t.Error("the sessions say otherwise")
	}
	kim.protect()
	kim.do("GET", of+"/inbox", "").want(200)
	if kim.needsFactor() {
		t.Error("still needs one")
	}
	boss.do("DELETE", of+"/agents/"+kim.agentID()+"/factors", "").want(204)
	again := e.console()
	again.signIn("kim").want(201)
	again.do("GET", of+"/inbox", "").wantProblem(403, "second_factor_needed", "")
	boss.do("PUT", of+"/factors", `{"factors":"off"}`).want(204)
	again.do("GET", of+"/inbox", "").want(200)
	lee.do("GET", of+"/settings", "").want(200)
}
