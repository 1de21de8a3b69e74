package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/wire"
)

// protect turns codes on for whoever is signed in. What comes back is the secret of the phone, and the recovery codes.
func (b *browser) protect() (secret string, recovery []string) {
	b.Helper()
	set := read[wire.TOTPSetUp](b.do("POST", "/agent/totp", "").want(201))
	on := read[wire.RecoveryCodes](b.do("PUT", "/agent/totp", `{"code":"`+b.codeOf(set.Secret, 0)+`"}`).want(200))
	return set.Secret, on.RecoveryCodes
}

// codeOf is the code that a phone shows so many half minutes from now.
func (b *browser) codeOf(secret string, steps int) string {
	b.Helper()
	code, err := totp.GenerateCode(secret, time.Now().Add(time.Duration(steps)*30*time.Second))
	if err != nil {
		b.Fatal(err)
	}
	return code
}

func (b *browser) signIn(name string) reply {
	b.Helper()
	return b.do("POST", "/session", `{"email":"`+name+`@shop.example","password":"`+agentPassword+`"}`)
}

func TestSecondFactorOfTheConsole(t *testing.T) {
	t.Parallel()
	e := start(t)
	boss := e.boss()
	set := read[wire.TOTPSetUp](boss.do("POST", "/agent/totp", "").want(201))
	if !strings.HasPrefix(set.Address, "otpauth://totp/Parlor%20127.0.0.1:boss@shop.example?") || !strings.Contains(set.Address, set.Secret) {
		t.Errorf("the address is %s", set.Address)
	}
	// A finder pattern stands in three corners, and a QR code has 17 rows and four for each version.
	if rows := len(set.QR); rows%4 != 1 || !strings.HasPrefix(set.QR[0], "#######.") || !strings.HasPrefix(set.QR[rows-1], "#######.") || !strings.HasSuffix(set.QR[0], ".#######") {
		t.Errorf("the code is\n%s", strings.Join(set.QR, "\n"))
	}
	boss.do("PUT", "/agent/totp", `{"code":"000000"}`).wantProblem(401, "wrong_code", "")
	boss.do("PUT", "/agent/totp", `{}`).wantProblem(400, "bad_request", "code")
	secret, recovery := boss.protect()
	boss.do("POST", "/agent/totp", "").wantProblem(409, "totp_on", "")
	if factors := read[struct{ Factors wire.Factors }](boss.do("GET", "/session", "").want(200)).Factors; factors != (wire.Factors{TOTP: true, RecoveryCodes: 10}) {
		t.Errorf("the factors are %+v", factors)
	}

	half := e.console()
	half.do("POST", "/session/second-step", `{"code":"000000"}`).wantProblem(401, "step_over", "")
	step := read[struct {
		Step struct{ Factors wire.Factors }
	}](half.signIn("boss").want(202)).Step
	if !step.Factors.TOTP || half.cookies[wire.StepCookie] == "" || half.cookies[wire.ConsoleCookie] != "" {
		t.Errorf("the step is %+v, its cookies %v", step, half.cookies)
	}
	half.do("GET", "/session", "").wantProblem(401, "unauthorized", "")
	half.cookies[wire.ConsoleCookie] = half.cookies[wire.StepCookie]
	half.do("GET", "/session", "").wantProblem(401, "unauthorized", "")
	half.do("POST", "/session/second-step", `{"code":"000000"}`).wantProblem(401, "wrong_code", "")
	half.do("POST", "/session/second-step", `{"code":"`+half.codeOf(secret, 1)+`"}`).want(201)
	half.do("GET", "/session", "").want(200)
	if half.cookies[wire.StepCookie] != "" {
		t.Error("the step is still in the browser")
	}

	half.do("POST", "/session/proof", `{"password":"`+agentPassword+`"}`).wantProblem(401, "wrong_proof", "")
	half.do("POST", "/session/proof", `{"password":"`+agentPassword+`","code":"`+recovery[0]+`"}`).want(200)
	renewed := read[wire.RecoveryCodes](half.do("POST", "/agent/recovery-codes", "").want(201)).RecoveryCodes
	if len(renewed) != 10 || renewed[0] == recovery[0] {
		t.Errorf("the new codes are %v", renewed)
	}
	half.do("DELETE", "/agent/totp", "").want(204)
	half.do("DELETE", "/agent/totp", "").wantProblem(404, "totp_not_found", "")
	e.console().signIn("boss").want(201)
}

func TestALinkOpensNoAccountPastItsSecondFactor(t *testing.T) {
	t.Parallel()
	e := start(t)
	boss := e.boss()
	other, _ := e.NewApp("Other")
	kim := boss.colleague(string(e.App.ID), "kim", "agent")
	secret, _ := kim.protect()
	made := read[invited](boss.do("POST", "/apps/"+string(other.ID)+"/invitations", `{"email":"kim@shop.example","role":"admin"}`).want(201))
	_, token, _ := strings.Cut(made.URL, "#")
	elsewhere := e.console()
	elsewhere.do("POST", "/links/accept", `{"token":"`+token+`","password":"`+agentPassword+`"}`).want(202)
	elsewhere.do("GET", "/session", "").wantProblem(401, "unauthorized", "")
	elsewhere.do("POST", "/session/second-step", `{"code":"`+kim.codeOf(secret, 1)+`"}`).want(201)
	if apps := elsewhere.do("GET", "/session", "").want(200).atDesk().Apps; len(apps) != 2 {
		t.Errorf("the apps are %v", apps)
	}
}

