package auth

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parlorchat/parlor/internal/chat"
)

func TestInspectPassed(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token := sdk(fmt.Sprintf(`{"scope":"user","external_id":"u-42","exp":%d}`, now.Add(90*time.Minute).Unix()))
	d, err := f.verifier.Inspect(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: token}, now)
	if err != nil || d.Refusal != nil || d.Assertion.ExternalID != "u-42" || len(d.Checks) != len(signInChecks) {
		t.Fatalf("got %+v, %v", d, err)
	}
	if string(d.Header) != kidHeader(mainKey) || !strings.Contains(string(d.Claims), `"u-42"`) {
		t.Errorf("header %s, claims %s", d.Header, d.Claims)
	}
	details := map[string]string{}
	for _, check := range d.Checks {
		if check.State != Passed || check.Name == "" || check.Cure != "" {
			t.Errorf("got %+v", check)
		}
		details[check.Name] = check.Detail
	}
	for name, want := range map[string]string{
		"signature": "HS256 with key " + mainKey + " (backend)",
		"expiry":    "expires in 90 minutes, at 2026-11-20T11:30:00Z",
		"identity":  "external id u-42",
	} {
		if details[name] != want {
			t.Errorf("%s: %q, want %q", name, details[name], want)
		}
	}
	if err := f.ring.Flush(t.Context(), now); err != nil || !f.lastUsed(t, mainKey).IsZero() {
		t.Errorf("an inspection counts as a use (%v)", err)
	}
}

