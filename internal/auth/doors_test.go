package auth

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// doorCase is a payload and what a door makes of it: a refusal, or an assertion put into words by summary.
type doorCase struct{ claims, want string }

// summary is what an assertion says of the person, in one line.
func summary(a chat.Assertion) string {
	var s strings.Builder
	switch a.Subject {
	case chat.SubjectExternalID:
		fmt.Fprintf(&s, "external %q", a.ExternalID)
	case chat.SubjectNumber:
		fmt.Fprintf(&s, "number %d", a.Number)
	case chat.SubjectEmail:
		s.WriteString("email")
	}
	if a.AlsoExternalID != "" {
		fmt.Fprintf(&s, ", also %q", a.AlsoExternalID)
	}
	switch {
	case a.Email != "" && a.EmailVerified:
		fmt.Fprintf(&s, ", verified %s", a.Email)
	case a.Email != "":
		fmt.Fprintf(&s, ", unverified %s", a.Email)
	case a.EmailAsWritten != "":
		fmt.Fprintf(&s, ", text %s", a.EmailAsWritten)
	}
	if a.Name != "" {
		fmt.Fprintf(&s, ", name %q", a.Name)
	}
	if a.Legacy {
		s.WriteString(", legacy")
	}
	if len(a.Attributes) > 0 {
		fmt.Fprintf(&s, ", %v", map[string]any(a.Attributes))
	}
	if warnings := len(a.Warnings) - 1; warnings > 0 { // that there is no exp is always one
		fmt.Fprintf(&s, ", %d warnings", warnings)
	}
	return s.String()
}

// runDoor judges every case at a door. A want that ends in "!" is a refusal.
func runDoor(t *testing.T, door chat.Door, signer func(string) string, cases map[string]doorCase) {
	t.Helper()
	f := newFixture(t)
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: door, Token: signer(test.claims)}, now)
			if want, isRefusal := strings.CutSuffix(test.want, "!"); isRefusal {
				mustRefuse(t, err, want)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if summary(got) != test.want {
				t.Errorf("got  %s\nwant %s\nwarnings %q", summary(got), test.want, got.Warnings)
			}
		})
	}
}

