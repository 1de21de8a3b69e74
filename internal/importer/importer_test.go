package importer_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/eventlog"
	"github.com/parlorchat/parlor/internal/importer"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
	"github.com/parlorchat/parlor/internal/wire"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// desk is data with an app into which a test imports.
type desk struct {
	*testing.T
	store store.Store
	app   chat.AppID
	now   time.Time
}

func open(t *testing.T, url string) store.Store {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: url, Listener: eventlog.Unheard{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func onSQLite(t *testing.T) *desk {
	return (&desk{T: t, store: open(t, sqlite(t))}).withApp("000000000000000000000001", nil)
}

func sqlite(t *testing.T) string { return sqlitetest.New(t) }

// withApp is the same data with another app.
func (d *desk) withApp(id chat.AppID, seats *int64) *desk {
	d.Helper()
	other := &desk{T: d.T, store: d.store, app: id, now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	other.write(func(tx store.Tx) error {
		return tx.InsertApp(&chat.App{ID: id, IntegrationID: chat.IntegrationID("i" + id), Settings: chat.AppSettings{Seats: seats}, CreatedAt: other.now})
	})
	return other
}

func (d *desk) write(f func(store.Tx) error) {
	d.Helper()
	if err := d.store.Write(context.Background(), f); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) options() importer.Options {
	return importer.Options{Store: d.store, App: d.app, Actor: "test", Now: func() time.Time { return d.now }}
}

func source(text string) []importer.Source {
	return []importer.Source{{Name: "f", Reader: strings.NewReader(text)}}
}

// imports runs an import that must succeed, and tells what it did: imported and unchanged users, conversations, messages.
func (d *desk) imports(text string) string {
	d.Helper()
	result, err := importer.Run(context.Background(), d.options(), source(text))
	if err != nil {
		d.Fatal(err)
	}
	return inShort(result)
}

func inShort(r importer.Result) string {
	return fmt.Sprintf("%d+%d %d+%d %d+%d", r.Users.Imported, r.Users.Unchanged, r.Conversations.Imported, r.Conversations.Unchanged,
		r.Messages.Imported, r.Messages.Unchanged)
}

// refused runs an import that must end with a fault, and returns it.
func (d *desk) refused(text string) string {
	d.Helper()
	_, err := importer.Run(context.Background(), d.options(), source(text))
	fault, ok := errors.AsType[*importer.Fault](err)
	if !ok {
		d.Fatalf("ended with %v, want a fault", err)
	}
	return fault.Error()
}

// rehearsed runs it as a rehearsal and returns what it did and the faults.
func (d *desk) rehearsed(text string) (string, []string) {
	d.Helper()
	var faults []string
	o := d.options()
	o.Store, o.Behind = open(d.T, sqlite(d.T)), d.store
	o.Skip = func(f importer.Fault) error { faults = append(faults, f.Error()); return nil }
	result, err := importer.Run(context.Background(), o, source(text))
	if err != nil {
		d.Fatal(err)
	}
	return inShort(result), faults
}

// all is everything that can be seen of an app, but for what the database numbers by itself.
func (d *desk) all() (lines []string) {
	d.Helper()
	d.write(func(tx store.Tx) error {
		lines = nil
		users, err := tx.ListUsers(store.UserPage{App: d.app, Limit: 99})
		if err != nil {
			return err
		}
		for _, u := range users {
			identities, err := tx.ListIdentities(d.app, u.ID)
			if err != nil {
				return err
			}
			lines = append(lines, fmt.Sprintf("user %+v %+v", u, identities))
			talks, err := tx.ListConversations(store.ConversationPage{App: d.app, User: u.ID, Span: store.Span{Limit: 99}})
			if err != nil {
				return err
			}
			for _, c := range talks {
				participants, _ := tx.ListParticipants(d.app, c.ID, store.Span{Limit: 99})
				messages, err := tx.ListMessages(store.MessagePage{App: d.app, Conversation: c.ID, Limit: 999})
				if err != nil {
					return err
				}
				lines = append(lines, fmt.Sprintf("%+v %+v", c, participants))
				for _, m := range messages {
					lines = append(lines, string(wire.Encode(wire.MessageOf(m))))
				}
			}
		}
		return nil
	})
	return lines
}

func (d *desk) messages(conversation string) (all []chat.Message) {
	d.Helper()
	d.write(func(tx store.Tx) (err error) {
		all, err = tx.ListMessages(store.MessagePage{App: d.app, Conversation: chat.ConversationID(conversation), Limit: 999})
		return err
	})
	return all
}

func (d *desk) user(externalID string) (user chat.User) {
	d.Helper()
	d.write(func(tx store.Tx) error {
		found := false
		var err error
		if user, found, err = tx.FindUserByExternalID(d.app, externalID); err == nil && !found {
			err = errors.New("there is no user " + externalID)
		}
		return err
	})
	return user
}

const (
	ana  = `{"type":"user","id":"a","externalId":"ana","createdAt":"2020-01-01T00:00:00Z","profile":{"email":"ana@example.com"}}` + "\n"
	ben  = `{"type":"user","id":"b","externalId":"ben"}` + "\n"
	talk = "aaaaaaaaaaaaaaaaaaaaaaaa"
	with = `{"type":"conversation","id":"` + talk + `","conversationType":"personal","createdAt":"2020-01-01T00:00:00Z","participants":[{"userId":"a"}]}` + "\n"
)

// says is a message of Ana at the given minute.
func says(id string, minute int, text string) string {
	return fmt.Sprintf(`{"type":"message","id":%q,"conversationId":%q,"received":"2020-01-01T00:%02d:00Z","author":{"type":"user","userId":"a"},"content":{"type":"text","text":%q}}`,
		id, talk, minute, text) + "\n"
}

// TestExample imports the example of docs/import.md, on both databases, and looks at what became of it.
func TestExample(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../examples/import/history.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	for name, url := range map[string]func() string{"sqlite": func() string { return sqlite(t) }, "postgres": func() string { return pgtest.New(t) }} {
		t.Run(name, func(t *testing.T) {
			d := (&desk{T: t, store: open(t, url())}).withApp("000000000000000000000001", nil)
			if did, faults := d.rehearsed(string(raw)); did != "3+0 3+0 8+0" || len(faults) > 0 || len(d.all()) > 0 {
				t.Errorf("rehearsed %s with %v; there is %v", did, faults, d.all())
			}
			if did := d.imports(string(raw)); did != "3+0 3+0 8+0" {
				t.Errorf("imported %s", did)
			}
			first := d.all()
			if did := d.imports(string(raw)); did != "0+3 0+3 0+8" || !slices.Equal(d.all(), first) {
				t.Errorf("again: %s", did)
			}
			if did, faults := d.rehearsed(string(raw)); did != "0+3 0+3 0+8" || len(faults) > 0 {
				t.Errorf("rehearsed again: %s with %v", did, faults)
			}
			d.checkExample()
		})
	}
}

func (d *desk) checkExample() {
	d.Helper()
	user := d.user("customer-4711")
	if user.CreatedAt != time.Date(2023, 4, 1, 8, 0, 0, 0, time.UTC) || user.Profile.Surname != "Almeida" || !user.Seat {
		d.Errorf("Ana is %+v", user)
	}
	if kept := d.user("customer-4712"); kept.ID != "64279c00a1b2c3d4e5f60718" {
		d.Errorf("Ben's id became %s", kept.ID)
	}
	messages := d.messages("64279c10a1b2c3d4e5f60719")
	if len(messages) != 4 || messages[0].ID != "64279c11a1b2c3d4e5f6071a" || messages[0].Author.User != user.ID {
		d.Fatalf("%+v", messages)
	}
	if m := messages[1]; m.Received != time.Date(2023, 4, 1, 8, 5, 0, 250_000_000, time.UTC) || !strings.Contains(m.Content.HTML, "<b>tomorrow</b>") && !strings.Contains(m.Content.HTML, "<strong>tomorrow</strong>") {
		d.Errorf("second %+v", m)
	}
	if form, response := messages[2], messages[3]; !form.Content.Form.Submitted || response.Content.Quoted != form.ID {
		d.Errorf("form %+v, response %+v", form.Content.Form, response.Content)
	}
	d.write(func(tx store.Tx) error {
		c, err := tx.GetConversation(d.app, "64279c10a1b2c3d4e5f60719")
		if err != nil {
			return err
		}
		p, _, err := tx.FindParticipant(d.app, c.ID, user.ID)
		if c.BusinessReadNumber != 3 || p.ReadNumber != 2 || p.Unread != 1 || !p.Default || c.LastMessageAt != messages[3].Received {
			d.Errorf("read marks %+v %+v", c, p)
		}
		return err
	})
}

// TestFaults: each names file, line, field and cure, and nothing of it is written.
func TestFaults(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	d.imports(ana + ben + with + says("m", 30, "there"))
	before := d.all()
	message := func(members string) string {
		return `{"type":"message","id":"x","conversationId":"` + talk + `","received":"2020-01-01T01:00:00Z","author":{"type":"user","userId":"a"},"content":{"type":"text","text":"t"},` + members + `}`
	}
	var file strings.Builder // of all of them
	var wanted []string
	for line, want := range map[string]string{
		`{"type":nonsense}`:               "f:2: type: the text is not JSON here",
		`{"type":"user"`:                  "f:2: the text ends too early",
		`[]`:                              "f:2: ",
		`{"type":"visit"}`:                `f:2: type: must be "user", "conversation" or "message"`,
		`{"type":7}`:                      "f:2: type: must be a string",
		`{"type":"user","type":"user"}`:   "f:2: type: the name stands twice",
		`{"type":"user"}`:                 "f:2: id: is required, or externalId",
		`{"type":"user","externalId":""}`: "f:2: externalId: must not be empty",
		`{"type":"user","id":" a"}`:       "f:2: id: must not begin or end with a space",
		`{"type":"user","id":"x","createdAt":"yesterday"}`:                                                                        "f:2: createdAt: must be a time as in RFC 3339",
		`{"type":"user","id":"x","createdAt":"2999-01-01T00:00:00Z"}`:                                                             "f:2: createdAt: lies in the future",
		`{"type":"user","id":"x","profile":{"avatarUrl":"javascript:x"}}`:                                                         "f:2: profile.avatarUrl: must be an http or https address",
		`{"type":"user","id":"x","metadata":{"a":[]}}`:                                                                            `f:2: metadata: "a" must be`,
		`{"type":"conversation","conversationType":"personal"}`:                                                                   "f:2: id: must not be empty",
		`{"type":"conversation","id":"x"}`:                                                                                        `f:2: conversationType: must be "personal" or "sdkGroup"`,
		`{"type":"conversation","id":"x","conversationType":"personal"}`:                                                          "f:2: participants: must name exactly one user",
		`{"type":"conversation","id":"x","conversationType":"sdkGroup","participants":[{"userId":"a"},{"userExternalId":"ana"}]}`: "f:2: participants[1]: is named twice",
		`{"type":"conversation","id":"x","conversationType":"sdkGroup","participants":[{"userId":"nobody"}]}`:                     "f:2: participants[0].userId: no line before this one",
		`{"type":"conversation","id":"x","conversationType":"sdkGroup","participants":[{}]}`:                                      "f:2: participants[0]: must name the user by exactly one",
		`{"type":"conversation","id":"x","conversationType":"sdkGroup","participants":[{"userId":"a","lastRead":"x"}]}`:           "f:2: participants[0].lastRead: must be a time",
		`{"type":"conversation","id":"x","conversationType":"sdkGroup","displayName":"` + strings.Repeat("x", 101) + `"}`:         "f:2: displayName: must have at most 100 characters",
		message(`"id":"y"`):                                                                       "f:2: id: the name stands twice",
		message(`"deleted":true`):                                                                 "f:2: deleted: must not be true",
		message(`"metadata":{"a":[]}`):                                                            `f:2: metadata: "a" must be`,
		strings.Replace(message(`"a":1`), `"x"`, `""`, 1):                                         "f:2: id: must not be empty",
		strings.Replace(message(`"a":1`), talk, "elsewhere", 1):                                   "f:2: conversationId: no line before this one",
		strings.Replace(message(`"a":1`), `"2020-01-01T01:00:00Z"`, `null`, 1):                    "f:2: received: is required",
		strings.Replace(message(`"a":1`), `"received"`, `"at"`, 1):                                "f:2: received: is required",
		strings.Replace(message(`"a":1`), `01:00`, `00:29`, 1):                                    "f:2: received: is before the newest message of the conversation (2020-01-01T00:30:00Z)",
		strings.Replace(message(`"a":1`), `"id":"x"`, `"id":"m"`, 1):                              "f:2: id: another message of this conversation, of 2020-01-01T00:30:00Z, has this id",
		strings.Replace(message(`"a":1`), `"userId":"a"`, `"userId":"b"`, 1):                      "f:2: author: the user is not a participant",
		strings.Replace(message(`"a":1`), `"userId":"a"`, `"userId":"c"`, 1):                      "f:2: author.userId: no line before this one",
		strings.Replace(message(`"a":1`), `"userId":"a"`, `"displayName":"a"`, 1):                 "f:2: author: must name the user by exactly one",
		strings.Replace(message(`"a":1`), `"text":"t"`, `"text":""`, 1):                           "f:2: content.text: must not be empty",
		strings.Replace(message(`"a":1`), `{"type":"text","text":"t"}`, `{"type":"carousel"}`, 1): `f:2: content.type: must be "text", "image"`,
		strings.Replace(message(`"a":1`), `{"type":"text","text":"t"}`,
			`{"type":"formResponse","quotedMessageId":"m","fields":[{"type":"text","name":"n","label":"l","text":"t"}]}`, 1): "f:2: content.quotedMessageId: is no form of this conversation",
	} {
		if got := d.refused(ben + line); !strings.HasPrefix(got, want) {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
		file.WriteString(line + "\n\n")
		wanted = append(wanted, fmt.Sprintf("f:%d: %s", 2*len(wanted)+1, strings.TrimPrefix(want, "f:2: ")))
	}
	_, faults := d.rehearsed(file.String())
	for i, want := range wanted {
		if i >= len(faults) || !strings.HasPrefix(faults[i], want) {
			t.Fatalf("rehearsed\n%s\nwant %s", strings.Join(faults, "\n"), want)
		}
	}
	if got := d.all(); !slices.Equal(got, before) {
		t.Errorf("faulty lines left something behind:\n%s", strings.Join(got, "\n"))
	}
	long := `{"type":"user","id":"` + strings.Repeat("x", 1<<20) + `"}`
	if _, err := importer.Run(t.Context(), d.options(), source(ben+long)); err == nil || !strings.HasPrefix(err.Error(), "f:2: the line has more than") {
		t.Errorf("a line of a megabyte: %v", err)
	}
}

// TestFaultEndsItsBatch: the lines around a fault are not written either; with Skip they are, and it is told.
func TestFaultEndsItsBatch(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	text := ana + with + says("1", 1, "one") + says("late", 0, "late") + `{"type":"user","id":"c"}` + "\n" + says("2", 2, "two")
	if got := d.refused(text); !strings.HasPrefix(got, "f:4: received") || len(d.all()) > 0 {
		t.Errorf("%s, and there is %v", got, d.all())
	}
	var bad []string
	o := d.options()
	o.Skip = func(f importer.Fault) error { bad = append(bad, fmt.Sprint(f.Line, " ", string(f.Raw))); return nil }
	result, err := importer.Run(t.Context(), o, source(text))
	if err != nil || inShort(result) != "2+0 1+0 2+0" || result.Faulty != 1 {
		t.Errorf("%s, %d faulty: %v", inShort(result), result.Faulty, err)
	}
	if len(bad) != 1 || bad[0] != "4 "+strings.TrimSpace(says("late", 0, "late")) {
		t.Errorf("skipped %q", bad)
	}
	if messages := d.messages(talk); len(messages) != 2 || messages[1].Number != 2 || messages[1].Content.Text != "two" {
		t.Errorf("%+v", messages)
	}
}

// TestGoesOn: what one run has done the next finds, whatever file it came in.
func TestGoesOn(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	d.imports(ana + with + says("1", 1, "one"))
	d.imports(ben)
	whole := ana + ben + with + says("1", 1, "one") + says("2", 1, "the same minute") + says("cccccccccccccccccccccccc", 2, "three")
	if did := d.imports(whole); did != "0+2 0+1 2+1" {
		t.Errorf("went on with %s", did)
	}
	if did := d.imports(says("4", 3, "four")); did != "0+0 0+0 1+0" {
		t.Errorf("a later file: %s", did)
	}
	for i, m := range d.messages(talk) {
		if m.Number != int64(i+1) || i == 2 && m.ID != "cccccccccccccccccccccccc" {
			t.Errorf("%d: %+v", i, m)
		}
	}
	if did := d.imports(strings.Replace(ana, `"id":"a"`, `"id":"another name of hers"`, 1) + strings.Replace(says("5", 4, "five"), `"a"`, `"another name of hers"`, 1)); did != "0+1 0+0 1+0" {
		t.Errorf("somebody who is there under another name: %s", did)
	}
}

// TestAgentsFindItClosed: nobody waits for an answer to what was written elsewhere; what is open here stays open.
func TestAgentsFindItClosed(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	entry := func() (e chat.InboxEntry, found bool) {
		d.write(func(tx store.Tx) (err error) {
			e, found, err = tx.FindInboxEntry(d.app, talk)
			return err
		})
		return e, found
	}
	minute := func(n int) time.Time { return time.Date(2020, 1, 1, 0, n, 0, 0, time.UTC) }
	d.imports(ana + with)
	if e, found := entry(); found {
		t.Errorf("without a message: %+v", e)
	}
	d.imports(says("1", 1, "one") + says("2", 2, "two"))
	closed := chat.InboxEntry{Status: chat.InboxClosed, MovedAt: minute(2)}
	if e, _ := entry(); !e.Equal(closed) {
		t.Errorf("%+v", e)
	}
	d.imports(says("3", 3, "three"))
	closed.MovedAt = minute(3)
	if e, _ := entry(); !e.Equal(closed) {
		t.Errorf("a later file: %+v", e)
	}
	open, _ := entry()
	open.Status, open.WaitingSince = chat.InboxOpen, minute(3)
	d.write(func(tx store.Tx) error { return tx.UpdateInboxEntry(open) })
	d.imports(says("4", 4, "four"))
	if e, _ := entry(); !e.Equal(open) {
		t.Errorf("an open one: %+v", e)
	}
}

// TestIDsThatAreTaken: the same file goes into two apps of a server, and into an app whose external ids are like ids.
func TestIDsThatAreTaken(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	file := strings.ReplaceAll(ana+with+says("cccccccccccccccccccccccc", 1, "one"), `"a"`, `"dddddddddddddddddddddddd"`)
	d.imports(file)
	other := d.withApp("000000000000000000000002", nil)
	for range 2 {
		other.imports(file)
	}
	if mine, theirs := d.user("ana"), other.user("ana"); mine.ID != "dddddddddddddddddddddddd" || theirs.ID == mine.ID {
		t.Errorf("ids %s and %s", mine.ID, theirs.ID)
	}
	if all := strings.Join(other.all(), "\n"); strings.Contains(all, talk) || strings.Contains(all, "cccccccccccccccccccccccc") || strings.Count(all, "\n") != 2 {
		t.Errorf("%s", all)
	}
	third := d.withApp("000000000000000000000003", nil)
	third.imports(`{"type":"user","externalId":"eeeeeeeeeeeeeeeeeeeeeeee"}` + "\n" + `{"type":"user","id":"eeeeeeeeeeeeeeeeeeeeeeee","externalId":"e"}`)
	if e := third.user("e"); e.ID == "eeeeeeeeeeeeeeeeeeeeeeee" {
		t.Error("an id is another user's external id")
	}
}

func TestSeatsRunOut(t *testing.T) {
	t.Parallel()
	one := int64(1)
	d := onSQLite(t).withApp("000000000000000000000002", &one)
	if _, faults := d.rehearsed(ana + ben); len(faults) != 1 || !strings.Contains(faults[0], "seats") {
		t.Errorf("rehearsed %v", faults)
	}
	if got := d.refused(ana + ben); !strings.HasPrefix(got, "f:2: All seats of this app are taken") {
		t.Errorf("%s", got)
	}
	if did := d.imports(ana + `{"type":"user","id":"guest"}`); did != "2+0 0+0 0+0" {
		t.Errorf("anonymous people take no seat: %s", did)
	}
	if _, faults := d.rehearsed(ben); len(faults) != 1 {
		t.Errorf("the seats that are used are not known: %v", faults)
	}
}

// TestPeopleWhoChangedSince: the ids of a file still lead to whom they named, also after a merge; not after an erasure.
func TestPeopleWhoChangedSince(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	d.imports(ana + ben + with)
	into, gone := d.user("ben").ID, d.user("ana").ID
	d.write(func(tx store.Tx) error { _, err := tx.MergeUser(d.app, into, gone, "test"); return err })
	if did := d.imports(ana + with + says("1", 1, "one")); did != "0+1 0+1 1+0" || d.messages(talk)[0].Author.User != into {
		t.Errorf("after a merge: %s, %+v", did, d.messages(talk))
	}
	if did, faults := d.rehearsed(ana + with + says("1", 1, "one") + says("2", 2, "two")); did != "0+1 0+1 1+1" || len(faults) > 0 {
		t.Errorf("rehearsed after a merge: %s, %v", did, faults)
	}
	d.write(func(tx store.Tx) error { return tx.DeleteUser(d.app, into) })
	if got := d.refused(says("2", 2, "two")); !strings.Contains(got, "conversationId: no line before this one") {
		t.Errorf("after an erasure: %s", got)
	}
	if did := d.imports(ana + with + says("1", 1, "one")); did != "1+0 1+0 1+0" {
		t.Errorf("the whole file after an erasure: %s", did)
	}
}

// TestRehearsalKnowsWhatIsThere: lines may name what was imported earlier, forms included.
func TestRehearsalKnowsWhatIsThere(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	d.imports(ana + with + says("1", 1, "one") +
		`{"type":"message","id":"form","conversationId":"` + talk + `","received":"2020-01-01T00:02:00Z","author":{"type":"business"},"content":{"type":"form","fields":[{"type":"text","name":"n","label":"l"}]}}`)
	answer := `{"type":"message","id":"answer","conversationId":"` + talk + `","received":"2020-01-01T00:03:00Z","author":{"type":"user","userId":"a"},
		"content":{"type":"formResponse","quotedMessageId":"form","fields":[{"type":"text","name":"n","label":"l","text":"t"}]}}`
	answer = strings.ReplaceAll(answer, "\n", "")
	if did, faults := d.rehearsed(says("1", 1, "one") + answer); did != "0+0 0+0 1+1" || len(faults) > 0 {
		t.Errorf("%s, %v", did, faults)
	}
	if did, faults := d.rehearsed(says("0", 0, "before") + answer + "\n" + answer); did != "0+0 0+0 1+1" || len(faults) != 1 {
		t.Errorf("%s, %v", did, faults)
	}
	if len(d.messages(talk)) != 2 {
		t.Error("the rehearsal wrote")
	}
}

// TestManyBatches: order, numbers and read marks hold across transactions, and memory does not grow with the file.
func TestManyBatches(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	var file strings.Builder
	file.WriteString(ana + strings.Replace(with, `{"userId":"a"}`, `{"userId":"a","lastRead":"2020-01-01T00:29:59Z"}`, 1))
	const messages = 1500
	for i := range messages {
		file.WriteString(says(fmt.Sprint("m", i), i*60/messages, fmt.Sprint(i)))
	}
	transactions := 0
	o := d.options()
	o.Progress = func(importer.Result) { transactions++ }
	result, err := importer.Run(t.Context(), o, source(file.String()))
	if err != nil || result.Messages.Imported != messages || transactions < 3 {
		t.Fatalf("%+v in %d transactions: %v", result, transactions, err)
	}
	newest := d.messages(talk)
	if last := newest[len(newest)-1]; last.Number != messages || last.Content.Text != fmt.Sprint(messages-1) {
		t.Errorf("the last is %+v", last)
	}
	user := d.user("ana").ID
	d.write(func(tx store.Tx) error {
		p, _, err := tx.FindParticipant(d.app, talk, user)
		if p.ReadNumber != messages/2 {
			t.Errorf("read up to %d", p.ReadNumber)
		}
		audits, _ := tx.ListAudits(d.app, 0, 9)
		if len(audits) != 1 || audits[0].Action != "import" || audits[0].Detail["messages"] != fmt.Sprint(messages) {
			t.Errorf("audits %+v", audits)
		}
		return err
	})
}

func TestUnknownApp(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	o := d.options()
	o.App = "nothing"
	if _, err := importer.Run(t.Context(), o, source(ana)); chat.CodeOf(err) != "app_not_found" {
		t.Errorf("%v", err)
	}
}
