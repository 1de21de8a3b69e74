package httpapi_test

import (
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/sso/ssotest"
	"github.com/parlorchat/parlor/internal/wire"
)

// back goes to the provider, and returns the body that brings back what it answers.
func (b *browser) back(login *ssotest.Login, path string) string {
	b.Helper()
	begun := read[wire.SignOnBegun](b.do("POST", path, "").want(200))
	code, query := login.Authorize(begun.Address)
	if at := query.Get("redirect_uri"); at != b.URL+"/console/sso" {
		b.Errorf("the provider sends people to %s", at)
	}
	return `{"code":"` + code + `","state":"` + query.Get("state") + `"}`
}

func TestSingleSignOnAtTheConsole(t *testing.T) {
	t.Parallel()
	login := ssotest.NewLogin(t)
	e := start(t, func(c *config.Server) {
		c.OIDCIssuer, c.OIDCClientID, c.OIDCClientSecret, c.OIDCName = login.URL, ssotest.ClientID, ssotest.ClientSecret, "Shop login"
		c.OutboundAllow = []string{"127.0.0.0/8"}
	})
	boss, kim := e.boss(), e.console()
	if ways := kim.do("GET", "/session/ways", "").want(200); string(ways.body) != `{"signOn":{"name":"Shop login"}}` {
		t.Errorf("the ways are %s", ways.body)
	}
	kim.do("PUT", "/session/sign-on", kim.back(login, "/session/sign-on")).wantProblem(403, "sso_no_account", "")
	boss.do("POST", "/apps/"+string(e.App.ID)+"/invitations", `{"email":"kim@shop.example","role":"agent"}`).want(201)
	answer := kim.back(login, "/session/sign-on")
	begun := kim.cookies[wire.SignOnCookie]
	e.console().do("PUT", "/session/sign-on", answer).wantProblem(401, "sso_over", "")
	in := kim.do("PUT", "/session/sign-on", answer).want(201).atDesk()
	if in.Agent.Email != "kim@shop.example" || len(in.Apps) != 1 || in.Apps[0].Role != "agent" {
		t.Errorf("signed in as %+v", in)
	}
	if kim.cookies[wire.SignOnCookie] != "" {
		t.Error("what was begun is still in the browser")
	}
	kim.cookies[wire.SignOnCookie] = begun
	kim.do("PUT", "/session/sign-on", answer).wantProblem(401, "sso_over", "")
	if proofs := read[struct{ Proofs wire.Proofs }](kim.do("GET", "/session", "").want(200)).Proofs; proofs != (wire.Proofs{SignOn: true}) {
		t.Errorf("the proofs are %+v", proofs)
	}
	session := kim.cookies[wire.ConsoleCookie]
	kim.do("PUT", "/session/sign-on", kim.back(login, "/session/proof/sign-on")).want(200)
	if kim.cookies[wire.ConsoleCookie] != session {
		t.Error("a proof is a session of its own")
	}
	boss.do("PUT", "/session/sign-on", boss.back(login, "/session/proof/sign-on")).wantProblem(403, "sso_another", "")

	// Where second factors are asked for, the provider answers for who comes by it, unless the app asks everybody.
	boss.protect()
	of := "/apps/" + string(e.App.ID)
	boss.do("PUT", of+"/factors", `{"factors":"password"}`).want(204)
	kim.do("GET", of+"/inbox", "").want(200)
	boss.do("PUT", of+"/factors", `{"factors":"everybody"}`).want(204)
	kim.do("GET", of+"/inbox", "").wantProblem(403, "second_factor_needed", "")
}

func TestSingleSignOnThatIsNotThere(t *testing.T) {
	t.Parallel()
	e := start(t)
	none := e.console()
	if ways := none.do("GET", "/session/ways", "").want(200); string(ways.body) != `{}` {
		t.Errorf("the ways are %s", ways.body)
	}
	none.do("POST", "/session/sign-on", "").wantProblem(404, "sso_off", "")
	none.do("PUT", "/session/sign-on", `{"code":"x","state":"x"}`).wantProblem(401, "sso_over", "")

	// A provider that is not allowed is not called: law 7 holds here, too.
	login := ssotest.NewLogin(t)
	inner := start(t, func(c *config.Server) {
		c.OIDCIssuer, c.OIDCClientID, c.OIDCName, c.OutboundAllow = login.URL, ssotest.ClientID, "Shop login", nil
	}).console()
	r := inner.do("POST", "/session/sign-on", "")
	r.wantProblem(503, "sso_unreachable", "")
	if strings.Contains(string(r.body), "127.0.0.1") {
		t.Errorf("the answer tells of the inner network: %s", r.body)
	}
}
