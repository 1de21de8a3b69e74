package sqlstore

import (
	"bytes"
	"testing"

	"github.com/parlorchat/parlor/internal/store"
)

// TestEntriesOfBeforeAreChained: what was there when the program was replaced is what the first entry after it is chained to.
func TestEntriesOfBeforeAreChained(t *testing.T) {
	t.Parallel()
	onDialects(t, func(t *testing.T, name, url string) {
		db := openOlder(t, name, url, "0011")
		for _, statement := range []string{
			`INSERT INTO audits (app_id, position, at, actor, action, target, detail) VALUES ('a', 1, 5, 'cli', 'app.create', 'a', '{"name":"n"}'), ('', 4, 6, 'cli', 'x', 'y', '')`,
			`UPDATE counters SET value = 5 WHERE name = 'audit'`,
		} {
			if _, err := db.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		s := openFor(t, Options{URL: url})
		for range 2 {
			if err := s.Write(t.Context(), func(x store.Tx) error { return x.AppendAudit(store.Audit{Actor: "cli"}) }); err != nil {
				t.Fatal(err)
			}
		}
		err := s.Read(t.Context(), func(x store.Tx) error {
			if unchained, last, err := x.AuditExtent(); err != nil || unchained != 5 || last != 7 {
				t.Errorf("the chain begins after %d and ends at %d: %v", unchained, last, err)
			}
			links, err := x.ListAuditLinks(0, 10)
			if len(links) != 4 {
				t.Fatalf("%d links", len(links))
			}
			hash := store.NoAudit()
			for _, link := range links {
				if hash = link.After(hash); link.Position > 5 != bytes.Equal(link.Hash, hash) || link.Position <= 5 != (len(link.Hash) == 0) {
					t.Errorf("entry %d has the hash %x, want %x", link.Position, link.Hash, hash)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