// TestInspectExplains has one case per common mistake: at which check, and with which words.
func TestInspectExplains(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	secret := secretOf(mainKey)
	decoded, err := base64.RawURLEncoding.DecodeString(secret)
	if err != nil {
		t.Fatal(err)
	}
	good := sdk(sdkClaims)
	at := func(d time.Duration) string { return fmt.Sprint(now.Add(d).Unix()) }
	claims := func(more string) string { return sdk(`{"scope":"user","external_id":"u",` + more + `}`) }
	hexSecret := strings.Repeat("0a1b2c3d", 8)
	f.addKey(t, chat.Key{ID: "app_hex", App: appID, Uses: []chat.Use{chat.UseSDK}, Imported: true}, hexSecret)
	f.addKey(t, chat.Key{ID: "app_newline", App: appID, Uses: []chat.Use{chat.UseSDK}, Imported: true}, "a secret of a good length\n")

	for name, test := range map[string]struct {
		door  chat.Door
		token string
		check string
		says  []string
	}{
		"Bearer":                 {chat.DoorSDK, "Bearer " + good, "base64url", []string{`begins with "Bearer "`}},
		"quotes":                 {chat.DoorSDK, `"` + good + `"`, "base64url", []string{"quotation marks"}},
		"line feed":              {chat.DoorSDK, good + "\n", "base64url", []string{"white space before or after"}},
		"padding":                {chat.DoorSDK, good + "=", "base64url", []string{"padded"}},
		"JWE":                    {chat.DoorSDK, "a.b.c.d.e", "three parts", []string{"five parts", "encrypted", "do not encrypt"}},
		"not a token":            {chat.DoorSDK, "hello", "three parts", []string{"has 1 parts"}},
		"RS256":                  {chat.DoorSDK, sign(secret, `{"alg":"RS256","kid":"`+mainKey+`"}`, sdkClaims), "header", []string{`"RS256"`, "HS256"}},
		"none":                   {chat.DoorSDK, sign(secret, `{"alg":"none","kid":"`+mainKey+`"}`, sdkClaims), "header", []string{"not signed"}},
		"kid missing":            {chat.DoorSDK, sign(secret, plainHeader, sdkClaims), "key", []string{"no key (kid)", "Live keys for the use sdk are", mainKey}},
		"kid of another app":     {chat.DoorSDK, sign(secretOf(otherKey), kidHeader(otherKey), sdkClaims), "key", []string{"belongs to the app " + string(otherApp)}},
		"kid of nobody":          {chat.DoorSDK, sign(secret, kidHeader("app_x"), sdkClaims), "key", []string{"no key of that id"}},
		"revoked":                {chat.DoorSDK, sign(secretOf(revokedKey), kidHeader(revokedKey), sdkClaims), "key", []string{"was revoked at 2026-11-20T09:00:00Z"}},
		"ended":                  {chat.DoorSDK, sign(secretOf(endedKey), kidHeader(endedKey), sdkClaims), "key", []string{"ended at 2026-11-20T10:00:00Z"}},
		"not begun":              {chat.DoorSDK, sign(secretOf(futureKey), kidHeader(futureKey), sdkClaims), "key", []string{"good only from"}},
		"wrong use":              {chat.DoorSDK, sign(secretOf(codeKey), kidHeader(codeKey), sdkClaims), "key", []string{"good for [code], not for sdk"}},
		"account key":            {chat.DoorSDK, sign(secretOf(account), kidHeader(account), sdkClaims), "key", []string{"account key"}},
		"secret decoded":         {chat.DoorSDK, sign(string(decoded), kidHeader(mainKey), sdkClaims), "signature", []string{"decoded from base64url", "as text"}},
		"secret encoded":         {chat.DoorSDK, sign(base64.StdEncoding.EncodeToString([]byte(secret)), kidHeader(mainKey), sdkClaims), "signature", []string{"encoded to base64"}},
		"secret decoded, hex":    {chat.DoorSDK, sign(mustHex(t, hexSecret), kidHeader("app_hex"), sdkClaims), "signature", []string{"decoded from hex"}},
		"secret with line feed":  {chat.DoorSDK, sign(secret+"\n", kidHeader(mainKey), sdkClaims), "signature", []string{"with a line feed at its end"}},
		"secret was trimmed":     {chat.DoorSDK, sign("a secret of a good length", kidHeader("app_newline"), sdkClaims), "signature", []string{"without the white space"}},
		"secret with quotes":     {chat.DoorSDK, sign(`"`+secret+`"`, kidHeader(mainKey), sdkClaims), "signature", []string{"within double quotes"}},
		"secret of another key":  {chat.DoorSDK, sign(secretOf(sdkOnly), kidHeader(mainKey), sdkClaims), "signature", []string{"secret of key " + sdkOnly, "same key"}},
		"code signed for jsm":    {chat.DoorCode, jsm(`{"id":7}`), "signature", []string{"secret of key " + jsmKey, "[jsm]"}},
		"secret unknown":         {chat.DoorSDK, sign("nobody's", kidHeader(mainKey), sdkClaims), "signature", []string{"does not belong"}},
		"claims are no JSON":     {chat.DoorSDK, sdk(`{"a":1,"a":1}`), "claims", []string{"a: the name stands twice"}},
		"milliseconds":           {chat.DoorSDK, claims(`"exp":1795172400000`), "dates", []string{"1795172400000", "milliseconds", "Date.now() / 1000"}},
		"exp is a time in words": {chat.DoorSDK, claims(`"exp":"2026-11-20"`), "dates", []string{"no date"}},
		"exp is a lifetime":      {chat.DoorSDK, claims(`"exp":3600`), "expiry", []string{"not a lifetime: 3600"}},
		"exp is iat":             {chat.DoorSDK, claims(`"iat":` + at(-time.Hour) + `,"exp":` + at(-time.Hour)), "expiry", []string{"exp does not lie after iat"}},
		"expired":                {chat.DoorSDK, claims(`"exp":` + at(-12*time.Minute)), "expiry", []string{"expired 12 minutes ago", "2026-11-20T09:48:00Z", "here it is 2026-11-20T10:00:00Z"}},
		"clock ahead":            {chat.DoorSDK, claims(`"iat":` + at(5*time.Minute)), "issued at", []string{"5 minutes in the future", "clock"}},
		"nbf ahead":              {chat.DoorSDK, claims(`"nbf":` + at(72*time.Hour)), "not before", []string{"3 days ahead", "clock"}},
		"aud of somebody":        {chat.DoorSDK, claims(`"aud":"x"`), "audience", []string{"somebody else"}},
		"numeric external_id":    {chat.DoorSDK, sdk(`{"scope":"user","external_id":42}`), "identity", []string{"is a number", "String(user.id)"}},
		"scope app":              {chat.DoorSDK, sdk(`{"scope":"app"}`), "identity", []string{"REST API", "browser"}},
		"numeric user.id":        {chat.DoorCode, code(`{"user":{"id":42}}`), "identity", []string{"user.id is a number"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := Request{App: f.app, Door: test.door, Token: test.token}
			d, err := f.verifier.Inspect(t.Context(), r, now)
			if err != nil || d.Refusal == nil {
				t.Fatalf("got %+v, %v", d, err)
			}
			_, verifyErr := f.verifier.Verify(t.Context(), r, now)
			if verifyErr == nil || verifyErr.Error() != d.Refusal.Error() {
				t.Errorf("Verify says %v, Inspect says %v", verifyErr, d.Refusal)
			}
			state := Passed
			for _, check := range d.Checks {
				if check.Name == test.check {
					state = NotReached
					text := check.Detail + " " + check.Cure
					for _, words := range test.says {
						if !strings.Contains(text, words) {
							t.Errorf("%q does not say %q", text, words)
						}
					}
					if check.State != Failed || check.Cure == "" {
						t.Errorf("got %+v", check)
					}
					if strings.Contains(text, secret) || strings.Contains(text, hexSecret) {
						t.Error("it shows a secret")
					}
				} else if check.State != state {
					t.Errorf("check %s %s, want %s", check.Name, check.State, state)
				}
			}
			if state == Passed {
				t.Errorf("there is no check %s", test.check)
			}
		})
	}

	t.Run("no key at all", func(t *testing.T) {
		t.Parallel()
		app := chat.App{ID: "0000000000000000000000c3"}
		d, err := f.verifier.Inspect(t.Context(), Request{App: app, Door: chat.DoorJSM, Token: jsm(`{"email":"a@example.com"}`)}, now)
		if err != nil || !strings.Contains(fmt.Sprint(d.Checks), "parlor key create --app "+string(app.ID)+" --use jsm") {
			t.Errorf("got %+v, %v", d, err)
		}
	})
}

