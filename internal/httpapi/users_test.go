package httpapi_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
)

// person is a user as a program reads it.
type person struct {
	ID            string         `json:"id"`
	Number        int64          `json:"number"`
	Authenticated bool           `json:"authenticated"`
	ExternalID    string         `json:"externalId"`
	SignedUpAt    time.Time      `json:"signedUpAt"`
	Profile       map[string]any `json:"profile"`
	Metadata      map[string]any `json:"metadata"`
	Identities    []struct{ Type, Value, Verification string }
}

func (r reply) user() person {
	r.env.Helper()
	return decode[struct{ User person }](r.env.T, r.body).User
}

// newUser makes a user with the external id.
func (e env) newUser(externalID string) person {
	e.Helper()
	return e.rest("POST", "/users", fmt.Sprintf(`{"externalId":%q}`, externalID)).want(201).user()
}

func userPath(id string) string { return "/users/" + url.PathEscape(id) }

func TestUserLife(t *testing.T) {
	t.Parallel()
	e := start(t)
	made := e.rest("POST", "/users", `{"externalId":"u-1","signedUpAt":"2024-02-29T23:30:00+02:00",
		"profile":{"givenName":"Ana","surname":"Silva","email":"Ana@Example.com","avatarUrl":"https://example.com/a.png","locale":"pt-PT"},
		"metadata":{"plan":"gold","orders":12,"vip":true},"toBeRetained":true}`).want(201).user()
	if made.Number != 1 || !made.Authenticated || made.SignedUpAt != time.Date(2024, 2, 29, 21, 30, 0, 0, time.UTC) {
		t.Errorf("made %+v", made)
	}
	if len(made.Identities) != 1 || made.Identities[0].Value != "ana@example.com" || made.Identities[0].Verification != "api" || made.Profile["email"] != "Ana@Example.com" {
		t.Errorf("the address is no identity: %+v", made)
	}
	for _, id := range []string{made.ID, "u-1"} {
		if got := e.rest("GET", userPath(id), "").want(200).user(); fmt.Sprint(got) != fmt.Sprint(made) {
			t.Errorf("by %s: %+v, want %+v", id, got, made)
		}
	}
	changed := e.rest("PATCH", userPath("u-1"), `{"externalId":"u-2","signedUpAt":null,"profile":{"surname":null,"locale":"","givenName":"Anna"},
		"metadata":{"plan":null,"orders":13}}`).want(200).user()
	want := "map[avatarUrl:https://example.com/a.png email:Ana@Example.com givenName:Anna] map[orders:13 vip:true] u-1"
	if got := fmt.Sprintf("%v %v %v", changed.Profile, changed.Metadata, changed.ExternalID); got != want {
		t.Errorf("patched to %s, want %s", got, want)
	}
	if changed.SignedUpAt != made.SignedUpAt {
		t.Errorf("signedUpAt moved to %v", changed.SignedUpAt)
	}
	for _, same := range []string{`{}`, `{"profile":null,"metadata":null}`, `{"profile":{},"metadata":{}}`} {
		if got := e.rest("PATCH", userPath(made.ID), same).want(200).user(); fmt.Sprint(got) != fmt.Sprint(changed) {
			t.Errorf("%s changed %+v to %+v", same, changed, got)
		}
	}
	e.rest("POST", "/users", `{"externalId":"u-1"}`).wantProblem(409, "conflict", "externalId")
	e.rest("POST", "/users", `{"externalId":"`+made.ID+`"}`).wantProblem(409, "conflict", "externalId")

	if got := string(e.rest("DELETE", userPath("u-1"), "").want(200).body); got != "{}" {
		t.Errorf("delete answers %s", got)
	}
	for _, id := range []string{made.ID, "u-1"} {
		for _, method := range []string{"GET", "DELETE"} {
			e.rest(method, userPath(id), "").wantProblem(404, "user_not_found", "")
		}
		e.rest("PATCH", userPath(id), `{}`).wantProblem(404, "user_not_found", "")
	}
	if again := e.newUser("u-1"); again.Number != 2 || again.ID == made.ID {
		t.Errorf("the number or the id is used again: %+v", again)
	}
}

