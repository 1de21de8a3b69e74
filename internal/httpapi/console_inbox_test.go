package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
)

// What agents see, as far as the tests look at it.
type (
	entry struct {
		Conversation, Status   string
		Person                 struct{ UserID, Name, ExternalID, Assurance string }
		Assignee               struct{ ID, Name string }
		Tags                   []string
		WaitingSince           string
		LastNumber, ReadNumber int64
		BusinessReadNumber     int64
		LastMessage            struct{ Content struct{ Text string } }
	}
	inboxPage struct {
		Entries []entry
		Cursor  string
		Counts  struct{ Waiting, Mine, Unassigned, Open, Snoozed, Closed int }
	}
	thread struct {
		Items []struct {
			Kind    string
			Message struct {
				Number          int64
				AgentID         string
				ClientMessageID string
				Author          struct{ Type, DisplayName string }
				Content         struct{ Text string }
			}
			Note      struct{ Text, HTML string }
			Happening struct {
				Type   string
				By, To struct{ Name string }
			}
		}
		Before, After string
		Reset         bool
	}
)

// told is a thread in few words.
func (t thread) told() string {
	var all []string
	for _, item := range t.Items {
		switch item.Kind {
		case "message":
			all = append(all, item.Message.Author.Type+": "+item.Message.Content.Text)
		case "note":
			all = append(all, "note: "+item.Note.Text)
		default:
			all = append(all, strings.TrimSpace(item.Kind+" "+item.Happening.Type+" "+item.Happening.By.Name))
		}
	}
	return strings.Join(all, ", ")
}

// office is an app with two agents, and a user who has written.
type office struct {
	env
	boss         *browser // manages the server
	kim, lee     *browser
	user         person
	conversation string
}

func newOffice(t *testing.T) office {
	t.Helper()
	e := start(t)
	boss := e.boss()
	app := string(e.App.ID)
	o := office{env: e, boss: boss, kim: boss.colleague(app, "Kim", "agent"), lee: boss.colleague(app, "Lee", "agent"), user: e.newUser("u-1")}
	for _, b := range []*browser{o.kim, o.lee} {
		b.root += "/apps/" + app
	}
	o.conversation = e.newConversation("u-1").ID
	o.writes("hello")
	return o
}

// writes is a message of the user.
func (o office) writes(text string) {
	o.Helper()
	o.post(o.conversation, `{"type":"user","userExternalId":"u-1"}`, text).want(201)
}

func (o office) at(below string) string { return "/inbox/" + o.conversation + below }

func (o office) list(b *browser, view string) inboxPage {
	o.Helper()
	return read[inboxPage](b.do("GET", "/inbox?view="+view, "").want(200))
}

func (o office) change(b *browser, body string) entry {
	o.Helper()
	return read[struct{ Entry entry }](b.do("PATCH", o.at(""), body).want(200)).Entry
}

func TestAgentsAnswer(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.list(o.kim, "waiting")
	if len(first.Entries) != 1 || first.Entries[0].Conversation != o.conversation || first.Entries[0].LastMessage.Content.Text != "hello" ||
		first.Entries[0].Person.ExternalID != "u-1" || first.Entries[0].WaitingSince == "" || first.Counts.Waiting != 1 || first.Counts.Unassigned != 1 {
		t.Fatalf("%+v", first)
	}
	r := o.kim.do("POST", o.at("/messages"), `{"id":"k1","text":"How can I help?","seen":1}`).want(201)
	again := o.kim.do("POST", o.at("/messages"), `{"id":"k1","text":"How can I help?","seen":1}`).want(200)
	if string(r.body) != string(again.body) {
		t.Errorf("sent again it is %s, not %s", again.body, r.body)
	}
	o.kim.do("POST", o.at("/messages"), `{"id":"k1","text":"something else","seen":2}`).wantProblem(409, "conflict", "id")
	o.kim.do("POST", o.at("/messages"), `{"text":"no id"}`).wantProblem(400, "bad_request", "id")

	refused := o.lee.do("POST", o.at("/messages"), `{"id":"l1","text":"Hi!","seen":1}`).wantProblem(409, "answered_meanwhile", "seen")
	if !strings.Contains(refused.Title, "Kim") {
		t.Errorf("says %q", refused.Title)
	}
	o.lee.do("POST", o.at("/messages"), `{"id":"l1","text":"Hi!","seen":1,"anyway":true}`).want(201)
	o.kim.do("POST", o.at("/messages"), `{"id":"k2","text":"Anything else?","seen":3}`).want(201)
	if waiting := o.list(o.kim, "waiting"); len(waiting.Entries) != 0 || waiting.Counts.Open != 1 {
		t.Errorf("nobody waits any more: %+v", waiting)
	}
	// Programs see who answered, and nothing of how agents go about it.
	listed := o.rest("GET", "/conversations/"+o.conversation+"/messages", "").want(200)
	if text := string(listed.body); !strings.Contains(text, `"displayName":"Kim"`) || !strings.Contains(text, `"subtypes":["agent"]`) || strings.Contains(text, "agentId") || strings.Contains(text, `"k1"`) {
		t.Errorf("REST shows %s", text)
	}
	o.kim.do("POST", o.at("/read"), `{"number":1}`).want(204)
	o.kim.do("POST", o.at("/typing"), `{"active":true}`).want(204)
	if read := o.rest("GET", "/conversations/"+o.conversation, "").want(200).conversation().BusinessLastRead; read == "" {
		t.Error("the business has not read")
	}
}