func mustHex(t *testing.T, text string) string {
	t.Helper()
	var raw []byte
	if _, err := fmt.Sscanf(text, "%x", &raw); err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestNetworkIsToldLessThanTheOperator(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	seen := map[string]bool{}
	for _, id := range []string{otherKey, revokedKey, endedKey, futureKey, codeKey, account} {
		_, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sign(secretOf(id), kidHeader(id), sdkClaims)}, now)
		seen[strings.ReplaceAll(fmt.Sprint(err), id, "ID")] = true
	}
	if len(seen) != 1 {
		t.Errorf("refusals of keys can be told apart: %v", seen)
	}
}

func TestMint(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for door, test := range map[chat.Door]struct {
		id     chat.KeyID
		claims map[string]any
	}{
		chat.DoorSDK:  {mainKey, map[string]any{"external_id": "u-42"}},
		chat.DoorJSM:  {jsmKey, map[string]any{"email": "ana@example.com", "displayName": "Ana"}},
		chat.DoorCode: {codeKey, map[string]any{"user": map[string]any{"id": "u-42"}}},
	} {
		t.Run(string(door), func(t *testing.T) {
			t.Parallel()
			token, err := f.ring.Mint(t.Context(), test.id, door, test.claims, now)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: door, Token: token}, now); err != nil {
				t.Error(err)
			}
			parsed, _, err := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{})
			if err != nil {
				t.Fatal(err)
			}
			if _, hasKid := parsed.Header["kid"]; hasKid != (door == chat.DoorSDK) {
				t.Errorf("header %v", parsed.Header)
			}
		})
	}
	claims := map[string]any{"external_id": "u-42"}
	if _, err := Mint(mainKey, []byte(secretOf(mainKey)), chat.DoorSDK, claims); err != nil || len(claims) != 1 {
		t.Errorf("the claims of the caller are now %v (%v)", claims, err)
	}
	if _, err := f.ring.Mint(t.Context(), revokedKey, chat.DoorSDK, nil, now); chat.KindOf(err) != chat.NotFound {
		t.Errorf("a revoked key: %v", err)
	}
	if _, err := f.ring.Mint(t.Context(), "app_nobody", chat.DoorSDK, nil, now); chat.KindOf(err) != chat.NotFound {
		t.Errorf("no key: %v", err)
	}
	if _, err := Mint("x", []byte("y"), "oidc", nil); chat.KindOf(err) != chat.Invalid {
		t.Errorf("no door: %v", err)
	}
}
