package httpapi_test

import (
	"fmt"
	"net/url"
	"testing"
)

// foundPage is what a search answers, as far as the test looks at it.
type foundPage struct {
	Found []struct {
		Entry          entry
		Kind, ID, Name string
		Number         int64
		By             string
		Excerpt        []struct {
			Text  string
			Match bool
		}
	}
	Cursor string
}

// told is a page in few words.
func (p foundPage) told() string {
	all := ""
	for _, f := range p.Found {
		all += fmt.Sprintf("%s %d %s %s in %s:", f.Kind, f.Number, f.By, f.Name, f.Entry.Person.ExternalID)
		for _, part := range f.Excerpt {
			if part.Match {
				part.Text = "[" + part.Text + "]"
			}
			all += " " + part.Text
		}
		all += "\n"
	}
	return all
}

// comesTo asks until an answer is the wanted one: what is new is indexed a moment later.
func (e env) comesTo(want string, ask func() string) {
	e.Helper()
	got := ""
	defer func() {
		if got != want {
			e.Logf("the last answer was\n%s", got)
		}
	}()
	e.eventually("the answer is\n"+want, func() bool {
		got = ask()
		return got == want
	})
}

func TestAgentsSearch(t *testing.T) {
	t.Parallel()
	e := start(t)
	boss := e.boss()
	app := string(e.App.ID)
	kim := boss.colleague(app, "Kim", "agent")
	user := e.newUser("u-1")
	e.rest("PATCH", "/users/u-1", `{"profile":{"givenName":"Änne","surname":"Müller-Lüdenscheidt"}}`).want(200)
	conversation := e.newConversation("u-1").ID
	e.post(conversation, `{"type":"user","userExternalId":"u-1"}`, "Where is my Überraschung?").want(201)
	in := "/apps/" + app + "/inbox/"
	kim.do("POST", in+conversation+"/messages", `{"id":"m1","text":"The überraschung is on its way","seen":1}`).want(201)
	kim.do("POST", in+conversation+"/notes", `{"id":"n1","text":"no *uberraschung* at all"}`).want(201)
	search := func(query string) string {
		return read[foundPage](kim.do("GET", in+"search?query="+url.QueryEscape(query), "").want(200)).told()
	}
	e.comesTo("note 0 agent Kim in u-1: no  [uberraschung]  at all\nmessage 2 agent Kim in u-1: The  [überraschung]  is on its way\nmessage 1 user Änne Müller-Lüdenscheidt in u-1: Where is my  [Überraschung] ?\n",
		func() string { return search("überr") })
	e.comesTo(user.ID, func() string {
		found := read[struct{ Users []struct{ UserID string } }](kim.do("GET", "/apps/"+app+"/people?query=denschei", "").want(200))
		if len(found.Users) != 1 {
			return fmt.Sprint(found)
		}
		return found.Users[0].UserID
	})
	message := read[foundPage](kim.do("GET", in+"search?query=where", "").want(200)).Found[0].ID
	e.rest("DELETE", "/conversations/"+conversation+"/messages/"+message, "").want(200)
	if got := search("where"); got != "" {
		t.Errorf("what was deleted is found: %s", got)
	}
	kim.do("GET", in+"search?query=%3F", "").wantProblem(400, "bad_request", "query")
	kim.do("GET", in+"search?query=a&cursor=x", "").wantProblem(400, "bad_request", "cursor")
	kim.do("GET", "/apps/"+app+"/people?query=", "").wantProblem(400, "bad_request", "query")
	kim.do("GET", "/apps/"+app+"/users?query=x", "").wantProblem(403, "role_needed", "")
}
