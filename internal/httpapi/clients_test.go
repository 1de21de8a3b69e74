package httpapi_test

import (
	"strings"
	"testing"
)

func TestClientsAndDevices(t *testing.T) {
	t.Parallel()
	e := start(t)
	in := e.signIn(`{"door":"sdk","token":"` + e.UserToken("u-1") + `","client":{"platform":"web","name":"Firefox","locale":"de","info":{"page":"/lamps"}}}`).want(201).signedIn()
	for _, list := range []string{"/clients", "/devices"} {
		if r := e.rest("GET", "/users/u-1"+list, "").want(200); !strings.Contains(string(r.body), in.Client.ID) || !strings.Contains(string(r.body), `"page":"/lamps"`) {
			t.Errorf("%s: %s", list, r.body)
		}
	}
	e.rest("GET", "/users/u-1/devices/"+in.Client.ID, "").want(200)
	other := e.signIn(`{"door":"sdk","token":"` + e.UserToken("u-1") + `","client":{"platform":"other"}}`).want(201).signedIn()
	if r := e.rest("GET", "/users/u-1/devices/"+other.Client.ID, "").want(200); !strings.Contains(string(r.body), `"type":"web"`) {
		t.Errorf("a device of another kind is %s", r.body)
	}
	e.rest("GET", "/users/u-1/devices/000000000000000000000000", "").wantProblem(404, "device_not_found", "")
	e.rest("DELETE", "/users/u-1/clients/"+in.Client.ID, "").wantProblem(400, "bad_request", "clientId")
	e.rest("DELETE", "/users/u-1/clients/000000000000000000000000", "").wantProblem(404, "client_not_found", "")
	e.rest("POST", "/users/u-1/clients", `{"matchCriteria":{"type":"whatsapp"}}`).wantProblem(501, "not_implemented", "")
	e.rest("GET", "/users/nobody/clients", "").wantProblem(404, "user_not_found", "")
}

func TestErasePersonalInformation(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.rest("POST", "/users", `{"externalId":"u-1","profile":{"givenName":"Ana","email":"ana@example.com"},"metadata":{"plan":"gold"}}`).want(201)
	e.signIn(`{"door":"sdk","token":"` + e.UserToken("u-1") + `","client":{"platform":"web","name":"Ana's Firefox","info":{"page":"/lamps"}}}`).want(201)
	r := e.rest("DELETE", "/users/u-1/personalinformation", "").want(200)
	for _, known := range []string{"Ana", "ana@", "gold"} {
		if strings.Contains(string(r.body), known) {
			t.Errorf("%s is left: %s", known, r.body)
		}
	}
	if r := e.rest("GET", "/users?filter[identities.email]=ana@example.com", "").want(200); strings.Contains(string(r.body), "u-1") {
		t.Errorf("the address still finds the user: %s", r.body)
	}
	if r := e.rest("GET", "/users/u-1/clients", "").want(200); strings.Contains(string(r.body), "Firefox") || strings.Contains(string(r.body), "lamps") {
		t.Errorf("the browser is left: %s", r.body)
	}
	e.rest("DELETE", "/users/nobody/personalinformation", "").wantProblem(404, "user_not_found", "")
}
