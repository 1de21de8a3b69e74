package server_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/servertest"
	"github.com/parlorchat/parlor/internal/store"
)

var writeFixture = flag.String("write-fixture", "", "make the data of this version in testdata/data/<name>, for later versions to open")

// contents is what a folder of data holds: what every later version must find in it.
type contents struct {
	App       chat.AppID
	Key       servertest.Key
	Users     map[string]json.RawMessage // by id, as REST shows them
	Messages  map[string]history         // by conversation
	Sessions  []string                   // tokens
	Conflicts int
	Audits    int
}

// history is a list of messages without what it says of other pages, which is no data.
type history struct {
	Messages json.RawMessage `json:"messages"`
}

// TestDataOfEarlierVersions opens what each released version wrote, on both databases, and finds everything.
func TestDataOfEarlierVersions(t *testing.T) {
	folders, err := filepath.Glob("testdata/data/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no data of earlier versions in testdata/data: %v", err)
	}
	for _, folder := range folders {
		for name, open := range map[string]func(*testing.T, string, *config.Server){"sqlite": copySQLite, "postgres": restorePostgres} {
			t.Run(filepath.Base(folder)+" "+name, func(t *testing.T) {
				t.Parallel()
				var want contents
				readJSON(t, filepath.Join(folder, name+".json"), &want)
				settings := config.Server{Addr: "127.0.0.1:0", WebhookPause: time.Second, Store: config.Store{Data: t.TempDir()}}
				open(t, folder, &settings)
				copyFile(t, filepath.Join(folder, name+".master.key"), filepath.Join(settings.Data, "master.key"), 0o600)
				e := servertest.On(t, settings, want.App, want.Key)
				if got := look(e, want); !bytes.Equal(indent(t, got), indent(t, want)) {
					t.Errorf("found\n%s\nwant\n%s", indent(t, got), indent(t, want))
				}
				status, _, body := e.Do("POST", "/sdk/v1/apps/"+string(want.App)+"/sessions",
					`{"door":"sdk","token":"`+e.UserToken("u-ana")+`"}`)
				if status != http.StatusCreated || !strings.Contains(string(body), `"externalId":"u-ana"`) {
					t.Errorf("a token of a key of then: %d %s", status, body)
				}
			})
		}
	}
}

// TestWriteFixture makes a new folder of data; it runs only when asked to.
func TestWriteFixture(t *testing.T) {
	if *writeFixture == "" {
		t.Skip("runs with -write-fixture <name> only, once for each release")
	}
	folder := filepath.Join("testdata/data", *writeFixture)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, database := range map[string]string{"sqlite": "", "postgres": pgtest.New(t)} {
		e := servertest.Start(t, func(s *config.Server) { s.Database = database })
		live := fill(e)
		kept := look(e, live)
		e.Stop()
		raw, err := json.MarshalIndent(kept, "", " ")
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name+".json"), append(raw, '\n'), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		copyFile(t, filepath.Join(e.Data.Data, "master.key"), filepath.Join(folder, name+".master.key"), 0o644)
		if database == "" {
			copyFile(t, filepath.Join(e.Data.Data, "parlor.db"), filepath.Join(folder, "parlor.db"), 0o644)
			continue
		}
		dump, err := exec.Command("pg_dump", "--no-owner", "--no-privileges", "--column-inserts", database).Output()
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, "postgres.sql"), dump, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// fill uses the product so that every table has rows, and returns what names them.
func fill(e *servertest.Env) contents {
	made := contents{App: e.App.ID, Key: e.Key, Users: map[string]json.RawMessage{}, Messages: map[string]history{}}
	post := func(path, body string, headers ...string) map[string]any {
		status, _, raw := e.Do("POST", path, body, headers...)
		var out map[string]any
		if err := json.Unmarshal(raw, &out); err != nil || status/100 != 2 {
			e.Fatalf("POST %s: %d %s", path, status, raw)
		}
		return out
	}
	rest, sdk := "/v2/apps/"+string(e.App.ID), "/sdk/v1/apps/"+string(e.App.ID)+"/sessions"
	signIn := func(body string, headers ...string) string {
		out := post(sdk, body, headers...)
		made.Users[out["user"].(map[string]any)["id"].(string)] = nil
		token := out["session"].(map[string]any)["token"].(string)
		made.Sessions = append(made.Sessions, token)
		return token
	}
	jsm := e.NewKey(chat.UseJSM)
	e.NewKey(chat.UseCode)
	sign := func(k servertest.Key, claims map[string]any) string { return k.Token(e.T, claims) }
	signIn(`{"door":"sdk","token":"` + e.UserToken("u-ana") + `","client":{"platform":"web","locale":"pt","info":{"page":"/"}}}`)
	signIn(`{"door":"sdk","token":"` + sign(e.Key, map[string]any{"scope": "user", "external_id": "ü/+ ben", "name": "Ben", "email": "ben@example.com", "email_verified": true}) + `"}`)
	signIn(`{"door":"jsm","token":"` + sign(jsm, map[string]any{"email": "eve@example.com", "displayName": "Eve"}) + `"}`)
	signIn(`{}`)
	user := post(rest+"/users", `{"externalId":"rest-1","profile":{"givenName":"Zoë","email":"BEN@example.com"},"metadata":{"plan":"gold","n":1.5,"b":true}}`, e.Key.Basic())
	made.Users[user["user"].(map[string]any)["id"].(string)] = nil
	for _, body := range []string{
		`{"type":"personal","participants":[{"userExternalId":"u-ana"}],"displayName":"Order 7","metadata":{"order":7}}`,
		`{"type":"sdkGroup","participants":[{"userExternalId":"u-ana"},{"userExternalId":"rest-1"}]}`,
	} {
		conversation := post(rest+"/conversations", body, e.Key.Basic())["conversation"].(map[string]any)["id"].(string)
		made.Messages[conversation] = history{}
		path := rest + "/conversations/" + conversation
		for i := range 5 {
			author := `{"type":"business","displayName":"Shop"}`
			if i%2 == 0 {
				author = `{"type":"user","userExternalId":"u-ana"}`
			}
			sent := post(path+"/messages", fmt.Sprintf(`{"author":%s,"content":{"type":"text","text":"message %d ✓"},"metadata":{"i":%d}}`, author, i, i), e.Key.Basic())
			if id := sent["messages"].([]any)[0].(map[string]any)["id"].(string); i == 3 {
				e.Do("DELETE", path+"/messages/"+id, "", e.Key.Basic())
			}
		}
		post(path+"/activity", `{"author":{"type":"business"},"type":"conversation:read"}`, e.Key.Basic())
	}
	e.Admin(func(ctx context.Context, a *admin.Service) error {
		_, err := a.CreateAgent(ctx, chat.Principal{Operator: true, Name: "test"}, admin.AgentInput{Email: "admin@example.com", Password: "a password of then"})
		return err
	})
	return made
}

