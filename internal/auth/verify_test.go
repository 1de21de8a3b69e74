package auth

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

func TestRefusedByForm(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	good := sdk(sdkClaims)
	parts := strings.Split(good, ".")
	h, p, s := parts[0], parts[1], parts[2]
	sdkSecret := secretOf(mainKey)
	longHeader := `{"alg":"HS256","kid":"` + mainKey + `","x":"` + strings.Repeat("x", 1100) + `"}`
	fits := `{"alg":"HS256","kid":"` + mainKey + `","x":"` + strings.Repeat("x", 1024-len(`{"alg":"HS256","kid":"`+mainKey+`","x":""}`)) + `"}`
	withHeader := func(header string) string { return sign(sdkSecret, header, sdkClaims) }
	kid := `"kid":"` + mainKey + `"`

	for name, test := range map[string]struct{ token, want string }{
		// Rule 2: length, dots, base64url, size of the header.
		"empty":                             {"", "malformed"},
		"one character":                     {"x", "malformed"},
		"one byte too long":                 {strings.Repeat("a", 16<<10+1), "malformed"},
		"only dots":                         {strings.Repeat(".", 16<<10), "malformed"},
		"no dot":                            {"abc", "malformed"},
		"one dot":                           {h + "." + p, "malformed"},
		"three dots":                        {good + ".", "malformed"},
		"leading dot":                       {"." + good, "malformed"},
		"four parts":                        {good + ".foo", "malformed"},
		"five parts as JWE":                 {good + ".a.b", "malformed"},
		"three empty parts":                 {"..", "malformed"},
		"empty header":                      {"." + p + "." + s, "malformed"},
		"JSON serialization":                {`{"protected":"` + h + `","payload":"` + p + `","signature":"` + s + `"}`, "malformed"},
		"Bearer before it":                  {"Bearer " + good, "malformed"},
		"quoted":                            {`"` + good + `"`, "malformed"},
		"single-quoted":                     {`'` + good + `'`, "malformed"},
		"space before":                      {" " + good, "malformed"},
		"space after":                       {good + " ", "malformed"},
		"line feed after":                   {good + "\n", "malformed"},
		"CR LF after":                       {good + "\r\n", "malformed"},
		"line feed in the header":           {h[:4] + "\n" + h[4:] + "." + p + "." + s, "malformed"},
		"line feed in the payload, signed":  {signParts(sdkSecret, h, p[:4]+"\n"+p[4:]), "malformed"},
		"CR in the payload, signed":         {signParts(sdkSecret, h, p+"\r"), "malformed"},
		"line feed in the signature":        {h + "." + p + "." + s[:10] + "\n" + s[10:], "malformed"},
		"CR LF at the signature's end":      {h + "." + p + "." + s + "\r\n", "malformed"},
		"space in the payload, signed":      {signParts(sdkSecret, h, p+" "), "malformed"},
		"padding in the header, signed":     {signParts(sdkSecret, h+"=", p), "malformed"},
		"padding in the payload, signed":    {signParts(sdkSecret, h, p+"="), "malformed"},
		"padding in the signature":          {good + "=", "malformed"},
		"plain base64 in the signature":     {h + "." + p + "." + strings.Repeat("+", 43), "malformed"},
		"slash in the signature":            {h + "." + p + "." + strings.Repeat("/", 43), "malformed"},
		"percent-encoded":                   {strings.ReplaceAll(good, ".", "%2E") + ".%41.a", "malformed"},
		"not ASCII":                         {h + "." + p + "é." + s, "malformed"},
		"NUL in the signature":              {h + "." + p + "." + s[:5] + "\x00" + s[6:], "malformed"},
		"stray bits in the last character":  {h + "." + p + "." + s[:42] + next(s[42]), "malformed"},
		"stray bits in the payload, signed": {signParts(sdkSecret, h, part("x")[:1]+"B"), "malformed"},
		"a lone character as payload":       {signParts(sdkSecret, h, "A"), "malformed"},
		"header over 1 KiB":                 {withHeader(longHeader), "malformed"},
		"header over 1 KiB by one":          {withHeader(fits + " "), "malformed"},

		// Rule 3 in the header.
		"header is a list":               {withHeader(`[]`), "malformed"},
		"header is text":                 {withHeader(`alg=HS256`), "malformed"},
		"header is cut":                  {withHeader(`{"alg":"HS256"`), "malformed"},
		"header with something after":    {withHeader(`{"alg":"HS256",` + kid + `}x`), "malformed"},
		"header with BOM":                {withHeader("\xEF\xBB\xBF" + kidHeader(mainKey)), "malformed"},
		"header with bad UTF-8":          {withHeader(`{"alg":"HS256",` + kid + ",\"x\":\"\xFF\"}"), "malformed"},
		"header with lone surrogate":     {withHeader(`{"alg":"HS256",` + kid + `,"x":"\ud800"}`), "malformed"},
		"header with NUL":                {withHeader(`{"alg":"HS256",` + kid + `,"x":"\u0000"}`), "malformed"},
		"header too deep":                {withHeader(`{"alg":"HS256",` + kid + `,"x":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`), "malformed"},
		"alg twice":                      {withHeader(`{"alg":"none","alg":"HS256",` + kid + `}`), "malformed"},
		"kid twice":                      {withHeader(`{"alg":"HS256","kid":"x",` + kid + `}`), "malformed"},
		"kid twice by escape":            {withHeader(`{"alg":"HS256","k\u0069d":"x",` + kid + `}`), "malformed"},
		"Alg is not alg":                 {withHeader(`{"Alg":"HS256",` + kid + `}`), "malformed alg"},
		"KID is not kid":                 {withHeader(`{"alg":"HS256","KID":"` + mainKey + `"}`), "malformed kid"},
		"Kelvin sign is not k":           {withHeader("{\"alg\":\"HS256\",\"\u212Aid\":\"" + mainKey + `"}`), "malformed kid"},
		"duplicate in an ignored header": {withHeader(`{"alg":"HS256",` + kid + `,"jwk":{"a":1,"a":1}}`), "malformed"},

		// Rule 4: the algorithm.
		"no alg":                        {withHeader(`{` + kid + `}`), "malformed alg"},
		"alg none, no signature":        {part(`{"alg":"none",`+kid+`}`) + "." + p + ".", "malformed alg"},
		"alg None, signed":              {withHeader(`{"alg":"None",` + kid + `}`), "malformed alg"},
		"alg nOnE":                      {withHeader(`{"alg":"nOnE",` + kid + `}`), "malformed alg"},
		"alg empty":                     {withHeader(`{"alg":"",` + kid + `}`), "malformed alg"},
		"alg null":                      {withHeader(`{"alg":null,` + kid + `}`), "malformed alg"},
		"alg is a number":               {withHeader(`{"alg":256,` + kid + `}`), "malformed alg"},
		"alg is a list":                 {withHeader(`{"alg":["HS256"],` + kid + `}`), "malformed alg"},
		"alg in lower case":             {withHeader(`{"alg":"hs256",` + kid + `}`), "malformed alg"},
		"alg with a space":              {withHeader(`{"alg":"HS256 ",` + kid + `}`), "malformed alg"},
		"alg HS384":                     {withHeader(`{"alg":"HS384",` + kid + `}`), "malformed alg"},
		"alg HS512":                     {withHeader(`{"alg":"HS512",` + kid + `}`), "malformed alg"},
		"alg HS1":                       {withHeader(`{"alg":"HS1",` + kid + `}`), "malformed alg"},
		"alg RS256":                     {withHeader(`{"alg":"RS256",` + kid + `}`), "malformed alg"},
		"alg ES256":                     {withHeader(`{"alg":"ES256",` + kid + `}`), "malformed alg"},
		"alg PS256":                     {withHeader(`{"alg":"PS256",` + kid + `}`), "malformed alg"},
		"alg EdDSA":                     {withHeader(`{"alg":"EdDSA",` + kid + `}`), "malformed alg"},
		"alg dir":                       {withHeader(`{"alg":"dir",` + kid + `}`), "malformed alg"},
		"alg is looked at before kid":   {withHeader(`{"alg":"none","kid":"nobody"}`), "malformed alg"},
		"alg is looked at without kid":  {withHeader(`{"alg":"RS256"}`), "malformed alg"},
		"alg long and on several lines": {withHeader(`{"alg":"` + strings.Repeat(`a\n`, 200) + `",` + kid + `}`), "malformed alg"},

		// Rule 5: kid.
		"no kid":             {withHeader(plainHeader), "malformed kid"},
		"kid null":           {withHeader(`{"alg":"HS256","kid":null}`), "malformed kid"},
		"kid empty":          {withHeader(`{"alg":"HS256","kid":""}`), "malformed kid"},
		"kid is a number":    {withHeader(`{"alg":"HS256","kid":1}`), "malformed kid"},
		"kid is a list":      {withHeader(`{"alg":"HS256","kid":["` + mainKey + `"]}`), "malformed kid"},
		"kid is an object":   {withHeader(`{"alg":"HS256","kid":{}}`), "malformed kid"},
		"kid unknown":        {withHeader(kidHeader("app_nobody")), "key_unknown"},
		"kid in upper case":  {withHeader(kidHeader(strings.ToUpper(mainKey))), "key_unknown"},
		"kid with a space":   {withHeader(kidHeader(mainKey + " ")), "key_unknown"},
		"kid is a path":      {withHeader(kidHeader("../../../dev/null")), "key_unknown"},
		"kid is SQL":         {withHeader(kidHeader("' OR '1'='1")), "key_unknown"},
		"kid is an address":  {withHeader(kidHeader("https://evil.example/key")), "key_unknown"},
		"kid of 900 letters": {withHeader(kidHeader(strings.Repeat("k", 900))), "key_unknown"},

		// Rule 6 and rule 15: one answer for all that a key may lack.
		"key of another app": {sign(secretOf(otherKey), kidHeader(otherKey), sdkClaims), "key_unknown"},
		"revoked key":        {sign(secretOf(revokedKey), kidHeader(revokedKey), sdkClaims), "key_unknown"},
		"ended key":          {sign(secretOf(endedKey), kidHeader(endedKey), sdkClaims), "key_unknown"},
		"key not begun":      {sign(secretOf(futureKey), kidHeader(futureKey), sdkClaims), "key_unknown"},
		"key for code":       {sign(secretOf(codeKey), kidHeader(codeKey), sdkClaims), "key_unknown"},
		"key for the api":    {sign(secretOf(integrated), kidHeader(integrated), sdkClaims), "key_unknown"},
		"account key":        {sign(secretOf(account), kidHeader(account), sdkClaims), "key_unknown"},

		// Rule 7: headers that change the meaning.
		"crit":                    {withHeader(`{"alg":"HS256",` + kid + `,"crit":["exp"],"exp":1}`), "malformed crit"},
		"crit empty":              {withHeader(`{"alg":"HS256",` + kid + `,"crit":[]}`), "malformed crit"},
		"crit null":               {withHeader(`{"alg":"HS256",` + kid + `,"crit":null}`), "malformed crit"},
		"b64 false":               {withHeader(`{"alg":"HS256",` + kid + `,"b64":false}`), "malformed b64"},
		"b64 true":                {withHeader(`{"alg":"HS256",` + kid + `,"b64":true}`), "malformed b64"},
		"zip":                     {withHeader(`{"alg":"HS256",` + kid + `,"zip":"DEF"}`), "malformed zip"},
		"enc":                     {withHeader(`{"alg":"HS256",` + kid + `,"enc":"A256GCM"}`), "malformed enc"},
		"cty JWT":                 {withHeader(`{"alg":"HS256",` + kid + `,"cty":"JWT"}`), "malformed cty"},
		"cty jwt":                 {withHeader(`{"alg":"HS256",` + kid + `,"cty":"jwt"}`), "malformed cty"},
		"cty application/jwt":     {withHeader(`{"alg":"HS256",` + kid + `,"cty":"application/jwt"}`), "malformed cty"},
		"cty is no string":        {withHeader(`{"alg":"HS256",` + kid + `,"cty":1}`), "malformed cty"},
		"typ of another kind":     {withHeader(`{"alg":"HS256",` + kid + `,"typ":"at+jwt"}`), "malformed typ"},
		"typ JWE":                 {withHeader(`{"alg":"HS256",` + kid + `,"typ":"JWE"}`), "malformed typ"},
		"typ empty":               {withHeader(`{"alg":"HS256",` + kid + `,"typ":""}`), "malformed typ"},
		"typ null":                {withHeader(`{"alg":"HS256",` + kid + `,"typ":null}`), "malformed typ"},
		"typ is a number":         {withHeader(`{"alg":"HS256",` + kid + `,"typ":1}`), "malformed typ"},
		"key brought in a header": {sign("mine", `{"alg":"HS256","jwk":{"kty":"oct","k":"bWluZQ"},`+kid+`}`, sdkClaims), "signature_invalid"},

		// Rule 8: the signature.
		"no signature":                   {h + "." + p + ".", "signature_invalid"},
		"signature changed":              {h + "." + p + "." + flip(s), "signature_invalid"},
		"signature cut to 31 bytes":      {h + "." + p + "." + s[:40], "signature_invalid"},
		"signature of one byte":          {h + "." + p + ".AA", "signature_invalid"},
		"signature and more":             {h + "." + p + "." + s + "AAAA", "signature_invalid"},
		"signature of zeros":             {h + "." + p + "." + strings.Repeat("A", 43), "signature_invalid"},
		"payload changed":                {h + "." + part(`{"scope":"user","external_id":"u-43"}`) + "." + s, "signature_invalid"},
		"header changed":                 {part(kidHeader(mainKey)+" ") + "." + p + "." + s, "signature_invalid"},
		"no payload":                     {h + ".." + s, "signature_invalid"},
		"signed with an empty secret":    {sign("", kidHeader(mainKey), sdkClaims), "signature_invalid"},
		"signed with the key's id":       {sign(mainKey, kidHeader(mainKey), sdkClaims), "signature_invalid"},
		"signed with another key":        {sign(secretOf(sdkOnly), kidHeader(mainKey), sdkClaims), "signature_invalid"},
		"signed with the secret and \\n": {sign(sdkSecret+"\n", kidHeader(mainKey), sdkClaims), "signature_invalid"},
		// Nothing that is claimed is answered to before the signature holds.
		"expired and badly signed":   {sign("wrong", kidHeader(mainKey), `{"scope":"user","external_id":"u","exp":1}`), "signature_invalid"},
		"no claims and badly signed": {sign("wrong", kidHeader(mainKey), `nonsense`), "signature_invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: test.token}, now)
			mustRefuse(t, err, test.want)
			if got.ExternalID != "" || got.Key != "" {
				t.Errorf("a refused token asserts %+v", got)
			}
			if test.token != "" && len(test.token) > 20 && strings.Contains(err.Error(), test.token) {
				t.Error("the refusal shows the token")
			}
			if e := new(chat.Error); errors.As(err, &e) && len(e.Message) > 400 || strings.ContainsAny(e.Message, "\n\r\x00") {
				t.Errorf("the sentence is not fit for a log: %q", e.Message)
			}
		})
	}

	for name, token := range map[string]string{
		"as documented":              good,
		"no typ":                     withHeader(`{"alg":"HS256",` + kid + `}`),
		"typ jwt":                    withHeader(`{"alg":"HS256","typ":"jwt",` + kid + `}`),
		"typ jWt":                    withHeader(`{"alg":"HS256","typ":"jWt",` + kid + `}`),
		"white space in the header":  withHeader("{ \"alg\" :\t\"HS256\",\r\n" + kid + " }"),
		"kid written with escapes":   withHeader(`{"alg":"HS256","k\u0069d":"` + mainKey + `"}`),
		"unknown headers":            withHeader(`{"alg":"HS256",` + kid + `,"foo":{"bar":[1]},"KID":"x"}`),
		"key sets are never fetched": withHeader(`{"alg":"HS256",` + kid + `,"jku":"http://127.0.0.1:1/","x5u":"http://127.0.0.1:1/","jwk":{"k":"x"},"x5c":["x"]}`),
		"cty of another kind":        withHeader(`{"alg":"HS256",` + kid + `,"cty":"text/plain"}`),
		"header of exactly 1 KiB":    withHeader(fits),
		"sdk-only key":               sign(secretOf(sdkOnly), kidHeader(sdkOnly), sdkClaims),
		"duplicate names in values":  sdk(`{"scope":"user","external_id":"u-42","x":{"external_id":"u-43"}}`),
	} {
		t.Run("accepted: "+name, func(t *testing.T) {
			t.Parallel()
			got, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: token}, now)
			if err != nil || got.ExternalID != "u-42" || got.App != appID || got.Door != chat.DoorSDK || got.Subject != chat.SubjectExternalID {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// next returns the base64url character that follows c, which changes bits that the last character may not have.
func next(c byte) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return string(alphabet[strings.IndexByte(alphabet, c)+1])
}

// flip changes the first character of a signature.
func flip(s string) string {
	if s[0] == 'A' {
		return "B" + s[1:]
	}
	return "A" + s[1:]
}

func TestLongTokens(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	long := strings.Repeat("é", chat.MaxExternalID)
	got, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sdk(`{"scope":"user","external_id":"` + long + `"}`)}, now)
	if err != nil || got.ExternalID != long {
		t.Errorf("an external id of 1024 characters: %v", err)
	}
	filled := func(n int) string {
		return sdk(`{"scope":"user","external_id":"u","x":"` + strings.Repeat("x", n) + `"}`)
	}
	n := 12000
	for len(filled(n+1)) <= maxToken {
		n++
	}
	if _, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: filled(n)}, now); err != nil {
		t.Errorf("a token of %d bytes: %v", len(filled(n)), err)
	}
	_, err = f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: filled(n + 1)}, now)
	mustRefuse(t, err, "malformed")
}

