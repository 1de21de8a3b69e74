package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/servertest"
)

// entered is the answer to a sign-in as a client reads it.
type entered struct {
	Session struct {
		Token, Assurance   string
		ExpiresAt, RenewAt time.Time
	}
	User   person
	Client struct{ ID string }
	Merged *struct{ Surviving, Discarded string }
}

func (r reply) signedIn() entered {
	r.env.Helper()
	return decode[entered](r.env.T, r.body)
}

func (e env) sdk(below string) string { return "/sdk/v1/apps/" + string(e.App.ID) + below }

// signIn posts the body to the sessions endpoint, with the session that is replaced, if one is given.
func (e env) signIn(body string, replaces ...string) reply {
	e.Helper()
	var headers []string
	for _, token := range replaces {
		headers = append(headers, "Authorization: Bearer "+token)
	}
	return e.call("POST", e.sdk("/sessions"), body, headers...)
}

// claims are the claims of a token.
type claims = map[string]any

// signed is a token with the claims; header entries are added, and taken away where they are nil.
func signed(t *testing.T, key servertest.Key, header claims, with claims) string {
	t.Helper()
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims(with))
	token.Header["kid"] = key.ID
	for name, value := range header {
		if token.Header[name] = value; value == nil {
			delete(token.Header, name)
		}
	}
	text, err := token.SignedString([]byte(key.Secret))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func credential(door, token string) string { return fmt.Sprintf(`{"door":%q,"token":%q}`, door, token) }

func soon() int64 { return time.Now().Add(time.Hour).Unix() }

func TestAnonymousSessions(t *testing.T) {
	t.Parallel()
	e := start(t)
	first := e.signIn(`{"client":{"platform":"ios","name":"Ana's phone","locale":"pt","timeZone":"Europe/Lisbon","info":{"os":"17"}}}`).want(201).signedIn()
	if first.User.Authenticated || first.User.Number != 1 || first.Session.Assurance != "anonymous" || !first.Session.RenewAt.IsZero() {
		t.Errorf("got %+v", first)
	}
	renewed := e.signIn(`{"refresh":true}`, first.Session.Token).want(201).signedIn()
	if renewed.User.ID != first.User.ID || renewed.Client.ID != first.Client.ID || renewed.Session.Token == first.Session.Token {
		t.Errorf("renewed to %+v", renewed)
	}
	e.signIn(`{"refresh":true}`, first.Session.Token).wantProblem(401, "session_ended", "")
	e.signIn(`{"refresh":true}`).wantProblem(401, "session_ended", "")
	for _, dead := range []string{first.Session.Token, "unknown", "a.b.c", strings.Repeat("x", 20000)} {
		if got := e.signIn(`{}`, dead).want(201).signedIn(); got.User.ID == first.User.ID {
			t.Errorf("a dead session was good for %s", first.User.ID)
		}
	}
	for _, body := range []string{`{"door":"sdk"}`, `{"token":"","door":"sdk"}`, `{"client":null,"door":null,"refresh":null}`, `{"client":{"id":"unknown"}}`} {
		r := e.signIn(body)
		if strings.Contains(body, "token") {
			r.wantProblem(401, "invalid_auth", "")
		} else {
			r.want(201)
		}
	}
	for body, field := range map[string]string{
		`{"door":"back"}`:                                         "door",
		`{"door":"back","token":"a.b.c"}`:                         "door",
		`{"token":"a.b.c"}`:                                       "door",
		`{"externalId":"u-1"}`:                                    "token",
		`{"client":{"platform":"fridge"}}`:                        "client.platform",
		`{"client":{"info":{"a":[]}}}`:                            "client.info",
		`{"client":{"locale":"` + strings.Repeat("l", 65) + `"}}`: "client.locale",
	} {
		e.signIn(body).wantProblem(400, "bad_request", field)
	}
	e.rest("GET", "/users/"+first.User.ID, "").want(200)

	e.Set(map[string]string{"anonymous": "off"})
	e.signIn(`{}`).wantProblem(403, "anonymous_off", "")
	if config := e.call("GET", e.sdk("/config"), "").want(200); !strings.Contains(string(config.body), `"anonymous":false`) {
		t.Errorf("config says %s", config.body)
	}
}

