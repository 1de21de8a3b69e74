package httpapi_test

import (
	"net/url"
	"testing"
)

// TestObjectsInQueries: a page that is asked for in JSON is the one that it is in brackets, of each list.
func TestObjectsInQueries(t *testing.T) {
	t.Parallel()
	e := start(t)
	for name, l := range everyList(e) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l.readsObjects(e.in(t))
		})
	}
}

// readsObjects asks for the same page in JSON and in brackets.
func (l pagedList) readsObjects(e env) {
	e.Helper()
	object := func(text string) string { return l.at("page=" + url.QueryEscape(text)) }
	for text, brackets := range map[string]string{
		`{"size": 2}`: "page[size]=2",
		`{"after": "` + l.ids[1] + `", "before": null}`: "page[after]=" + l.ids[1],
		`{"before":"` + l.ids[2] + `","size":"1"}`:      "page[before]=" + l.ids[2] + "&page[size]=1",
		`{}`: "",
	} {
		got, want := e.call("GET", object(text), "", l.auth).want(200), e.call("GET", l.at(brackets), "", l.auth).want(200)
		if string(got.body) != string(want.body) {
			e.Errorf("%s gives %s, want %s", text, got.body, want.body)
		}
	}
	for text, field := range map[string]string{
		`{"size":0}`: "page[size]", `{"after":"x"}`: "page[after]", `{"before":"x"}`: "page[before]",
		`{`: "page", `2`: "page", `[]`: "page", `null`: "page", `{"size":{}}`: "page", `{"size":true}`: "page", `{"size":1,"size":1}`: "page", `{"after":"\u0000"}`: "page",
	} {
		e.call("GET", object(text), "", l.auth).wantProblem(400, "bad_request", field)
	}
}

// TestFiltersInJSON: what the published Python client sends.
func TestFiltersInJSON(t *testing.T) {
	t.Parallel()
	e := start(t)
	user := e.newUser(`a"b/c`)
	for range 3 {
		e.newConversation(user.ID)
	}
	for _, filter := range []string{`{"userId": "` + user.ID + `"}`, `{"userId": null, "userExternalId": "a\"b/c"}`} {
		page := e.rest("GET", "/conversations?page="+url.QueryEscape(`{"size": 2}`)+"&filter="+url.QueryEscape(filter), "").want(200).listing()
		if len(page.Conversations) != 2 || len(e.follow(page.Links.Next).Conversations) != 1 {
			t.Errorf("%s: %+v", filter, page)
		}
	}
	e.rest("GET", "/conversations?filter="+url.QueryEscape(`{"userId":"x"`), "").wantProblem(400, "bad_request", "filter")
	e.rest("GET", "/conversations?filter="+url.QueryEscape(`{"userId":["x"]}`), "").wantProblem(400, "bad_request", "filter")
	web := e.rest("GET", "/integrations?filter="+url.QueryEscape(`{"types": "web,line"}`), "").want(200)
	if list := decode[struct{ Integrations []integration }](t, web.body); len(list.Integrations) != 1 {
		t.Errorf("%+v", list)
	}
	e.rest("POST", "/users?page=x", `{"externalId":"y"}`).want(201)
	e.call("GET", e.path("/conversations?page=x"), "").want(401)
}