func TestSDK(t *testing.T) {
	t.Parallel()
	cases := map[string]doorCase{
		"as documented":       {`{"scope":"user","external_id":"u-42"}`, `external "u-42"`},
		"older form":          {`{"scope":"appUser","userId":"u-42"}`, `external "u-42", legacy`},
		"both, new scope":     {`{"scope":"user","external_id":"a","userId":"b"}`, `external "a"`},
		"both, old scope":     {`{"scope":"appUser","external_id":"a","userId":"b"}`, `external "b", legacy`},
		"claims of strangers": {`{"scope":"user","external_id":"a","sub":"x","id":7,"user":{"id":"y"},"roles":["admin"]}`, `external "a"`},
		"24 hex digits":       {`{"scope":"user","external_id":"0123456789abcdef01234567"}`, `external "0123456789abcdef01234567"`},
		"digits as a string":  {`{"scope":"user","external_id":"42"}`, `external "42"`},
		"inner spaces":        {`{"scope":"user","external_id":"a b"}`, `external "a b"`},
		"case is kept":        {`{"scope":"user","external_id":"Ana@Example.COM"}`, `external "Ana@Example.COM"`},
		"not normalised":      {`{"scope":"user","external_id":"e\u0301"}`, "external \"e\u0301\""},
		"escaped letters":     {`{"scope":"user","external_id":"\u0061"}`, `external "a"`},
		"astral letters":      {`{"scope":"user","external_id":"\ud83d\ude00"}`, `external "😀"`},
		"one character":       {`{"scope":"user","external_id":"x"}`, `external "x"`},

		"no scope":           {`{"external_id":"a"}`, "claim_invalid scope!"},
		"scope app":          {`{"scope":"app","external_id":"a"}`, "claim_invalid scope!"},
		"scope account":      {`{"scope":"account","external_id":"a"}`, "claim_invalid scope!"},
		"scope integration":  {`{"scope":"integration","external_id":"a"}`, "claim_invalid scope!"},
		"scope User":         {`{"scope":"User","external_id":"a"}`, "claim_invalid scope!"},
		"scope with a space": {`{"scope":"user ","external_id":"a"}`, "claim_invalid scope!"},
		"scopes as OAuth":    {`{"scope":"user app","external_id":"a"}`, "claim_invalid scope!"},
		"scope empty":        {`{"scope":"","external_id":"a"}`, "claim_invalid scope!"},
		"scope null":         {`{"scope":null,"external_id":"a"}`, "claim_invalid scope!"},
		"scope is a list":    {`{"scope":["user"],"external_id":"a"}`, "claim_invalid scope!"},
		"scope appuser":      {`{"scope":"appuser","userId":"a"}`, "claim_invalid scope!"},
		"Scope is not scope": {`{"Scope":"user","external_id":"a"}`, "claim_invalid scope!"},
		"ſcope is not scope": {`{"ſcope":"user","external_id":"a"}`, "claim_invalid scope!"},

		"no id":              {`{"scope":"user"}`, "claim_invalid external_id!"},
		"old id, new scope":  {`{"scope":"user","userId":"a"}`, "claim_invalid external_id!"},
		"new id, old scope":  {`{"scope":"appUser","external_id":"a"}`, "claim_invalid userId!"},
		"id in sub":          {`{"scope":"user","sub":"a"}`, "claim_invalid external_id!"},
		"External_id":        {`{"scope":"user","External_id":"a"}`, "claim_invalid external_id!"},
		"externalId":         {`{"scope":"user","externalId":"a"}`, "claim_invalid external_id!"},
		"id is a number":     {`{"scope":"user","external_id":42}`, "claim_invalid external_id!"},
		"old id is a number": {`{"scope":"appUser","userId":42}`, "claim_invalid userId!"},
		"id null":            {`{"scope":"user","external_id":null}`, "claim_invalid external_id!"},
		"id true":            {`{"scope":"user","external_id":true}`, "claim_invalid external_id!"},
		"id is a list":       {`{"scope":"user","external_id":["a"]}`, "claim_invalid external_id!"},
		"id is an object":    {`{"scope":"user","external_id":{"id":"a"}}`, "claim_invalid external_id!"},
		"id empty":           {`{"scope":"user","external_id":""}`, "claim_invalid external_id!"},
		"id of a space":      {`{"scope":"user","external_id":" "}`, "claim_invalid external_id!"},
		"space before":       {`{"scope":"user","external_id":" a"}`, "claim_invalid external_id!"},
		"space after":        {`{"scope":"user","external_id":"a "}`, "claim_invalid external_id!"},
		"line feed":          {`{"scope":"user","external_id":"a\nb"}`, "claim_invalid external_id!"},
		"tab":                {`{"scope":"user","external_id":"a\tb"}`, "claim_invalid external_id!"},
		"delete":             {`{"scope":"user","external_id":"a\u007f"}`, "claim_invalid external_id!"},
		"C1 control":         {`{"scope":"user","external_id":"a\u0085"}`, "claim_invalid external_id!"},
		"zero-width space":   {`{"scope":"user","external_id":"a\u200b"}`, "claim_invalid external_id!"},
		"zero-width joiner":  {`{"scope":"user","external_id":"a\u200d"}`, "claim_invalid external_id!"},
		"right-to-left mark": {`{"scope":"user","external_id":"\u202ea"}`, "claim_invalid external_id!"},
		"byte order mark":    {`{"scope":"user","external_id":"\ufeffa"}`, "claim_invalid external_id!"},
		"soft hyphen":        {`{"scope":"user","external_id":"a\u00adb"}`, "claim_invalid external_id!"},
		"no-break space":     {`{"scope":"user","external_id":"a\u00a0b"}`, "claim_invalid external_id!"},
		"line separator":     {`{"scope":"user","external_id":"a\u2028b"}`, "claim_invalid external_id!"},
		"private use":        {`{"scope":"user","external_id":"\ue000"}`, "claim_invalid external_id!"},
		"noncharacter":       {`{"scope":"user","external_id":"\uffff"}`, "claim_invalid external_id!"},
		"a step up":          {`{"scope":"user","external_id":".."}`, "claim_invalid external_id!"},
		"1025 characters":    {`{"scope":"user","external_id":"` + strings.Repeat("a", 1025) + `"}`, "claim_invalid external_id!"},

		// What only describes never refuses (rules 16 and 33).
		"address vouched for":     {`{"scope":"user","external_id":"a","email":"Ana@Example.com","email_verified":true}`, `external "a", verified ana@example.com`},
		"address not vouched for": {`{"scope":"user","external_id":"a","email":"ana@example.com"}`, `external "a", unverified ana@example.com`},
		"email_verified false":    {`{"scope":"user","external_id":"a","email":"ana@example.com","email_verified":false}`, `external "a", unverified ana@example.com`},
		"email_verified is text":  {`{"scope":"user","external_id":"a","email":"ana@example.com","email_verified":"true"}`, `external "a", unverified ana@example.com`},
		"email_verified is 1":     {`{"scope":"user","external_id":"a","email":"ana@example.com","email_verified":1}`, `external "a", unverified ana@example.com`},
		"Email_verified":          {`{"scope":"user","external_id":"a","email":"ana@example.com","Email_verified":true}`, `external "a", unverified ana@example.com`},
		"no address, vouched for": {`{"scope":"user","external_id":"a","email_verified":true}`, `external "a"`},
		"address that is none":    {`{"scope":"user","external_id":"a","email":"ana@münchen.example","email_verified":true}`, `external "a", text ana@münchen.example, 1 warnings`},
		"address null":            {`{"scope":"user","external_id":"a","email":null}`, `external "a"`},
		"address is a number":     {`{"scope":"user","external_id":"a","email":1}`, `external "a", 1 warnings`},
		"name":                    {`{"scope":"user","external_id":"a","name":"Ana Example"}`, `external "a", name "Ana Example"`},
		"names in two":            {`{"scope":"user","external_id":"a","givenName":"Ana","surname":"Example"}`, `external "a", name "Ana Example"`},
		"given name only":         {`{"scope":"user","external_id":"a","givenName":"Ana"}`, `external "a", name "Ana"`},
		"name wins":               {`{"scope":"user","external_id":"a","name":"A","givenName":"B"}`, `external "a", name "A"`},
		"name is a list":          {`{"scope":"user","external_id":"a","name":["A"]}`, `external "a", 1 warnings`},
		"name is long":            {`{"scope":"user","external_id":"a","name":"` + strings.Repeat("é", 129) + `"}`, `external "a", name "` + strings.Repeat("é", 128) + `", 1 warnings`},
		"claims grant nothing":    {`{"scope":"user","external_id":"a","admin":true,"role":"agent"}`, `external "a"`},
	}
	runDoor(t, chat.DoorSDK, sdk, cases)
}

