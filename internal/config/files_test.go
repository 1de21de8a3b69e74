package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSize(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Size{"0": 0, "1": 1, "26214400": 25 << 20, "25MiB": 25 << 20, "25 mb": 25 << 20, " 2G ": 2 << 30, "3k": 3 << 10, "7B": 7} {
		var got Size
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "x", "-1", "1.5MiB", "25TiB", "25MM", "MiB", "99999999999G", "1e3"} {
		var got Size
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken as %d", text, got)
		}
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	const bucket = "s3://key:secret@storage.example/files"
	written := filepath.Join(t.TempDir(), "files")
	if err := os.WriteFile(written, []byte(bucket+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, s := range map[string]Server{
		filepath.Join("data", "files"): {Store: Store{Data: "data"}},
		"/srv/files":                   {Store: Store{Data: "data"}, Files: "/srv/files"},
		bucket:                         {FilesFile: written},
	} {
		if got, err := s.FilesPlace(); err != nil || got != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	}
	if _, err := (Server{FilesFile: written + "x"}).FilesPlace(); err == nil || !strings.Contains(err.Error(), "PARLOR_FILES_FILE") {
		t.Errorf("a file that is not there: %v", err)
	}
	if got := (Server{}).FileLimit(); got != 25<<20 {
		t.Errorf("unset, a file may have %d bytes", got)
	}
	bad := Server{Addr: ":0", Files: "a", FilesFile: "b", MaxFile: 50<<20 + 1, UserFiles: -1}
	err := bad.Validate()
	for _, name := range []string{"PARLOR_FILES:", "PARLOR_MAX_FILE", "PARLOR_USER_FILES"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in: %v", name, err)
		}
	}
}
