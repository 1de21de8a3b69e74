// Package pgtest gives tests a Postgres database of their own.
//
// With PARLOR_TEST_POSTGRES (a postgres:// address whose user may create databases) the databases are made there.
// Otherwise a throwaway server is started once per test process, from the binaries of the Debian package postgresql,
// on a free port of the loopback and a socket in its own folder. It syncs as a real one does, compares text by a
// natural language unless told otherwise, and ends with the process, however that ends.
//
// Without binaries a test that asks for a database fails and names the package; PARLOR_NO_POSTGRES=1 says that this is
// known, and the test is skipped in so many words.
package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// shared is the server of this process, started by the first test that needs it.
var shared = sync.OnceValues(startOrUse)

var stopping struct {
	sync.Mutex
	server *server
}

// New returns the address of a fresh, empty database, which is gone after the test.
func New(t testing.TB) string {
	t.Helper()
	if os.Getenv("PARLOR_NO_POSTGRES") == "1" {
		t.Skip("skipped: PARLOR_NO_POSTGRES=1, nothing is known about Postgres")
	}
	address, err := shared()
	if err != nil {
		t.Fatalf("no Postgres for this test: %v", err)
	}
	name := fmt.Sprintf("parlor_test_%d_%d", os.Getpid(), time.Now().UnixNano())
	if err := execute(address, "CREATE DATABASE "+name); err != nil {
		t.Fatalf("create database: %v", err)
	}
	t.Cleanup(func() {
		if err := execute(address, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop database: %v", err)
		}
	})
	fresh, err := url.Parse(address)
	if err != nil {
		t.Fatalf("read address: %v", err)
	}
	fresh.Path = "/" + name
	return fresh.String()
}

// Main runs the tests of a package and then stops the server, if one was started: for TestMain. Without it the server
// ends a moment after the process.
func Main(m *testing.M) {
	code := m.Run()
	stopping.Lock()
	defer stopping.Unlock()
	if stopping.server != nil {
		if err := stopping.server.stop(); err != nil {
			fmt.Fprintln(os.Stderr, "pgtest: stop server:", err)
		}
	}
	os.Exit(code)
}

func startOrUse() (address string, err error) {
	if address := os.Getenv("PARLOR_TEST_POSTGRES"); address != "" {
		return address, nil
	}
	s, err := start()
	if err != nil {
		return "", err
	}
	stopping.Lock()
	defer stopping.Unlock()
	stopping.server = s
	return s.address, nil
}

func execute(address, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("execute: %w", err)
	}
	return nil
}
