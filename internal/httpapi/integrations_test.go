package httpapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/servertest"
)

// webhook and integration are as much of the resources as the tests look at.
type webhook struct {
	ID, Target, Secret, Version string
	Triggers                    []string
	Enabled                     bool
	LastError, FailingSince     string
	IncludeFullUser             bool
	IncludeFullSource           bool
}

type integration struct {
	ID, Type, Status, DisplayName string
	Webhooks                      []webhook
}

func (r reply) integration() integration {
	r.env.Helper()
	return decode[struct{ Integration integration }](r.env.T, r.body).Integration
}

func (r reply) webhook() webhook {
	r.env.Helper()
	return decode[struct{ Webhook webhook }](r.env.T, r.body).Webhook
}

// customBody makes a custom integration that is told of everything.
func customBody(target string, triggers ...string) string {
	if len(triggers) == 0 {
		triggers = []string{"*"}
	}
	list, err := json.Marshal(triggers)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(`{"type":"custom","displayName":"CRM","webhooks":[{"target":%q,"triggers":%s}]}`, target, list)
}

func (e env) newCustom() integration {
	e.Helper()
	return e.rest("POST", "/integrations", customBody("http://127.0.0.1:1")).want(201).integration()
}

func TestAnAppComesWithItsWebIntegration(t *testing.T) {
	t.Parallel()
	e := start(t)
	list := e.rest("GET", "/integrations?filter[types]=custom,web", "").want(200)
	if want := `"integrations":[{"id":"` + string(e.App.IntegrationID) + `","type":"web","status":"active"`; !strings.Contains(string(list.body), want) {
		t.Errorf("got %s, want it to hold %s", list.body, want)
	}
	own := "/integrations/" + string(e.App.IntegrationID)
	e.rest("DELETE", own, "").wantProblem(400, "bad_request", "integrationId")
	changed := e.rest("PATCH", own, `{"brandColor":"112233","businessName":"Shop","originWhitelist":["https://shop.example"],"id":"x","nonsense":{"a":1}}`).want(200)
	for _, want := range []string{`"brandColor":"112233"`, `"businessName":"Shop"`, `"conversationColor":"0099ff"`, `"originWhitelist":["https://shop.example"]`} {
		if !strings.Contains(string(changed.body), want) {
			t.Errorf("%s is not in %s", want, changed.body)
		}
	}
	if strings.Contains(string(changed.body), "nonsense") || changed.integration().ID != string(e.App.IntegrationID) {
		t.Errorf("what a web integration has not was kept: %s", changed.body)
	}
	if back := e.rest("PATCH", own, `{"brandColor":null,"businessName":null}`).want(200); !strings.Contains(string(back.body), `"brandColor":"65758e"`) ||
		strings.Contains(string(back.body), "businessName") {
		t.Errorf("null did not unset: %s", back.body)
	}
}