// TestCanonical proves that appendCanonical is "decode, encode again, compare" (rule 2).
func TestCanonical(t *testing.T) {
	t.Parallel()
	const alphabet = "ABCabc019-_+/=\r\n .é"
	for _, a := range alphabet {
		for _, b := range alphabet {
			for _, c := range alphabet {
				for _, text := range []string{string([]rune{a, b}), string([]rune{a, b, c}), string([]rune{'A', a, b, c})} {
					decoded, err := appendCanonical(nil, []byte(text))
					if err == nil && part(string(decoded)) != text {
						t.Errorf("%q decodes to %x, which is written %q", text, decoded, part(string(decoded)))
					}
				}
			}
		}
	}
	for _, text := range []string{"", "AA", "AAA", "AAAA", "_-_-"} {
		if _, err := appendCanonical(nil, []byte(text)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	at := func(d time.Duration) string { return fmt.Sprint(now.Add(d).Unix()) }
	type row struct{ claim, value, want string }
	var rows []row
	// Rule 9: what is no date is refused whichever claim it stands in.
	for _, value := range []string{
		`null`, `""`, `0`, `-1`, `-0`, `0.0`, `1e400`, `-1e400`, `1e-400`, `true`, `false`, `[]`, `{}`, `[1790000000]`,
		`"0"`, `"01790000000"`, `"+1790000000"`, `"-1"`, `" 1790000000"`, `"1790000000 "`, `"1790000000.5"`, `"1e9"`, `"0x10"`, `"1790000000000"`,
		`"١٧٩٠٠٠٠٠٠٠"`, `"soon"`, `"2030-01-01T00:00:00Z"`, `1790000000000`, `253402300800`, `"253402300800"`, `"999999999999"`, `1e12`, `9007199254740993000`,
	} {
		for _, claim := range []string{"exp", "nbf", "iat"} {
			rows = append(rows, row{claim, value, "claim_invalid " + claim})
		}
	}
	rows = append(rows,
		row{"exp", at(time.Hour), ""},
		row{"exp", `"` + at(time.Hour) + `"`, ""},
		row{"exp", at(time.Hour) + ".25", ""},
		row{"exp", at(time.Hour) + ".0", ""},
		row{"exp", "1.8e9", ""},
		row{"exp", "253402300799", ""},
		row{"exp", `"253402300799"`, ""},
		row{"exp", at(-59 * time.Second), ""},
		row{"exp", at(-60*time.Second) + ".5", ""},
		row{"exp", at(-60 * time.Second), "token_expired exp"},
		row{"exp", at(-time.Hour), "token_expired exp"},
		row{"exp", `"` + at(-time.Hour) + `"`, "token_expired exp"},
		row{"exp", "3600", "token_expired exp"},
		row{"exp", "0.5", "token_expired exp"},
		row{"exp", `"1"`, "token_expired exp"},
		row{"nbf", at(-time.Hour), ""},
		row{"nbf", at(0), ""},
		row{"nbf", at(60 * time.Second), ""},
		row{"nbf", at(61 * time.Second), "not_yet_valid nbf"},
		row{"nbf", `"` + at(time.Hour) + `"`, "not_yet_valid nbf"},
		row{"iat", at(-365 * 24 * time.Hour), ""},
		row{"iat", at(0) + ".123456", ""},
		row{"iat", at(60 * time.Second), ""},
		row{"iat", at(60*time.Second) + ".5", "not_yet_valid iat"},
		row{"iat", at(time.Hour), "not_yet_valid iat"},
		// Only the exact names are dates.
		row{"Exp", "1", ""}, row{"EXP", "null", ""}, row{"expires", "1", ""}, row{"e\\u0078p ", "1", ""},
		row{"e\\u0078p", "1", "token_expired exp"},
	)
	for _, test := range rows {
		t.Run(test.claim+" "+test.value, func(t *testing.T) {
			t.Parallel()
			token := sdk(`{"scope":"user","external_id":"u-42","` + test.claim + `":` + test.value + `}`)
			got, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: token}, now)
			if test.want != "" {
				mustRefuse(t, err, test.want)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if test.claim == "exp" && got.ExpiresAt.Before(now.Add(-chat.Leeway)) || test.claim == "iat" && got.IssuedAt.IsZero() {
				t.Errorf("got %+v", got)
			}
		})
	}
	t.Run("fractions are kept", func(t *testing.T) {
		t.Parallel()
		got, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sdk(`{"scope":"user","external_id":"u","exp":1900000000.25}`)}, now)
		if want := time.Unix(1900000000, 25e7); err != nil || !got.ExpiresAt.Equal(want) || got.ExpiresAt.Location() != time.UTC {
			t.Errorf("got %v, %v", got.ExpiresAt, err)
		}
	})
	t.Run("no exp is legal, with a warning", func(t *testing.T) {
		t.Parallel()
		got, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sdk(sdkClaims)}, now)
		if err != nil || !got.ExpiresAt.IsZero() || len(got.Warnings) != 1 {
			t.Errorf("got %+v, %v", got, err)
		}
	})
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	at := func(d time.Duration) string { return fmt.Sprint(now.Add(d).Unix()) }
	for name, test := range map[string]struct {
		settings chat.AppSettings
		claims   string
		want     string
	}{
		"exp required":               {chat.AppSettings{RequireExp: true}, ``, "claim_invalid exp"},
		"exp required and there":     {chat.AppSettings{RequireExp: true}, `,"exp":` + at(time.Minute), ""},
		"age limited, no iat":        {chat.AppSettings{MaxTokenAge: time.Hour}, ``, "claim_invalid iat"},
		"age limited, young":         {chat.AppSettings{MaxTokenAge: time.Hour}, `,"iat":` + at(-time.Hour), ""},
		"age limited, within leeway": {chat.AppSettings{MaxTokenAge: time.Hour}, `,"iat":` + at(-time.Hour-time.Minute), ""},
		"age limited, old":           {chat.AppSettings{MaxTokenAge: time.Hour}, `,"iat":` + at(-time.Hour-61*time.Second), "token_too_old iat"},
		"expired and too old":        {chat.AppSettings{MaxTokenAge: time.Hour}, `,"exp":1,"iat":` + at(-24*time.Hour), "token_expired exp"},
		"door closed":                {chat.AppSettings{Doors: []chat.Door{chat.DoorJSM}}, ``, "door_closed"},
		"all doors closed":           {chat.AppSettings{Doors: []chat.Door{}}, ``, "door_closed"},
		"this door open":             {chat.AppSettings{Doors: []chat.Door{chat.DoorSDK}}, ``, ""},
		"one-time codes, other door": {chat.AppSettings{OneTimeCodes: true}, ``, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := f.app
			app.Settings = test.settings
			_, err := f.verifier.Verify(t.Context(), Request{App: app, Door: chat.DoorSDK, Token: sdk(`{"scope":"user","external_id":"u"` + test.claims + `}`)}, now)
			if test.want != "" {
				mustRefuse(t, err, test.want)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestUnknownDoor(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, door := range []chat.Door{"", "SDK", "oidc", "api"} {
		_, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: door, Token: sdk(sdkClaims)}, now)
		if e := refusal(err); e == nil || e.Kind != chat.Invalid || e.Field != "door" {
			t.Errorf("door %q: %v", door, err)
		}
	}
	for _, door := range chat.Doors() {
		if doors[door] == nil {
			t.Errorf("door %s has no parser", door)
		}
	}
}

func TestAudience(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for value, want := range map[string]string{
		`"` + string(appID) + `"`:            "",
		`["x","` + string(appID) + `"]`:      "",
		`"` + string(otherApp) + `"`:         "claim_invalid aud",
		`["` + string(otherApp) + `"]`:       "claim_invalid aud",
		`"` + string(appID) + ` "`:           "claim_invalid aud",
		`[]`:                                 "claim_invalid aud",
		`""`:                                 "claim_invalid aud",
		`null`:                               "claim_invalid aud",
		`1`:                                  "claim_invalid aud",
		`{"` + string(appID) + `":1}`:        "claim_invalid aud",
		`["` + string(appID) + `",1]`:        "claim_invalid aud",
		`[["` + string(appID) + `"]]`:        "claim_invalid aud",
		`"https://parlor.example"`:           "claim_invalid aud",
		`"` + string(appID)[:23] + `"`:       "claim_invalid aud",
		`"` + string(appID) + `,` + `other"`: "claim_invalid aud",
	} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			token := sdk(`{"scope":"user","external_id":"u","iss":"anyone","aud":` + value + `}`)
			_, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: token}, now)
			if want != "" {
				mustRefuse(t, err, want)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestPayloadMustBeStrictJSON(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for name, payload := range map[string]string{
		"nothing":                    ``,
		"text":                       `foo`,
		"list":                       `[{"scope":"user"}]`,
		"null":                       `null`,
		"cut":                        `{"scope":"user"`,
		"two objects":                sdkClaims + sdkClaims,
		"BOM":                        "\xEF\xBB\xBF" + sdkClaims,
		"external_id twice":          `{"scope":"user","external_id":"a","external_id":"b"}`,
		"external_id twice, escaped": `{"scope":"user","external_id":"a","external\u005fid":"b"}`,
		"exp twice":                  `{"scope":"user","external_id":"a","exp":1,"exp":1900000000}`,
		"duplicate below":            `{"scope":"user","external_id":"a","x":{"y":1,"y":2}}`,
		"bad UTF-8 in the id":        "{\"scope\":\"user\",\"external_id\":\"a\xFF\"}",
		"lone surrogate in the id":   `{"scope":"user","external_id":"a\ud800"}`,
		"raw surrogate in the id":    "{\"scope\":\"user\",\"external_id\":\"a\xED\xA0\x80\"}",
		"NUL in the id":              `{"scope":"user","external_id":"a\u0000"}`,
		"bad UTF-8 elsewhere":        "{\"scope\":\"user\",\"external_id\":\"a\",\"x\":\"\xC0\x80\"}",
		"too deep":                   `{"scope":"user","external_id":"a","x":` + strings.Repeat("[", 32) + strings.Repeat("]", 32) + `}`,
		"comment":                    `{"scope":"user",/**/"external_id":"a"}`,
		"single quotes":              `{'scope':'user'}`,
		"NaN":                        `{"scope":"user","external_id":"a","exp":NaN}`,
		"UTF-16":                     "\xFF\xFE{\x00}\x00",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sdk(payload)}, now)
			mustRefuse(t, err, "malformed")
		})
	}
}