// TestTokensThatHold: every documented form of token, for each door, and whom it names.
func TestTokensThatHold(t *testing.T) {
	t.Parallel()
	e := start(t)
	code, jsm := e.NewKey(chat.UseCode), e.NewKey(chat.UseJSM)
	ben := e.rest("POST", "/users", `{"externalId":"ben","profile":{"email":"ben@example.com"}}`).want(201).user()
	noKid := claims{"kid": nil}
	for name, test := range map[string]struct {
		door, token, externalID string // externalID of the user; empty: none
	}{
		"sdk":                     {"sdk", e.UserToken("ana"), "ana"},
		"sdk, older form":         {"sdk", signed(t, e.Key, nil, claims{"scope": "appUser", "userId": "old", "exp": soon()}), "old"},
		"sdk, exp in quotes":      {"sdk", signed(t, e.Key, nil, claims{"scope": "user", "external_id": "q", "exp": fmt.Sprint(soon())}), "q"},
		"sdk, no exp":             {"sdk", signed(t, e.Key, nil, claims{"scope": "user", "external_id": "eternal"}), "eternal"},
		"sdk, aud of this app":    {"sdk", signed(t, e.Key, nil, claims{"scope": "user", "external_id": "aud", "aud": []string{"x", string(e.App.ID)}}), "aud"},
		"sdk, typ in small":       {"sdk", signed(t, e.Key, claims{"typ": "jwt"}, claims{"scope": "user", "external_id": "typ"}), "typ"},
		"sdk, no typ":             {"sdk", signed(t, e.Key, claims{"typ": nil}, claims{"scope": "user", "external_id": "notyp"}), "notyp"},
		"code, user.id":           {"code", signed(t, code, noKid, claims{"user": claims{"id": "c-1", "name": "Cy"}, "exp": soon()}), "c-1"},
		"code, with kid":          {"code", signed(t, code, nil, claims{"user": claims{"id": "c-2"}}), "c-2"},
		"code, number":            {"code", signed(t, code, noKid, claims{"id": ben.Number}), "ben"},
		"code, number in quotes":  {"code", signed(t, code, noKid, claims{"id": fmt.Sprint(ben.Number), "email": "other@example.com"}), "ben"},
		"code, address":           {"code", signed(t, code, noKid, claims{"email": "BEN@example.com"}), "ben"},
		"code, address and owner": {"code", signed(t, code, noKid, claims{"email": "ben@example.com", "user": claims{"id": "ben"}}), "ben"},
		"jsm, unknown address":    {"jsm", signed(t, jsm, noKid, claims{"email": "dora@example.com", "displayName": "Dora", "exp": float64(soon()) + 0.5}), ""},
		"jsm, known address":      {"jsm", signed(t, jsm, noKid, claims{"email": "ben@example.com"}), "ben"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := e.in(t).signIn(credential(test.door, test.token)).want(201).signedIn()
			if got.User.ExternalID != test.externalID || !got.User.Authenticated || got.Session.Assurance != "signed" || got.Merged != nil {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// TestLeeway: clocks may differ by a minute; the session of a token that has just ended is as short.
func TestLeeway(t *testing.T) {
	t.Parallel()
	e := start(t)
	exp := time.Now().Add(-20 * time.Second).Truncate(time.Second)
	got := e.signIn(credential("sdk", signed(t, e.Key, nil, claims{"scope": "user", "external_id": "late", "exp": exp.Unix()}))).want(201).signedIn()
	if !got.Session.ExpiresAt.Equal(exp.Add(time.Minute)) {
		t.Errorf("the token ended at %s, the session ends at %s", exp, got.Session.ExpiresAt)
	}
	ahead := time.Now().Add(20 * time.Second).Unix()
	e.signIn(credential("sdk", signed(t, e.Key, nil, claims{"scope": "user", "external_id": "early", "nbf": ahead, "iat": ahead}))).want(201)
}

// TestTokensThatAreRefused: each mistake has its reason, the claim at fault, and a cure (security rule 15).
func TestTokensThatAreRefused(t *testing.T) {
	t.Parallel()
	e := start(t)
	code, jsm, revoked := e.NewKey(chat.UseCode), e.NewKey(chat.UseJSM), e.revokedKey(chat.UseSDK)
	_, other := e.NewApp("Other")
	noKid := claims{"kid": nil}
	user := func(more claims) claims {
		all := claims{"scope": "user", "external_id": "u", "exp": soon()}
		for name, value := range more {
			if all[name] = value; value == nil {
				delete(all, name)
			}
		}
		return all
	}
	sdk := func(more claims) string { return signed(t, e.Key, nil, user(more)) }
	head := func(header claims) string { return signed(t, e.Key, header, user(nil)) }
	good := sdk(nil)
	parts := strings.Split(good, ".")
	now := time.Now()
	for name, test := range map[string]struct{ door, token, reason, claim string }{
		"word":                  {"sdk", "token", "malformed", ""},
		"two parts":             {"sdk", parts[0] + "." + parts[1], "malformed", ""},
		"four parts":            {"sdk", good + ".x", "malformed", ""},
		"padded":                {"sdk", good + "=", "malformed", ""},
		"line break":            {"sdk", good + "\n", "malformed", ""},
		"too long":              {"sdk", sdk(claims{"more": strings.Repeat("x", 16<<10)}), "malformed", ""},
		"unsigned":              {"sdk", unsigned(e.Key.ID), "malformed", "alg"},
		"other algorithm":       {"sdk", head(claims{"alg": "HS512"}), "malformed", "alg"},
		"algorithm in small":    {"sdk", head(claims{"alg": "hs256"}), "malformed", "alg"},
		"crit":                  {"sdk", head(claims{"crit": []string{"exp"}}), "malformed", "crit"},
		"no kid":                {"sdk", head(noKid), "malformed", "kid"},
		"kid a number":          {"sdk", head(claims{"kid": 7}), "malformed", "kid"},
		"unknown kid":           {"sdk", head(claims{"kid": "app_0123456789abcdef01234567"}), "key_unknown", ""},
		"other app's key":       {"sdk", signed(t, other, nil, user(nil)), "key_unknown", ""},
		"revoked key":           {"sdk", signed(t, revoked, nil, user(nil)), "key_unknown", ""},
		"key of another use":    {"sdk", signed(t, code, nil, user(nil)), "key_unknown", ""},
		"sdk key at jsm":        {"jsm", signed(t, e.Key, nil, claims{"email": "a@example.com"}), "key_unknown", ""},
		"wrong secret":          {"sdk", signed(t, servertest.Key{ID: e.Key.ID, Secret: code.Secret}, nil, user(nil)), "signature_invalid", ""},
		"claims exchanged":      {"sdk", parts[0] + "." + strings.Split(sdk(claims{"external_id": "v"}), ".")[1] + "." + parts[2], "signature_invalid", ""},
		"expired":               {"sdk", sdk(claims{"exp": now.Add(-61 * time.Second).Unix()}), "token_expired", "exp"},
		"not before":            {"sdk", sdk(claims{"nbf": now.Add(time.Hour).Unix()}), "not_yet_valid", "nbf"},
		"issued ahead":          {"sdk", sdk(claims{"iat": now.Add(time.Hour).Unix()}), "not_yet_valid", "iat"},
		"exp in milliseconds":   {"sdk", sdk(claims{"exp": now.Add(time.Hour).UnixMilli()}), "claim_invalid", "exp"},
		"exp in words":          {"sdk", sdk(claims{"exp": "1h"}), "claim_invalid", "exp"},
		"exp zero":              {"sdk", sdk(claims{"exp": 0}), "claim_invalid", "exp"},
		"external id a number":  {"sdk", sdk(claims{"external_id": 42}), "claim_invalid", "external_id"},
		"no external id":        {"sdk", sdk(claims{"external_id": nil}), "claim_invalid", "external_id"},
		"external id spaced":    {"sdk", sdk(claims{"external_id": "u "}), "claim_invalid", "external_id"},
		"older form, no userId": {"sdk", sdk(claims{"scope": "appUser"}), "claim_invalid", "userId"},
		"no scope":              {"sdk", sdk(claims{"scope": nil}), "claim_invalid", "scope"},
		"scope app":             {"sdk", sdk(claims{"scope": "app"}), "claim_invalid", "scope"},
		"aud elsewhere":         {"sdk", sdk(claims{"aud": "other"}), "claim_invalid", "aud"},
		"jsm without address":   {"jsm", signed(t, jsm, noKid, claims{"displayName": "A"}), "claim_invalid", "email"},
		"jsm, no address":       {"jsm", signed(t, jsm, noKid, claims{"email": "ana"}), "claim_invalid", "email"},
		"jsm, Kelvin sign":      {"jsm", signed(t, jsm, noKid, claims{"email": "\u212aim@example.com"}), "claim_invalid", "email"},
		"jsm, unverified":       {"jsm", signed(t, jsm, noKid, claims{"email": "a@example.com", "email_verified": false}), "claim_invalid", "email_verified"},
		"code names nobody":     {"code", signed(t, code, noKid, claims{"name": "A"}), "claim_invalid", "user.id"},
		"code, id a fraction":   {"code", signed(t, code, noKid, claims{"id": 1.5, "email": "ben@example.com"}), "claim_invalid", "id"},
		"code, user.id number":  {"code", signed(t, code, noKid, claims{"user": claims{"id": 7}}), "claim_invalid", "user.id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			problem := e.in(t).signIn(credential(test.door, test.token)).wantProblem(401, "invalid_auth", "")
			if problem.Reason != test.reason || problem.Claim != test.claim || problem.Cure == "" {
				t.Errorf("got reason %q, claim %q, cure %q; want %q, %q", problem.Reason, problem.Claim, problem.Cure, test.reason, test.claim)
			}
		})
	}
	t.Run("argument of login", func(t *testing.T) {
		t.Parallel()
		body := fmt.Sprintf(`{"door":"sdk","token":%q,"externalId":"v"}`, good)
		if problem := e.in(t).signIn(body).wantProblem(401, "invalid_auth", ""); problem.Reason != "claim_invalid" || problem.Claim != "external_id" {
			t.Errorf("got %+v", problem)
		}
	})
	t.Run("finds nobody", func(t *testing.T) {
		t.Parallel()
		for _, with := range []claims{{"id": 999}, {"email": "nobody@example.com"}} {
			e.in(t).signIn(credential("code", signed(t, code, noKid, with))).wantProblem(404, "user_not_found", "")
		}
	})
}

// TestWhoReplacesWhom is the table of openapi.yaml: upgrade, merge, refresh and switch.
func TestWhoReplacesWhom(t *testing.T) {
	t.Parallel()
	e := start(t)
	as := func(id, more string, replaces ...string) reply {
		return e.signIn(fmt.Sprintf(`{"door":"sdk","token":%q%s}`, e.UserToken(id), more), replaces...)
	}
	stranger := e.signIn(`{}`).want(201).signedIn()
	ana := as("ana", `,"externalId":"ana"`, stranger.Session.Token).want(201).signedIn()
	if ana.User.ID != stranger.User.ID || ana.Merged != nil || ana.User.ExternalID != "ana" || ana.Client.ID != stranger.Client.ID {
		t.Errorf("upgraded to %+v", ana)
	}
	if life := time.Until(ana.Session.ExpiresAt); life < 59*time.Minute || life > time.Hour+time.Second || !ana.Session.RenewAt.Before(ana.Session.ExpiresAt) {
		t.Errorf("the session ends in %s, is renewed at %s", life, ana.Session.RenewAt)
	}
	guest := e.signIn(`{}`).want(201).signedIn()
	conversation := e.newConversation(guest.User.ID)
	merged := as("ana", "", guest.Session.Token).want(201).signedIn()
	if merged.Merged == nil || merged.Merged.Surviving != ana.User.ID || merged.Merged.Discarded != guest.User.ID || merged.User.ID != ana.User.ID {
		t.Errorf("merged to %+v", merged)
	}
	e.rest("GET", "/users/"+guest.User.ID, "").wantProblem(404, "user_not_found", "")
	if list := e.rest("GET", "/conversations?filter[userExternalId]=ana", "").want(200).listing(); len(list.Conversations) != 1 || list.Conversations[0].ID != conversation.ID {
		t.Errorf("the conversation did not move: %+v", list)
	}
	renewed := as("ana", `,"refresh":true`, merged.Session.Token).want(201).signedIn()
	if renewed.Client.ID != merged.Client.ID || renewed.Session.Token == merged.Session.Token {
		t.Errorf("renewed to %+v", renewed)
	}
	if problem := as("ben", `,"refresh":true`, renewed.Session.Token).wantProblem(401, "invalid_auth", ""); problem.Reason != "claim_invalid" {
		t.Errorf("got %+v", problem)
	}
	ben := as("ben", "", renewed.Session.Token).want(201).signedIn()
	if ben.User.ID == ana.User.ID || ben.Client.ID == renewed.Client.ID || ben.Merged != nil {
		t.Errorf("switched to %+v", ben)
	}
	for range 2 {
		out := e.call("DELETE", e.sdk("/sessions/current"), "", "Authorization: Bearer "+ben.Session.Token).want(204)
		if len(out.body) != 0 {
			t.Errorf("sign-out answers %s", out.body)
		}
	}
	if got := as("ben", "", ben.Session.Token).want(201).signedIn(); got.Client.ID == ben.Client.ID {
		t.Error("a dead session kept its client")
	}
}

func TestPoliciesOfTheApp(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		settings map[string]string
		try      func(env)
	}{
		"closed door": {map[string]string{"doors": "jsm"}, func(e env) {
			e.signIn(credential("sdk", e.UserToken("u"))).wantProblem(403, "door_closed", "")
			e.signIn(credential("code", "x")).wantProblem(403, "door_closed", "")
		}},
		"seats": {map[string]string{"seats": "1"}, func(e env) {
			e.signIn(credential("sdk", e.UserToken("one"))).want(201)
			e.signIn(credential("sdk", e.UserToken("two"))).wantProblem(403, "seat_limit_reached", "")
			stranger := e.signIn(`{}`).want(201).signedIn()
			e.signIn(credential("sdk", e.UserToken("two")), stranger.Session.Token).wantProblem(403, "seat_limit_reached", "")
			if got := e.signIn(`{"refresh":true}`, stranger.Session.Token).want(201).signedIn(); got.User.Authenticated {
				t.Error("the refused one was identified")
			}
			e.signIn(credential("sdk", e.UserToken("one"))).want(201)
		}},
		"expiry required": {map[string]string{"require_exp": "on"}, func(e env) {
			token := signed(e.T, e.Key, nil, claims{"scope": "user", "external_id": "u"})
			wantReason(e, token, "sdk", "claim_invalid", "exp")
		}},
		"age": {map[string]string{"max_token_age": "15m"}, func(e env) {
			old := claims{"scope": "user", "external_id": "u", "iat": time.Now().Add(-20 * time.Minute).Unix()}
			wantReason(e, signed(e.T, e.Key, nil, old), "sdk", "token_too_old", "iat")
			delete(old, "iat")
			wantReason(e, signed(e.T, e.Key, nil, old), "sdk", "claim_invalid", "iat")
			e.signIn(credential("sdk", e.UserToken("u"))).want(201)
		}},
		"one-time codes": {map[string]string{"one_time_codes": "on"}, func(e env) {
			key := e.NewKey(chat.UseCode)
			wantReason(e, signed(e.T, key, nil, claims{"user": claims{"id": "u"}, "exp": soon()}), "code", "claim_invalid", "jti")
			once := signed(e.T, key, nil, claims{"user": claims{"id": "u"}, "exp": soon(), "jti": "1"})
			e.signIn(credential("code", once)).want(201)
			wantReason(e, once, "code", "token_revoked", "jti")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.Set(test.settings)
			test.try(e)
		})
	}
}

func wantReason(e env, token, door, reason, claim string) {
	e.Helper()
	problem := e.signIn(credential(door, token)).wantProblem(401, "invalid_auth", "")
	if problem.Reason != reason || problem.Claim != claim {
		e.Errorf("got %s %s, want %s %s", problem.Reason, problem.Claim, reason, claim)
	}
}

// TestSignInsAreLimited: failures of one source, at every door and over REST, and anonymous sessions (security rule 46).
func TestSignInsAreLimited(t *testing.T) {
	t.Parallel()
	e := start(t, func(s *config.Server) { s.FailureRate, s.AnonymousRate = 3, 1 })
	for range 3 {
		e.signIn(`{}`).want(201)
	}
	limited := func(r reply) {
		t.Helper()
		problem := r.wantProblem(429, "rate_limited", "")
		if r.header.Get("Retry-After") == "" || problem.RetryAfterMs < 1 {
			t.Errorf("no word of when: %s", r.body)
		}
	}
	limited(e.signIn(`{}`))
	e.signIn(credential("sdk", "a.b.c")).want(401)
	e.call("GET", e.path("/users/u"), "", "Authorization: "+basic(e.Key.ID, "x")).want(401)
	e.call("GET", e.path("/users/u"), "").want(401)
	limited(e.signIn(credential("sdk", e.UserToken("u"))))
	limited(e.rest("GET", "/users/u", ""))
}
