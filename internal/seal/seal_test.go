package seal_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/parlorchat/parlor/internal/seal"
)

func master(fill byte) *seal.Master {
	return seal.NewMaster([32]byte(bytes.Repeat([]byte{fill}, 32)))
}

var record = seal.SigningKey("0123456789abcdef01234567", "app_0123456789abcdef01234567")

func TestSealAndOpen(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"", "x", strings.Repeat("long ", 1000)} {
		box, err := master(1).Seal(record, []byte(secret))
		if err != nil {
			t.Fatal(err)
		}
		// One byte may stand in the box by chance.
		if len(secret) > 1 && bytes.Contains(box, []byte(secret)) {
			t.Error("the box shows the secret")
		}
		again, err := master(1).Seal(record, []byte(secret))
		if err != nil || bytes.Equal(box, again) {
			t.Errorf("two boxes are alike (%v)", err)
		}
		got, err := master(1).Open(record, box)
		if err != nil || string(got) != secret {
			t.Errorf("got %q, %v", got, err)
		}
	}
}

func TestBoxStaysInItsRecord(t *testing.T) {
	t.Parallel()
	box, err := master(1).Seal(record, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*seal.Record){
		"app":     func(r *seal.Record) { r.App = "76543210fedcba9876543210" },
		"no app":  func(r *seal.Record) { r.App = "" },
		"key":     func(r *seal.Record) { r.Key += "x" },
		"purpose": func(r *seal.Record) { r.Purpose = "webhook" },
		"shifted": func(r *seal.Record) { r.App, r.Key = "", r.App+"|"+r.Key },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			other := record
			change(&other)
			if secret, err := master(1).Open(other, box); !errors.Is(err, seal.ErrDamaged) {
				t.Errorf("got %q, %v", secret, err)
			}
		})
	}
}

