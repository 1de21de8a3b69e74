package httpapi_test

import (
	"strings"
	"testing"
)

// TestOrigins: which pages may use an app, and what they are told (security rule 37, and rule 15 for refusals).
func TestOrigins(t *testing.T) {
	t.Parallel()
	const shop = "https://shop.example"
	open, listed := start(t), start(t)
	listed.Set(map[string]string{"origins": shop + ",https://b.example:8443"})
	for name, test := range map[string]struct {
		env     env
		origin  string // empty: no page
		allowed bool
		cors    string
	}{
		"any":             {open, shop, true, "*"},
		"any, null":       {open, "null", false, ""},
		"any, own":        {open, open.URL, true, "*"},
		"any, no page":    {open, "", true, "*"},
		"listed":          {listed, shop, true, shop},
		"listed, port":    {listed, "https://b.example:8443", true, "https://b.example:8443"},
		"other port":      {listed, "https://shop.example:444", false, ""},
		"other scheme":    {listed, "http://shop.example", false, ""},
		"suffix":          {listed, "https://shop.example.evil.example", false, ""},
		"subdomain":       {listed, "https://a.shop.example", false, ""},
		"null":            {listed, "null", false, ""},
		"own":             {listed, listed.URL, true, ""},
		"no page":         {listed, "", true, ""},
		"other":           {listed, "https://evil.example", false, ""},
		"in another case": {listed, "HTTPS://SHOP.EXAMPLE", false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := test.env.in(t)
			var headers []string
			if test.origin != "" {
				headers = append(headers, "Origin: "+test.origin)
			}
			check := func(r reply, allowed int) {
				t.Helper()
				if test.allowed {
					r.want(allowed)
				} else {
					r.wantProblem(403, "origin_not_allowed", "")
				}
				if got := r.header.Get("Access-Control-Allow-Origin"); got != test.cors {
					t.Errorf("%d: Access-Control-Allow-Origin is %q, want %q", r.status, got, test.cors)
				}
				if got := r.header.Get("Access-Control-Allow-Credentials"); got != "" {
					t.Errorf("Access-Control-Allow-Credentials is %q", got)
				}
			}
			check(e.call("GET", e.sdk("/config"), "", headers...), 200)
			check(e.call("POST", e.sdk("/sessions"), `{}`, headers...), 201)
			check(e.call("POST", e.sdk("/sessions"), credential("sdk", "a.b.c"), headers...), 401)
			check(e.call("POST", e.sdk("/sessions"), `{`, headers...), 400)
			check(e.call("DELETE", e.sdk("/sessions/current"), "", append(headers, "Authorization: Bearer x")...), 204)
			check(e.call("DELETE", e.sdk("/sessions/current"), "", headers...), 401)
			asks := append(headers, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization,content-type")
			for _, path := range []string{"/sessions", "/sessions/current", "/config"} {
				check(e.call("OPTIONS", e.sdk(path), "", asks...), 204)
			}
		})
	}
}

func TestPreflightSaysWhatMayBeSent(t *testing.T) {
	t.Parallel()
	e := start(t)
	r := e.call("OPTIONS", e.sdk("/sessions"), "", "Origin: https://shop.example", "Access-Control-Request-Method: POST").want(204)
	for name, wanted := range map[string][]string{
		"Access-Control-Allow-Methods": {"GET", "POST", "DELETE"},
		"Access-Control-Allow-Headers": {"Authorization", "Content-Type"},
		"Access-Control-Max-Age":       {"600"},
	} {
		for _, word := range wanted {
			if !strings.Contains(r.header.Get(name), word) {
				t.Errorf("%s is %q", name, r.header.Get(name))
			}
		}
	}
	exposed := e.call("POST", e.sdk("/sessions"), `{}`, "Origin: https://shop.example").want(201).header.Get("Access-Control-Expose-Headers")
	if !strings.Contains(exposed, "Retry-After") || !strings.Contains(exposed, "X-Request-Id") {
		t.Errorf("exposed are %q", exposed)
	}
	e.call("OPTIONS", "/sdk/v1/apps/unknown/sessions", "", "Origin: https://shop.example").want(204)
	unknown := e.call("POST", "/sdk/v1/apps/unknown/sessions", `{}`, "Origin: https://shop.example")
	if unknown.wantProblem(404, "app_not_found", ""); unknown.header.Get("Access-Control-Allow-Origin") != "*" {
		t.Error("a page cannot read that its app id is wrong")
	}
}

// TestConfig: small, the same by both ids, and cacheable.
func TestConfig(t *testing.T) {
	t.Parallel()
	e := start(t)
	byApp := e.call("GET", e.sdk("/config"), "").want(200)
	byIntegration := e.call("GET", "/sdk/v1/apps/"+string(e.App.IntegrationID)+"/config", "").want(200)
	if string(byApp.body) != string(byIntegration.body) || len(byApp.body) > 1024 {
		t.Errorf("by app %s\nby integration %s", byApp.body, byIntegration.body)
	}
	if got := byApp.header.Get("Cache-Control"); got != "public, max-age=60" {
		t.Errorf("Cache-Control is %q", got)
	}
	if got := e.call("GET", "/sdk/v1/apps/unknown/config", "").wantProblem(404, "app_not_found", ""); got.Title == "" {
		t.Error("no title")
	}
	if got := e.call("GET", "/sdk/v1/apps/unknown/config", "").header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("a refusal is kept: Cache-Control is %q", got)
	}
}
