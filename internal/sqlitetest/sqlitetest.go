// Package sqlitetest gives tests an SQLite database of their own, with the present schema and nothing in it.
//
// The schema is made once in a process: under the race detector that takes a second, which each test would take anew.
package sqlitetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

const file = "parlor.db"

// made is the file of an empty database.
var made = sync.OnceValues(makeOne)

// New returns the address of a fresh database, which is gone after the test.
func New(t testing.TB) string {
	t.Helper()
	return In(t, t.TempDir())
}

// In is New in a folder that is there, under the name that a database has in a data folder.
func In(t testing.TB, folder string) string {
	t.Helper()
	content, err := made()
	if err != nil {
		t.Fatalf("make a database: %v", err)
	}
	path := filepath.Join(folder, file)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatalf("copy the database: %v", err)
	}
	return "sqlite:" + path
}

func makeOne() ([]byte, error) {
	folder, err := os.MkdirTemp("", "parlor-schema-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, file)
	s, err := sqlstore.Open(context.Background(), sqlstore.Options{URL: "sqlite:" + path})
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil { // which leaves all in the one file
		return nil, err
	}
	return os.ReadFile(path)
}
