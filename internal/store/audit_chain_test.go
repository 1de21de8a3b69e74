package store_test

import (
	"bytes"
	"encoding/hex"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/store"
)

// TestHashOfAnAuditEntry: other programs compute the same (ADR 16), and an old log is read by every later version.
func TestHashOfAnAuditEntry(t *testing.T) {
	t.Parallel()
	link := store.AuditLink{Audit: store.Audit{Position: 7, App: "a", At: time.UnixMicro(1_700_000_000_000_001), Actor: "cli", Action: "app.set", Target: "a",
		Detail: map[string]string{"name": "Lämpchen", "color": "#000"}}}
	hash := link.After(store.NoAudit())
	if got := hex.EncodeToString(hash); got != "6406e37e2dd6784ffdbccc591e29c9083bd811f44e072ee63d8c7b6bbfe8e780" {
		t.Errorf("the hash is %s", got)
	}
	if emptied := link.Empty(); emptied.Actor != "" || emptied.Detail != nil || !bytes.Equal(emptied.After(store.NoAudit()), hash) {
		t.Errorf("emptied it is %+v", emptied)
	}
}

// TestAuditEntriesHaveDifferentForms: what moves from one text to the next is another entry.
func TestAuditEntriesHaveDifferentForms(t *testing.T) {
	t.Parallel()
	seen := map[string]store.Audit{}
	for _, entry := range []store.Audit{
		{}, {Position: 1}, {App: "a"}, {Actor: "a"}, {Action: "a"}, {Target: "a"}, {At: time.UnixMicro(1)},
		{Actor: "ab", Action: "c"}, {Actor: "a", Action: "bc"},
		{Detail: map[string]string{"a": ""}}, {Detail: map[string]string{"": "a"}}, {Detail: map[string]string{"a": "b", "c": "d"}}, {Detail: map[string]string{"a": "bc", "": "d"}},
	} {
		hash := string(store.AuditLink{Audit: entry}.After(store.NoAudit()))
		if other, taken := seen[hash]; taken {
			t.Errorf("%+v and %+v have one form", entry, other)
		}
		seen[hash] = entry
	}
}
