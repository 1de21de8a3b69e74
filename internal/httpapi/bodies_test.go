package httpapi_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
)

// TestBodiesAreStrict: what two parsers could read differently, or no database can store, is refused at every route
// that takes a body (security rule 3), and nothing of it is done.
func TestBodiesAreStrict(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	conversation := "/conversations/" + e.newConversation("u").ID
	nested := func(n int) string { return `{"x":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}` }
	bad := map[string]string{
		"nothing": " ", "word": "x", "null": "null", "list": "[]", "string": `"a"`, "number": "1", "cut": `{"externalId":"a"`,
		"two": `{}{}`, "comma": `{"a":1,}`, "comment": `{}//`, "quotes": `{'a':1}`,
		"twice": `{"type":"personal","type":"sdkGroup"}`, "twice deeper": `{"x":{"a":1,"a":2}}`, "twice by escape": `{"a":1,"\u0061":2}`,
		"mark": "\ufeff{}", "bytes": "{\"x\":\"\xff\"}", "Latin-1": "{\"x\":\"caf\xe9\"}", "NUL": `{"x":"a\u0000"}`, "raw NUL": "{\"x\":\"a\x00\"}", "NUL in name": `{"\u0000":1}`,
		"half a pair": `{"x":"\ud83d"}`, "other half": `{"x":"\ude00"}`, "pair reversed": `{"x":"\ude00\ud83d"}`,
		"deep": nested(32), "very deep": nested(40000), "control": "{\"x\":\"a\nb\"}",
	}
	for _, route := range []struct{ method, path string }{
		{"POST", e.path("/users")}, {"PATCH", e.path("/users/u")}, {"POST", e.path("/conversations")}, {"PATCH", e.path(conversation)},
		{"POST", e.path(conversation + "/messages")}, {"POST", e.path(conversation + "/activity")}, {"POST", e.sdk("/sessions")},
	} {
		t.Run(route.method+" "+strings.TrimPrefix(route.path, e.path("")), func(t *testing.T) {
			t.Parallel()
			e := e.in(t)
			var credentials []string
			most := 1 << 20
			if strings.HasPrefix(route.path, "/v2/") {
				credentials, most = []string{e.basic()}, 100_000
			}
			for name, body := range bad {
				if got := problemOf(t, e.call(route.method, route.path, body, credentials...).want(400).body); got.Code != "bad_request" {
					t.Errorf("%s: %+v", name, got)
				}
			}
			full := `{"x":"` + strings.Repeat("x", most-8) + `"}`
			if r := e.call(route.method, route.path, full, credentials...); r.status == 413 {
				t.Errorf("a body of %d bytes is too large", len(full))
			}
			e.call(route.method, route.path, full+" ", credentials...).wantProblem(413, "request_entity_too_large", "")
			for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "application/jsonp", "", "x"} {
				e.call(route.method, route.path, `{}`, append(credentials, "Content-Type: "+kind)...).wantProblem(415, "unsupported_media_type", "Content-Type")
			}
			e.call(route.method, route.path, `{}`, append(credentials, "Content-Encoding: gzip")...).wantProblem(415, "unsupported_media_type", "Content-Encoding")
			for _, kind := range []string{"application/json; charset=utf-8", "Application/JSON; charset=UTF-8"} {
				if r := e.call(route.method, route.path, `{}`, append(credentials, "Content-Type: "+kind)...); r.status == 415 {
					t.Errorf("%s: %s", kind, r.body)
				}
			}
		})
	}
	if got := e.rest("GET", "/users/u", "").user(); fmt.Sprint(got.Metadata, got.Profile) != "map[] map[]" {
		t.Errorf("something was done: %+v", got)
	}
}

// TestNamesAreExact: a member in another case is another member, which nobody knows.
func TestNamesAreExact(t *testing.T) {
	t.Parallel()
	e := start(t)
	if got := e.rest("POST", "/users", `{"ExternalId":"a","externalid":"b"}`).want(201).user(); got.ExternalID != "" {
		t.Errorf("got %+v", got)
	}
	e.rest("POST", "/users", `{"externalId":"a","\u212aey":1,"Profile":{"givenName":"X"}}`).want(201)
	if got := e.rest("GET", "/users/a", "").user(); len(got.Profile) != 0 {
		t.Errorf("got %+v", got)
	}
}

