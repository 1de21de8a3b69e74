package httpapi_test

import (
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/parlorchat/parlor/internal/httpapi"
)

// elsewhere are the operations of openapi.yaml that other packages serve, or that are no work of a handler.
var elsewhere = []string{
	"GET /openapi.yaml", "GET /metrics", "GET /sdk/v1/apps/{appId}/socket", "GET /console/v1/apps/{appId}/socket",
	"GET /smooch.js", "GET /chat.js", "GET /widget.js", "GET /assets/{file}", "GET /frame/{appId}", "GET /logo/{appId}/{file}",
	"GET /", "POST /", "GET /chat/{appId}", "POST /chat/{appId}", "GET /docs/api", "GET /console", "GET /preview/host",
	"GET /media/{appId}/{key}/{name}", "GET /media/{appId}/{conversationId}/{messageId}/{place}",
}

// TestRoutesAgreeWithContract: there is no route that openapi.yaml does not describe, and the other way round; and the
// document asks for the credentials that the audience of the route is asked for.
func TestRoutesAgreeWithContract(t *testing.T) {
	t.Parallel()
	c, err := loadContract()
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]*openapi3.Operation{}
	for path, item := range c.document.Paths.Map() {
		for method, operation := range item.Operations() {
			described[method+" "+path] = operation
		}
	}
	for _, route := range httpapi.Routes() {
		name := route.Method + " " + route.Path
		operation := described[name]
		if operation == nil {
			t.Errorf("openapi.yaml does not describe %s", name)
			continue
		}
		delete(described, name)
		if got, want := schemes(c.document, operation), credentials[route.Who]; !slices.Equal(got, want) && len(got)+len(want) > 0 {
			if route.Who != httpapi.Page || !slices.Equal(got, []string{"sessionAuth"}) && !slices.Equal(got, []string{"lineAuth"}) {
				t.Errorf("%s is for %q, but openapi.yaml asks for %q", name, route.Who, got)
			}
		}
	}
	for name := range described {
		if !slices.Contains(elsewhere, name) {
			t.Errorf("openapi.yaml describes %s, which is no route", name)
		}
	}
}

// credentials are the schemes of openapi.yaml that the audiences present; a page may present its session, or its line.
var credentials = map[httpapi.Who][]string{
	httpapi.AppKey: {"basicAuth", "bearerAuth"},
	httpapi.AnyKey: {"basicAuth", "bearerAuth"},

	httpapi.Agent: {"agentAuth"}, httpapi.AppAgent: {"agentAuth"}, httpapi.AppAdmin: {"agentAuth"}, httpapi.AppOwner: {"agentAuth"}, httpapi.ServerAdmin: {"agentAuth"},
}

func schemes(document *openapi3.T, operation *openapi3.Operation) []string {
	security := &document.Security
	if operation.Security != nil {
		security = operation.Security
	}
	var names []string
	for _, requirement := range *security {
		for name := range requirement {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// TestElsewhereIsServed: what the contract describes beyond the routes is there, too.
func TestElsewhereIsServed(t *testing.T) {
	t.Parallel()
	e := start(t)
	document := e.call("GET", "/openapi.yaml", "").want(200)
	if got := document.header.Get("Content-Type"); got != "application/yaml; charset=utf-8" {
		t.Errorf("openapi.yaml is served as %s", got)
	}
	if _, err := openapi3.NewLoader().LoadFromData(document.body); err != nil {
		t.Errorf("the served contract: %v", err)
	}
	e.call("GET", "/metrics", "").want(200)
	e.call("GET", "/metrics", "", "X-Forwarded-For: 192.0.2.1").want(403)
	e.call("GET", "/frame/"+string(e.App.ID), "").want(200)
	e.call("GET", "/frame/unknown", "").want(404)
	e.call("GET", "/assets/nothing.js", "").want(404)
	e.call("GET", "/sdk/v1/apps/unknown/socket", "").want(404)
	e.call("GET", "/sdk/v1/apps/"+string(e.App.ID)+"/socket", "").want(400)
}