func TestAgentsKeepOrder(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	kim := o.kim.agentIDHere()
	if got := o.change(o.kim, `{"assignee":"`+kim+`","tags":["vip","order"]}`); got.Assignee.Name != "Kim" || fmt.Sprint(got.Tags) != "[order vip]" {
		t.Errorf("%+v", got)
	}
	if mine, other := o.list(o.kim, "mine"), o.list(o.lee, "mine"); len(mine.Entries) != 1 || len(other.Entries) != 0 || other.Counts.Unassigned != 0 {
		t.Errorf("%+v and %+v", mine, other)
	}
	note := `{"id":"n1","text":"**careful** <script>"}`
	o.lee.do("POST", o.at("/notes"), note).want(201)
	o.lee.do("POST", o.at("/notes"), note).want(200)
	if got := o.change(o.kim, `{"status":"closed","seen":1}`); got.Status != "closed" || got.WaitingSince != "" {
		t.Errorf("%+v", got)
	}
	before := read[thread](o.kim.do("GET", o.at("/thread"), "").want(200))
	if got := before.told(); got != "user: hello, happening assigned Kim, happening tagged Kim, note: **careful** <script>, happening closed Kim" {
		t.Errorf("the thread is %s", got)
	}
	if html := before.Items[3].Note.HTML; !strings.Contains(html, "<strong>careful</strong>") || strings.Contains(html, "script") {
		t.Errorf("the note is shown as %s", html)
	}

	o.writes("one more thing")
	if got := o.list(o.kim, "waiting"); len(got.Entries) != 1 || got.Entries[0].Status != "open" {
		t.Errorf("a message opens: %+v", got)
	}
	o.kim.do("PATCH", o.at(""), `{"status":"closed","seen":1}`).wantProblem(409, "written_meanwhile", "seen")
	o.kim.do("PATCH", o.at(""), `{"status":"gone"}`).wantProblem(400, "bad_request", "status")
	o.kim.do("PATCH", o.at(""), `{"status":"snoozed"}`).wantProblem(400, "bad_request", "snoozedUntil")
	o.kim.do("PATCH", o.at(""), `{"status":"snoozed","snoozedUntil":"tomorrow"}`).wantProblem(400, "bad_request", "snoozedUntil")
	o.kim.do("PATCH", o.at(""), `{"assignee":"`+o.user.ID+`"}`).wantProblem(400, "bad_request", "assignee")
	after := read[thread](o.kim.do("GET", o.at("/thread?after="+before.After), "").want(200))
	if got := after.told(); got != "user: one more thing, happening reopened" {
		t.Errorf("since then: %s", got)
	}
	o.kim.do("GET", o.at("/thread?after=x"), "").wantProblem(400, "bad_request", "after")
	o.kim.do("GET", "/inbox?view=x", "").wantProblem(400, "bad_request", "view")
	o.kim.do("GET", "/inbox?cursor=x", "").wantProblem(400, "bad_request", "cursor")
	o.kim.do("GET", "/inbox?limit=101", "").wantProblem(400, "bad_request", "limit")
	o.kim.do("GET", "/inbox/0123456789abcdef01234567/thread", "").wantProblem(404, "conversation_not_found", "")

	// No user and no program hears of notes and happenings, nor can they tell that there are any.
	for _, path := range []string{"", "/messages"} {
		if r := o.rest("GET", "/conversations/"+o.conversation+path, ""); strings.Contains(string(r.body), "careful") || strings.Contains(string(r.body), "vip") {
			t.Errorf("REST shows %s", r.body)
		}
	}
}

func TestThePersonPanel(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.rest("PATCH", "/users/u-1", `{"profile":{"givenName":"Ana","surname":"Silva","email":"ana@example.com"},"metadata":{"plan":"gold"}}`).want(200)
	shown := read[struct {
		Person struct {
			Name, ExternalID, Source string
			VerifiedEmails           []string
			Metadata                 map[string]any
			Conversations            []entry
		}
	}](o.kim.do("GET", "/people/"+o.user.ID, "").want(200)).Person
	if got := fmt.Sprint(shown.Name, shown.ExternalID, shown.VerifiedEmails, shown.Metadata); got != "Ana Silvau-1[ana@example.com] map[plan:gold]" || len(shown.Conversations) != 1 {
		t.Errorf("shows %s and %+v", got, shown)
	}
	o.kim.do("GET", "/people/0123456789abcdef01234567", "").wantProblem(404, "user_not_found", "")
}

// agentIDHere is the agent's id, in a browser whose calls are about an app.
func (b *browser) agentIDHere() string {
	b.Helper()
	root := b.root
	defer func() { b.root = root }()
	b.root, _, _ = strings.Cut(root, "/apps/")
	return b.agentID()
}