// TestSetExternalID: a history is given to a person the app knows; what an anonymous browser holds opens it no more.
func TestSetExternalID(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Set(map[string]string{"seats": "2"})
	guest := e.signIn(`{}`).want(201).signedIn()
	path := userPath(guest.User.ID) + "/externalId"
	for _, body := range []string{`{}`, `{"externalId":""}`, `{"externalId":null}`, `{"externalId":"a\u0007b"}`} {
		e.rest("PUT", path, body).wantProblem(400, "bad_request", "externalId")
	}
	e.rest("PUT", path, `{"externalId":7}`).wantProblem(400, "bad_request", "")
	named := e.rest("PUT", path, `{"externalId":"u-1"}`).want(200).user()
	if named.ID != guest.User.ID || named.ExternalID != "u-1" || !named.Authenticated || named.Number != guest.User.Number {
		t.Errorf("%+v became %+v", guest.User, named)
	}
	if again := e.rest("PUT", path, `{"externalId":"u-1"}`).want(200).user(); fmt.Sprint(again) != fmt.Sprint(named) {
		t.Errorf("the same id changed %+v to %+v", named, again)
	}
	held := e.signIn(`{}`, guest.Session.Token).want(201).signedIn()
	if held.User.ID == named.ID {
		t.Error("the anonymous session opens the history of the person")
	}
	in := e.signIn(credential("sdk", e.UserToken("u-1"))).want(201).signedIn()
	if in.User.ID != named.ID {
		t.Errorf("the token of u-1 finds %+v", in.User)
	}

	renamed := e.rest("PUT", userPath("u-1")+"/externalId", `{"externalId":"U/1"}`).want(200).user()
	if renamed.ID != named.ID || renamed.ExternalID != "U/1" {
		t.Errorf("renamed to %+v", renamed)
	}
	e.rest("GET", userPath("u-1"), "").wantProblem(404, "user_not_found", "")
	e.newUser("u-1") // which is free again, and takes the second seat
	e.rest("PUT", userPath("u-1")+"/externalId", `{"externalId":"U/1"}`).wantProblem(409, "conflict", "externalId")
	e.rest("PUT", userPath("u-1")+"/externalId", `{"externalId":"`+named.ID+`"}`).wantProblem(409, "conflict", "externalId")
	e.rest("PUT", userPath(held.User.ID)+"/externalId", `{"externalId":"u-3"}`).wantProblem(403, "seat_limit_reached", "")
	if still := e.rest("GET", userPath(held.User.ID), "").want(200).user(); still.Authenticated || still.ExternalID != "" {
		t.Errorf("without a seat %+v", still)
	}
	e.rest("PUT", "/users/nobody/externalId", `{"externalId":"x"}`).wantProblem(404, "user_not_found", "")
}

// TestExternalIDsInPaths: what stands percent-encoded in a path is the id, byte for byte.
func TestExternalIDsInPaths(t *testing.T) {
	t.Parallel()
	e := start(t)
	for _, id := range []string{
		"a/b", "a+b", "a b", "a%2Fb", "ana@example.com", "ü", "🙂", "K", "ana", "Ana", "...", ".a", "a?b=c#d", "a;b", `"q"`, "a:b,c",
		"0123456789abcdef01234567", strings.Repeat("🙂", 1024),
	} {
		made := e.newUser(id)
		if made.ExternalID != id {
			t.Errorf("made %q, want %q", made.ExternalID, id)
		}
		path := userPath(id)
		if got := e.rest("GET", path, "").want(200).user(); got.ID != made.ID {
			t.Errorf("%q finds %q", id, got.ExternalID)
		}
		e.call("GET", "/sc"+e.path(path), "", e.basic()).want(200)
	}
	e.rest("GET", "/users/a%20%2Bb", "").wantProblem(404, "user_not_found", "")
	e.rest("GET", "/users/a/b", "").wantProblem(404, "not_found", "")
	for _, path := range []string{"/users/%00", "/users/a%00b", "/users/%ff", "/users/%c0%80"} {
		e.rest("GET", path, "").wantProblem(400, "bad_request", "")
	}
}

