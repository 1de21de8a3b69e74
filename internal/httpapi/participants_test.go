package httpapi_test

import (
	"encoding/json"
	"fmt"
	"testing"
)

type member struct {
	ID, UserID, UserExternalID string
	ClientAssociations         []struct{ Type, ClientID string }
}

func (r reply) members() (list []member, next string) {
	r.env.Helper()
	var body struct {
		Participants []member
		Links        struct{ Next string }
	}
	if err := json.Unmarshal(r.body, &body); err != nil {
		r.env.Fatal(err)
	}
	return body.Participants, body.Links.Next
}

func TestParticipants(t *testing.T) {
	t.Parallel()
	e := start(t)
	group := e.anyConversation()
	var users []string
	for i := range 5 {
		users = append(users, e.newUser(fmt.Sprintf("u/%d", i)).ID)
	}
	for i, user := range users {
		body := `{"userId":"` + user + `"}`
		if i%2 == 1 {
			body = fmt.Sprintf(`{"userExternalId":"u/%d"}`, i)
		}
		e.rest("POST", group+"/join", body).want(201)
	}
	e.rest("POST", group+"/join", `{"userId":"`+users[0]+`"}`).wantProblem(409, "conflict", "userId")

	var listed []member
	for path := e.path(group + "/participants?page[size]=2"); path != ""; {
		page, next := e.call("GET", path, "", e.basic()).want(200).members()
		listed = append(listed, page...)
		path = ""
		if next != "" {
			path = next[len(e.URL):]
		}
	}
	if len(listed) != 5 {
		t.Fatalf("%+v", listed)
	}
	first := e.signIn(`{"door":"sdk","token":"` + e.UserToken("u/3") + `"}`).want(201).signedIn().Client.ID
	second := e.signIn(`{"door":"sdk","token":"` + e.UserToken("u/3") + `"}`).want(201).signedIn().Client.ID
	reachable, _ := e.rest("GET", group+"/participants", "").want(200).members()
	if with := fmt.Sprint(reachable[3].ClientAssociations); with != fmt.Sprintf("[{sdk %s} {sdk %s}]", second, first) {
		t.Errorf("the clients are %s", with)
	}
	for i, m := range listed {
		if m.ClientAssociations == nil || len(m.ClientAssociations) > 0 {
			t.Errorf("the clients of participant %d are %v", i, m.ClientAssociations)
		}
		if m.UserID != users[i] || m.UserExternalID != fmt.Sprintf("u/%d", i) {
			t.Errorf("participant %d is %+v", i, m)
		}
	}

	e.rest("POST", group+"/leave", `{"participantId":"`+listed[1].ID+`"}`).want(200)
	e.rest("POST", group+"/leave", `{"userId":"`+users[0]+`"}`).want(200)
	e.rest("POST", group+"/leave", `{"userExternalId":"u/2"}`).want(200)
	e.rest("POST", group+"/leave", `{"userId":"`+users[0]+`"}`).wantProblem(404, "not_found", "")
	e.rest("POST", group+"/leave", `{"participantId":"`+listed[1].ID+`"}`).wantProblem(404, "not_found", "")
	if left, _ := e.rest("GET", group+"/participants", "").want(200).members(); len(left) != 2 || left[0].UserID != users[3] {
		t.Fatalf("%+v", left)
	}
	e.rest("POST", group+"/join", `{"userId":"`+users[0]+`"}`).want(201)

	for _, wrong := range []string{`{}`, `{"userId":"` + users[0] + `","userExternalId":"u/0"}`} {
		e.rest("POST", group+"/join", wrong).wantProblem(400, "bad_request", "userId")
		e.rest("POST", group+"/leave", wrong).wantProblem(400, "bad_request", "userId")
	}
	e.rest("POST", group+"/join", `{"participantId":"x"}`).wantProblem(400, "bad_request", "participantId")
	e.rest("POST", group+"/leave", `{"userId":"`+users[0]+`","participantId":"x"}`).wantProblem(400, "bad_request", "participantId")
	e.rest("GET", group+"/participants?page[before]=x", "").wantProblem(400, "bad_request", "page[before]")
	e.rest("POST", "/conversations/000000000000000000000000/join", `{"userId":"`+users[0]+`"}`).wantProblem(404, "conversation_not_found", "")

	personal := "/conversations/" + e.rest("POST", "/conversations", `{"type":"personal","participants":[{"userId":"`+users[0]+`"}]}`).want(201).conversation().ID
	for _, way := range []string{"/join", "/leave"} {
		e.rest("POST", personal+way, `{"userId":"`+users[0]+`"}`).wantProblem(400, "bad_request", "conversationId")
	}
}
