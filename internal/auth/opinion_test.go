package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/parlorchat/parlor/internal/chat"
)

// secondOpinion is golang-jwt's own parser, as strictly set as it can be.
func secondOpinion() *jwt.Parser {
	return jwt.NewParser(jwt.WithValidMethods([]string{chat.SigningAlg}), jwt.WithLeeway(chat.Leeway),
		jwt.WithIssuedAt(), jwt.WithStrictDecoding(), jwt.WithTimeFunc(func() time.Time { return now }))
}

// opinionOn is what golang-jwt says of a token that may be signed with any of the secrets.
func opinionOn(token string, secrets ...string) error {
	var verdicts []error
	for _, secret := range secrets {
		_, err := secondOpinion().Parse(token, func(*jwt.Token) (any, error) { return []byte(secret), nil })
		if err == nil {
			return nil
		}
		verdicts = append(verdicts, err)
	}
	return errors.Join(verdicts...)
}

// wePromiseMore tells whether golang-jwt may refuse what we accept, which is this list and nothing else:
//   - a date is a string of digits, as a documented sample prints exp (rule 9);
//   - a date has a fraction, which the library cuts off and we keep, as the documented JSM sample divides by 1000;
//   - a number that no float64 holds, such as 1e400, stands where nobody looks at it. In a date it is refused.
func wePromiseMore(header, payload []byte) bool {
	for _, text := range [][]byte{header, payload} {
		var tooLarge *json.UnmarshalTypeError
		if err := json.Unmarshal(text, new(map[string]any)); errors.As(err, &tooLarge) && strings.HasPrefix(tooLarge.Value, "number") {
			return true
		}
	}
	var claims map[string]any
	if json.Unmarshal(payload, &claims) != nil {
		return false
	}
	for _, name := range []string{"exp", "nbf", "iat"} {
		switch date := claims[name].(type) {
		case string:
			return true
		case float64:
			if date != math.Trunc(date) {
				return true
			}
		}
	}
	return false
}

// TestSecondOpinion holds that the documented differences are real, and that a token without them is accepted by both.
func TestSecondOpinion(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	soon := now.Add(time.Hour).Unix()
	for name, test := range map[string]struct {
		claims string
		theirs bool // golang-jwt accepts it
	}{
		"plain":                    {`"exp":` + fmt.Sprint(soon), true},
		"exp as a string":          {fmt.Sprintf(`"exp":"%d"`, soon), false},
		"iat as a string":          {fmt.Sprintf(`"iat":"%d"`, now.Unix()), false},
		"nbf as a string":          {fmt.Sprintf(`"nbf":"%d"`, now.Unix()), false},
		"fraction near the end":    {fmt.Sprintf(`"exp":%d.5`, now.Unix()-60), false},
		"fraction":                 {fmt.Sprintf(`"exp":%d.5`, soon), true},
		"end of the leeway of exp": {fmt.Sprintf(`"exp":%d`, now.Unix()-59), true},
		"end of the leeway of iat": {fmt.Sprintf(`"iat":%d`, now.Unix()+60), true},
		"number beyond a float64":  {`"x":1e400`, false},
		"year 9999":                {`"exp":253402300799`, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			payload := `{"scope":"user","external_id":"u",` + test.claims + `}`
			if _, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sdk(payload)}, now); err != nil {
				t.Errorf("we: %v", err)
			}
			err := opinionOn(sdk(payload), secretOf(mainKey))
			if (err == nil) != test.theirs {
				t.Errorf("golang-jwt: %v", err)
			}
			if err != nil && !wePromiseMore(nil, []byte(payload)) {
				t.Error("the difference is not on the list")
			}
		})
	}
}

