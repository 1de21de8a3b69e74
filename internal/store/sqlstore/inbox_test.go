package sqlstore

import (
	"fmt"
	"slices"
	"testing"
)

// TestConversationsOfBeforeAreInTheInbox: they are open, and a user waits where a user wrote last.
func TestConversationsOfBeforeAreInTheInbox(t *testing.T) {
	t.Parallel()
	onDialects(t, func(t *testing.T, name, url string) {
		db := openOlder(t, name, url, "0010")
		run := func(statement string, args ...any) {
			t.Helper()
			if _, err := db.Exec(fmt.Sprintf(statement, args...)); err != nil {
				t.Fatal(err)
			}
		}
		run(`INSERT INTO apps (id, ordinal, integration_id, name, seats_used, last_user_number, settings, created_at) VALUES ('a', 1, 'i', '', 0, 0, '{}', 0)`)
		for _, c := range []struct {
			id      string
			authors []string // of the messages; "-" is one that is deleted
		}{{"asked", []string{"", "ana"}}, {"answered", []string{"ana", ""}}, {"deleted", []string{"ana", "-"}}, {"empty", nil}} {
			n := len(c.authors)
			run(`INSERT INTO conversations (id, app_id, type, last_number, change, business_read_number, business_read_at, last_message_at, active_at,
				active_hour, created_at, document) VALUES ('%s', 'a', 'personal', %d, %[2]d, 0, 0, %d, 0, 0, 1, '')`, c.id, n, n*10)
			for i, author := range c.authors {
				deleted := author == "-"
				if deleted {
					author = ""
				}
				run(`INSERT INTO messages (conversation_id, number, id, app_id, change, author_id, client_id, client_message_id, received_at, deleted, document)
					VALUES ('%s', %d, '%[1]s%[2]d', 'a', %[2]d, '%s', '', '', %d, %v, '')`, c.id, i+1, author, (i+1)*10, deleted)
			}
		}
		got := lines(t, openFor(t, Options{URL: url}), `SELECT conversation_id || ' ' || app_id || ' ' || status || ' ' || waiting_since || ' ' || moved_at || assignee || tags
			FROM inbox ORDER BY conversation_id`)
		if want := []string{"answered a open 0 20", "asked a open 20 20", "deleted a open 0 20"}; !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
}
