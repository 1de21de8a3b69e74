package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/servertest"
)

// rules is an admin of the app, whose calls are about it.
func (e env) rules() *browser {
	e.Helper()
	app := string(e.App.ID)
	b := e.boss().colleague(app, "Ada", "admin")
	b.root += "/apps/" + app
	return b
}

type setUp struct {
	App      struct{ ID, Name, IntegrationID string }
	Settings map[string]string
	Seats    struct {
		Used  int64
		Limit *int64
	}
}

type madeKey struct {
	Key struct {
		ID, Status, DisplayName string
		Uses                    []string
		NotAfter, LastUsedAt    string
	}
	Secret string
}

func TestAdminsSetAppsUp(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	e.newUser("u-1")
	before := read[setUp](ada.do("GET", "/settings", "").want(200))
	if before.App.ID != string(e.App.ID) || before.Settings["anonymous"] != "on" || before.Settings["seats"] != "" || before.Seats.Used != 1 || before.Seats.Limit != nil {
		t.Errorf("%+v", before)
	}
	after := read[setUp](ada.do("PATCH", "/settings", `{"settings":{"name":"Lamps","seats":"1","origins":"https://shop.example"}}`).want(200))
	if after.App.Name != "Lamps" || after.Settings["origins"] != "https://shop.example" || after.Seats.Limit == nil || *after.Seats.Limit != 1 {
		t.Errorf("%+v", after)
	}
	e.rest("POST", "/users", `{"externalId":"u-2"}`).wantProblem(403, "seat_limit_reached", "")
	ada.do("PATCH", "/settings", `{"settings":{"name":"Other","portal":"x"}}`).wantProblem(400, "bad_request", "portal")
	ada.do("PATCH", "/settings", `{"settings":{"secret":"x"}}`).wantProblem(400, "bad_request", "secret")
	if again := read[setUp](ada.do("GET", "/settings", "").want(200)); again.App.Name != "Lamps" {
		t.Errorf("half of a change was done: %+v", again)
	}
}

// TestAdminsSetTheLook: what admins set is what every page loads, and a logo is found at its own address alone.
func TestAdminsSetTheLook(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	type look struct {
		Settings map[string]string
		Logo     string
	}
	set := func(settings, logo string) look {
		return read[look](ada.do("PATCH", "/settings", `{"settings":`+settings+`,"logo":"`+logo+`"}`).want(200))
	}
	first := set(`{"position":"start","offset_side":"0","offset_bottom":"60","theme":"dark","launcher_text":"Ask us","greeting":"Good day","introduction":"We read everything."}`, onePixelGIF)
	type loaded struct {
		Logo  string
		Looks map[string]any
		Texts map[string]string
	}
	config := read[loaded](e.call("GET", e.sdk("/config"), "").want(200))
	if got := fmt.Sprint(config.Looks, config.Texts); got != "map[bottom:60 buttonText:Ask us position:start side:0 theme:dark] map[greeting:Good day introAppText:We read everything.]" {
		t.Errorf("pages load %s", got)
	}
	if config.Logo != first.Logo || first.Logo == "" || first.Settings["theme"] != "dark" {
		t.Errorf("pages load %q, the console %+v", config.Logo, first)
	}
	shown := e.call("GET", first.Logo, "").want(200)
	for name, want := range map[string]string{"Content-Type": "image/gif", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "public, max-age=31536000, immutable"} {
		if got := shown.header.Get(name); got != want {
			t.Errorf("%s of a logo is %q", name, got)
		}
	}
	second := set(`{}`, onePixelPNG)
	e.call("GET", first.Logo, "").want(404)
	e.call("GET", second.Logo, "").want(200)
	ada.do("PATCH", "/settings", `{"settings":{"theme":"light"},"logo":"%%%"}`).wantProblem(400, "bad_request", "logo")
	ada.do("PATCH", "/settings", `{"settings":{"theme":"light"},"logo":"bm8gcGljdHVyZQ=="}`).wantProblem(400, "bad_request", "logo")
	ada.do("PATCH", "/settings", `{"settings":{"theme":"light"},"logo":7}`).wantProblem(400, "bad_request", "logo")
	if now := read[look](ada.do("GET", "/settings", "").want(200)); now.Logo != second.Logo || now.Settings["theme"] != "dark" {
		t.Errorf("half of a change was done: %+v", now)
	}
	if last := set(`{}`, ""); last.Logo != "" {
		t.Errorf("taken away it is %q", last.Logo)
	}
	e.call("GET", second.Logo, "").want(404)
}