func TestKidlessDoors(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ben := `{"email":"ben@example.com"}`
	for name, test := range map[string]struct {
		door  chat.Door
		token string
		want  string
	}{
		"code, first key":              {chat.DoorCode, code(ben), ""},
		"code, second key":             {chat.DoorCode, sign(secretOf(codeKey2), plainHeader, ben), ""},
		"code, kid that matches":       {chat.DoorCode, sign(secretOf(codeKey), kidHeader(codeKey), ben), ""},
		"code, kid of the other key":   {chat.DoorCode, sign(secretOf(codeKey), kidHeader(codeKey2), ben), "signature_invalid"},
		"code, kid unknown":            {chat.DoorCode, sign(secretOf(codeKey), kidHeader("x"), ben), "key_unknown"},
		"code, kid null":               {chat.DoorCode, sign(secretOf(codeKey), `{"alg":"HS256","kid":null}`, ben), "malformed kid"},
		"code, kid of a jsm key":       {chat.DoorCode, sign(secretOf(jsmKey), kidHeader(jsmKey), ben), "key_unknown"},
		"code, signed with a jsm key":  {chat.DoorCode, jsm(ben), "signature_invalid"},
		"code, signed with an sdk key": {chat.DoorCode, sign(secretOf(mainKey), plainHeader, ben), "signature_invalid"},
		"code, other app's key":        {chat.DoorCode, sign(secretOf(otherKey), plainHeader, ben), "signature_invalid"},
		"code, other app's kid":        {chat.DoorCode, sign(secretOf(otherKey), kidHeader(otherKey), ben), "key_unknown"},
		"jsm, its key":                 {chat.DoorJSM, jsm(ben), ""},
		"jsm, kid that matches":        {chat.DoorJSM, sign(secretOf(jsmKey), kidHeader(jsmKey), ben), ""},
		"jsm, revoked key":             {chat.DoorJSM, sign(secretOf(revokedKey), plainHeader, ben), "signature_invalid"},
		"jsm, ended key":               {chat.DoorJSM, sign(secretOf(endedKey), plainHeader, ben), "signature_invalid"},
		"jsm, key not begun":           {chat.DoorJSM, sign(secretOf(futureKey), plainHeader, ben), "signature_invalid"},
		"jsm, signed with a code key":  {chat.DoorJSM, code(ben), "signature_invalid"},
		"jsm, alg none":                {chat.DoorJSM, part(`{"alg":"none"}`) + "." + part(ben) + ".", "malformed alg"},
		"jsm, signed with nothing":     {chat.DoorJSM, sign("", plainHeader, ben), "signature_invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: test.door, Token: test.token}, now)
			if test.want != "" {
				mustRefuse(t, err, test.want)
			} else if err != nil || got.Email != "ben@example.com" {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	t.Run("an app without keys", func(t *testing.T) {
		t.Parallel()
		_, err := f.verifier.Verify(t.Context(), Request{App: chat.App{ID: "0000000000000000000000c3"}, Door: chat.DoorJSM, Token: jsm(ben)}, now)
		mustRefuse(t, err, "key_unknown")
	})
}

func TestKeyForAnotherAlgorithm(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	// No such key can be made today; the rule must hold all the same when one can (RFC 8725 section 3.1).
	box, err := f.master.Seal(seal.SigningKey(appID, "app_rs"), []byte(secretOf("app_rs")))
	if err != nil {
		t.Fatal(err)
	}
	f.write(t, func(tx store.Tx) error {
		return tx.InsertKey(chat.Key{ID: "app_rs", App: appID, Uses: []chat.Use{chat.UseSDK}, Alg: "RS256", Sealed: box, CreatedAt: now})
	})
	_, err = f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorSDK, Token: sign(secretOf("app_rs"), kidHeader("app_rs"), sdkClaims)}, now)
	mustRefuse(t, err, "malformed alg")
}
