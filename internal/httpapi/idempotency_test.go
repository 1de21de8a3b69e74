package httpapi_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/servertest"
)

func (e env) named(name, path, body string) reply {
	e.Helper()
	return e.call("POST", e.path(path), body, e.basic(), "Idempotency-Key: "+name)
}

// TestARepeatedPostIsDoneOnce: of every kind of POST, with the same answer, secrets included.
func TestARepeatedPostIsDoneOnce(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("ana")
	own := e.newConversation("ana")
	for _, c := range []struct{ path, body string }{
		{"/users", `{"externalId":"ben"}`},
		{"/conversations", `{"type":"sdkGroup"}`},
		{"/conversations/" + own.ID + "/messages", `{"author":{"type":"business"},"content":{"type":"text","text":"once"}}`},
		{"/integrations", customBody("http://127.0.0.1:1")},
	} {
		first := e.named(c.path, c.path, c.body).want(201)
		if first.header.Get("Idempotent-Replayed") != "" {
			t.Errorf("%s: the first answer says that it is not", c.path)
		}
		again := e.named(c.path, c.path, c.body).want(201)
		if string(again.body) != string(first.body) || again.header.Get("Idempotent-Replayed") != "true" {
			t.Errorf("%s: %s, and then %s", c.path, first.body, again.body)
		}
		quoted := e.named(`"`+c.path+`"`, c.path, c.body).want(201)
		if string(quoted.body) != string(first.body) {
			t.Errorf("%s: quoted, the key is another", c.path)
		}
	}
	list := string(e.rest("GET", "/conversations/"+own.ID+"/messages", "").want(200).body)
	if n := strings.Count(list, `"once"`); n != 1 {
		t.Errorf("the message is there %d times", n)
	}
}

func TestAKeyNamesOneRequest(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.named("k", "/users", `{"externalId":"ana"}`).want(201)
	e.named("k", "/users", `{"externalId":"ben"}`).wantProblem(422, "idempotency_key_reused", "Idempotency-Key")
	e.named("k", "/conversations", `{"externalId":"ana"}`).wantProblem(422, "idempotency_key_reused", "Idempotency-Key")
	e.named(strings.Repeat("x", 256), "/users", `{"externalId":"ben"}`).wantProblem(400, "bad_request", "Idempotency-Key")
	e.named("ä", "/users", `{"externalId":"ben"}`).wantProblem(400, "bad_request", "Idempotency-Key")
	e.named(`""`, "/users", `{"externalId":"ben"}`).wantProblem(400, "bad_request", "Idempotency-Key")
	e.named("large", "/users", `{"externalId":"`+strings.Repeat("x", 100_000)+`"}`).wantProblem(413, "request_entity_too_large", "")

	// Another caller's names are their own.
	app, key := e.NewApp("Other")
	e.call("POST", "/v2/apps/"+string(app.ID)+"/users", `{"externalId":"ben"}`, key.Basic(), "Idempotency-Key: k").want(201)
}

// TestWhatFailedMayBeRepeated: it was not done, and leaves no receipt.
func TestWhatFailedMayBeRepeated(t *testing.T) {
	t.Parallel()
	e := start(t)
	post := func() reply {
		return e.named("k", "/conversations", `{"type":"personal","participants":[{"userExternalId":"ana"}]}`)
	}
	post().wantProblem(404, "user_not_found", "")
	e.newUser("ana")
	post().want(201)
	if post().want(201).header.Get("Idempotent-Replayed") != "true" {
		t.Error("was done again")
	}
}

func TestOneOfManyAtOnceIsDone(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.newUser("ana")
	own := e.newConversation("ana")
	var all sync.WaitGroup
	statuses := make([]int, 20)
	for i := range statuses {
		all.Go(func() {
			status, _, _ := e.Do("POST", e.path("/conversations/"+own.ID+"/messages"), `{"author":{"type":"business"},"content":{"type":"text","text":"once"}}`,
				e.basic(), "Idempotency-Key: k")
			statuses[i] = status
		})
	}
	all.Wait()
	for _, status := range statuses {
		if status != 201 && status != 409 {
			t.Errorf("answers %v", statuses)
		}
	}
	list := string(e.rest("GET", "/conversations/"+own.ID+"/messages", "").want(200).body)
	if n := strings.Count(list, `"once"`); n != 1 {
		t.Errorf("the message is there %d times; answers %v", n, statuses)
	}
}

// TestAnswersSurviveTheServer: also that a secret is not readable in the data.
func TestAnswersSurviveTheServer(t *testing.T) {
	t.Parallel()
	e := start(t)
	first := e.named("k", "/integrations", customBody("http://127.0.0.1:1")).want(201)
	e.Stop()
	settings := config.Server{Addr: "127.0.0.1:0", Store: e.Data, WebhookPause: time.Second}
	again := env{servertest.On(t, settings, e.App.ID, e.Key)}.named("k", "/integrations", customBody("http://127.0.0.1:1")).want(201)
	if string(again.body) != string(first.body) {
		t.Errorf("%s, and then %s", first.body, again.body)
	}
}

// TestARepeatedUploadIsKeptOnce: however the body divides it; and another file, or one by another name, is another.
func TestARepeatedUploadIsKeptOnce(t *testing.T) {
	t.Parallel()
	e := start(t)
	upload := func(content string) reply {
		return e.call("POST", e.path("/attachments?access=private"), form("notes.txt", content), e.basic(), formType, "Idempotency-Key: k")
	}
	first := upload("hello").want(201)
	if again := upload("hello").want(201); string(again.body) != string(first.body) || again.header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("%s, and then %s", first.body, again.body)
	}
	other := strings.ReplaceAll(form("notes.txt", "hello"), "limit", "another")
	redivided := e.call("POST", e.path("/attachments?access=private"), other, e.basic(), strings.Replace(formType, "limit", "another", 1), "Idempotency-Key: k").want(201)
	if string(redivided.body) != string(first.body) {
		t.Errorf("%s, and by another boundary %s", first.body, redivided.body)
	}
	upload("hullo").wantProblem(422, "idempotency_key_reused", "")
	upload("hello again").wantProblem(422, "idempotency_key_reused", "")
	e.call("POST", e.path("/attachments?access=private"), form("other.txt", "hello"), e.basic(), formType, "Idempotency-Key: k").wantProblem(422, "idempotency_key_reused", "")
	e.wantFiles(1)
}

// TestAnUploadThatFailedMayBeRepeated: also where the disk failed after the file had come.
func TestAnUploadThatFailedMayBeRepeated(t *testing.T) {
	t.Parallel()
	e := start(t)
	upload := func() reply {
		return e.call("POST", e.path("/attachments"), form("notes.txt", "hello"), e.basic(), formType, "Idempotency-Key: k")
	}
	files := filepath.Join(e.Data.Data, "files")
	if err := os.Rename(files, files+".away"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	upload().wantProblem(503, "service_unavailable", "")
	if err := errors.Join(os.Remove(files), os.Rename(files+".away", files)); err != nil {
		t.Fatal(err)
	}
	if again := upload().want(201); again.header.Get("Idempotent-Replayed") != "" {
		t.Error("what failed is replayed")
	}
}