// TestUserWithoutExternalID: somebody whom nobody has identified takes no seat, and owns no address.
func TestUserWithoutExternalID(t *testing.T) {
	t.Parallel()
	e, r := start(t), newReceiver(t)
	e.Set(map[string]string{"seats": "1"})
	e.listen(r, "conversation:create")
	body := `{"profile":{"givenName":"Ana","email":"ana@example.com"},"metadata":{"from":"shop"}}`
	made, other := e.rest("POST", "/users", body).want(201).user(), e.rest("POST", "/users", body).want(201).user()
	if made.Authenticated || made.ExternalID != "" || len(made.Identities) != 0 || made.Profile["email"] != "ana@example.com" || made.Metadata["from"] != "shop" {
		t.Errorf("made %+v", made)
	}
	if other.ID == made.ID || other.Number != 2 {
		t.Errorf("two calls made %+v and %+v", made, other)
	}
	path := userPath(made.ID)
	if got := e.rest("PATCH", path, `{"profile":{"email":"ana@example.org"}}`).want(200).user(); len(got.Identities) != 0 || got.Authenticated {
		t.Errorf("a patch made %+v", got)
	}
	for _, email := range []string{"ana@example.com", "ana@example.org"} {
		if got := string(e.rest("GET", "/users?filter%5Bidentities.email%5D="+email, "").want(200).body); !strings.Contains(got, `"users":[]`) {
			t.Errorf("%s lists %s", email, got)
		}
	}
	if c := e.newConversation(made.ID); e.say(c.ID, "hi").Number != 1 {
		t.Error("nothing can be said to them")
	}
	if told := r.event("conversation:create", nil).Payload.User; told.ID != made.ID || told.ExternalID != "" {
		t.Errorf("webhooks are told of %+v", told)
	}

	owner := e.rest("POST", "/users", `{"externalId":"u","profile":{"email":"ana@example.org"}}`).want(201).user()
	if len(owner.Identities) != 1 {
		t.Errorf("the address was not free: %+v", owner)
	}
	e.rest("PUT", path+"/externalId", `{"externalId":"ana"}`).wantProblem(403, "seat_limit_reached", "")
	e.rest("DELETE", userPath(other.ID), "").want(200)
	e.rest("PUT", path+"/externalId", `{"externalId":"ana"}`).wantProblem(403, "seat_limit_reached", "") // no seat was freed
	e.rest("DELETE", "/users/u", "").want(200)
	if got := e.rest("PUT", path+"/externalId", `{"externalId":"ana"}`).want(200).user(); !got.Authenticated || got.ID != made.ID {
		t.Errorf("identified: %+v", got)
	}
	if got := e.rest("PATCH", "/users/ana", `{"profile":{"email":"ana@example.org"}}`).want(200).user(); len(got.Identities) != 1 {
		t.Errorf("the address of somebody who is known is no identity: %+v", got)
	}
	if got := e.rest("DELETE", path+"/personalinformation", "").want(200).user(); len(got.Identities)+len(got.Profile)+len(got.Metadata) != 0 {
		t.Errorf("erased: %+v", got)
	}
}