// The smallest pictures.
const (
	onePixelGIF = "R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="
	onePixelPNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

func TestAdminsSeeToKeys(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	made := read[madeKey](ada.do("POST", "/keys", `{"displayName":"Shop","uses":["sdk"]}`).want(201))
	if made.Secret == "" || made.Key.Status != "live" || fmt.Sprint(made.Key.Uses) != "[sdk]" {
		t.Fatalf("%+v", made)
	}
	key := servertest.Key{ID: made.Key.ID, Secret: made.Secret}
	token := func(k servertest.Key) string {
		return k.Token(t, map[string]any{"scope": "user", "external_id": "u-1", "exp": time.Now().Add(time.Hour).Unix()})
	}
	in := e.signIn(`{"door":"sdk","token":"` + token(key) + `"}`).want(201).signedIn()

	next := read[madeKey](ada.do("POST", "/keys/"+key.ID+"/rotation", `{"overlapSeconds":3600}`).want(201))
	ada.do("POST", "/keys/"+key.ID+"/rotation", `{"overlapSeconds":3600}`).wantProblem(409, "key_not_live", "")
	ada.do("POST", "/keys/"+next.Key.ID+"/rotation", `{"overlapSeconds":9000000000000000000}`).wantProblem(400, "bad_request", "overlapSeconds")
	successor := servertest.Key{ID: next.Key.ID, Secret: next.Secret}
	for _, k := range []servertest.Key{key, successor} {
		e.signIn(`{"door":"sdk","token":"` + token(k) + `"}`).want(201)
	}
	listed := ada.do("GET", "/keys", "").want(200)
	keys := read[struct{ Keys []struct{ ID, Status string } }](listed).Keys
	states := map[string]string{}
	for _, k := range keys {
		states[k.ID] = k.Status
	}
	if states[key.ID] != "retiring" || states[successor.ID] != "live" || strings.Contains(string(listed.body), next.Secret) {
		t.Errorf("the keys are %s", listed.body)
	}

	ada.do("DELETE", "/keys/"+key.ID, "").want(204)
	e.signIn(`{"door":"sdk","token":"` + token(key) + `"}`).want(401)
	e.call("DELETE", e.sdk("/sessions/current"), "", "Authorization: Bearer "+in.Session.Token).want(204)
	e.signIn(`{"door":"sdk","token":"` + token(successor) + `"}`).want(201)
	ada.do("DELETE", "/keys/x", "").wantProblem(404, "not_found", "")
	ada.do("POST", "/keys", `{"uses":["account"]}`).wantProblem(400, "bad_request", "app")
	ada.do("POST", "/keys", `{"uses":[]}`).wantProblem(400, "bad_request", "uses")
	if _, other := e.NewApp("Other"); true {
		ada.do("DELETE", "/keys/"+other.ID, "").wantProblem(404, "not_found", "")
	}
}

func TestTheDoctorExplains(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	type diagnosis struct {
		Accepted bool
		Refusal  struct{ Code, Reason, Claim, Cure string }
		Checks   []struct{ Name, State, Cure string }
		Claims   map[string]any
	}
	ask := func(token string) diagnosis {
		return read[diagnosis](ada.do("POST", "/doctor", `{"door":"sdk","token":"`+token+`"}`).want(200))
	}
	good := ask(e.UserToken("u-1"))
	if !good.Accepted || good.Claims["external_id"] != "u-1" || len(good.Checks) < 5 {
		t.Errorf("%+v", good)
	}
	expired := e.Key.Token(t, map[string]any{"scope": "user", "external_id": "u-1", "exp": time.Now().Add(-time.Hour).Unix()})
	if got := ask(expired); got.Accepted || got.Refusal.Reason != "token_expired" || got.Refusal.Claim != "exp" || got.Refusal.Cure == "" {
		t.Errorf("%+v", got)
	}
	if got := ask("x"); got.Refusal.Reason != "malformed" || got.Claims != nil {
		t.Errorf("%+v", got)
	}
	ada.do("POST", "/doctor", `{"door":"back","token":"x"}`).wantProblem(400, "bad_request", "door")
	e.rest("GET", "/users/u-1", "").wantProblem(404, "user_not_found", "")

	for range 2 {
		e.signIn(`{"door":"sdk","token":"` + expired + `"}`).want(401)
	}
	refusals := read[struct {
		Refusals []struct {
			Reason, Claim, Door, Key, Cure, Page string
			Count                                int
		}
	}](ada.do("GET", "/refusals", "").want(200)).Refusals
	if len(refusals) != 1 || refusals[0].Page != "" || refusals[0].Reason != "token_expired" || refusals[0].Claim != "exp" || refusals[0].Door != "sdk" || refusals[0].Key != e.Key.ID || refusals[0].Count != 2 || refusals[0].Cure == "" {
		t.Errorf("%+v", refusals)
	}
}

// TestThePageOfARefusal: its origin and nothing else, where the browser says it; of the hosted page it is known, and of the widget as it says itself.
func TestThePageOfARefusal(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	const wrong = `{"door":"sdk","token":"x"}`
	sessions := "/sdk/v1/apps/" + string(e.App.ID) + "/sessions"
	e.call("POST", sessions, wrong, "Origin: https://shop.example").want(401)
	e.call("POST", sessions, wrong, "Origin: "+e.URL).want(401)
	e.call("POST", "/sdk/v1/apps/"+string(e.App.ID)+"/lines", `{"type":"hello","v":1,"door":"sdk","token":"x"}`, "Origin: https://blog.example").want(401)
	e.call("POST", e.page("/session"), `{"code":"x"}`, "Origin: "+e.URL).want(401)
	for _, address := range []string{"https://news.example/plants/fern?code=secret#top", "data:text/html,news", "https:news.example"} {
		e.call("POST", sessions, `{"door":"sdk","token":"x","client":{"info":{"currentUrl":"`+address+`"}}}`, "Origin: "+e.URL).want(401)
	}
	e.call("POST", sessions, `{"door":"sdk","token":"x","client":{"info":{"currentUrl":"https://news.example"}}}`, "Origin: https://shop.example").want(401)
	e.call("POST", "/sdk/v1/apps/"+string(e.App.ID)+"/lines",
		`{"type":"hello","v":1,"door":"sdk","token":"x","client":{"info":{"currentUrl":"https://club.example/"}}}`, "Origin: "+e.URL).want(401)
	var pages []string
	for _, refusal := range read[struct{ Refusals []struct{ Page, Door string } }](ada.do("GET", "/refusals", "").want(200)).Refusals {
		pages = append(pages, refusal.Door+" "+refusal.Page)
	}
	if got := strings.Join(pages, ", "); got != "sdk https://club.example, sdk https://shop.example, sdk , sdk https://news.example, code "+e.URL+", sdk https://blog.example" {
		t.Errorf("%s", got)
	}
}

func TestAdminsSeeToUsers(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	var all []person
	for i := range 5 {
		all = append(all, e.newUser(fmt.Sprint("u-", i)))
	}
	type page struct {
		Users []struct {
			UserID, ExternalID string
			Blocked, Seat      bool
		}
		Cursor string
	}
	var seen []string
	for cursor := ""; ; {
		got := read[page](ada.do("GET", "/users?limit=2&cursor="+cursor, "").want(200))
		for _, user := range got.Users {
			seen = append(seen, user.ExternalID)
		}
		if cursor = got.Cursor; cursor == "" {
			break
		}
	}
	if fmt.Sprint(seen) != "[u-4 u-3 u-2 u-1 u-0]" {
		t.Errorf("lists %v", seen)
	}
	e.rest("PATCH", "/users/u-3", `{"profile":{"email":"Kim@example.com","givenName":"Kim"}}`).want(200)
	for _, query := range []string{all[3].ID, "u-3", "4", "kim@EXAMPLE.com"} {
		if got := read[page](ada.do("GET", "/users?query="+query, "").want(200)); len(got.Users) == 0 || got.Users[0].UserID != all[3].ID || !got.Users[0].Seat {
			t.Errorf("%s finds %+v before others", query, got)
		}
	}
	ada.do("GET", "/users?cursor=x", "").wantProblem(400, "bad_request", "cursor")

	in := e.signIn(`{"door":"sdk","token":"` + e.UserToken("u-3") + `"}`).want(201).signedIn()
	conversation := e.newConversation("u-3").ID
	e.post(conversation, `{"type":"user","userExternalId":"u-3"}`, "about my order").want(201)
	ada.do("POST", "/inbox/"+conversation+"/notes", `{"id":"n1","text":"a difficult one"}`).want(201)
	ada.do("POST", "/users/"+in.User.ID+"/sign-out", "").want(204)
	ada.do("PUT", "/users/"+in.User.ID+"/block", `{"blocked":true}`).want(200)
	e.signIn(`{"door":"sdk","token":"`+e.Key.Token(t, map[string]any{"scope": "user", "external_id": "u-3", "iat": time.Now().Unix() + 1})+`"}`).wantProblem(403, "user_blocked", "")
	ada.do("PUT", "/users/"+in.User.ID+"/block", `{"blocked":false}`).want(200)

	file := ada.do("GET", "/users/"+in.User.ID+"/export", "").want(200)
	if text := string(file.body); !strings.Contains(text, "about my order") || !strings.Contains(text, "Kim@example.com") || strings.Contains(text, "difficult") {
		t.Errorf("exports %s", text)
	}
	if got := file.header.Get("Content-Disposition"); got != `attachment; filename="user-`+in.User.ID+`.json"` {
		t.Errorf("is saved as %s", got)
	}
	merged := `{"surviving":{"userId":"` + all[0].ID + `"},"discarded":{"userId":"` + all[1].ID + `"}`
	ada.do("POST", "/merges", merged+`,"dryRun":true}`).want(200)
	made := read[struct{ Merge struct{ ID string } }](ada.do("POST", "/merges", merged+`}`).want(201))
	ada.do("GET", "/merges", "").want(200)
	ada.do("POST", "/merges/"+made.Merge.ID+"/undo", "").want(200)

	ada.do("DELETE", "/users/u-3", "").wantProblem(404, "user_not_found", "")
	ada.do("DELETE", "/users/"+in.User.ID, "").want(204)
	e.newUser(in.User.ID) // somebody whose external id is the id of who is gone
	ada.do("DELETE", "/users/"+in.User.ID, "").wantProblem(404, "user_not_found", "")
	e.rest("GET", "/users/"+in.User.ID, "").want(200)
	ada.do("GET", "/users/"+in.User.ID+"/export", "").wantProblem(404, "user_not_found", "")
	ada.do("GET", "/inbox/"+conversation, "").wantProblem(404, "conversation_not_found", "")
}

func TestAdminsSeeWhatRetentionRemoves(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	user := e.newUser("u-1").ID
	talk := e.rest("POST", "/conversations", `{"type":"personal","participants":[{"userId":"`+user+`"}]}`).want(201).conversation().ID
	e.rest("POST", "/conversations/"+talk+"/messages", `{"author":{"type":"business"},"content":{"type":"text","text":"x"}}`).want(201)
	type stale struct{ Conversations, Messages int64 }
	count := func(retention string) stale {
		return read[stale](ada.do("GET", "/stale?retention="+retention, "").want(200))
	}
	if got := count("30d"); got != (stale{}) {
		t.Errorf("%+v would go", got)
	}
	if got := count(""); got != (stale{}) {
		t.Errorf("%+v would go of what is kept for ever", got)
	}
	for until := time.Now().Add(10 * time.Second); count("1s") != (stale{1, 1}); {
		if time.Now().After(until) {
			t.Fatalf("%+v would go of what is older than a second", count("1s"))
		}
	}
	ada.do("GET", "/stale?retention=soon", "").wantProblem(400, "bad_request", "retention")
}