// look finds again what the contents name.
func look(e *servertest.Env, named contents) contents {
	found := contents{App: e.App.ID, Key: e.Key, Sessions: named.Sessions, Users: map[string]json.RawMessage{}, Messages: map[string]history{}}
	for id := range named.Users {
		found.Users[id] = get(e, "/users/"+id)
	}
	for id := range named.Messages {
		var page history
		if err := json.Unmarshal(get(e, "/conversations/"+id+"/messages"), &page); err != nil {
			e.Fatal(err)
		}
		found.Messages[id] = page
	}
	e.Read(func(tx store.Tx) error {
		for _, token := range named.Sessions {
			if _, ok, err := tx.FindSession(e.App.ID, chat.HashToken(token)); err != nil || !ok {
				e.Errorf("a session is gone: %v", err)
			}
		}
		conflicts, err := tx.ListConflicts(store.ConflictPage{App: e.App.ID, Limit: 100})
		if err != nil {
			return err
		}
		audits, err := tx.ListAudits(e.App.ID, 0, 1000)
		found.Conflicts, found.Audits = len(conflicts), len(audits)
		if _, ok, err := tx.FindAgentByEmail("admin@example.com"); err != nil || !ok {
			e.Errorf("the account of the console is gone: %v", err)
		}
		return err
	})
	return found
}

func get(e *servertest.Env, path string) json.RawMessage {
	status, _, body := e.Do("GET", "/v2/apps/"+string(e.App.ID)+path, "", e.Key.Basic())
	if status != http.StatusOK {
		e.Errorf("GET %s: %d %s", path, status, body)
	}
	return body
}

func copySQLite(t *testing.T, folder string, settings *config.Server) {
	copyFile(t, filepath.Join(folder, "parlor.db"), filepath.Join(settings.Data, "parlor.db"), 0o600)
}

func restorePostgres(t *testing.T, folder string, settings *config.Server) {
	settings.Database = pgtest.New(t)
	dump, err := os.ReadFile(filepath.Join(folder, "postgres.sql"))
	if err != nil {
		t.Fatal(err)
	}
	var statements []string
	for line := range strings.Lines(string(dump)) {
		if !strings.HasPrefix(line, `\`) { // a command of psql
			statements = append(statements, line)
		}
	}
	db, err := sql.Open("pgx", settings.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := db.ExecContext(ctx, strings.Join(statements, "")); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string, mode os.FileMode) {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, raw, mode)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func indent(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
