package sqlstore

import (
	"context"
	"database/sql"
	"flag"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/parlorchat/parlor/internal/pgtest"
	"github.com/parlorchat/parlor/internal/store"
)

var update = flag.Bool("update", false, "write the golden files anew")

// dialects are the databases that a test runs on, each fresh.
var dialects = []struct {
	name string
	url  func(t *testing.T) string
}{
	{"sqlite", func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "parlor.db") }},
	{"postgres", func(t *testing.T) string { return pgtest.New(t) }},
}

func onDialects(t *testing.T, f func(t *testing.T, name, url string)) {
	for _, d := range dialects {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			f(t, d.name, d.url(t))
		})
	}
}

func openFor(t *testing.T, options Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// lines returns the rows of a query of one column of text.
func lines(t *testing.T, s *Store, query string, args ...any) (all []string) {
	t.Helper()
	err := s.Read(context.Background(), func(x store.Tx) (err error) {
		all, err = list(x.(*tx), "look", scanText[string], query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var schemaQueries = map[string]string{
	"sqlite": `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'sqlite_sequence' ORDER BY type DESC, name`,
	"postgres": `SELECT line FROM (
		SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || COALESCE(' collate ' || collation_name, '')
			|| CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END AS line
			FROM information_schema.columns WHERE table_schema = 'public'
		UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
		UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
			WHERE connamespace = 'public'::regnamespace) AS parts ORDER BY line COLLATE "C"`,
}

func TestSchemaIsTheGoldenOne(t *testing.T) {
	t.Parallel()
	onDialects(t, func(t *testing.T, name, url string) {
		got := strings.Join(lines(t, openFor(t, Options{URL: url}), schemaQueries[name]), "\n") + "\n"
		golden := filepath.Join("testdata", "schema."+name+".txt")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("the schema is not that of %s (go test -update writes it anew):\n%s", golden, got)
		}
	})
}

func TestTextComparesByteForByteInEveryColumn(t *testing.T) {
	t.Parallel()
	s := openFor(t, Options{URL: pgtest.New(t)})
	loose := lines(t, s, `SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`)
	if len(loose) > 0 {
		t.Errorf("columns without COLLATE \"C\": %v", loose)
	}
}

func TestDialectsHaveTheSameMigrations(t *testing.T) {
	t.Parallel()
	names := map[string]string{}
	for _, dialect := range []string{"sqlite", "postgres"} {
		files, err := fs.Glob(migrationFiles, "migrations/"+dialect+"/*.sql")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d migrations: %v", dialect, len(files), err)
		}
		for _, file := range files {
			names[dialect] += filepath.Base(file) + "\n"
		}
	}
	if names["sqlite"] != names["postgres"] {
		t.Errorf("sqlite has\n%spostgres has\n%s", names["sqlite"], names["postgres"])
	}
}

func TestOlderProgramRefusesNewerSchema(t *testing.T) {
	t.Parallel()
	onDialects(t, func(t *testing.T, _, url string) {
		s := openFor(t, Options{URL: url})
		err := s.Write(t.Context(), func(x store.Tx) error {
			_, err := x.(*tx).exec("pretend", `INSERT INTO `+versionTable+` (version_id, is_applied) VALUES (9999, TRUE)`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		second, err := Open(t.Context(), Options{URL: url})
		if err == nil {
			second.Close()
			t.Fatal("a newer schema was opened")
		}
		if !strings.Contains(err.Error(), "version 9999") || !strings.Contains(err.Error(), "newer program") {
			t.Errorf("the error does not say what to do: %v", err)
		}
	})
}

func TestManyMayOpenAtOnce(t *testing.T) {
	t.Parallel()
	onDialects(t, func(t *testing.T, _, url string) {
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				s, err := Open(context.Background(), Options{URL: url})
				if err != nil {
					t.Errorf("open: %v", err)
					return
				}
				if err := s.Ping(context.Background()); err != nil {
					t.Errorf("ping: %v", err)
				}
				if err := s.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
		}
		all.Wait()
	})
}

func TestOpenRefusesUnknownAddresses(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "mysql://x", "sqlite:", "sqlite:/nowhere/at/all.db", "postgres://127.0.0.1:1/x"} {
		if s, err := Open(t.Context(), Options{URL: url}); err == nil {
			s.Close()
			t.Errorf("%q was opened", url)
		}
	}
}

// older are the migrations of a dialect up to a number.
func older(t *testing.T, m migrations, last string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(migrationFiles, m.folder+"/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if filepath.Base(name)[:4] > last {
			continue
		}
		text, err := fs.ReadFile(migrationFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = &fstest.MapFile{Data: text}
	}
	return files
}

// openOlder opens a database as a program with the migrations up to a number left it.
func openOlder(t *testing.T, dialect, url, last string) *sql.DB {
	t.Helper()
	m, driver := sqliteMigrations, "sqlite"
	if dialect == "postgres" {
		m, driver = postgresMigrations, "pgx"
	}
	db, err := sql.Open(driver, strings.TrimPrefix(url, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrateWith(t.Context(), db, m, older(t, m, last), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	return db
}

// TestDeliveriesOfBeforeKnowTheirUser: what waited when the program was replaced waits on, and is found when its user goes.
func TestDeliveriesOfBeforeKnowTheirUser(t *testing.T) {
	t.Parallel()
	onDialects(t, func(t *testing.T, name, url string) {
		db := openOlder(t, name, url, "0008")
		for _, statement := range []string{
			`INSERT INTO apps (id, ordinal, integration_id, name, seats_used, last_user_number, settings, created_at) VALUES ('a', 1, 'i', '', 0, 0, '{}', 0)`,
			`INSERT INTO integrations (id, app_id, type, name, settings, created_at) VALUES ('i', 'a', 'web', '', '{}', 0)`,
			`INSERT INTO webhooks (id, app_id, integration_id, target, triggers, full_user, full_source, sealed, former_sealed, former_until, enabled,
				created_at, failures, failing_since, next_at, last_error, lease, leased_until)
				VALUES ('w', 'a', 'i', '', '[]', FALSE, FALSE, $1, $1, 0, TRUE, 0, 0, 0, 0, '', '', 0)`,
		} {
			if _, err := db.Exec(statement, []any{[]byte{}}[:strings.Count(statement, "$1")/2]...); err != nil {
				t.Fatal(err)
			}
		}
		for _, row := range [][2]string{
			{"user:merge", `{"user":"s","merge":{"surviving":"s","discarded":"d"}}`}, {"client:add", `{"user":"u","client":"c"}`},
			{"conversation:join", `{"conversation":"c","participant":"p"}`}, {"conversation:read", `{"read":{"by":"user","user":"r"}}`},
			{"conversation:typing", `{"typing":{"by":"user","user":"t","name":"Ana"}}`}, {"conversation:message", `{"message":"m"}`}, {"user:update", `{`},
		} {
			if _, err := db.Exec(`INSERT INTO deliveries (webhook_id, event_id, kind, at, document, died_at, reason)
				VALUES ('w', 'e', '` + row[0] + `', 0, '` + row[1] + `', 0, '')`); err != nil {
				t.Fatal(err)
			}
		}
		got := lines(t, openFor(t, Options{URL: url}), `SELECT position || ' ' || kind || ' ' || user_id FROM deliveries ORDER BY position`)
		want := []string{"1 user:merge d", "2 client:add u", "3 conversation:join p", "4 conversation:read r", "6 conversation:message ", "7 user:update "}
		if !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
}
