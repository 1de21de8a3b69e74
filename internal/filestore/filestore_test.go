package filestore_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/parlorchat/parlor/internal/filestore"
)

// stores are the two places that files lie in, each fresh.
var stores = map[string]func(t *testing.T) filestore.Store{
	"folder": func(t *testing.T) filestore.Store { return open(t, filepath.Join(t.TempDir(), "files")) },
	"bucket": func(t *testing.T) filestore.Store { return open(t, bucket(t)) },
}

func open(t *testing.T, place string) filestore.Store {
	t.Helper()
	store, err := filestore.Open(place)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// bucket is the address of one on a server of this test.
func bucket(t *testing.T) string {
	t.Helper()
	memory := s3mem.New()
	if err := memory.CreateBucket("files"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(memory).Server())
	t.Cleanup(server.Close)
	return "s3://KEY:SE%2FCRET@" + strings.TrimPrefix(server.URL, "http://") + "/files?tls=off"
}

// TestContract is what every store promises.
func TestContract(t *testing.T) {
	t.Parallel()
	for name, fresh := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := fresh(t)
			for name, test := range contract {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					test(t, store)
				})
			}
		})
	}
}

var contract = map[string]func(t *testing.T, s filestore.Store){
	"a file comes back, whole and in parts": func(t *testing.T, s filestore.Store) {
		content := random(3 << 20)
		put(t, s, "whole", content)
		if got := read(t, s, "whole"); !bytes.Equal(got, content) {
			t.Errorf("got %d other bytes", len(got))
		}
		file, err := s.Open(t.Context(), "whole")
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if size, err := file.Seek(0, io.SeekEnd); err != nil || size != int64(len(content)) {
			t.Errorf("its end is at %d, %v", size, err)
		}
		if _, err := file.Seek(1<<20, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		part := make([]byte, 1000)
		if _, err := io.ReadFull(file, part); err != nil || !bytes.Equal(part, content[1<<20:1<<20+1000]) {
			t.Errorf("a part is not what was stored: %v", err)
		}
	},
	"what is not there": func(t *testing.T, s filestore.Store) {
		if _, err := s.Open(t.Context(), "nothing"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("opened: %v", err)
		}
		if err := s.Delete(t.Context(), "nothing"); err != nil {
			t.Errorf("deleted: %v", err)
		}
	},
	"deleted": func(t *testing.T, s filestore.Store) {
		put(t, s, "deleted", []byte("x"))
		if err := s.Delete(t.Context(), "deleted"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Open(t.Context(), "deleted"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("opened: %v", err)
		}
	},
	"a broken source leaves nothing": func(t *testing.T, s filestore.Store) {
		for name, source := range map[string]io.Reader{
			"breaks": io.MultiReader(bytes.NewReader(random(100_000)), iotest.ErrReader(errors.New("cut"))),
			"short":  bytes.NewReader(random(1000)),
			"long":   bytes.NewReader(random(300_000)),
		} {
			if err := s.Put(t.Context(), name, source, 200_000); err == nil {
				t.Errorf("a source that is %s was stored", name)
			}
			if _, err := s.Open(t.Context(), name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a source that is %s left something: %v", name, err)
			}
		}
	},
	"names that are none": func(t *testing.T, s filestore.Store) {
		for _, name := range []string{"", ".", "..", "../x", "a/b", `a\b`, "-x", "x.", "a\x00b", "a b", "a~", "ä", strings.Repeat("a", 65)} {
			if err := s.Put(t.Context(), name, strings.NewReader("x"), 1); err == nil {
				t.Errorf("%q was stored", name)
			}
			if file, err := s.Open(t.Context(), name); err == nil {
				file.Close()
				t.Errorf("%q was opened", name)
			}
			if err := s.Delete(t.Context(), name); err == nil {
				t.Errorf("%q was deleted", name)
			}
		}
	},
	"many at once": func(t *testing.T, s filestore.Store) {
		var all sync.WaitGroup
		for i := range 16 {
			all.Go(func() {
				name, content := fmt.Sprintf("many-%d", i), random(50_000+i)
				if err := s.Put(context.Background(), name, bytes.NewReader(content), int64(len(content))); err != nil {
					t.Error(err)
				} else if got := read(t, s, name); !bytes.Equal(got, content) {
					t.Errorf("%s holds other bytes", name)
				}
			})
		}
		all.Wait()
	},
	"short names, and a file with what is made of it": func(t *testing.T, s filestore.Store) {
		for _, name := range []string{"a", "0123456789abcdef01234567", "0123456789abcdef01234567.thumbnail"} {
			put(t, s, name, []byte(name))
			if got := read(t, s, name); string(got) != name {
				t.Errorf("%s holds %q", name, got)
			}
		}
	},
}

func put(t *testing.T, s filestore.Store, name string, content []byte) {
	t.Helper()
	if err := s.Put(t.Context(), name, bytes.NewReader(content), int64(len(content))); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, s filestore.Store, name string) []byte {
	t.Helper()
	file, err := s.Open(context.Background(), name)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		t.Error(err)
	}
	return content
}

func random(n int) []byte {
	content := make([]byte, n)
	rand.Read(content)
	return content
}

// TestCrashWhileWriting: what was half written is gone after the next start, and nothing else.
func TestCrashWhileWriting(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	put(t, open(t, root), "whole", []byte("x"))
	shards, err := os.ReadDir(root)
	if err != nil || len(shards) != 1 {
		t.Fatalf("%v, %v", shards, err)
	}
	draft := filepath.Join(root, shards[0].Name(), "half~")
	if err := os.WriteFile(draft, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, root)
	if _, err := os.Stat(draft); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the draft is still there: %v", err)
	}
	if got := read(t, again, "whole"); string(got) != "x" {
		t.Errorf("the file holds %q", got)
	}
}

func TestPlacesThatAreNone(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{
		"", file, "ftp://secret@host/x", "s3://", "s3://host/bucket", "s3://key@host/bucket", "s3://key:secret@/bucket", "s3://key:secret@host",
		"s3://key:secret@host/", "s3://key:secret@host/bucket/below", "s3://key:secret@host/bucket?tls=maybe", "s3://key:secret@host/bucket?x=y",
		"s3://key:sec%zzret@host/bucket", "s3://key:sec/ret@host/bucket", "s3://key:secret@host/b", "s3://key:secret@host/my_bucket!", "s3://key:secret@host/192.0.2.1",
	} {
		if _, err := filestore.Open(place); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", place, err)
		}
	}
}

func TestCheckLooksForTheBucket(t *testing.T) {
	t.Parallel()
	there := bucket(t)
	for place, want := range map[string]string{
		t.TempDir(): "",
		there:       "",
		strings.Replace(there, "/files?", "/nothing?", 1):    "no such bucket",
		"s3://KEY:secret@127.0.0.1:1/files?tls=off&region=x": "refused",
	} {
		store, err := filestore.Open(place)
		if err != nil {
			t.Fatal(err)
		}
		err = filestore.Check(t.Context(), store)
		if (err == nil) != (want == "") || err != nil && (!strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: %v, want %q", place, err, want)
		}
	}
}
