package strictjson_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/strictjson"
)

// nested returns an object with arrays so that the whole is n deep.
func nested(n int) string {
	return `{"a":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + `}`
}

var accepted = map[string]string{
	"empty object":                    `{}`,
	"white space around":              " \t\r\n{ \"a\" : 1 }\n",
	"names that differ in case":       `{"exp":1,"Exp":2,"EXP":3}`,
	"same name at different levels":   `{"a":{"a":{"a":1}}}`,
	"same name in neighbours":         `{"l":[{"a":1},{"a":1}]}`,
	"surrogate pair":                  `{"a":"\ud83d\ude00"}`,
	"raw astral":                      `{"a":"😀"}`,
	"replacement character":           `{"a":"\ufffd"}`,
	"text that looks like NUL":        `{"a":"\\u0000"}`,
	"two backslashes and u0000":       `{"a":"\\\\u0000"}`,
	"brackets in strings":             `{"a":"` + strings.Repeat("[{", 100) + `"}`,
	"quote and brackets in strings":   `{"a":"\"` + strings.Repeat("[", 100) + `\\"}`,
	"many shallow arrays":             `{"a":[` + strings.Repeat("[],", 99) + `[]]}`,
	"depth at the limit":              nested(32),
	"number too large for a float":    `{"a":1e400}`,
	"empty name":                      `{"":1}`,
	"unicode names that look alike":   `{"\u00e9":1,"e\u0301":2}`,
	"long s is not s":                 `{"scope":1,"ſcope":2}`,
	"name with escapes, used once":    `{"\u0065xp":1}`,
	"noncharacter":                    `{"a":"\uffff"}`,
	"control characters but no NUL":   `{"a":"\u0001\n"}`,
	"escaped slash and delete":        `{"a":"\/\u007f"}`,
	"deep but closed again and again": `{"a":[[[]]],"b":[[[]]],"c":[[[]]],"d":[[[]]],"e":[[[]]],"f":[[[]]],"g":[[[]]],"h":[[[]]],"i":[[[]]],"j":[[[]]],"k":[[[]]]}`,
}

var refused = map[string]struct{ text, problem string }{
	"nothing":                         {"", "empty"},
	"white space only":                {" \n", "empty"},
	"array":                           {`[]`, "not a JSON object"},
	"string":                          {`"a"`, "not a JSON object"},
	"null":                            {`null`, "not a JSON object"},
	"number":                          {`1`, "not a JSON object"},
	"byte order mark":                 {"\xEF\xBB\xBF{}", "byte order mark"},
	"UTF-16":                          {"\xFF\xFE{\x00}\x00", "not a JSON object"},
	"form feed before":                {"\f{}", "not a JSON object"},
	"no-break space after":            {"{}\u00a0", "follows"},
	"second object":                   {`{}{}`, "follows"},
	"trailing comma after":            {`{},`, "follows"},
	"trailing brace":                  {`{}}`, "follows"},
	"NUL after":                       {"{}\x00", "NUL"},
	"duplicate name":                  {`{"a":1,"a":2}`, "a: the name stands twice"},
	"duplicate name, same value":      {`{"a":1,"a":1}`, "a: the name stands twice"},
	"duplicate by escape":             {`{"exp":1,"\u0065xp":2}`, "exp: the name stands twice"},
	"duplicate by escaped slash":      {`{"a/b":1,"a\/b":2}`, "stands twice"},
	"duplicate below":                 {`{"user":{"id":"a","id":"b"}}`, "user.id: the name stands twice"},
	"duplicate in an array":           {`{"m":[{},{"x":1,"x":2}]}`, "m[1].x: the name stands twice"},
	"duplicate empty name":            {`{"":1,"":2}`, "stands twice"},
	"raw NUL":                         {"{\"a\":\"\x00\"}", "NUL"},
	"escaped NUL":                     {`{"a":"x\u0000"}`, "NUL"},
	"escaped NUL after a backslash":   {`{"a":"\\\u0000"}`, "NUL"},
	"escaped NUL in a name":           {`{"a\u0000":1}`, "NUL"},
	"lone high surrogate":             {`{"a":"\ud800"}`, "surrogate"},
	"lone low surrogate":              {`{"a":"\udc00"}`, "surrogate"},
	"swapped surrogates":              {`{"a":"\udc00\ud800"}`, "surrogate"},
	"high surrogate and a letter":     {`{"a":"\ud800a"}`, "surrogate"},
	"two high surrogates":             {`{"a":"\ud83d\ud83d"}`, "surrogate"},
	"lone surrogate in a name":        {`{"\ud800":1}`, "surrogate"},
	"raw surrogate":                   {"{\"a\":\"\xED\xA0\x80\"}", "UTF-8"},
	"bad UTF-8":                       {"{\"a\":\"\xFF\"}", "UTF-8"},
	"overlong UTF-8":                  {"{\"a\":\"\xC0\xAF\"}", "UTF-8"},
	"beyond Unicode":                  {"{\"a\":\"\xF4\x90\x80\x80\"}", "UTF-8"},
	"cut UTF-8":                       {"{\"a\":\"\xE2\x82\"}", "UTF-8"},
	"bad UTF-8 in an ignored member":  {"{\"a\":{\"b\":[\"\xFF\"]}}", "UTF-8"},
	"one deeper than the limit":       {nested(33), "nested"},
	"very deep":                       {nested(100_000), "nested"},
	"very deep and never closed":      {`{"a":` + strings.Repeat("[", 100_000), "nested"},
	"cut":                             {`{"a":`, "ends too early"},
	"cut string":                      {`{"a":"b`, "ends too early"},
	"cut escape":                      {`{"a":"b\`, "ends too early"},
	"comma at the end":                {`{"a":1,}`, "not JSON"},
	"no comma":                        {`{"a":1 "b":2}`, "not JSON"},
	"name without quotes":             {`{a:1}`, "not JSON"},
	"name is a number":                {`{1:1}`, "double quotes"},
	"single quotes":                   {`{'a':1}`, "not JSON"},
	"comment":                         {`{"a":1/**/}`, "not JSON"},
	"leading zero":                    {`{"a":01}`, "not JSON"},
	"plus sign":                       {`{"a":+1}`, "not JSON"},
	"point without digits":            {`{"a":1.}`, "not JSON"},
	"hex number":                      {`{"a":0x1}`, "not JSON"},
	"NaN":                             {`{"a":NaN}`, "not JSON"},
	"True":                            {`{"a":True}`, "not JSON"},
	"raw newline in a string":         {"{\"a\":\"\n\"}", "not JSON"},
	"unknown escape":                  {`{"a":"\x41"}`, "not JSON"},
	"fault before a member of a type": {`{"text":1,"text":2}`, "text: the name stands twice"},
}

func TestAccepted(t *testing.T) {
	t.Parallel()
	for name, text := range accepted {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := strictjson.Check([]byte(text), strictjson.Limits{}); err != nil {
				t.Errorf("Check: %v", err)
			}
			if _, err := strictjson.Members([]byte(text), nil); err != nil {
				t.Errorf("Members: %v", err)
			}
			var into struct{ Unused int }
			if err := strictjson.Decode([]byte(text), &into); err != nil {
				t.Errorf("Decode: %v", err)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for name, test := range refused {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var into struct {
				Text string `json:"text"`
			}
			_, membersErr := strictjson.Members([]byte(test.text), nil)
			for by, err := range map[string]error{
				"Check":       strictjson.Check([]byte(test.text), strictjson.Limits{}),
				"Members":     membersErr,
				"Decode":      strictjson.Decode([]byte(test.text), &into),
				"DecodeExact": strictjson.DecodeExact([]byte(test.text), &into),
			} {
				var refusal *strictjson.Error
				if !errors.As(err, &refusal) || !strings.Contains(err.Error(), test.problem) {
					t.Errorf("%s: got %v, want something with %q", by, err, test.problem)
				}
			}
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	if err := strictjson.Check([]byte(`{"a":1}`), strictjson.Limits{Bytes: 7}); err != nil {
		t.Error(err)
	}
	if err := strictjson.Check([]byte(`{"a":1}`), strictjson.Limits{Bytes: 6}); err == nil {
		t.Error("a text longer than the limit passed")
	}
	if err := strictjson.Check([]byte(`{"a":[]}`), strictjson.Limits{Depth: 1}); err == nil {
		t.Error("a text deeper than the limit passed")
	}
}

func TestErrorShowsPlaceButNoValue(t *testing.T) {
	t.Parallel()
	err := strictjson.Check([]byte(`{"user":{"password":"hunter2" "x":1}}`), strictjson.Limits{})
	if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "at byte 30") {
		t.Errorf("got %v", err)
	}
	err = strictjson.Check([]byte("{\""+strings.Repeat("ü", 500)+"\":1,\""+strings.Repeat("ü", 500)+"\":1}"), strictjson.Limits{})
	if err == nil || len(err.Error()) > 200 {
		t.Errorf("a long name makes a long message: %v", err)
	}
	err = strictjson.Check([]byte(`{"a\nb":1,"a\nb":1}`), strictjson.Limits{})
	if err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("a name with a line break breaks the line: %q", err)
	}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	text := []byte(` {"b" : "x\"y" , "\u0061":[1, {"c":null}],"n":-1.5e3,"t":true,"f":false,"z":null,"o":{"k":1}} `)
	members, err := strictjson.Members(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	values := map[string]strictjson.Value{}
	for _, m := range members {
		names = append(names, string(m.Name))
		values[string(m.Name)] = m.Value
	}
	if got := strings.Join(names, " "); got != "b a n t f z o" {
		t.Errorf("names: %s", got)
	}
	if s, ok := values["b"].String(); !ok || s != `x"y` {
		t.Errorf("string: %q %v", s, ok)
	}
	if list, ok := values["a"].List(); !ok || len(list) != 2 || string(list[1].Raw()) != `{"c":null}` {
		t.Errorf("list: %v %v", list, ok)
	}
	if f, ok := values["n"].Float(); !ok || f != -1500 {
		t.Errorf("number: %v %v", f, ok)
	}
	if b, ok := values["t"].Bool(); !ok || !b {
		t.Error("true is not true")
	}
	if b, ok := values["f"].Bool(); !ok || b {
		t.Error("false is not false")
	}
	if !values["z"].IsNull() || values["b"].IsNull() {
		t.Error("null is not null")
	}
	if object, ok := values["o"].Object(); !ok || string(object) != `{"k":1}` {
		t.Errorf("object: %s %v", object, ok)
	}
	for name, kind := range map[string]string{"b": "a string", "a": "a list", "n": "a number", "t": "true or false", "z": "null", "o": "an object"} {
		if got := values[name].Kind(); got != kind {
			t.Errorf("%s is %s, want %s", name, got, kind)
		}
	}
	for name, value := range values {
		_, isString := value.String()
		_, isList := value.List()
		_, isFloat := value.Float()
		_, isBool := value.Bool()
		_, isObject := value.Object()
		if n := count(isString, isList, isFloat, isBool, isObject, value.IsNull()); n != 1 {
			t.Errorf("%s is %d kinds at once", name, n)
		}
	}
	if (strictjson.Value{}).Kind() != "nothing" {
		t.Error("the zero Value is something")
	}
}

func count(claims ...bool) (n int) {
	for _, claim := range claims {
		if claim {
			n++
		}
	}
	return n
}

func TestDecodeNamesMemberAndType(t *testing.T) {
	t.Parallel()
	type message struct {
		Content struct {
			Text string `json:"text"`
		} `json:"content"`
		Number int64          `json:"number"`
		Small  uint8          `json:"small"`
		Ratio  *float64       `json:"ratio"`
		Closed bool           `json:"closed"`
		Tags   []string       `json:"tags"`
		At     time.Time      `json:"at"`
		Free   map[string]any `json:"free"`
		Bytes  []byte         `json:"bytes"`
	}
	for name, test := range map[string]struct{ text, want string }{
		"string":               {`{"content":{"text":1}}`, "content.text: must be a string"},
		"object":               {`{"content":"x"}`, "content: must be an object"},
		"whole number":         {`{"number":"1"}`, "number: must be a whole number"},
		"fraction":             {`{"number":1.5}`, "number: must be a whole number in range"},
		"out of range":         {`{"small":256}`, "small: must be a whole number in range"},
		"number":               {`{"ratio":"x"}`, "ratio: must be a number"},
		"bool":                 {`{"closed":"true"}`, "closed: must be true or false"},
		"list":                 {`{"tags":{}}`, "tags: must be a list"},
		"element":              {`{"tags":["a",2]}`, "tags[1]: must be a string"},
		"time":                 {`{"at":"yesterday"}`, "at: must be a time as in RFC 3339"},
		"time of another sort": {`{"at":17}`, "at: must be a time as in RFC 3339"},
		"map":                  {`{"free":[]}`, "free: must be an object"},
		"bytes":                {`{"bytes":"*"}`, "bytes: must be a string in base64"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var into message
			if err := strictjson.Decode([]byte(test.text), &into); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestUnknownMembers(t *testing.T) {
	t.Parallel()
	var into struct {
		Name string `json:"name"`
	}
	text := []byte(`{"NAME":"x","name":"y","more":1}`)
	if err := strictjson.Decode(text, &into); err != nil || into.Name != "y" {
		t.Errorf("Decode: %q %v", into.Name, err)
	}
	if err := strictjson.DecodeExact(text, &into); err == nil || err.Error() != "NAME: is not known here" {
		t.Errorf("DecodeExact: %v", err)
	}
}

// FuzzStrictJSON holds that nothing panics, that the four ways of reading refuse the same texts, and that what passes
// means the same to encoding/json.
func FuzzStrictJSON(f *testing.F) {
	for _, text := range accepted {
		f.Add([]byte(text))
	}
	for _, test := range refused {
		if len(test.text) < 1000 {
			f.Add([]byte(test.text))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		checked := strictjson.Check(data, strictjson.Limits{})
		members, membersErr := strictjson.Members(data, nil)
		var ours map[string]any
		decoded := strictjson.Decode(data, &ours)
		if (checked == nil) != (membersErr == nil) {
			t.Fatalf("Check says %v, Members says %v", checked, membersErr)
		}
		// Decode may refuse more: a number that no float64 holds.
		if checked != nil && decoded == nil {
			t.Fatalf("Check says %v, Decode accepts", checked)
		}
		if checked != nil {
			return
		}
		var theirs map[string]json.RawMessage
		if err := json.Unmarshal(data, &theirs); err != nil {
			t.Fatalf("accepted, but encoding/json says %v", err)
		}
		if len(theirs) != len(members) {
			t.Fatalf("%d members, encoding/json sees %d", len(members), len(theirs))
		}
		for _, m := range members {
			if raw, ok := theirs[string(m.Name)]; !ok || string(raw) != string(m.Value.Raw()) {
				t.Fatalf("member %q is %q, encoding/json sees %q", m.Name, m.Value.Raw(), raw)
			}
			if s, ok := m.Value.String(); ok {
				var want string
				if err := json.Unmarshal(m.Value.Raw(), &want); err != nil || s != want {
					t.Fatalf("string %q, encoding/json sees %q (%v)", s, want, err)
				}
			}
		}
	})
}

var sample = []byte(`{"scope":"user","external_id":"u-42","name":"Ana Example","email":"ana@example.com","iat":1790000000,"exp":1790003600}`)

func BenchmarkCheck(b *testing.B) {
	for b.Loop() {
		if err := strictjson.Check(sample, strictjson.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMembers(b *testing.B) {
	var room [16]strictjson.Member
	for b.Loop() {
		if _, err := strictjson.Members(sample, room[:0]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	for b.Loop() {
		var into struct {
			Scope      string  `json:"scope"`
			ExternalID string  `json:"external_id"`
			Exp        float64 `json:"exp"`
		}
		if err := strictjson.Decode(sample, &into); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodingJSON(b *testing.B) {
	for b.Loop() {
		var into struct {
			Scope      string  `json:"scope"`
			ExternalID string  `json:"external_id"`
			Exp        float64 `json:"exp"`
		}
		if err := json.Unmarshal(sample, &into); err != nil {
			b.Fatal(err)
		}
	}
}
