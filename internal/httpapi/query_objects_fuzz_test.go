package httpapi

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/chat"
)

// FuzzQueryObjects reads the pages that queries ask for. A cursor in a JSON object is the one that it is in brackets; whatever
// else is asked for, nothing crashes, and a refusal names what is wrong.
func FuzzQueryObjects(f *testing.F) {
	f.Add("0123456789abcdef01234567", `{"size":2,"after":"0123456789abcdef01234567"}`)
	f.Add("", `{"before":null,"size":1e3,"":[1]}`)
	f.Add("a\"]&=%\u2028", `{"after":"a","after":"b"}`)
	f.Fuzz(func(t *testing.T, cursor, object string) {
		asks := func(query url.Values) *call {
			c := &call{Request: httptest.NewRequest("GET", "/?"+query.Encode(), nil)}
			if c.checkAddress() != nil {
				t.Skip("such an address is refused before its query is read")
			}
			return c
		}
		plain := asks(url.Values{"page[after]": {cursor}})
		spelled, _ := json.Marshal(map[string]string{"after": cursor})
		written := asks(url.Values{"page": {string(spelled)}})
		if err := written.spreadObjects(); err != nil {
			t.Fatalf("%s: %v", spelled, err)
		}
		one, err1 := plain.span()
		other, err2 := written.span()
		if one != other || one.After != cursor || err1 != nil || err2 != nil {
			t.Fatalf("%q is %+v, %v in brackets, and %+v, %v in JSON", cursor, one, err1, other, err2)
		}

		free := asks(url.Values{"page": {object}, "filter": {object}, "page[before]": {cursor}})
		err := free.spreadObjects()
		if err == nil {
			_, err = free.span()
		}
		if err == nil {
			return
		}
		refused, ok := chat.AsError(err)
		if !ok || refused.Kind != chat.Invalid || !slices.Contains([]string{"page", "filter", "page[size]", "page[before]"}, refused.Field) || !strings.HasPrefix(refused.Message, refused.Field) {
			t.Fatalf("%q: %v", object, err)
		}
	})
}
