package httpapi_test

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAppsOverREST(t *testing.T) {
	t.Parallel()
	e := start(t)
	account := e.accountKey()
	call := func(method, path, body string) reply { t.Helper(); return e.call(method, path, body, account.Basic()) }
	appOf := func(r reply) (app struct {
		ID, DisplayName string
		Settings        map[string]any
		Metadata        map[string]any
	}) {
		t.Helper()
		var body struct{ App any }
		body.App = &app
		if err := json.Unmarshal(r.body, &body); err != nil {
			t.Fatal(err)
		}
		return app
	}
	made := appOf(call("POST", "/v2/apps", `{"displayName":"Lamps","metadata":{"region":"north"},"settings":{"conversationRetentionSeconds":86400,"echoPostback":true,"multiConvoEnabled":false}}`).want(201))
	if made.DisplayName != "Lamps" || made.Metadata["region"] != "north" || made.Settings["echoPostback"] != true ||
		made.Settings["conversationRetentionSeconds"] != 86400.0 || made.Settings["multiConvoEnabled"] != true || made.Settings["useAnimalNames"] != false {
		t.Fatalf("%+v", made)
	}
	path := "/v2/apps/" + made.ID
	changed := appOf(call("PATCH", path, `{"displayName":"Lanterns","metadata":{"region":null,"tier":2},"settings":{"echoPostback":false,"conversationRetentionSeconds":0,"multiConvoEnabled":false}}`).want(200))
	if changed.DisplayName != "Lanterns" || changed.Metadata["region"] != nil || changed.Metadata["tier"] != 2.0 || changed.Settings["echoPostback"] != false || changed.Settings["conversationRetentionSeconds"] != nil ||
		changed.Settings["multiConvoEnabled"] != true {
		t.Fatalf("%+v", changed)
	}
	if again := appOf(call("GET", path, "").want(200)); again.DisplayName != "Lanterns" {
		t.Fatalf("%+v", again)
	}
	for body, field := range map[string]string{
		`{}`: "displayName", `{"displayName":""}`: "displayName", `{"displayName":"` + strings.Repeat("x", 101) + `"}`: "displayName",
		`{"displayName":"x","settings":{"conversationRetentionSeconds":-1}}`:           "settings.conversationRetentionSeconds",
		`{"displayName":"x","settings":{"conversationRetentionSeconds":900000000000}}`: "settings.conversationRetentionSeconds",
		`{"displayName":"x","metadata":{"a":"` + strings.Repeat("x", 4096) + `"}}`:     "metadata",
	} {
		call("POST", "/v2/apps", body).wantProblem(400, "bad_request", field)
	}

	var page struct {
		Apps  []struct{ ID string }
		Links struct{ Next string }
	}
	seen := map[string]bool{}
	for next := "/v2/apps?page[size]=1"; next != ""; {
		if err := json.Unmarshal(call("GET", next, "").want(200).body, &page); err != nil {
			t.Fatal(err)
		}
		for _, app := range page.Apps {
			seen[app.ID] = true
		}
		next = strings.TrimPrefix(page.Links.Next, e.URL)
		page.Links.Next = ""
	}
	if len(seen) != 2 || !seen[made.ID] || !seen[string(e.App.ID)] {
		t.Fatalf("%v", seen)
	}
	call("GET", "/v2/apps?page[before]=x", "").wantProblem(400, "bad_request", "page[before]")

	call("DELETE", path, "").want(200)
	call("GET", path, "").wantProblem(404, "app_not_found", "")
}

func TestKeysOverREST(t *testing.T) {
	t.Parallel()
	e := start(t)
	account := e.accountKey()
	call := func(method, path, body string) reply {
		t.Helper()
		return e.call(method, e.path(path), body, account.Basic())
	}
	var made struct {
		Key struct{ ID, DisplayName, Secret string }
	}
	if err := json.Unmarshal(call("POST", "/keys", `{"displayName":"Backend"}`).want(201).body, &made); err != nil {
		t.Fatal(err)
	}
	key := made.Key
	if key.DisplayName != "Backend" || len(key.Secret) != 43 {
		t.Fatalf("%+v", key)
	}
	if r := e.call("GET", e.path("/users/u"), "", "Authorization: "+basic(key.ID, key.Secret)); r.status != 404 {
		t.Fatalf("the key does not call: %d %s", r.status, r.body)
	}
	for _, shown := range []string{"/keys", "/keys/" + key.ID} {
		if r := call("GET", shown, "").want(200); strings.Contains(string(r.body), key.Secret) || !strings.Contains(string(r.body), key.ID) {
			t.Errorf("%s: %s", shown, r.body)
		}
	}
	call("DELETE", "/keys/"+key.ID, "").want(200)
	if r := e.call("GET", e.path("/users/u"), "", "Authorization: "+basic(key.ID, key.Secret)); r.status != 401 {
		t.Fatalf("the deleted key calls: %d", r.status)
	}
	call("DELETE", "/keys/"+key.ID, "").wantProblem(404, "not_found", "")
	call("GET", "/keys/nothing", "").wantProblem(404, "not_found", "")
	call("POST", "/keys", `{}`).wantProblem(400, "bad_request", "displayName")
	for i := 0; ; i++ {
		r := call("POST", "/keys", `{"displayName":"More"}`)
		if r.status == 201 {
			continue
		}
		r.wantProblem(400, "too_many_keys", "")
		if i != 9 { // with the one that the test began with
			t.Errorf("%d keys were made", i)
		}
		break
	}
}