func TestArgumentOfLogin(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for name, test := range map[string]struct {
		door            chat.Door
		token, argument string
		want            string
	}{
		"same":             {chat.DoorSDK, sdk(sdkClaims), "u-42", ""},
		"none":             {chat.DoorSDK, sdk(sdkClaims), "", ""},
		"another":          {chat.DoorSDK, sdk(sdkClaims), "u-43", "claim_invalid external_id"},
		"other case":       {chat.DoorSDK, sdk(sdkClaims), "U-42", "claim_invalid external_id"},
		"a space more":     {chat.DoorSDK, sdk(sdkClaims), "u-42 ", "claim_invalid external_id"},
		"older form":       {chat.DoorSDK, sdk(`{"scope":"appUser","userId":"a"}`), "b", "claim_invalid userId"},
		"normalised":       {chat.DoorSDK, sdk(`{"scope":"user","external_id":"e\u0301"}`), "\u00e9", "claim_invalid external_id"},
		"not in code":      {chat.DoorCode, code(`{"user":{"id":"a"}}`), "b", ""},
		"not in jsm":       {chat.DoorJSM, jsm(`{"email":"ana@example.com"}`), "b", ""},
		"claim goes first": {chat.DoorSDK, sdk(`{"scope":"user","external_id":7}`), "7", "claim_invalid external_id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: test.door, Token: test.token, ExternalID: test.argument}, now)
			if test.want != "" {
				mustRefuse(t, err, test.want)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

// addresses are what may and may not be an identity (rule 35).
var addresses = map[string]bool{
	`ana@example.com`: true, `ANA@EXAMPLE.COM`: true, `a.b+c@sub.example.com`: true, `o'hara@example.com`: true,
	`x@xn--mnchen-3ya.example`: true, `a_b-c@ex-ample.co`: true,
	``: false, `ana`: false, `@example.com`: false, `ana@`: false, `ana@localhost`: false, `ana@@example.com`: false,
	` ana@example.com`: false, `ana@example.com `: false, `Ana <ana@example.com>`: false, `ana@example.com,ben@example.com`: false,
	`\"a b\"@example.com`: false, `a..b@example.com`: false, `.a@example.com`: false, `a.@example.com`: false,
	`ana@example..com`: false, `ana@-example.com`: false, `ana@example-.com`: false, `ana@[127.0.0.1]`: false,
	`ana@münchen.example`: false, `anä@example.com`: false, `\u212Aim@example.com`: false, `an\u0131@example.com`: false,
	`ana@example.com\n`: false, `mailto:ana@example.com?x`: false, `ana(x)@example.com`: false, `ana@exam_ple.com`: false,
}

func TestJSM(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 64) + "@" + strings.Repeat("b.", 93) + "cc" // 254 octets less one
	cases := map[string]doorCase{
		"as documented":            {`{"email":"Ana@example.com","displayName":"Ana","iat":1795168700.25,"exp":1795172400.25}`, `email, verified ana@example.com, name "Ana"`},
		"kept as written":          {`{"email":"Ana.B+x@Example.COM"}`, `email, verified ana.b+x@example.com`},
		"name null":                {`{"email":"ana@example.com","displayName":null}`, `email, verified ana@example.com`},
		"name is a number":         {`{"email":"ana@example.com","displayName":1}`, `email, verified ana@example.com, 1 warnings`},
		"other names are none":     {`{"email":"ana@example.com","name":"A","displayname":"B"}`, `email, verified ana@example.com`},
		"vouched for":              {`{"email":"ana@example.com","email_verified":true}`, `email, verified ana@example.com`},
		"claims of other doors":    {`{"email":"ana@example.com","scope":"user","external_id":"x","id":7,"user":{"id":"y"}}`, `email, verified ana@example.com`},
		"254 octets":               {`{"email":"` + long + `c"}`, `email, verified ` + long + `c`},
		"255 octets":               {`{"email":"` + long + `cc"}`, "claim_invalid email!"},
		"no email":                 {`{"displayName":"Ana"}`, "claim_invalid email!"},
		"nothing":                  {`{}`, "claim_invalid email!"},
		"Email":                    {`{"Email":"ana@example.com"}`, "claim_invalid email!"},
		"email null":               {`{"email":null}`, "claim_invalid email!"},
		"email is a list":          {`{"email":["ana@example.com"]}`, "claim_invalid email!"},
		"email is an object":       {`{"email":{"address":"ana@example.com"}}`, "claim_invalid email!"},
		"email is a number":        {`{"email":1}`, "claim_invalid email!"},
		"not vouched for":          {`{"email":"ana@example.com","email_verified":false}`, "claim_invalid email_verified!"},
		"email_verified text":      {`{"email":"ana@example.com","email_verified":"false"}`, "claim_invalid email_verified!"},
		"email_verified true text": {`{"email":"ana@example.com","email_verified":"true"}`, "claim_invalid email_verified!"},
		"email_verified null":      {`{"email":"ana@example.com","email_verified":null}`, "claim_invalid email_verified!"},
		"email_verified 0":         {`{"email":"ana@example.com","email_verified":0}`, "claim_invalid email_verified!"},
	}
	for address, ok := range addresses {
		want := "claim_invalid email!"
		if ok {
			want = "email, verified " + strings.ToLower(address)
		}
		cases["address "+address] = doorCase{`{"email":"` + address + `"}`, want}
	}
	runDoor(t, chat.DoorJSM, jsm, cases)
}

func TestCode(t *testing.T) {
	t.Parallel()
	cases := map[string]doorCase{
		// The three documented forms.
		"id":    {`{"id":1234}`, `number 1234`},
		"email": {`{"email":"ana@example.com"}`, `email, verified ana@example.com`},
		"user":  {`{"user":{"id":"crm-42","email":"ana@example.com","plan":"gold"}}`, `external "crm-42", verified ana@example.com, map[plan:gold]`},

		"id as a string":     {`{"id":"1234"}`, `number 1234`},
		"id at 2^53":         {`{"id":9007199254740992}`, `number 9007199254740992`},
		"id beyond 2^53":     {`{"id":9007199254740993}`, "claim_invalid id!"},
		"id far beyond":      {`{"id":123456789012345678901234567890}`, "claim_invalid id!"},
		"id beats email":     {`{"id":7,"email":"ana@example.com"}`, `number 7, 1 warnings`},
		"id beats bad email": {`{"id":7,"email":null}`, `number 7, 1 warnings`},
		"id zero":            {`{"id":0}`, "claim_invalid id!"},
		"id negative":        {`{"id":-1}`, "claim_invalid id!"},
		"id fraction":        {`{"id":1.5}`, "claim_invalid id!"},
		"id with point zero": {`{"id":1.0}`, "claim_invalid id!"},
		"id with exponent":   {`{"id":1e3}`, "claim_invalid id!"},
		"id string, zero":    {`{"id":"01"}`, "claim_invalid id!"},
		"id string, sign":    {`{"id":"+1"}`, "claim_invalid id!"},
		"id string, space":   {`{"id":" 1"}`, "claim_invalid id!"},
		"id string, hex":     {`{"id":"0x1"}`, "claim_invalid id!"},
		"id string, Arabic":  {`{"id":"١"}`, "claim_invalid id!"},
		"id string, a name":  {`{"id":"crm-42"}`, "claim_invalid id!"},
		"id empty":           {`{"id":""}`, "claim_invalid id!"},
		// Present but unusable never falls through to the address.
		"id null, email":  {`{"id":null,"email":"ana@example.com"}`, "claim_invalid id!"},
		"id false, email": {`{"id":false,"email":"ana@example.com"}`, "claim_invalid id!"},
		"id list, email":  {`{"id":[1],"email":"ana@example.com"}`, "claim_invalid id!"},
		"id object, user": {`{"id":{},"user":{"id":"a"}}`, "claim_invalid id!"},
		"Id is not id":    {`{"Id":7,"email":"ana@example.com"}`, `email, verified ana@example.com`},

		// A user beside id or email must name the same person, by user.id.
		"id and user":            {`{"id":7,"user":{"id":"crm-42"}}`, `number 7, also "crm-42"`},
		"id and user with more":  {`{"id":7,"user":{"id":"crm-42","email":"ana@example.com","name":"Ana","vip":true}}`, `number 7, also "crm-42", verified ana@example.com, name "Ana", map[vip:true]`},
		"email and user":         {`{"email":"ana@example.com","user":{"id":"crm-42","email":"other@example.com"}}`, `email, also "crm-42", verified ana@example.com`},
		"id and user without id": {`{"id":7,"user":{"email":"ana@example.com"}}`, "claim_invalid user.id!"},
		"email and empty user":   {`{"email":"ana@example.com","user":{}}`, "claim_invalid user.id!"},
		"id and user.id number":  {`{"id":7,"user":{"id":7}}`, "claim_invalid user.id!"},
		"id and user null":       {`{"id":7,"user":null}`, "claim_invalid user!"},
		"email and user text":    {`{"email":"ana@example.com","user":"crm-42"}`, "claim_invalid user!"},

		"nothing":              {`{}`, "claim_invalid user.id!"},
		"external_id only":     {`{"scope":"user","external_id":"a"}`, "claim_invalid user.id!"},
		"user empty":           {`{"user":{}}`, "claim_invalid user.id!"},
		"user null":            {`{"user":null}`, "claim_invalid user!"},
		"user is a list":       {`{"user":[{"id":"a"}]}`, "claim_invalid user!"},
		"user is text":         {`{"user":"a"}`, "claim_invalid user!"},
		"user.id is a number":  {`{"user":{"id":42}}`, "claim_invalid user.id!"},
		"user.id null":         {`{"user":{"id":null}}`, "claim_invalid user.id!"},
		"user.id empty":        {`{"user":{"id":""}}`, "claim_invalid user.id!"},
		"user.id with a space": {`{"user":{"id":"a "}}`, "claim_invalid user.id!"},
		"user.id invisible":    {`{"user":{"id":"a\u200b"}}`, "claim_invalid user.id!"},
		"user.ID":              {`{"user":{"ID":"a"}}`, "claim_invalid user.id!"},

		// The address: signed means verified, unless the signer says otherwise.
		"email null":                {`{"email":null,"user":{"id":"a"}}`, "claim_invalid email!"},
		"email not vouched for":     {`{"email":"ana@example.com","email_verified":false}`, "claim_invalid email_verified!"},
		"email vouched for as text": {`{"email":"ana@example.com","email_verified":"true"}`, "claim_invalid email_verified!"},
		"email is none":             {`{"email":"ana@münchen.example"}`, "claim_invalid email!"},
		"user.email not vouched":    {`{"user":{"id":"a","email":"ana@example.com","email_verified":false}}`, `external "a", unverified ana@example.com`},
		"denied outside of user":    {`{"email_verified":false,"user":{"id":"a","email":"ana@example.com"}}`, `external "a", unverified ana@example.com`},
		"user.email vouched":        {`{"user":{"id":"a","email":"ana@example.com","email_verified":true}}`, `external "a", verified ana@example.com`},
		"user.email is none":        {`{"user":{"id":"a","email":"not an address"}}`, `external "a", text not an address, 1 warnings`},
		"user.email null":           {`{"user":{"id":"a","email":null}}`, `external "a"`},

		// Attributes: scalars, within the room that metadata has.
		"attributes":      {`{"user":{"id":"a","plan":"gold","age":41,"vip":false,"é":"x"}}`, `external "a", map[age:41 plan:gold vip:false é:x]`},
		"not scalar":      {`{"user":{"id":"a","tags":["x"],"address":{"city":"y"},"gone":null,"ok":1}}`, `external "a", map[ok:1], 3 warnings`},
		"number too big":  {`{"user":{"id":"a","big":1e400}}`, `external "a", 1 warnings`},
		"name without":    {`{"user":{"id":"a","":"x"}}`, `external "a", 1 warnings`},
		"outside of user": {`{"plan":"gold","user":{"id":"a"}}`, `external "a"`},
		"too much":        {`{"user":{"id":"a","x":"` + strings.Repeat("x", 4096) + `","y":1}}`, `external "a", 1 warnings`},
	}
	runDoor(t, chat.DoorCode, code, cases)
}

func TestAttributesFillTheRoomTheyHave(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	value := strings.Repeat("x", chat.MaxMetadata-1)
	got, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorCode, Token: code(`{"user":{"id":"a","k":"` + value + `"}}`)}, now)
	if err != nil || !maps.Equal(got.Attributes, chat.Metadata{"k": value}) {
		t.Errorf("got %d attributes, %v", len(got.Attributes), err)
	}
	if problem := got.Attributes.Check(); problem != "" {
		t.Error(problem)
	}
}

func TestOneTimeCodes(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	at := func(d time.Duration) string { return fmt.Sprint(now.Add(d).Unix()) }
	for name, test := range map[string]struct{ claims, want string }{
		"both":            {`"jti":"x","exp":` + at(time.Hour), ""},
		"a day":           {`"jti":"x","exp":` + at(24*time.Hour), ""},
		"more than a day": {`"jti":"x","exp":` + at(24*time.Hour+61*time.Second), "claim_invalid exp"},
		"no exp":          {`"jti":"x"`, "claim_invalid exp"},
		"no jti":          {`"exp":` + at(time.Hour), "claim_invalid jti"},
		"jti empty":       {`"jti":"","exp":` + at(time.Hour), "claim_invalid jti"},
		"jti null":        {`"jti":null,"exp":` + at(time.Hour), "claim_invalid jti"},
		"jti is a number": {`"jti":7,"exp":` + at(time.Hour), "claim_invalid jti"},
		"jti is long":     {`"jti":"` + strings.Repeat("x", 257) + `","exp":` + at(time.Hour), "claim_invalid jti"},
		"jti of 256":      {`"jti":"` + strings.Repeat("x", 256) + `","exp":` + at(time.Hour), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := f.app
			app.Settings.OneTimeCodes = true
			got, err := f.verifier.Verify(t.Context(), Request{App: app, Door: chat.DoorCode, Token: code(`{"user":{"id":"a"},` + test.claims + `}`)}, now)
			if test.want != "" {
				mustRefuse(t, err, test.want)
			} else if err != nil || got.TokenID == "" {
				t.Errorf("got %q, %v", got.TokenID, err)
			}
		})
	}
	t.Run("off: nothing is asked", func(t *testing.T) {
		t.Parallel()
		if _, err := f.verifier.Verify(t.Context(), Request{App: f.app, Door: chat.DoorCode, Token: code(`{"user":{"id":"a"},"jti":7}`)}, now); err != nil {
			t.Error(err)
		}
	})
}
