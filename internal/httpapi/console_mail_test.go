package httpapi_test

import (
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/eventlog"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/server"
	"github.com/parlorchat/parlor/internal/servertest"
)

func TestMailAtTheConsole(t *testing.T) {
	t.Parallel()
	box := servertest.NewMailbox(t)
	e := start(t, box.Option())
	ada := e.rules()
	state := read[struct {
		From     string
		Failures []struct{ Kind string }
	}](ada.do("GET", "/mail", "").want(200))
	if !strings.Contains(state.From, "chat@parlor.test") || state.Failures == nil || len(state.Failures) != 0 {
		t.Errorf("%+v", state)
	}
	ada.do("POST", "/mail/test", "").want(202)
	if m := box.Next(0); m.To != "ada@shop.example" {
		t.Errorf("%+v", m)
	}

	user := e.newUser("u-1").ID
	talk := e.rest("POST", "/conversations", `{"type":"personal","participants":[{"userId":"`+user+`"}]}`).want(201).conversation().ID
	path := "/inbox/" + talk + "/transcript"
	ada.do("POST", path, "").wantProblem(404, "conversation_not_found", "")
	e.rest("POST", "/conversations/"+talk+"/messages", `{"author":{"type":"user","userId":"`+user+`"},"content":{"type":"text","text":"Hello"}}`).want(201)
	ada.do("POST", path, "").wantProblem(409, "no_address", "")
	e.rest("PATCH", "/users/"+user, `{"identities":[{"type":"email","value":"ana@example.com"}]}`)
	if at := read[struct{ StoppedAt string }](ada.do("GET", "/users/"+user+"/subscription", "").want(200)).StoppedAt; at != "" {
		t.Errorf("stopped at %s", at)
	}
	ada.do("GET", "/users/none/subscription", "").wantProblem(404, "user_not_found", "")
}

func TestAServerWithoutMailSaysSo(t *testing.T) {
	t.Parallel()
	e := start(t)
	ada := e.rules()
	if state := read[struct{ From string }](ada.do("GET", "/mail", "").want(200)); state.From != "" {
		t.Errorf("%+v", state)
	}
	ada.do("POST", "/mail/test", "").wantProblem(503, "mail_off", "")
	ada.do("POST", "/inbox/x/transcript", "").wantProblem(503, "mail_off", "")
}

func TestAgentsSayWhetherTheyWantMail(t *testing.T) {
	t.Parallel()
	e := start(t)
	kim := e.boss()
	wants := func(r reply) bool { return read[struct{ WantsMail bool }](r.want(200)).WantsMail }
	if !wants(kim.do("GET", "/session", "")) || wants(kim.do("PATCH", "/agent", `{"wantsMail":false}`)) || wants(kim.do("PATCH", "/agent", `{"name":"Kim"}`)) {
		t.Error("the switch does not stay as it was put")
	}
}

// stopPath is the path of the link in a mail that ends such mail.
func (e env) stopPath(m servertest.Mail) string {
	e.Helper()
	_, link, found := strings.Cut(m.Text, e.URL+"/unsubscribe/")
	if !found {
		e.Fatalf("%+v", m)
	}
	link, _, _ = strings.Cut(strings.ReplaceAll(link, "=\n", ""), "\n")
	return "/unsubscribe/" + strings.TrimSpace(link)
}

