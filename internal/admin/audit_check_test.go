package admin_test

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/store"
)

// onDatabases runs a test on each database, with a way into it behind the store's back.
func onDatabases(t *testing.T, f func(t *testing.T, h *house, tamper func(statement string, args ...any))) {
	run := func(name, driver string, address func(*testing.T) string) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := address(t)
			h := newHouseAt(t, url)
			f(t, h, func(statement string, args ...any) {
				t.Helper()
				db, err := sql.Open(driver, strings.TrimPrefix(url, "sqlite:"))
				if err != nil {
					t.Fatal(err)
				}
				defer db.Close()
				if _, err := db.Exec(statement, args...); err != nil {
					t.Fatalf("%s: %v", statement, err)
				}
			})
		})
	}
	run("sqlite", "sqlite", func(t *testing.T) string { return sqlitetest.New(t) })
	run("postgres", "pgx", func(t *testing.T) string { return pgtest.New(t) })
}

// note appends an entry.
func (h *house) note(t *testing.T, app chat.AppID, action string) {
	t.Helper()
	err := h.store.Write(t.Context(), func(tx store.Tx) error {
		return tx.AppendAudit(store.Audit{App: app, At: h.clock(), Actor: operator.Name, Action: action, Target: "t", Detail: map[string]string{"b": "2", "a": "1"}})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sixEntries are of two apps and of the server.
func (h *house) sixEntries(t *testing.T) {
	t.Helper()
	for _, app := range []chat.AppID{"a", "b", "", "b", "a", "a"} {
		h.note(t, app, "do")
	}
}

func (h *house) check(t *testing.T, noted admin.AuditMark) admin.AuditCheck {
	t.Helper()
	check, err := h.CheckAudits(t.Context(), operator, noted)
	if err != nil {
		t.Fatal(err)
	}
	return check
}

func (h *house) mustBeWhole(t *testing.T, entries int64) admin.AuditMark {
	t.Helper()
	check := h.check(t, admin.AuditMark{})
	if check.Broken != 0 || check.Checked != entries || check.Mark.Position != entries {
		t.Errorf("want %d entries that fit, got %+v", entries, check)
	}
	return check.Mark
}

func (h *house) mustBreak(t *testing.T, noted admin.AuditMark, at int64, why string) {
	t.Helper()
	check := h.check(t, noted)
	if check.Broken != at || !strings.Contains(check.Why, why) {
		t.Errorf("want a break at %d, as %s; got %+v", at, why, check)
	}
}

func TestTamperingWithTheAuditLogIsFoundOut(t *testing.T) {
	t.Parallel()
	const swap = `UPDATE audits SET position = CASE position WHEN 1000002 THEN 3 ELSE 2 END WHERE position > 1000000`
	cases := map[string]struct {
		statements []string
		at         int64
		why        string
	}{
		"another actor":       {[]string{`UPDATE audits SET actor = 'cly' WHERE position = 3`}, 3, "changed"},
		"another action":      {[]string{`UPDATE audits SET action = 'did' WHERE position = 3`}, 3, "changed"},
		"another target":      {[]string{`UPDATE audits SET target = '' WHERE position = 3`}, 3, "changed"},
		"another time":        {[]string{`UPDATE audits SET at = at + 1 WHERE position = 3`}, 3, "changed"},
		"another app":         {[]string{`UPDATE audits SET app_id = 'c' WHERE position = 2`}, 2, "changed"},
		"another detail":      {[]string{`UPDATE audits SET detail = '{"a":"1","b":"3"}' WHERE position = 3`}, 3, "changed"},
		"a detail that moved": {[]string{`UPDATE audits SET target = 'ta', detail = '{"":"1","b":"2"}' WHERE position = 3`}, 3, "changed"},
		"no detail":           {[]string{`UPDATE audits SET detail = '{' WHERE position = 3`}, 3, "changed"},
		"the first":           {[]string{`UPDATE audits SET actor = 'x' WHERE position = 1`}, 1, "changed"},
		"the last":            {[]string{`UPDATE audits SET actor = 'x' WHERE position = 6`}, 6, "changed"},
		"another hash":        {[]string{`UPDATE audits SET hash = (SELECT hash FROM audits WHERE position = 5) WHERE position = 4`}, 4, "changed"},
		"one removed":         {[]string{`DELETE FROM audits WHERE position = 4`}, 4, "missing"},
		"two removed":         {[]string{`DELETE FROM audits WHERE position IN (2, 3)`}, 2, "missing"},
		"the first removed":   {[]string{`DELETE FROM audits WHERE position = 1`}, 1, "missing"},
		"the last removed":    {[]string{`DELETE FROM audits WHERE position = 6`}, 6, "missing"},
		"all removed":         {[]string{`DELETE FROM audits`}, 1, "missing"},
		"removed and closed":  {[]string{`DELETE FROM audits WHERE position = 4`, `UPDATE audits SET position = 4 WHERE position = 5`}, 4, "changed"},
		"two swapped":         {[]string{`UPDATE audits SET position = position + 1000000 WHERE position IN (2, 3)`, swap}, 2, "changed"},
		"without hashes":      {[]string{`UPDATE audits SET hash = digest`}, 1, "changed"},
		"emptied":             {[]string{`UPDATE audits SET actor = '', action = '', target = '', detail = '', at = 0, digest = hash WHERE position = 5`}, 5, "changed"},
	}
	onDatabases(t, func(t *testing.T, h *house, tamper func(string, ...any)) {
		h.sixEntries(t)
		tamper(`CREATE TABLE as_written AS SELECT * FROM audits`)
		for name, tampering := range cases {
			tamper(`DELETE FROM audits`)
			tamper(`INSERT INTO audits SELECT * FROM as_written`)
			tamper(`UPDATE counters SET value = 6 WHERE name = 'audit'`)
			h.mustBeWhole(t, 6)
			for _, statement := range tampering.statements {
				tamper(statement)
			}
			if check := h.check(t, admin.AuditMark{}); check.Broken != tampering.at || !strings.Contains(check.Why, tampering.why) {
				t.Errorf("%s: %+v", name, check)
			}
			if h.note(t, "a", "later"); h.check(t, admin.AuditMark{}).Broken != tampering.at {
				t.Errorf("%s: what is appended later hides it", name)
			}
		}
	})
}

// TestTheFirstChainedEntryVouchesForOlderOnes: entries of before have no hash of their own, and gaps where apps were deleted.
func TestTheFirstChainedEntryVouchesForOlderOnes(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, h *house, tamper func(string, ...any)) {
		h.sixEntries(t)
		tamper(`UPDATE audits SET hash = digest`)
		tamper(`DELETE FROM audits WHERE app_id = 'b'`)
		tamper(`UPDATE counters SET value = 6 WHERE name = 'audit_unchained'`)
		if check := h.check(t, admin.AuditMark{}); check.Broken != 0 || check.Checked != 4 || check.Unchained != 4 {
			t.Errorf("before the chain begins: %+v", check)
		}
		h.note(t, "a", "later")
		h.note(t, "b", "later")
		if check := h.check(t, admin.AuditMark{}); check.Broken != 0 || check.Checked != 6 || check.Unchained != 4 || check.Mark.Position != 8 {
			t.Errorf("after it has begun: %+v", check)
		}
		tamper(`UPDATE audits SET actor = 'x' WHERE position = 3`)
		h.mustBreak(t, admin.AuditMark{}, 7, "one of those before it")
	})
}

// TestAuditLogOfADeletedApp: what was written of it is gone, and the log of others is whole.
func TestAuditLogOfADeletedApp(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, h *house, tamper func(string, ...any)) {
		stays, goes := h.app(t), h.app(t)
		h.note(t, goes.ID, "secret")
		h.note(t, stays.ID, "do")
		if err := h.DeleteApp(t.Context(), operator, goes.ID); err != nil {
			t.Fatal(err)
		}
		h.mustBeWhole(t, 5)
		h.read(t, func(tx store.Tx) error {
			links, err := tx.ListAuditLinks(0, 10)
			for _, link := range links {
				if emptied := link.App == goes.ID; emptied != link.Emptied() || emptied && (link.Action != "" || link.Actor != "" || link.Target != "" || link.Detail != nil || !link.At.IsZero()) {
					t.Errorf("%+v", link)
				}
			}
			return err
		})
		// The same done to an app that is there does not pass.
		h.note(t, stays.ID, "do")
		h.read(t, func(tx store.Tx) error {
			links, err := tx.ListAuditLinks(5, 1)
			tamper(`UPDATE audits SET actor = '', action = '', target = '', detail = '', at = 0, digest = $1 WHERE position = 6`, links[0].Empty().Digest)
			return err
		})
		h.mustBreak(t, admin.AuditMark{}, 6, "emptied")
	})
}