// TestWrongTypesNameTheirField: the member at fault stands in the error by itself, not in its title alone.
func TestWrongTypesNameTheirField(t *testing.T) {
	t.Parallel()
	e := start(t)
	for body, field := range map[string]string{
		`{"externalId":7}`:                            "externalId",
		`{"externalId":"a","profile":[]}`:             "profile",
		`{"externalId":"a","profile":{"locale":1}}`:   "profile.locale",
		`{"externalId":"a","externalId":"b"}`:         "externalId",
		`{"externalId":"a","signedUpAt":"yesterday"}`: "signedUpAt",
	} {
		if got := e.rest("POST", "/users", body).wantProblem(400, "bad_request", field); !strings.Contains(got.Title, field) {
			t.Errorf("%s: %s", body, got.Title)
		}
	}
	e.newUser("a")
	conversation := "/conversations/" + e.newConversation("a").ID
	e.rest("POST", conversation+"/messages", `{"author":{"type":"business"},"content":{"type":"text","text":7}}`).wantProblem(400, "bad_request", "content.text")
}

// TestNumbers: what a number can be in JSON, and what becomes of it.
func TestNumbers(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	for text, want := range map[string]string{"0": "0", "-1.5": "-1.5", "1e3": "1000", "9007199254740993": "9007199254740992", "1e-400": "0", "-0": "-0"} {
		r := e.rest("PATCH", "/users/u", `{"metadata":{"n":`+text+`}}`).want(200)
		if !strings.Contains(string(r.body), `"metadata":{"n":`+want+`}`) {
			t.Errorf("%s became %s", text, r.body)
		}
	}
	for _, text := range []string{"1e400", "-1e400", "1" + strings.Repeat("0", 400), "01", "1.", ".5", "+1", "NaN", "Infinity", "0x1"} {
		e.rest("PATCH", "/users/u", `{"metadata":{"n":`+text+`}}`).wantProblem(400, "bad_request", "")
	}
}

// TestPathsThatAreNone: what is no route is refused in JSON, and methods name those that are.
func TestPathsThatAreNone(t *testing.T) {
	t.Parallel()
	e := start(t)
	for _, path := range []string{
		"/v2", "/v2/", "/v2/apps/", e.path("/"), e.path("/user"), e.path("/users/"), e.path("/users/a/b"),
		e.path("/conversations/a/b"), e.path("/conversations/a/messages/b/c"), "/sc", "/sc/", "/sc/v1/apps", "/sc" + e.sdk("/config"), "/sc/healthz",
		"/sdk", "/sdk/", "/sdk/v1", "/sdk/v1/apps", e.sdk(""), e.sdk("/x"), e.sdk("/sessions/x"), "/sdk/v2/apps/x/config", "/V2/apps", "/healthz/", "/healthz/x", "/x",
	} {
		for _, method := range []string{"GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "FOO"} {
			if r := e.call(method, path, "", e.basic()); r.status != 404 {
				t.Errorf("%s %s: %d %s", method, path, r.status, r.body)
			}
		}
	}
	for path, allow := range map[string]string{
		"/healthz": "GET, HEAD", "/readyz": "GET, HEAD", "/openapi.yaml": "GET, HEAD",
		e.sdk("/config"): "GET, HEAD, OPTIONS", e.sdk("/sessions"): "OPTIONS, POST", e.sdk("/sessions/current"): "DELETE, OPTIONS",
		e.path("/users"): "GET, HEAD, POST", e.path("/users/u"): "DELETE, GET, HEAD, PATCH", e.path("/conversations"): "GET, HEAD, POST",
		e.path("/conversations/c"): "DELETE, GET, HEAD, PATCH", e.path("/conversations/c/activity"): "POST",
		e.path("/conversations/c/messages"): "DELETE, GET, HEAD, POST", e.path("/conversations/c/messages/m"): "DELETE",
		"/sc" + e.path("/users"): "GET, HEAD, POST",
	} {
		for _, method := range []string{"PUT", "FOO", "TRACE"} {
			r := e.call(method, path, "", e.basic())
			if r.wantProblem(405, "method_not_allowed", ""); r.header.Get("Allow") != allow {
				t.Errorf("%s allows %q, want %q", path, r.header.Get("Allow"), allow)
			}
		}
	}
	e.call("OPTIONS", e.path("/users"), "", "Origin: https://shop.example", "Access-Control-Request-Method: POST").wantProblem(405, "method_not_allowed", "")
}

