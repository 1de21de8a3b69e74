package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/servertest"
)

// boardMember is a switchboard integration as a program reads it.
type boardMember struct {
	ID, Name, IntegrationID, IntegrationType string
	DeliverStandbyEvents                     bool
	NextSwitchboardIntegrationID             string
	MessageHistoryCount                      int
}

func (r reply) boardMember() boardMember {
	r.env.Helper()
	return decode[struct{ SwitchboardIntegration boardMember }](r.env.T, r.body).SwitchboardIntegration
}

func (r reply) boardMembers() []boardMember {
	r.env.Helper()
	return decode[struct{ SwitchboardIntegrations []boardMember }](r.env.T, r.body).SwitchboardIntegrations
}

type switchboard struct {
	ID                              string
	Enabled                         bool
	DefaultSwitchboardIntegrationID string
}

func (r reply) switchboard() switchboard {
	r.env.Helper()
	return decode[struct{ Switchboard switchboard }](r.env.T, r.body).Switchboard
}

// board is a switchboard that is enabled, with custom integrations of these names on it; the first one begins.
type board struct {
	env     env
	id      string
	path    string // in the app
	members map[string]boardMember
}

func (e env) newBoard(names ...string) board {
	e.Helper()
	return e.boardOf(e.path(""), e.Key, names...)
}

// boardOf is newBoard of any app, by its path and its key.
func (e env) boardOf(root string, key servertest.Key, names ...string) board {
	e.Helper()
	b := board{env: e, members: map[string]boardMember{}}
	do := func(method, path, body string, status int) reply {
		return e.call(method, root+path, body, key.Basic()).want(status)
	}
	b.id = do("POST", "/switchboards", "", 201).switchboard().ID
	b.path = "/switchboards/" + b.id
	for _, name := range names {
		custom := do("POST", "/integrations", customBody("http://127.0.0.1:1"), 201).integration()
		b.members[name] = do("POST", b.path+"/switchboardIntegrations", fmt.Sprintf(`{"name":%q,"integrationId":%q}`, name, custom.ID), 201).boardMember()
	}
	do("PATCH", b.path, fmt.Sprintf(`{"enabled":true,"defaultSwitchboardIntegrationId":%q}`, b.members[names[0]].ID), 200)
	return b
}

// change changes how a member stands on the switchboard.
func (b board) change(name, body string) boardMember {
	b.env.Helper()
	return b.env.rest("PATCH", b.path+"/switchboardIntegrations/"+b.members[name].ID, body).want(200).boardMember()
}

