package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"github.com/parlorchat/parlor/api"
	"github.com/parlorchat/parlor/internal/servertest"
	"github.com/parlorchat/parlor/internal/wire"
)

// env is a running server of which every answer is held against api/openapi.yaml.
type env struct{ *servertest.Env }

func start(t *testing.T, options ...servertest.Option) env {
	t.Helper()
	return env{servertest.Start(t, options...)}
}

// in is the same server for a subtest.
func (e env) in(t *testing.T) env { return env{e.In(t)} }

// reply is an answer of the server.
type reply struct {
	env    env
	status int
	header http.Header
	body   []byte
}

// call sends a request, with credentials only if a header says so, and checks the answer against the contract.
func (e env) call(method, path, body string, headers ...string) reply {
	e.Helper()
	status, header, raw := e.Do(method, path, body, headers...)
	r := reply{e, status, header, raw}
	if strings.HasPrefix(path, "/sc/v") { // the contract's second server
		path = strings.TrimPrefix(path, "/sc")
	}
	request := httptest.NewRequestWithContext(e.Context(), method, path, strings.NewReader(body))
	if body == "" {
		request.Body = http.NoBody
	} else {
		request.Header.Set("Content-Type", "application/json")
	}
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		request.Header.Set(name, value)
	}
	if problem := againstContract(request, r); problem != "" {
		e.Errorf("%s %s: %s\n%d %s", method, path, problem, status, raw)
	}
	return r
}

// rest calls REST v2 of the app with its key.
func (e env) rest(method, path, body string) reply {
	e.Helper()
	return e.call(method, e.path(path), body, e.basic())
}

// path is the whole path of something in the app.
func (e env) path(below string) string { return "/v2/apps/" + string(e.App.ID) + below }

// basic is the Authorization header of the app's key.
func (e env) basic() string { return e.Key.Basic() }

// want ends the test unless the answer has the status.
func (r reply) want(status int) reply {
	r.env.Helper()
	if r.status != status {
		r.env.Fatalf("got %d, want %d: %s", r.status, status, r.body)
	}
	return r
}

// wantProblem ends the test unless the answer is the problem; field "" is not compared.
func (r reply) wantProblem(status int, code, field string) wire.Problem {
	r.env.Helper()
	r.want(status)
	problem := problemOf(r.env.T, r.body)
	if problem.Code != code || field != "" && problem.Field != field {
		r.env.Fatalf("got %s (field %q), want %s (field %q): %s", problem.Code, problem.Field, code, field, r.body)
	}
	return problem
}

func problemOf(t *testing.T, body []byte) wire.Problem {
	t.Helper()
	list := decode[wire.Problems](t, body)
	if len(list.Errors) != 1 {
		t.Fatalf("want one problem: %s", body)
	}
	return list.Errors[0]
}

// decode reads an answer, or a part of one, into a type of the test.
func decode[T any](t *testing.T, body []byte) T {
	t.Helper()
	var value T
	if err := json.Unmarshal(body, &value); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return value
}

// contract is api/openapi.yaml, with a mux that finds the operation of a request in it.
type contract struct {
	document *openapi3.T
	mux      *http.ServeMux
}

var loadContract = sync.OnceValues(func() (*contract, error) {
	document, err := openapi3.NewLoader().LoadFromData(api.OpenAPI)
	if err != nil {
		return nil, err
	}
	c := &contract{document, http.NewServeMux()}
	for path, item := range document.Paths.Map() {
		for method, operation := range item.Operations() {
			route := &routers.Route{Spec: document, Path: path, PathItem: item, Method: method, Operation: operation}
			pattern := strings.TrimSuffix(path, "/")
			if pattern == "" {
				pattern = "/{$}" // and not what is below it
			}
			c.mux.HandleFunc(method+" "+pattern, func(w http.ResponseWriter, r *http.Request) {
				*w.(*matched) = matched{ResponseWriter: w, route: route, values: values(path, r)}
			})
		}
	}
	return c, nil
})

// matched is where the mux leaves what it found.
type matched struct {
	http.ResponseWriter
	route  *routers.Route
	values map[string]string
}

func (m *matched) Header() http.Header         { return http.Header{} }
func (m *matched) Write(b []byte) (int, error) { return len(b), nil }
func (m *matched) WriteHeader(int)             {}

func values(path string, r *http.Request) map[string]string {
	all := map[string]string{}
	for _, segment := range strings.Split(path, "/") {
		if strings.HasPrefix(segment, "{") {
			name := strings.Trim(segment, "{}")
			all[name] = r.PathValue(name)
		}
	}
	return all
}

// againstContract says in which way request and answer are not what openapi.yaml says, or "": a request that is done
// must be one that the document allows, and every answer must be described, down to the code of its problem.
func againstContract(request *http.Request, r reply) string {
	c, err := loadContract()
	if err != nil {
		return err.Error()
	}
	if r.header.Get("X-Request-Id") == "" {
		return "the answer has no X-Request-Id"
	}
	var found matched
	c.mux.ServeHTTP(&found, request)
	if found.route == nil {
		return unlisted(request.Method, r)
	}
	kind := r.header.Get("Content-Type")
	input := &openapi3filter.RequestValidationInput{Request: request, PathParams: found.values, Route: found.route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true,
			SkipSettingDefaults: true, ExcludeResponseBody: request.Method == http.MethodHead || !strings.HasPrefix(kind, "application/json")}}
	if err := openapi3filter.ValidateRequest(context.Background(), input); err != nil && r.status < 300 {
		return "was done although the contract does not allow it: " + err.Error()
	}
	answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: r.status, Header: r.header, Options: input.Options}
	answer.SetBodyBytes(r.body)
	if err := openapi3filter.ValidateResponse(context.Background(), answer); err != nil {
		return "is answered in a way that the contract does not describe: " + err.Error()
	}
	described := found.route.Operation.Responses.Status(r.status).Value
	if len(r.body) > 0 && described.Content.Get(kind) == nil {
		return "is answered with " + kind + ", which the contract does not describe"
	}
	return unlistedCode(described, r)
}

// unlistedCode says whether the contract does not expect the code of the problem in this answer.
func unlistedCode(described *openapi3.Response, r reply) string {
	codes, listed := described.Extensions["x-codes"].([]any)
	if !listed || len(r.body) == 0 {
		return ""
	}
	var body wire.Problems
	if err := json.NewDecoder(bytes.NewReader(r.body)).Decode(&body); err != nil {
		return err.Error()
	}
	for _, problem := range body.Errors {
		if !slices.Contains(codes, any(problem.Code)) {
			return "the contract does not expect the code " + problem.Code + " here"
		}
	}
	return ""
}

// unlisted says what is wrong with the answer to a request for which the contract has no operation: such are refused,
// in JSON, but for the preflights of browsers.
func unlisted(method string, r reply) string {
	var body wire.Problems
	switch {
	case method == http.MethodOptions && r.status == http.StatusNoContent:
		return ""
	case method == http.MethodHead:
	case json.Unmarshal(r.body, &body) != nil || len(body.Errors) != 1 || body.Errors[0].Title == "":
		return "the answer is no problem in JSON"
	}
	if r.header.Get("Content-Type") != "application/json; charset=utf-8" {
		return "the answer is no JSON"
	}
	if r.status != http.StatusNotFound && r.status != http.StatusMethodNotAllowed && (method != http.MethodOptions || r.status != http.StatusForbidden) {
		return "is no operation of the contract, but was not refused"
	}
	return ""
}