func TestEveryByteCounts(t *testing.T) {
	t.Parallel()
	box, err := master(1).Seal(record, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range box {
		touched := bytes.Clone(box)
		touched[i] ^= 1
		if secret, err := master(1).Open(record, touched); err == nil {
			t.Errorf("byte %d changed: opens to %q", i, secret)
		}
		if secret, err := master(1).Open(record, box[:i]); err == nil {
			t.Errorf("cut at byte %d: opens to %q", i, secret)
		}
	}
}

func TestAnotherMasterKeyIsNamed(t *testing.T) {
	t.Parallel()
	box, err := master(1).Seal(record, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = master(2).Open(record, box)
	if err == nil || !strings.Contains(err.Error(), master(1).ID()) || !strings.Contains(err.Error(), master(2).ID()) {
		t.Errorf("got %v", err)
	}
	if id, err := seal.SealedUnder(box); err != nil || id != master(1).ID() {
		t.Errorf("got %s, %v", id, err)
	}
}

func TestRewrap(t *testing.T) {
	t.Parallel()
	box, err := master(1).Seal(record, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	moved, err := master(2).Rewrap(master(1), record, box)
	if err != nil {
		t.Fatal(err)
	}
	if secret, err := master(2).Open(record, moved); err != nil || string(secret) != "secret" {
		t.Errorf("got %q, %v", secret, err)
	}
	if again, err := master(2).Rewrap(master(1), record, moved); err != nil || !bytes.Equal(again, moved) {
		t.Errorf("a second run changes the box (%v)", err)
	}
	if _, err := master(3).Rewrap(master(1), record, moved); err == nil {
		t.Error("rewrapped without the right key")
	}
}

func TestPrintsNoKey(t *testing.T) {
	t.Parallel()
	m := master('k')
	for _, text := range []string{fmt.Sprint(m), fmt.Sprintf("%v %+v %#v %s", m, m, m, m)} {
		if strings.Contains(text, "kkkk") || strings.Contains(text, "107") || !strings.Contains(text, m.ID()) {
			t.Errorf("got %s", text)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	raw := bytes.Repeat([]byte{0xFB, 0xEF, 0xBE, 1}, 8) // with + and / in base64
	want := seal.NewMaster([32]byte(raw)).ID()
	for name, text := range map[string]string{
		"hex":                  hex.EncodeToString(raw),
		"upper-case hex":       strings.ToUpper(hex.EncodeToString(raw)),
		"base64":               base64.StdEncoding.EncodeToString(raw),
		"base64 unpadded":      base64.RawStdEncoding.EncodeToString(raw),
		"base64url":            base64.RawURLEncoding.EncodeToString(raw),
		"base64url padded":     base64.URLEncoding.EncodeToString(raw),
		"white space around":   "\n " + base64.StdEncoding.EncodeToString(raw) + "\r\n",
		"hex with a line feed": hex.EncodeToString(raw) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if m, err := seal.Parse(text); err != nil || m.ID() != want {
				t.Errorf("got %v, %v", m, err)
			}
		})
	}
	for name, test := range map[string]struct{ text, says string }{
		"empty":       {" \n", "is empty"},
		"pass phrase": {"correct horse battery staple!", "neither hex nor base64"},
		"short":       {base64.StdEncoding.EncodeToString(raw[:16]), "has 16 bytes"},
		"long":        {base64.StdEncoding.EncodeToString(append(raw, raw...)), "has 64 bytes"},
		"short hex":   {hex.EncodeToString(raw[:31]), "bytes; it must have 32"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, err := seal.Parse(test.text)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Fatalf("got %v, %v", m, err)
			}
			if secret := strings.TrimSpace(test.text); secret != "" && strings.Contains(err.Error(), secret) {
				t.Errorf("the error shows the value: %v", err)
			}
		})
	}
}

func TestLoadOrCreate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	first, created, err := seal.LoadOrCreate(path)
	if err != nil || !created {
		t.Fatalf("created %v, %v", created, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	second, created, err := seal.LoadOrCreate(path)
	if err != nil || created || second.ID() != first.ID() {
		t.Errorf("second time: created %v, %v", created, err)
	}
	if loaded, err := seal.Load(path); err != nil || loaded.ID() != first.ID() {
		t.Errorf("Load: %v, %v", loaded, err)
	}
}

func TestLoadOrCreateRace(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "master.key")
	var (
		wait    sync.WaitGroup
		mu      sync.Mutex // guards ids and makers
		ids     = map[string]bool{}
		makers  int
		runners = 32
	)
	for range runners {
		wait.Go(func() {
			m, created, err := seal.LoadOrCreate(path)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			ids[m.ID()] = true
			if created {
				makers++
			}
		})
	}
	wait.Wait()
	if len(ids) != 1 || makers != 1 {
		t.Errorf("%d keys made by %d", len(ids), makers)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("drafts were left behind: %v, %v", entries, err)
	}
}

func TestLoadOrCreateWaitsForAHalfWrittenFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	text := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))
	synctest.Test(t, func(t *testing.T) {
		if err := os.WriteFile(path, []byte(text[:20]), 0o600); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Second, func() {
			if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
				t.Error(err)
			}
		})
		m, created, err := seal.LoadOrCreate(path)
		if err != nil || created || m.ID() != master(7).ID() {
			t.Errorf("got %v, %v, %v", m, created, err)
		}
	})
}

func TestNeverReplacesAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	if err := os.WriteFile(path, []byte("half a key"), 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		if _, _, err := seal.LoadOrCreate(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v", err)
		}
	})
	if text, err := os.ReadFile(path); err != nil || string(text) != "half a key" {
		t.Errorf("the file is now %q, %v", text, err)
	}
}

func TestMissingFolderAndFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "no", "master.key")
	if _, _, err := seal.LoadOrCreate(path); err == nil {
		t.Error("made a key in a folder that does not exist")
	}
	if _, err := seal.Load(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Load: %v", err)
	}
}