// TestPathsAreTakenAsTheyAre: nobody is sent elsewhere, where a key would go along and a body would not. Slashes too many
// at the beginning are one.
func TestPathsAreTakenAsTheyAre(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("a/b")
	for _, path := range []string{
		"/v2/../healthz", "/healthz/..", "/healthz/.", "/./healthz", "/../healthz", "//../healthz", "/v2//apps", "/v2/apps//x", "/chat//x",
		e.path("/users/.."), e.path("/users/."), e.path("/users/../conversations"), e.path("//users/a"), e.path("/users//"), e.path("/users/a//externalId"),
		"/sc/../healthz", "/sc//../healthz", "/sc/v2//apps",
	} {
		for _, method := range []string{"GET", "POST", "DELETE", "OPTIONS"} {
			if r := e.call(method, path, "", e.basic()); r.status != 404 || problemOf(t, r.body).Code != "not_found" {
				t.Errorf("%s %s: %d %v %s", method, path, r.status, r.header, r.body)
			}
		}
	}
	want := func(want int, method, path, body string) {
		if status, _, raw := e.Do(method, path, body, e.basic()); status != want {
			t.Errorf("%s %s: %d %s", method, path, status, raw)
		}
	}
	for _, before := range []string{"/", "//", "/sc", "/sc/", "/sc//", "//sc//"} {
		want(200, "GET", before+e.path("/users/a%2Fb"), "")
		want(201, "POST", before+e.path("/users"), `{}`)
	}
	for _, path := range []string{"//healthz", "///healthz", "//chat/" + string(e.App.ID), "//openapi.yaml"} {
		want(200, "GET", path, "")
	}
	for _, path := range []string{"/%2Fhealthz", "/%2E%2E/healthz", "//%2E/healthz", "//evil.example", "//evil.example/%2F.."} {
		e.call("GET", path, "").want(404)
	}
	e.rest("GET", "/users/%2E%2E", "").wantProblem(404, "user_not_found", "")
}

// TestPrefixOfTheDocumentedService: /sc/v2 is /v2.
func TestPrefixOfTheDocumentedService(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.call("POST", "/sc"+e.path("/users"), `{"externalId":"a/b"}`, e.basic()).want(201)
	e.call("GET", "/sc"+e.path("/users/a%2Fb"), "", e.basic()).want(200)
	e.call("GET", "/sc"+e.path("/users/a%2Fb"), "").want(401)
	for range 2 {
		e.call("POST", "/sc"+e.path("/conversations"), `{"type":"personal","participants":[{"userExternalId":"a/b"}]}`, e.basic()).want(201)
	}
	page := e.call("GET", "/sc"+e.path("/conversations?filter[userExternalId]=a/b&page[size]=1"), "", e.basic()).want(200).listing()
	if !strings.HasPrefix(page.Links.Next, e.URL+"/sc/v2/") {
		t.Errorf("the link leaves the prefix: %s", page.Links.Next)
	}
	if next := e.follow(page.Links.Next); len(next.Conversations) != 1 {
		t.Errorf("the next page is %+v", next)
	}
	e.call("POST", "/sc"+e.path("/users"), `{"x":"`+strings.Repeat("x", 100_000)+`"}`, e.basic()).want(413)
}

func TestHead(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	for _, path := range []string{"/healthz", "/readyz", "/openapi.yaml", e.sdk("/config"), e.path("/users/u"), e.path("/conversations?filter[userExternalId]=u")} {
		get, head := e.call("GET", path, "", e.basic()), e.call("HEAD", path, "", e.basic())
		if head.status != get.status || len(head.body) != 0 || head.header.Get("Content-Type") != get.header.Get("Content-Type") {
			t.Errorf("HEAD %s: %d %v", path, head.status, head.header)
		}
	}
	e.call("HEAD", e.path("/users/u"), "").want(401)
}

// TestRawRequests sends what no client library does.
func TestRawRequests(t *testing.T) {
	t.Parallel()
	e := start(t)
	host := strings.TrimPrefix(e.URL, "http://")
	for name, test := range map[string]struct {
		request string
		status  int
	}{
		"path not encoded":  {"GET " + e.path("/users/a b") + " HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		"half an escape":    {"GET " + e.path("/users/%2") + " HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		"broken query":      {"GET " + e.path("/users?%zz;=%") + " HTTP/1.1\r\nHost: x\r\n" + e.basic() + "\r\n\r\n", 400},
		"NUL in a query":    {"GET " + e.path("/users?filter[identities.email]=%00") + " HTTP/1.1\r\nHost: x\r\n" + e.basic() + "\r\n\r\n", 400},
		"body cut short":    {"POST " + e.sdk("/sessions") + " HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{}", 400},
		"a huge announced":  {"POST " + e.sdk("/sessions") + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n" + strings.Repeat(" ", 1<<20+1), 413},
		"chunks":            {"POST " + e.sdk("/sessions") + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 201},
		"two dots":          {"GET /v2/../healthz HTTP/1.1\r\nHost: x\r\n\r\n", 404},
		"all of the server": {"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 200},
		"a tunnel":          {"CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n", 405},
		"headers too large": {"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", 431},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := net.Dial("tcp", host)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			fmt.Fprint(c, test.request)
			if name == "body cut short" {
				c.(*net.TCPConn).CloseWrite()
			}
			response, err := http.ReadResponse(bufio.NewReader(c), nil)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode != test.status {
				t.Errorf("got %d, want %d", response.StatusCode, test.status)
			}
		})
	}
}