// TestLinksInMailOutliveTheMasterKey: also where the server sends none by then.
func TestLinksInMailOutliveTheMasterKey(t *testing.T) {
	t.Parallel()
	box := servertest.NewMailbox(t)
	e := start(t, box.Option())
	e.Set(map[string]string{"mail_answers": "1s", "mail_programs": "on"})
	in := e.signIn(`{"door":"sdk","token":"` + e.Key.Token(t, map[string]any{"scope": "user", "external_id": "u-1", "email": "ana@example.com", "email_verified": true}) + `"}`).want(201).signedIn()
	talk := e.rest("POST", "/conversations", `{"type":"personal","participants":[{"userId":"`+in.User.ID+`"}]}`).want(201).conversation().ID
	e.rest("POST", "/conversations/"+talk+"/messages", `{"author":{"type":"business"},"content":{"type":"text","text":"An answer"}}`).want(201)
	path := e.stopPath(box.Next(0))
	e.Stop()

	data, err := server.Open(t.Context(), e.Data, eventlog.Unheard{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	key := [32]byte{7}
	rotating := admin.New(admin.Options{Store: data.Store, Master: seal.NewMaster(key), Now: time.Now})
	_, err = rotating.RewrapSecrets(t.Context(), chat.Principal{Operator: true, Name: "test"}, data.Master)
	if err := errors.Join(err, data.Store.Close()); err != nil {
		t.Fatal(err)
	}
	settings := config.Server{Addr: "127.0.0.1:0", Store: e.Data, WebhookPause: time.Minute}
	settings.MasterKey = hex.EncodeToString(key[:])
	after := servertest.On(t, settings, e.App.ID, e.Key)
	if status, _, page := after.Do("POST", path, "List-Unsubscribe=One-Click", "Content-Type: application/x-www-form-urlencoded"); status != http.StatusOK || !strings.Contains(string(page), "no more mail") {
		t.Errorf("the link is answered with %d %s", status, page)
	}
	if status, _, _ := after.Do("GET", path[:len(path)-1]+"x", ""); status != http.StatusNotFound {
		t.Errorf("a link of nobody's is answered with %d", status)
	}
}

// TestOneClickEndsMail walks from an answer to the mail, and from its link back again, as a mail program and a person do.
func TestOneClickEndsMail(t *testing.T) {
	t.Parallel()
	box := servertest.NewMailbox(t)
	e := start(t, box.Option())
	e.Set(map[string]string{"mail_answers": "1s", "mail_programs": "on"})
	in := e.signIn(`{"door":"sdk","token":"` + e.Key.Token(t, map[string]any{"scope": "user", "external_id": "u-1", "email": "ana@example.com", "email_verified": true}) + `"}`).want(201).signedIn()
	talk := e.rest("POST", "/conversations", `{"type":"personal","participants":[{"userId":"`+in.User.ID+`"}]}`).want(201).conversation().ID
	answer := func(text string) {
		e.rest("POST", "/conversations/"+talk+"/messages", `{"author":{"type":"business"},"content":{"type":"text","text":"`+text+`"}}`).want(201)
	}
	answer("The first answer")
	m := box.Next(0)
	if m.To != "ana@example.com" || !strings.Contains(m.Text, "The first answer") {
		t.Fatalf("%+v", m)
	}
	path := e.stopPath(m)
	says := func(method, body, text string) http.Header {
		t.Helper()
		status, header, page := e.Do(method, path, body, "Content-Type: application/x-www-form-urlencoded")
		if status != http.StatusOK || !strings.Contains(string(page), text) {
			t.Errorf("%s %s: %d %s", method, body, status, page)
		}
		return header
	}
	if policy := says("GET", "", "<button>Stop the mail</button>").Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Error(policy)
	}
	says("HEAD", "", "")
	says("GET", "", "<button>Stop the mail</button>")
	says("POST", "List-Unsubscribe=One-Click", "no more mail")
	says("POST", url.Values{"undo": {"1"}}.Encode(), "mail about answers again")
	says("POST", "List-Unsubscribe=One-Click", "no more mail")
	ada := e.rules()
	if at := read[struct{ StoppedAt string }](ada.do("GET", "/users/"+in.User.ID+"/subscription", "").want(200)).StoppedAt; at == "" {
		t.Error("the console does not know")
	}
	if status, _, _ := e.Do("GET", path[:len(path)-1]+"x", ""); status != http.StatusNotFound {
		t.Errorf("a link of nobody's is answered with %d", status)
	}
}