func TestSettingsOfIntegrationsAreChecked(t *testing.T) {
	t.Parallel()
	e := start(t)
	for _, c := range []struct{ body, field string }{
		{`{}`, "type"},
		{`{"type":"pigeon"}`, "type"},
		{`{"type":"web","displayName":"` + strings.Repeat("x", 101) + `"}`, "displayName"},
		{`{"type":"web","brandColor":"red"}`, "brandColor"},
		{`{"type":"web","conversationColor":"#12345"}`, "conversationColor"},
		{`{"type":"web","actionColor":"0099ff80"}`, "actionColor"},
		{`{"type":"web","actionColor":7}`, "actionColor"},
		{`{"type":"whatsapp","showAIDisclaimer":"no"}`, "showAIDisclaimer"},
		{`{"type":"web","fixedIntroPane":"yes"}`, "fixedIntroPane"},
		{`{"type":"web","displayStyle":"pane"}`, "displayStyle"},
		{`{"type":"web","buttonWidth":58}`, "buttonWidth"},
		{`{"type":"web","businessIconUrl":"javascript:alert(1)"}`, "businessIconUrl"},
		{`{"type":"web","originWhitelist":["https://shop.example/"]}`, "originWhitelist"},
		{`{"type":"web","originWhitelist":"https://shop.example"}`, "originWhitelist"},
		{`{"type":"web","prechatCapture":{"enabled":1}}`, "prechatCapture"},
		{`{"type":"web","webhooks":[{"target":"https://shop.example","triggers":["*"]}]}`, "webhooks"},
		{`{"type":"custom"}`, "webhooks"},
		{`{"type":"custom","webhooks":[]}`, "webhooks"},
		{`{"type":"custom","webhooks":[{"triggers":["*"]}]}`, "webhooks[0].target"},
		{`{"type":"custom","webhooks":[{"target":"https://shop.example"}]}`, "webhooks[0].triggers"},
		{`{"type":"custom","webhooks":[{"target":"https://shop.example","triggers":["conversation:dance"]}]}`, "webhooks[0].triggers[0]"},
		{`{"type":"custom","webhooks":[{"target":"http://10.0.0.1/","triggers":["*"]}]}`, "webhooks[0].target"},
		{`{"type":"custom","webhooks":[{"target":"file:///etc/passwd","triggers":["*"]}]}`, "webhooks[0].target"},
		{`{"type":"line","channelId":{"deep":1}}`, "channelId"},
		{`{"type":"line","lineId":"` + strings.Repeat("x", 20000) + `"}`, "integration"},
	} {
		e.rest("POST", "/integrations", c.body).wantProblem(400, "bad_request", c.field)
	}
	if n := strings.Count(string(e.rest("GET", "/integrations", "").want(200).body), `"type"`); n != 1 {
		t.Errorf("refused integrations were stored: %d", n)
	}
}

// TestSettingsAreShownAsGiven: short colours and the switch of every type are kept; pages get a colour of six digits.
func TestSettingsAreShownAsGiven(t *testing.T) {
	t.Parallel()
	e := start(t)
	web := e.rest("POST", "/integrations", `{"type":"web","brandColor":"#0AF","conversationColor":"fff","actionColor":"#123456","showAIDisclaimer":false}`).want(201)
	for _, r := range []reply{web, e.rest("GET", "/integrations/"+web.integration().ID, "").want(200)} {
		for _, want := range []string{`"brandColor":"#0AF"`, `"conversationColor":"fff"`, `"actionColor":"#123456"`, `"showAIDisclaimer":false`} {
			if !strings.Contains(string(r.body), want) {
				t.Errorf("%s is not in %s", want, r.body)
			}
		}
	}
	if shown := string(e.call("GET", "/sdk/v1/apps/"+web.integration().ID+"/config", "").want(200).body); !strings.Contains(shown, `"color":"#00aaff"`) {
		t.Errorf("pages see %s", shown)
	}
	custom := e.newCustom()
	for body, want := range map[string]bool{`{"showAIDisclaimer":true}`: true, `{"showAIDisclaimer":null}`: false} {
		if r := e.rest("PATCH", "/integrations/"+custom.ID, body).want(200); strings.Contains(string(r.body), `"showAIDisclaimer":true`) != want {
			t.Errorf("%s: %s", body, r.body)
		}
	}
}

