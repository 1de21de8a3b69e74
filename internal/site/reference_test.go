package site_test

import (
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/parlorchat/parlor/api"
	"github.com/parlorchat/parlor/internal/site"
	"github.com/parlorchat/parlor/web"
)

// get asks a site that needs neither apps nor an address of its own.
func get(t *testing.T, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	mux := http.NewServeMux()
	(&site.Site{}).Mount(mux)
	r := httptest.NewRequest("GET", path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	return w
}

func page(t *testing.T) *httptest.ResponseRecorder {
	t.Helper()
	if !web.Built() {
		t.Skip("the front ends are not built: make web")
	}
	answer := get(t, "/docs/api")
	if answer.Code != 200 {
		t.Fatalf("GET /docs/api answers %d: %s", answer.Code, answer.Body)
	}
	return answer
}

// TestReferenceIsServedStrictly: a page of its own server alone, without a script or a style of its own.
func TestReferenceIsServedStrictly(t *testing.T) {
	t.Parallel()
	answer := page(t)
	for name, want := range map[string]string{
		"Content-Type":            "text/html; charset=utf-8",
		"X-Content-Type-Options":  "nosniff",
		"Referrer-Policy":         "no-referrer",
		"Cache-Control":           "no-cache",
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	} {
		if got := answer.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for what, unwanted := range map[string]string{
		"a script":          `(?i)<script`,
		"an inline style":   `(?i)<style|<[^>]*\sstyle=`,
		"a handler":         `(?i)<[^>]*\son[a-z]+=`,
		"something foreign": `(?i)<(link|img|source|iframe|object|embed)[^>]*(src|href)="?(https?:)?//`,
	} {
		if found := regexp.MustCompile(unwanted).FindString(answer.Body.String()); found != "" {
			t.Errorf("the page has %s: %s", what, found)
		}
	}
	for _, asset := range regexp.MustCompile(`<link[^>]*href="([^"]+)"`).FindAllStringSubmatch(answer.Body.String(), -1) {
		if got := get(t, asset[1]); got.Code != 200 {
			t.Errorf("the page loads %s, which answers %d", asset[1], got.Code)
		}
	}
}

// TestReferenceIsSentOnce: a browser that has the page is told so.
func TestReferenceIsSentOnce(t *testing.T) {
	t.Parallel()
	tag := page(t).Header().Get("ETag")
	again := get(t, "/docs/api", "If-None-Match", tag)
	if again.Code != 304 || again.Body.Len() != 0 {
		t.Errorf("asked again with %s it answers %d and %d bytes", tag, again.Code, again.Body.Len())
	}
	if other := get(t, "/docs/api", "If-None-Match", `"another"`); other.Code != 200 {
		t.Errorf("with another tag it answers %d", other.Code)
	}
}

// TestReferenceTellsEveryOperation: the page inside the binary is that of the contract inside it, but for the calls of the console, which are
// for no program; and its own links, those to schemas among them, lead somewhere.
func TestReferenceTellsEveryOperation(t *testing.T) {
	t.Parallel()
	document, err := openapi3.NewLoader().LoadFromData(api.OpenAPI)
	if err != nil {
		t.Fatal(err)
	}
	body := page(t).Body.String()
	for path, item := range document.Paths.Map() {
		for method, operation := range item.Operations() {
			if slices.Contains(operation.Tags, "console") {
				continue
			}
			section := `id="operation-` + operation.OperationID + `" data-operation="` + html.EscapeString(method+" "+path) + `"`
			if !strings.Contains(body, section) {
				t.Errorf("the page does not tell of %s %s: it is older than openapi.yaml (make web)", method, path)
			}
		}
	}
	anchors := map[string]bool{}
	for _, found := range regexp.MustCompile(`\sid="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if anchors[found[1]] {
			t.Errorf("two things have the anchor %s", found[1])
		}
		anchors[found[1]] = true
	}
	for _, link := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if !anchors[link[1]] {
			t.Errorf("a link leads to #%s, which is nowhere", link[1])
		}
	}
}

// TestReferenceExamplesAreValid: what the page shows as bodies of requests and as values of schemas is what the contract
// asks for. Where the build cannot make up such a value, openapi.yaml has to give an example.
func TestReferenceExamplesAreValid(t *testing.T) {
	t.Parallel()
	document, err := openapi3.NewLoader().LoadFromData(api.OpenAPI)
	if err != nil {
		t.Fatal(err)
	}
	body := page(t).Body.String()
	check := func(anchor, example string, schema *openapi3.Schema) (found bool) {
		_, section, _ := strings.Cut(body, `id="`+anchor+`"`)
		section, _, _ = strings.Cut(section, "</section>")
		shown := regexp.MustCompile(example).FindStringSubmatch(section)
		if shown == nil {
			return false
		}
		var value any
		if err := json.Unmarshal([]byte(strings.ReplaceAll(html.UnescapeString(shown[1]), `'\''`, "'")), &value); err != nil {
			t.Errorf("the example of %s is no JSON: %v", anchor, err)
		} else if err := schema.VisitJSON(value, openapi3.EnableJSONSchema2020()); err != nil {
			t.Errorf("the example of %s: %v", anchor, err)
		}
		return true
	}
	for _, item := range document.Paths.Map() {
		for _, operation := range item.Operations() {
			if operation.RequestBody == nil || slices.Contains(operation.Tags, "console") {
				continue
			}
			media := operation.RequestBody.Value.Content["application/json"]
			if media != nil && !check("operation-"+operation.OperationID, `(?s)-d &#39;(.*?)&#39;</code>`, media.Schema.Value) {
				t.Errorf("the page shows no body of %s", operation.OperationID)
			}
		}
	}
	for name, schema := range document.Components.Schemas {
		check("schema-"+name, `(?s)<figcaption>Example</figcaption><pre><code>(.*?)</code>`, schema.Value)
	}
}
