package httpapi_test

import (
	"strings"
	"testing"
)

type prechatAsked struct {
	Asked  []string
	Fields []struct {
		Type, Name, Label string
		MaxSize           int
		Options           []struct{ Name, Label string }
		Optional, Long    bool
	}
}

func TestAppsAskBeforeTheFirstMessage(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ada := o.boss.colleague(string(o.App.ID), "Ada", "admin")
	ada.root += "/apps/" + string(o.App.ID)
	if asked := read[prechatAsked](o.call("GET", o.sdk("/prechat"), "").want(200)); len(asked.Asked)+len(asked.Fields) != 0 {
		t.Errorf("at first %+v", asked)
	}
	ada.do("PATCH", "/settings", `{"settings":{"prechat":"email"}}`).want(200)
	set := string(ada.do("PUT", "/questions", `{"questions":[{"kind":"choice","label":"What is it about?","options":["An order","Else"],"required":true},{"kind":"long","label":"Tell us","required":false}]}`).want(200).body)
	if got := string(ada.do("GET", "/questions", "").want(200).body); got != set || !strings.Contains(set, `"name":"what_is_it_about"`) {
		t.Errorf("kept %s, want %s", got, set)
	}
	asked := read[prechatAsked](o.call("GET", o.sdk("/prechat"), "").want(200))
	if len(asked.Asked) != 1 || len(asked.Fields) != 2 {
		t.Fatalf("%+v", asked)
	}
	about, tell := asked.Fields[0], asked.Fields[1]
	if about.Type != "select" || about.Optional || about.Options[1].Name != "Else" || tell.Type != "text" || !tell.Long || !tell.Optional || tell.MaxSize != 2000 {
		t.Errorf("%+v", asked.Fields)
	}
	if text := string(o.boss.do("GET", "/apps/"+string(o.App.ID)+"/audit", "").want(200).body); !strings.Contains(text, `"app.questions"`) || !strings.Contains(text, "What is it about?") {
		t.Errorf("nobody answers for it: %s", text)
	}
	ada.do("PUT", "/questions", `{"questions":[{"kind":"choice","label":"A"}]}`).wantProblem(400, "bad_request", "questions[0].options")
	ada.do("PUT", "/questions", `{"questions":[{"kind":"essay","label":"A"}]}`).wantProblem(400, "bad_request", "questions[0].kind")
	ada.do("PUT", "/questions", `{}`).wantProblem(400, "bad_request", "questions")
	ada.do("PUT", "/questions", `{"questions":"A"}`).wantProblem(400, "bad_request", "questions")
	ada.do("PUT", "/questions", `{"questions":[]}`).want(200)
	if left := read[prechatAsked](o.call("GET", o.sdk("/prechat"), "").want(200)); len(left.Fields) != 0 {
		t.Errorf("left %+v", left)
	}
}