// TestOtherChannelsAreStoredWithoutTheirCredentials: nothing is sent by them, and what would open them is not kept.
func TestOtherChannelsAreStoredWithoutTheirCredentials(t *testing.T) {
	t.Parallel()
	e := start(t)
	made := e.rest("POST", "/integrations", `{"type":"line","channelId":"42","channelSecret":"hush-hush","channelAccessToken":"hush-hush"}`).want(201)
	if body := string(made.body); strings.Contains(body, "hush") || !strings.Contains(body, `"channelId":"42"`) || made.integration().Status != "inactive" {
		t.Errorf("got %s", body)
	}
	conversation := e.anyConversation()
	e.rest("POST", conversation+"/messages", `{"author":{"type":"business"},"content":{"type":"text","text":"x"},"destination":{"integrationId":"`+made.integration().ID+`"}}`).
		wantProblem(400, "bad_request", "destination.integrationId")
	e.rest("POST", conversation+"/messages", `{"author":{"type":"business"},"content":{"type":"text","text":"x"},"destination":{"integrationType":"line"}}`).
		wantProblem(400, "bad_request", "destination.integrationType")
	second := e.rest("POST", "/integrations", `{"type":"web","displayName":"Second site"}`).want(201).integration()
	e.rest("POST", conversation+"/messages", `{"author":{"type":"business"},"content":{"type":"text","text":"x"},"destination":{"integrationId":"`+second.ID+`"}}`).want(201)
	e.call("GET", "/sdk/v1/apps/"+second.ID+"/config", "").want(200)
}

func TestIntegrationsAreListedInPages(t *testing.T) {
	t.Parallel()
	e := start(t)
	for range 3 {
		e.rest("POST", "/integrations", `{"type":"telegram"}`).want(201)
	}
	seen, path := map[string]bool{}, "/integrations?page[size]=2"
	for pages := 0; ; pages++ {
		list := decode[struct {
			Integrations []integration
			Meta         struct {
				HasMore     bool
				AfterCursor string
			}
		}](t, e.rest("GET", path, "").want(200).body)
		for _, one := range list.Integrations {
			seen[one.ID] = true
		}
		if !list.Meta.HasMore {
			break
		}
		path = "/integrations?page[size]=2&page[after]=" + list.Meta.AfterCursor
	}
	if len(seen) != 4 {
		t.Errorf("%d integrations on all pages, want 4", len(seen))
	}
	e.rest("GET", "/integrations?filter[types]=pigeon", "").wantProblem(400, "bad_request", "filter[types]")
	e.rest("GET", "/integrations/x", "").wantProblem(404, "integration_not_found", "")
	e.rest("PATCH", "/integrations/x", `{}`).wantProblem(404, "integration_not_found", "")
	e.rest("DELETE", "/integrations/x", "").wantProblem(404, "integration_not_found", "")
}