// FuzzVerify holds for every token at every door: nothing panics; a refusal is a sentence and a cure without secrets;
// Inspect agrees; and what we accept golang-jwt accepts too, but for the list of wePromiseMore. A token is either raw
// or, where that is empty, made of header and payload and signed properly.
func FuzzVerify(f *testing.F) {
	fixed := newFixture(f)
	for door, payload := range map[byte]string{0: sdkClaims, 1: `{"email":"ana@example.com","displayName":"Ana"}`, 2: `{"user":{"id":"crm-42","email":"a@example.com","plan":"gold"}}`} {
		f.Add(kidHeader(mainKey), payload, "", door)
		f.Add(plainHeader, payload, "", door)
	}
	for _, payload := range []string{
		`{"scope":"user","external_id":"u","exp":"1900000000"}`, `{"scope":"user","external_id":"u","exp":0}`,
		`{"scope":"user","external_id":"u","external_id":"v"}`, `{"scope":"user","external_id":"\ud800"}`,
		`{"scope":"appUser","userId":"u","iat":1795168700.25,"nbf":1}`, `{"scope":"user","external_id":"u","aud":["` + string(appID) + `"]}`,
	} {
		f.Add(kidHeader(mainKey), payload, "", byte(0))
	}
	for _, payload := range []string{`{"id":7}`, `{"id":"7","user":{"id":"a"}}`, `{"id":null,"email":"a@example.com"}`, `{"user":{"id":"a","x":[1],"y":1e400,"z":null}}`} {
		f.Add(plainHeader, payload, "", byte(2))
	}
	f.Add(`{"alg":"none"}`, sdkClaims, "", byte(0))
	f.Add("", "", sdk(sdkClaims)+"\n", byte(0))
	f.Add("", "", "....", byte(0))

	secrets := map[chat.Door][]string{
		chat.DoorSDK: {secretOf(mainKey), secretOf(sdkOnly)}, chat.DoorJSM: {secretOf(jsmKey)}, chat.DoorCode: {secretOf(codeKey), secretOf(codeKey2)},
	}
	f.Fuzz(func(t *testing.T, header, payload, raw string, which byte) {
		door := chat.Doors()[int(which)%len(chat.Doors())]
		text := raw
		if text == "" {
			text = sign(secrets[door][0], header, payload)
		}
		r := Request{App: fixed.app, Door: door, Token: text}
		got, err := fixed.verifier.Verify(t.Context(), r, now)
		diagnosis, inspectErr := fixed.verifier.Inspect(t.Context(), r, now)
		if inspectErr != nil || (diagnosis.Refusal == nil) != (err == nil) {
			t.Fatalf("Verify says %v, Inspect says %v (%v)", err, diagnosis.Refusal, inspectErr)
		}
		if err != nil {
			checkRefusal(t, err, secrets[door][0])
			return
		}
		checkAssertion(t, got)
		if theirs := opinionOn(text, secrets[door]...); theirs != nil && !wePromiseMore(diagnosis.Header, diagnosis.Claims) {
			t.Fatalf("we accept, golang-jwt says %v", theirs)
		}
	})
}

func checkRefusal(t *testing.T, err error, secret string) {
	t.Helper()
	e := refusal(err)
	if e == nil || e.Kind != chat.Unauthenticated || e.Reason == "" || e.Cure == "" || !strings.HasSuffix(e.Message, ".") {
		t.Fatalf("no refusal as promised: %#v", err)
	}
	if text := e.Message + e.Cure; strings.Contains(text, secret) || strings.ContainsAny(text, "\n\r\x00") || len(text) > 1000 {
		t.Fatalf("not fit to be shown: %q", text)
	}
}

func checkAssertion(t *testing.T, a chat.Assertion) {
	t.Helper()
	switch a.Subject {
	case chat.SubjectExternalID:
		if problem := chat.CheckExternalID(a.ExternalID); problem != "" {
			t.Fatalf("external id %q %s", a.ExternalID, problem)
		}
	case chat.SubjectNumber:
		if a.Number < 1 || a.Number > 1<<53 {
			t.Fatalf("number %d", a.Number)
		}
	case chat.SubjectEmail:
		if normal, ok := chat.NormalEmail(a.EmailAsWritten); !ok || normal != a.Email || !a.EmailVerified {
			t.Fatalf("email %q, as written %q", a.Email, a.EmailAsWritten)
		}
	default:
		t.Fatal("the token names nobody")
	}
	if a.EmailVerified && a.Email == "" {
		t.Fatal("verified, but no address")
	}
	if problem := a.Attributes.Check(); problem != "" {
		t.Fatalf("attributes: %s", problem)
	}
	if !a.ExpiresAt.IsZero() && !now.Before(a.ExpiresAt.Add(chat.Leeway)) {
		t.Fatalf("expired at %v", a.ExpiresAt)
	}
}