func TestSwitchboardLife(t *testing.T) {
	t.Parallel()
	e := start(t)
	if list := string(e.rest("GET", "/switchboards", "").want(200).body); list != `{"switchboards":[]}` {
		t.Errorf("before there is one: %s", list)
	}
	made := e.rest("POST", "/switchboards", "").want(201).switchboard()
	if made.Enabled || made.DefaultSwitchboardIntegrationID != "" {
		t.Errorf("made %+v", made)
	}
	e.rest("POST", "/switchboards", `{}`).wantProblem(400, "bad_request", "appId")
	path := "/switchboards/" + made.ID
	e.rest("PATCH", path, `{"enabled":true}`).wantProblem(400, "bad_request", "defaultSwitchboardIntegrationId")
	e.rest("PATCH", path, `{"defaultSwitchboardIntegrationId":"`+chat.NewID(e.App.CreatedAt)+`"}`).
		wantProblem(404, "switchboard_integration_not_found", "defaultSwitchboardIntegrationId")

	custom := e.newCustom()
	bot := e.rest("POST", path+"/switchboardIntegrations", `{"name":"bot","integrationType":"custom"}`).want(201).boardMember()
	if want := (boardMember{ID: bot.ID, Name: "bot", IntegrationID: custom.ID, IntegrationType: "custom", DeliverStandbyEvents: true}); bot != want {
		t.Errorf("got %+v, want %+v", bot, want)
	}
	other := e.newCustom()
	human := e.rest("POST", path+"/switchboardIntegrations",
		`{"name":"zd-agentWorkspace","integrationId":"`+other.ID+`","deliverStandbyEvents":false,"nextSwitchboardIntegrationId":"`+bot.ID+`","messageHistoryCount":10}`).want(201).boardMember()
	if human.DeliverStandbyEvents || human.NextSwitchboardIntegrationID != bot.ID || human.MessageHistoryCount != 10 {
		t.Errorf("got %+v", human)
	}
	if all := e.rest("GET", path+"/switchboardIntegrations", "").want(200).boardMembers(); len(all) != 2 {
		t.Errorf("list: %+v", all)
	}
	one := path + "/switchboardIntegrations/" + human.ID
	if got := e.rest("PATCH", one, `{}`).want(200).boardMember(); got != human {
		t.Errorf("an empty PATCH made %+v of %+v", got, human)
	}
	changed := e.rest("PATCH", one, `{"name":"human","integrationId":"`+custom.ID+`","deliverStandbyEvents":true,"nextSwitchboardIntegrationId":null,"messageHistoryCount":null}`).want(200).boardMember()
	if want := (boardMember{ID: human.ID, Name: "human", IntegrationID: custom.ID, IntegrationType: "custom", DeliverStandbyEvents: true}); changed != want {
		t.Errorf("got %+v, want %+v", changed, want)
	}

	on := e.rest("PATCH", path, `{"enabled":true,"defaultSwitchboardIntegrationId":"`+bot.ID+`"}`).want(200).switchboard()
	if !on.Enabled || on.DefaultSwitchboardIntegrationID != bot.ID {
		t.Errorf("enabled: %+v", on)
	}
	e.rest("PATCH", path, `{"defaultSwitchboardIntegrationId":null}`).wantProblem(400, "bad_request", "defaultSwitchboardIntegrationId")
	e.rest("DELETE", path+"/switchboardIntegrations/"+bot.ID, "").wantProblem(400, "bad_request", "switchboardIntegrationId")
	e.rest("PATCH", path+"/switchboardIntegrations/"+bot.ID, `{"nextSwitchboardIntegrationId":"`+human.ID+`"}`).want(200)
	if p := e.rest("DELETE", one, "").wantProblem(400, "bad_request", "switchboardIntegrationId"); !strings.Contains(p.Title, "next to bot") {
		t.Errorf("does not say whose next one it is: %s", p.Title)
	}
	e.rest("DELETE", "/integrations/"+custom.ID, "").wantProblem(400, "bad_request", "integrationId")
	e.rest("DELETE", "/integrations/"+other.ID, "").want(200)

	e.rest("DELETE", path, "").want(200)
	e.rest("DELETE", path, "").wantProblem(404, "switchboard_not_found", "")
	e.rest("PATCH", path, `{}`).wantProblem(404, "switchboard_not_found", "")
	e.rest("GET", path+"/switchboardIntegrations", "").wantProblem(404, "switchboard_not_found", "")
	e.rest("DELETE", "/integrations/"+custom.ID, "").want(200)
	e.rest("POST", "/switchboards", "").want(201)
}