// TestKeysOfAnIntegration: they talk to users, and see the webhooks of their own integration only.
func TestKeysOfAnIntegration(t *testing.T) {
	t.Parallel()
	e := start(t)
	mine, other := e.newCustom(), e.newCustom()
	keys := "/integrations/" + mine.ID + "/keys"
	made := decode[struct {
		Key struct{ ID, Secret, DisplayName string }
	}](t, e.rest("POST", keys, `{"displayName":"backend"}`).want(201).body).Key
	if !strings.HasPrefix(made.ID, "int_") || made.DisplayName != "backend" {
		t.Errorf("got %+v", made)
	}
	key := servertest.Key{ID: made.ID, Secret: made.Secret}
	bearer := "Authorization: Bearer " + key.Token(t, map[string]any{"scope": "integration"})
	for _, credentials := range []string{key.Basic(), bearer} {
		can := func(method, path, body string, status int) {
			t.Helper()
			e.call(method, e.path(path), body, credentials).want(status)
		}
		can("POST", "/users", `{"externalId":"u-`+chat.NewID(e.App.CreatedAt)+`"}`, 201)
		can("GET", "/integrations/"+mine.ID+"/webhooks", "", 200)
		can("GET", "/integrations/me/webhooks/"+mine.Webhooks[0].ID, "", 200)
		can("GET", "/integrations/"+other.ID+"/webhooks", "", 404)
		can("GET", "/integrations/me/webhooks/"+other.Webhooks[0].ID, "", 404)
		can("GET", "/integrations/me", "", 200)
		can("GET", "/integrations/"+mine.ID, "", 200)
		can("GET", "/integrations/"+other.ID, "", 403)
		can("PATCH", "/integrations/me", `{"displayName":"x"}`, 403)
		can("DELETE", "/integrations/me", "", 403)
		can("GET", "/integrations", "", 403)
		can("GET", keys, "", 403)
		can("GET", "/keys", "", 403)
	}
	if list := string(e.rest("GET", keys, "").want(200).body); !strings.Contains(list, made.ID) || strings.Contains(list, made.Secret) {
		t.Errorf("list of keys: %s", list)
	}
	account := e.accountKey()
	if list := string(e.call("GET", e.path("/keys"), "", account.Basic()).want(200).body); strings.Contains(list, made.ID) {
		t.Errorf("the app's keys hold the integration's: %s", list)
	}
	e.call("DELETE", e.path("/keys/"+made.ID), "", account.Basic()).wantProblem(404, "not_found", "")
	e.rest("GET", "/integrations/"+other.ID+"/keys/"+made.ID, "").wantProblem(404, "not_found", "")
	e.rest("DELETE", "/integrations/"+other.ID+"/keys/"+made.ID, "").wantProblem(404, "not_found", "")
	e.rest("DELETE", keys+"/"+made.ID, "").want(200)
	e.call("GET", e.path("/users?filter[identities.email]=a@example.com"), "", key.Basic()).want(401)

	e.rest("POST", keys, `{}`).wantProblem(400, "bad_request", "displayName")
	e.rest("POST", "/integrations/"+string(e.App.IntegrationID)+"/keys", `{"displayName":"x"}`).wantProblem(400, "bad_request", "integrationId")
	for range chat.MaxIntegrationKeys {
		e.rest("POST", keys, `{"displayName":"x"}`).want(201)
	}
	e.rest("POST", keys, `{"displayName":"x"}`).wantProblem(400, "too_many_keys", "")
}

// TestKeysEndWithTheirIntegration: at once, also where the key is known already.
func TestKeysEndWithTheirIntegration(t *testing.T) {
	t.Parallel()
	e := start(t)
	mine := e.newCustom()
	made := decode[struct{ Key struct{ ID, Secret string } }](t, e.rest("POST", "/integrations/"+mine.ID+"/keys", `{"displayName":"x"}`).want(201).body).Key
	key := servertest.Key{ID: made.ID, Secret: made.Secret}
	e.call("GET", e.path("/integrations/me/webhooks"), "", key.Basic()).want(200)
	e.rest("DELETE", "/integrations/"+mine.ID, "").want(200)
	e.call("GET", e.path("/integrations/me/webhooks"), "", key.Basic()).want(401)
}

// TestPagesSeeTheirIntegration: name, colour and origins of the integration that they name, and not of another.
func TestPagesSeeTheirIntegration(t *testing.T) {
	t.Parallel()
	e := start(t)
	second := e.rest("POST", "/integrations", `{"type":"web","businessName":"Second","brandColor":"112233","originWhitelist":["https://second.example"]}`).want(201).integration()
	shown := string(e.call("GET", "/sdk/v1/apps/"+second.ID+"/config", "", "Origin: https://second.example").want(200).body)
	for _, want := range []string{`"name":"Second"`, `"color":"#112233"`, `"integration":{"id":"` + second.ID + `"}`, `"frame":"/frame/` + second.ID + `"`} {
		if !strings.Contains(shown, want) {
			t.Errorf("%s is not in %s", want, shown)
		}
	}
	e.call("GET", "/sdk/v1/apps/"+second.ID+"/config", "", "Origin: https://shop.example").wantProblem(403, "origin_not_allowed", "")
	first := string(e.call("GET", e.sdk("/config"), "", "Origin: https://shop.example").want(200).body)
	if strings.Contains(first, "Second") || !strings.Contains(first, string(e.App.IntegrationID)) {
		t.Errorf("the app's own integration shows %s", first)
	}
}
