package auth

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
)

func basic(id, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(id+":"+secret))
}

func bearer(id, claims string) string { return "Bearer " + sign(secretOf(id), kidHeader(id), claims) }

func TestAuthenticate(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const (
		ok        = ""
		no        = "unauthorized"
		forbidden = "forbidden"
	)
	for name, test := range map[string]struct {
		app    chat.AppID
		header string
		want   string
		scope  chat.Scope
	}{
		// Basic.
		"basic":                         {appID, basic(mainKey, secretOf(mainKey)), ok, chat.ScopeApp},
		"basic, lower case":             {appID, strings.Replace(basic(mainKey, secretOf(mainKey)), "Basic", "basic", 1), ok, chat.ScopeApp},
		"basic, no app in the path":     {"", basic(mainKey, secretOf(mainKey)), ok, chat.ScopeApp},
		"basic, account key":            {appID, basic(account, secretOf(account)), ok, chat.ScopeAccount},
		"basic, account key, other app": {otherApp, basic(account, secretOf(account)), ok, chat.ScopeAccount},
		"basic, account key, no app":    {"", basic(account, secretOf(account)), ok, chat.ScopeAccount},
		"basic, integration":            {appID, basic(integrated, secretOf(integrated)), ok, chat.ScopeIntegration},
		"basic, other app's path":       {otherApp, basic(mainKey, secretOf(mainKey)), no, ""},
		"basic, wrong secret":           {appID, basic(mainKey, secretOf(otherKey)), no, ""},
		"basic, empty secret":           {appID, basic(mainKey, ""), no, ""},
		"basic, secret and more":        {appID, basic(mainKey, secretOf(mainKey)+"x"), no, ""},
		"basic, secret cut":             {appID, basic(mainKey, secretOf(mainKey)[:42]), no, ""},
		"basic, unknown key":            {appID, basic("app_nobody", secretOf(mainKey)), no, ""},
		"basic, unknown key, no secret": {appID, basic("app_nobody", ""), no, ""},
		"basic, revoked":                {appID, basic(revokedKey, secretOf(revokedKey)), no, ""},
		"basic, ended":                  {appID, basic(endedKey, secretOf(endedKey)), no, ""},
		"basic, sdk-only key":           {appID, basic(sdkOnly, secretOf(sdkOnly)), no, ""},
		"basic, code key":               {appID, basic(codeKey, secretOf(codeKey)), no, ""},
		"basic, no colon":               {appID, "Basic " + base64.StdEncoding.EncodeToString([]byte(mainKey)), no, ""},
		"basic, NUL in the id":          {appID, basic("a\x00b", "x"), no, ""},
		"basic, bad UTF-8 in the id":    {appID, basic("\xFF\xFE", "x"), no, ""},
		"basic, empty id":               {appID, basic("", secretOf(mainKey)), no, ""},
		"basic, long id":                {appID, basic(strings.Repeat("k", 5000), "x"), no, ""},
		"basic, not base64":             {appID, "Basic %%%", no, ""},
		"basic, nothing":                {appID, "Basic ", no, ""},
		// Nothing at all.
		"no header":      {appID, "", no, ""},
		"another scheme": {appID, "Digest x", no, ""},
		"bare token":     {appID, sign(secretOf(mainKey), kidHeader(mainKey), `{"scope":"app"}`), no, ""},
		"long s":         {appID, strings.Replace(basic(mainKey, secretOf(mainKey)), "s", "ſ", 1), no, ""},
		// Bearer.
		"bearer app":                  {appID, bearer(mainKey, `{"scope":"app"}`), ok, chat.ScopeApp},
		"bearer app, lower case":      {appID, "bearer" + bearer(mainKey, `{"scope":"app"}`)[6:], ok, chat.ScopeApp},
		"bearer account":              {appID, bearer(account, `{"scope":"account"}`), ok, chat.ScopeAccount},
		"bearer account, no app":      {"", bearer(account, `{"scope":"account"}`), ok, chat.ScopeAccount},
		"bearer integration":          {appID, bearer(integrated, `{"scope":"integration"}`), ok, chat.ScopeIntegration},
		"bearer with exp":             {appID, bearer(mainKey, `{"scope":"app","exp":1795172400}`), ok, chat.ScopeApp},
		"bearer with aud":             {appID, bearer(mainKey, `{"scope":"app","aud":"`+string(appID)+`"}`), ok, chat.ScopeApp},
		"bearer with aud, no app":     {"", bearer(mainKey, `{"scope":"app","aud":"`+string(appID)+`"}`), ok, chat.ScopeApp},
		"bearer account, aud, no app": {"", bearer(account, `{"scope":"account","aud":"x"}`), no, ""},
		"bearer with another aud":     {appID, bearer(mainKey, `{"scope":"app","aud":"`+string(otherApp)+`"}`), no, ""},
		"bearer expired":              {appID, bearer(mainKey, `{"scope":"app","exp":1700000000}`), no, ""},
		"bearer with exp null":        {appID, bearer(mainKey, `{"scope":"app","exp":null}`), no, ""},
		"bearer not yet":              {appID, bearer(mainKey, `{"scope":"app","nbf":1900000000}`), no, ""},
		"bearer without scope":        {appID, bearer(mainKey, `{}`), no, ""},
		"bearer, scope is a list":     {appID, bearer(mainKey, `{"scope":["app"]}`), no, ""},
		"bearer, scope user":          {appID, bearer(mainKey, `{"scope":"user","external_id":"a"}`), forbidden, ""},
		"bearer, scope appUser":       {appID, bearer(mainKey, `{"scope":"appUser","userId":"a"}`), forbidden, ""},
		"bearer, more than it may":    {appID, bearer(mainKey, `{"scope":"account"}`), forbidden, ""},
		"bearer, integration as app":  {appID, bearer(integrated, `{"scope":"app"}`), forbidden, ""},
		"bearer, app as integration":  {appID, bearer(mainKey, `{"scope":"integration"}`), forbidden, ""},
		"bearer, account as app":      {appID, bearer(account, `{"scope":"app"}`), forbidden, ""},
		"bearer, unknown scope":       {appID, bearer(mainKey, `{"scope":"App"}`), forbidden, ""},
		"bearer, sdk-only key":        {appID, bearer(sdkOnly, `{"scope":"app"}`), no, ""},
		"bearer, code key":            {appID, bearer(codeKey, `{"scope":"app"}`), no, ""},
		"bearer, revoked":             {appID, bearer(revokedKey, `{"scope":"app"}`), no, ""},
		"bearer, ended":               {appID, bearer(endedKey, `{"scope":"app"}`), no, ""},
		"bearer, other app's path":    {otherApp, bearer(mainKey, `{"scope":"app"}`), no, ""},
		"bearer, no kid":              {appID, "Bearer " + sign(secretOf(mainKey), plainHeader, `{"scope":"app"}`), no, ""},
		"bearer, alg none":            {appID, "Bearer " + part(`{"alg":"none","kid":"`+mainKey+`"}`) + "." + part(`{"scope":"app"}`) + ".", no, ""},
		"bearer, crit":                {appID, "Bearer " + sign(secretOf(mainKey), `{"alg":"HS256","crit":[],"kid":"`+mainKey+`"}`, `{"scope":"app"}`), no, ""},
		"bearer, wrong secret":        {appID, "Bearer " + sign(secretOf(otherKey), kidHeader(mainKey), `{"scope":"app"}`), no, ""},
		"bearer, scope twice":         {appID, bearer(mainKey, `{"scope":"user","scope":"app"}`), no, ""},
		"bearer, nothing":             {appID, "Bearer ", no, ""},
		"bearer, two spaces":          {appID, strings.Replace(bearer(mainKey, `{"scope":"app"}`), " ", "  ", 1), no, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := f.verifier.Authenticate(t.Context(), test.app, test.header, now)
			if test.want == ok {
				if err != nil || p.Scope != test.scope || p.Key == nil || p.App != test.app || p.Name != "key "+string(p.Key.ID) {
					t.Errorf("got %+v, %v", p, err)
				}
				return
			}
			var e *chat.Error
			if !errors.As(err, &e) || e.Code != test.want || e.Message == "" || e.Cure == "" {
				t.Fatalf("got %v, want %s", err, test.want)
			}
			wantKind := chat.Unauthenticated
			if test.want == forbidden {
				wantKind = chat.Forbidden
			}
			if e.Kind != wantKind || p.Key != nil || p.Scope != "" {
				t.Errorf("got kind %v, %+v", e.Kind, p)
			}
			if test.want == no && e.Reason == "" && !strings.Contains(e.Cure, "parlor key create") {
				t.Errorf("the cure %q does not say how a key is made", e.Cure)
			}
			if strings.Contains(err.Error()+e.Cure, secretOf(mainKey)) {
				t.Error("the refusal shows the secret")
			}
		})
	}
}

func TestUserScopeIsRefusedByName(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	_, err := f.verifier.Authenticate(t.Context(), appID, bearer(mainKey, sdkClaims), now)
	if err == nil || !strings.Contains(err.Error(), "signs a user in") {
		t.Errorf("got %v", err)
	}
}