func TestUserInput(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("known")
	long := func(n int) string { return strings.Repeat("é", n) }
	for name, test := range map[string]struct {
		body, field string // field "": accepted
	}{
		"no external id":          {`{}`, ""},
		"external id null":        {`{"externalId":null}`, "externalId"},
		"external id empty":       {`{"externalId":""}`, "externalId"},
		"external id dot":         {`{"externalId":"."}`, "externalId"},
		"external id dots":        {`{"externalId":".."}`, "externalId"},
		"external id spaced":      {`{"externalId":" a"}`, "externalId"},
		"external id invisible":   {`{"externalId":"a\u200bb"}`, "externalId"},
		"external id newline":     {`{"externalId":"a\nb"}`, "externalId"},
		"external id longest":     {`{"externalId":"` + long(1024) + `"}`, ""},
		"external id longer":      {`{"externalId":"` + long(1025) + `"}`, "externalId"},
		"name longest":            {`{"externalId":"n1","profile":{"givenName":"` + long(128) + `"}}`, ""},
		"name longer":             {`{"externalId":"n2","profile":{"givenName":"` + long(129) + `"}}`, "profile.givenName"},
		"surname longer":          {`{"externalId":"n3","profile":{"surname":"` + long(129) + `"}}`, "profile.surname"},
		"address longer":          {`{"externalId":"n4","profile":{"email":"` + long(129) + `"}}`, "profile.email"},
		"locale longer":           {`{"externalId":"n5","profile":{"locale":"` + long(65) + `"}}`, "profile.locale"},
		"avatar longest":          {`{"externalId":"n6","profile":{"avatarUrl":"https://a.example/` + strings.Repeat("a", 2030) + `"}}`, ""},
		"avatar longer":           {`{"externalId":"n7","profile":{"avatarUrl":"https://a.example/` + strings.Repeat("a", 2031) + `"}}`, "profile.avatarUrl"},
		"avatar script":           {`{"externalId":"n8","profile":{"avatarUrl":"javascript:alert(1)"}}`, "profile.avatarUrl"},
		"signed up in words":      {`{"externalId":"s1","signedUpAt":"yesterday"}`, "signedUpAt"},
		"signed up without zone":  {`{"externalId":"s2","signedUpAt":"2024-01-01T00:00:00"}`, "signedUpAt"},
		"signed up at zero":       {`{"externalId":"s3","signedUpAt":"1970-01-01T00:00:00Z"}`, "signedUpAt"},
		"signed up before":        {`{"externalId":"s4","signedUpAt":"1969-12-31T23:59:59Z"}`, "signedUpAt"},
		"signed up in year 10000": {`{"externalId":"s5","signedUpAt":"9999-12-31T23:59:59-00:01"}`, "signedUpAt"},
		"signed up late":          {`{"externalId":"s6","signedUpAt":"9999-12-31T23:59:59Z"}`, ""},
		"metadata full":           {`{"externalId":"m1","metadata":{"k":"` + strings.Repeat("x", 4095) + `"}}`, ""},
		"metadata over":           {`{"externalId":"m2","metadata":{"k":"` + strings.Repeat("x", 4096) + `"}}`, "metadata"},
		"metadata deep":           {`{"externalId":"m3","metadata":{"k":{"a":1}}}`, "metadata"},
		"metadata list":           {`{"externalId":"m4","metadata":{"k":["a"]}}`, "metadata"},
		"metadata no key":         {`{"externalId":"m5","metadata":{"":1}}`, "metadata"},
		"metadata null":           {`{"externalId":"m6","metadata":{"k":null}}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := e.in(t)
			r := e.rest("POST", "/users", test.body)
			if test.field == "" {
				r.want(201)
				return
			}
			r.wantProblem(400, "bad_request", test.field)
			if test.field != "externalId" {
				e.rest("PATCH", userPath("known"), test.body).wantProblem(400, "bad_request", test.field)
			}
		})
	}
}

// TestMetadataBoundsWhatIsStored: patches add up.
func TestMetadataBoundsWhatIsStored(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("u")
	half := `{"metadata":{"%s":"` + strings.Repeat("x", 2047) + `"}}`
	e.rest("PATCH", "/users/u", fmt.Sprintf(half, "a")).want(200)
	e.rest("PATCH", "/users/u", fmt.Sprintf(half, "b")).want(200)
	e.rest("PATCH", "/users/u", `{"metadata":{"c":true}}`).wantProblem(400, "bad_request", "metadata")
	e.rest("PATCH", "/users/u", `{"metadata":{"c":true,"a":null}}`).want(200)
}

// TestUsersByAddress: an address belongs to the first who came with it (design section 3, rule 8).
func TestUsersByAddress(t *testing.T) {
	t.Parallel()
	e := start(t)
	list := func(email string) []person {
		r := e.rest("GET", "/users?"+url.Values{"filter[identities.email]": {email}}.Encode(), "").want(200)
		return decode[struct{ Users []person }](t, r.body).Users
	}
	first := e.rest("POST", "/users", `{"externalId":"first","profile":{"email":"Ana@Example.com"}}`).want(201).user()
	second := e.rest("POST", "/users", `{"externalId":"second","profile":{"email":"ana@example.COM"}}`).want(201).user()
	if second.Profile["email"] != "ana@example.COM" || len(second.Identities) != 0 {
		t.Errorf("the second has %+v", second)
	}
	for _, email := range []string{"ana@example.com", "ANA@EXAMPLE.COM"} {
		if got := list(email); len(got) != 1 || got[0].ID != first.ID || len(got[0].Identities) != 1 {
			t.Errorf("%s lists %+v", email, got)
		}
	}
	for _, email := range []string{"nobody@example.com", "no address", "\u212aim@example.com", "a@b@example.com"} {
		if got := list(email); len(got) != 0 {
			t.Errorf("%s lists %+v", email, got)
		}
	}
	e.rest("GET", "/users", "").wantProblem(400, "bad_request", "filter[identities.email]")
	e.rest("GET", "/users?filter%5Bidentities.email%5D=", "").wantProblem(400, "bad_request", "filter[identities.email]")

	moved := e.rest("PATCH", "/users/first", `{"profile":{"email":"new@example.com"}}`).want(200).user()
	if len(moved.Identities) != 1 || moved.Identities[0].Value != "new@example.com" {
		t.Errorf("the new address is no identity: %+v", moved)
	}
	if got := list("ana@example.com"); len(got) != 0 {
		t.Errorf("the old address lists %+v", got)
	}
	if got := e.rest("PATCH", "/users/second", `{"profile":{"email":"ana@example.com"}}`).want(200).user(); len(got.Identities) != 1 {
		t.Errorf("the free address is no identity: %+v", got)
	}
}

func TestSeatsOverREST(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Set(map[string]string{"seats": "1"})
	e.newUser("one")
	e.rest("POST", "/users", `{"externalId":"two"}`).wantProblem(403, "seat_limit_reached", "")
	e.rest("POST", "/users", `{"externalId":"one"}`).wantProblem(409, "conflict", "externalId")
	e.rest("DELETE", "/users/one", "").want(200)
	e.newUser("two")
}

// TestOtherAppsAreNotThere: ids of another app answer exactly as unknown ones, for every route that takes them.
func TestOtherAppsAreNotThere(t *testing.T) {
	t.Parallel()
	e := start(t)
	app, key := e.NewApp("Other")
	other := e
	other.Env = e.In(t)
	other.App, other.Key = app, key
	theirs := other.newUser("theirs")
	conversation := other.newConversation("theirs")
	message := other.say(conversation.ID, "secret")
	mine := e.newConversation(e.newUser("mine").ID)
	const unknown = "0123456789abcdef01234567"
	for _, test := range []struct{ method, path, body, theirs string }{
		{"GET", "/users/@", "", theirs.ID}, {"PATCH", "/users/@", "{}", theirs.ID}, {"DELETE", "/users/@", "", theirs.ID},
		{"GET", "/users/@", "", "theirs"},
		{"GET", "/conversations/@", "", conversation.ID}, {"PATCH", "/conversations/@", "{}", conversation.ID},
		{"DELETE", "/conversations/@", "", conversation.ID},
		{"GET", "/conversations?filter[userId]=@", "", theirs.ID}, {"GET", "/conversations?filter[userExternalId]=@", "", "theirs"},
		{"POST", "/conversations", `{"type":"personal","participants":[{"userId":"@"}]}`, theirs.ID},
		{"POST", "/conversations", `{"type":"personal","participants":[{"userExternalId":"@"}]}`, "theirs"},
		{"POST", "/conversations/@/activity", `{"author":{"type":"business"},"type":"typing:start"}`, conversation.ID},
		{"POST", "/conversations/@/activity", `{"author":{"type":"business"},"type":"conversation:read"}`, conversation.ID},
		{"POST", "/conversations/" + mine.ID + "/activity", `{"author":{"type":"user","userId":"@"},"type":"conversation:read"}`, theirs.ID},
		{"GET", "/conversations/@/messages", "", conversation.ID}, {"DELETE", "/conversations/@/messages", "", conversation.ID},
		{"POST", "/conversations/@/messages", `{"author":{"type":"business"},"content":{"type":"text","text":"hi"}}`, conversation.ID},
		{"POST", "/conversations/" + mine.ID + "/messages", `{"author":{"type":"user","userId":"@"},"content":{"type":"text","text":"hi"}}`, theirs.ID},
		{"DELETE", "/conversations/@/messages/" + message.ID, "", conversation.ID},
		{"DELETE", "/conversations/" + mine.ID + "/messages/@", "", message.ID},
	} {
		with := func(id string) reply {
			return e.rest(test.method, strings.Replace(test.path, "@", id, 1), strings.Replace(test.body, "@", id, 1)).want(404)
		}
		if foreign, missing := with(test.theirs), with(unknown); string(foreign.body) != string(missing.body) {
			t.Errorf("%s %s: another app's is told apart:\n%s\n%s", test.method, test.path, foreign.body, missing.body)
		}
	}
	other.rest("GET", "/conversations/"+conversation.ID+"/messages", "").want(200)
	other.rest("GET", userPath(theirs.ID), "").want(200)
}