func TestSwitchboardIntegrationsAreChecked(t *testing.T) {
	t.Parallel()
	e := start(t)
	b := e.newBoard("bot", "human")
	all := b.path + "/switchboardIntegrations"
	id := b.members["bot"].IntegrationID
	line := e.rest("POST", "/integrations", `{"type":"line"}`).want(201).integration()
	for _, c := range []struct{ body, code, field string }{
		{`{"integrationId":"` + id + `"}`, "bad_request", "name"},
		{`{"name":"","integrationId":"` + id + `"}`, "bad_request", "name"},
		{`{"name":"a b","integrationId":"` + id + `"}`, "bad_request", "name"},
		{`{"name":"bät","integrationId":"` + id + `"}`, "bad_request", "name"},
		{`{"name":"` + strings.Repeat("x", 129) + `","integrationId":"` + id + `"}`, "bad_request", "name"},
		{`{"name":"next","integrationId":"` + id + `"}`, "bad_request", "name"},
		{`{"name":"x"}`, "bad_request", "integrationId"},
		{`{"name":"x","integrationId":"` + id + `","integrationType":"custom"}`, "bad_request", "integrationType"},
		{`{"name":"x","integrationType":"custom"}`, "bad_request", "integrationType"}, // there are two
		{`{"name":"x","integrationType":"zd:agentWorkspace"}`, "bad_request", "integrationType"},
		{`{"name":"x","integrationType":"line"}`, "bad_request", "integrationType"},
		{`{"name":"x","integrationId":"` + string(e.App.IntegrationID) + `"}`, "bad_request", "integrationId"},
		{`{"name":"x","integrationId":"` + line.ID + `"}`, "bad_request", "integrationId"},
		{`{"name":"x","integrationId":"` + id + `","messageHistoryCount":0}`, "bad_request", "messageHistoryCount"},
		{`{"name":"x","integrationId":"` + id + `","messageHistoryCount":11}`, "bad_request", "messageHistoryCount"},
		{`{"name":"x","integrationId":"` + id + `","messageHistoryCount":1.5}`, "bad_request", ""},
		{`{"name":"x","integrationId":"` + id + `","deliverStandbyEvents":"yes"}`, "bad_request", ""},
		{`{"name":"x","integrationId":"nobody"}`, "integration_not_found", "integrationId"},
		{`{"name":"x","integrationId":"` + id + `","nextSwitchboardIntegrationId":"nobody"}`, "switchboard_integration_not_found", "nextSwitchboardIntegrationId"},
		{`{"name":"human","integrationId":"` + id + `"}`, "conflict", "name"},
	} {
		status := map[string]int{"bad_request": 400, "conflict": 409}[c.code]
		if status == 0 {
			status = 404
		}
		e.rest("POST", all, c.body).wantProblem(status, c.code, c.field)
	}
	e.rest("PATCH", all+"/"+b.members["bot"].ID, `{"name":"human"}`).wantProblem(409, "conflict", "name")
	e.rest("PATCH", all+"/"+b.members["bot"].ID, `{"nextSwitchboardIntegrationId":"`+b.members["bot"].ID+`"}`).wantProblem(400, "bad_request", "nextSwitchboardIntegrationId")
	for _, call := range []func(path string) reply{
		func(path string) reply { return e.rest("PATCH", path, `{}`) },
		func(path string) reply { return e.rest("DELETE", path, "") },
	} {
		call(all+"/nobody").wantProblem(404, "switchboard_integration_not_found", "")
		call("/switchboards/elsewhere/switchboardIntegrations/"+b.members["bot"].ID).wantProblem(404, "switchboard_not_found", "")
	}
	for i := 2; i < chat.MaxSwitchboardIntegrations; i++ {
		e.rest("POST", all, fmt.Sprintf(`{"name":"n-%d","integrationId":%q}`, i, id)).want(201)
	}
	e.rest("POST", all, `{"name":"one-more","integrationId":"`+id+`"}`).wantProblem(400, "too_many_switchboard_integrations", "")
}

// TestKeysOfIntegrationsSeeNoSwitchboard: it is the app's, and another app's is not there.
func TestKeysOfIntegrationsSeeNoSwitchboard(t *testing.T) {
	t.Parallel()
	e := start(t)
	b := e.newBoard("bot", "human")
	key := e.keyOf(b.members["bot"])
	for _, c := range [][2]string{{"GET", ""}, {"POST", ""}, {"PATCH", "/" + b.id}, {"DELETE", "/" + b.id}, {"GET", "/" + b.id + "/switchboardIntegrations"},
		{"POST", "/" + b.id + "/switchboardIntegrations"}, {"DELETE", "/" + b.id + "/switchboardIntegrations/" + b.members["human"].ID}} {
		e.call(c[0], e.path("/switchboards"+c[1]), `{}`, key.Basic()).wantProblem(403, "forbidden", "")
	}
	app, other := e.NewApp("Other")
	elsewhere := "/v2/apps/" + string(app.ID)
	e.call("PATCH", elsewhere+b.path, `{}`, other.Basic()).wantProblem(404, "switchboard_not_found", "")
	e.call("DELETE", elsewhere+b.path, "", other.Basic()).wantProblem(404, "switchboard_not_found", "")
	e.call("GET", elsewhere+b.path+"/switchboardIntegrations", "", other.Basic()).wantProblem(404, "switchboard_not_found", "")
}

// keyOf is a key of the integration that stands on the switchboard.
func (e env) keyOf(m boardMember) servertest.Key {
	e.Helper()
	made := decode[struct{ Key struct{ ID, Secret string } }](e.T, e.rest("POST", "/integrations/"+m.IntegrationID+"/keys", `{"displayName":"own"}`).want(201).body).Key
	return servertest.Key{ID: made.ID, Secret: made.Secret}
}