// TestAMarkTellsThatTheLogWasMadeAnew: a whole log that is not the one of before.
func TestAMarkTellsThatTheLogWasMadeAnew(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, h *house, tamper func(string, ...any)) {
		h.sixEntries(t)
		noted := h.mustBeWhole(t, 6)
		h.note(t, "a", "later")
		if check := h.check(t, noted); check.Broken != 0 || check.Checked != 7 {
			t.Errorf("%+v", check)
		}
		text, _ := noted.MarshalText()
		var again admin.AuditMark
		if err := again.UnmarshalText(text); err != nil || again.Position != 6 {
			t.Errorf("%s is read as %+v: %v", text, again, err)
		}
		for _, wrong := range []string{"", "6", "x:00", "6:00", "0:" + strings.Repeat("00", 32), "6:" + strings.Repeat("x", 64)} {
			if err := again.UnmarshalText([]byte(wrong)); err == nil {
				t.Errorf("%q is taken for a mark", wrong)
			}
		}
		tamper(`DELETE FROM audits`)
		tamper(`UPDATE counters SET value = 0 WHERE name = 'audit'`)
		h.note(t, "a", "anew")
		h.mustBeWhole(t, 1)
		h.mustBreak(t, noted, 2, "missing")
		for range 6 {
			h.note(t, "a", "anew")
		}
		h.mustBeWhole(t, 7)
		h.mustBreak(t, noted, 6, "made anew")
	})
}

func TestOnlyTheOperatorChecksTheAuditLog(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, err := h.CheckAudits(t.Context(), chat.Principal{App: "a", Agent: &chat.AgentAtWork{Role: chat.RoleOwner}}, admin.AuditMark{})
	mustBe(t, err, chat.Forbidden, "", "")
	_, err = h.ListAudits(t.Context(), chat.Principal{App: "a", Agent: &chat.AgentAtWork{Role: chat.RoleOwner}}, "b", 0, 10)
	mustBe(t, err, chat.Forbidden, "", "")
}