func TestWhoTakesASecondFactorFromSomebody(t *testing.T) {
	t.Parallel()
	e := start(t)
	boss := e.boss()
	app := string(e.App.ID)
	elsewhere, _ := e.NewApp("Elsewhere")
	other := string(elsewhere.ID)
	owner, kim := boss.colleague(app, "owner", "owner"), boss.colleague(app, "kim", "agent")
	kim.protect()
	id := kim.agentID()
	path := "/apps/" + app + "/agents/" + id + "/factors"
	if people := read[struct {
		Agents []struct{ SecondFactor bool }
	}](owner.do("GET", "/apps/"+app+"/agents", "").want(200)).Agents; !people[1].SecondFactor || people[2].SecondFactor {
		t.Errorf("an owner sees %+v", people)
	}

	invitation := read[invited](boss.do("POST", "/apps/"+other+"/invitations", `{"email":"kim@shop.example","role":"agent"}`).want(201))
	_, token, _ := strings.Cut(invitation.URL, "#")
	e.console().do("POST", "/links/accept", `{"token":"`+token+`","password":"`+agentPassword+`"}`).want(202)
	owner.do("DELETE", path, "").wantProblem(403, "role_needed", "")
	boss.do("DELETE", "/apps/"+other+"/agents/"+id, "").want(204)
	owner.do("DELETE", path, "").want(204)
	kim.do("GET", "/session", "").wantProblem(401, "unauthorized", "")
	kim.signIn("kim").want(201)
	log := read[struct {
		Entries []struct{ Action, Target string }
	}](owner.do("GET", "/apps/"+app+"/audit", "").want(200))
	if newest := log.Entries[0]; newest.Action != "agent.factors_taken" || newest.Target != id {
		t.Errorf("the log says %+v", newest)
	}
	owner.do("DELETE", "/apps/"+app+"/agents/"+boss.agentID()+"/factors", "").wantProblem(404, "agent_not_found", "")
}

func TestCodesCannotBeGuessed(t *testing.T) {
	t.Parallel()
	e := start(t, func(c *config.Server) { c.FailureRate = 1 }) // so that none comes back while the test runs
	boss := e.boss()
	_, recovery := boss.protect()
	half := e.console()
	half.signIn("boss").want(202)
	half.do("POST", "/session/second-step", `{"code":"000000"}`).wantProblem(401, "wrong_code", "")
	half.do("POST", "/session/second-step", `{"code":"`+recovery[0]+`"}`).want(429)
	half.signIn("boss").want(429) // nor does anything tell then whether the password is right
}

// TestPasskeysNeedAName: tests reach the server by a number. What passkeys do is tested in package staff, and in a browser.
func TestPasskeysNeedAName(t *testing.T) {
	t.Parallel()
	e := start(t)
	boss := e.boss()
	for _, path := range []string{"/agent/passkeys", "/session/passkey", "/session/proof/passkey"} {
		boss.do("POST", path, "").wantProblem(422, "no_passkeys_here", "")
	}
	boss.do("POST", "/session/second-step/passkey", "").wantProblem(401, "step_over", "")
	boss.do("PUT", "/session/passkey", `{"credential":{}}`).wantProblem(401, "wrong_passkey", "")
	boss.do("PUT", "/session/passkey", `{}`).wantProblem(401, "wrong_passkey", "")
	boss.do("PUT", "/agent/passkeys", `{"name":"","credential":{}}`).wantProblem(400, "bad_request", "name")
	boss.do("PUT", "/agent/passkeys", `{"name":"Phone","credential":{}}`).wantProblem(401, "wrong_passkey", "")
	if list := boss.do("GET", "/agent/passkeys", "").want(200); string(list.body) != `{"passkeys":[]}` {
		t.Errorf("the list is %s", list.body)
	}
	boss.do("PATCH", "/agent/passkeys/x", `{"name":"Phone"}`).wantProblem(404, "passkey_not_found", "")
	boss.do("DELETE", "/agent/passkeys/x", "").wantProblem(404, "passkey_not_found", "")
	for range 60 {
		if boss.do("POST", "/session/passkey", "").status == 429 {
			return
		}
	}
	t.Error("anybody may have the server remember what they like")
}

// TestNamesOfTheServerThatAreNone: without an address that is set, the server is called what the request says, which anybody may write.
func TestNamesOfTheServerThatAreNone(t *testing.T) {
	t.Parallel()
	b := start(t).boss()
	for _, tt := range []struct {
		path, host string
		status     int
	}{
		{"/session/passkey", "a..example", 422},
		{"/session/passkey", strings.Repeat("a", 3000), 422},
		{"/agent/passkeys", "127.1", 422},
		{"/agent/totp", strings.Repeat("a", 3000), 201},
	} {
		r, err := http.NewRequestWithContext(t.Context(), "POST", b.URL+b.root+tt.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = tt.host
		r.Header.Set("Origin", "http://"+tt.host)
		for name, value := range b.cookies {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != tt.status {
			t.Errorf("%s of a server called %.20s…: %d, want %d", tt.path, tt.host, answer.StatusCode, tt.status)
		}
	}
}
