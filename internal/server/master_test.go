package server_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/eventlog"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/server"
	"github.com/parlorchat/parlor/internal/store"
)

// installation is a folder of data, opened as a command does.
type installation struct {
	*testing.T
	config.Store
	log bytes.Buffer
}

func (i *installation) open(f func(context.Context, server.Data, *admin.Service)) error {
	i.Helper()
	data, err := server.Open(i.Context(), i.Store, eventlog.Unheard{}, slog.New(slog.NewTextHandler(&i.log, nil)))
	if err != nil {
		return err
	}
	defer data.Store.Close()
	if f != nil {
		f(i.Context(), data, admin.New(admin.Options{Store: data.Store, Master: data.Master, Now: time.Now}))
	}
	return nil
}

// seal makes a key, whose secret is sealed under the master key, and returns the id of that.
func (i *installation) seal() (masterID string) {
	i.Helper()
	operator := chat.Principal{Operator: true, Name: "test"}
	err := i.open(func(ctx context.Context, data server.Data, a *admin.Service) {
		if _, _, err := a.CreateKey(ctx, operator, admin.KeyInput{Uses: []chat.Use{chat.UseAccount}}); err != nil {
			i.Fatal(err)
		}
		masterID = data.Master.ID()
	})
	if err != nil {
		i.Fatal(err)
	}
	return masterID
}

func (i *installation) keyFile() string { return filepath.Join(i.Data, "master.key") }

func (i *installation) wantRefusal(says ...string) {
	i.Helper()
	err := i.open(nil)
	if err == nil {
		i.Fatal("the data were opened")
	}
	for _, text := range says {
		if !strings.Contains(err.Error(), text) {
			i.Errorf("%q does not say %q", err, text)
		}
	}
}

func installed(t *testing.T) *installation {
	return &installation{T: t, Store: config.Store{Data: t.TempDir()}}
}

func TestDataWithoutTheirMasterKeyAreNotOpened(t *testing.T) {
	t.Parallel()
	i := installed(t)
	right := i.seal()
	kept, err := os.ReadFile(i.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(i.keyFile()); err != nil {
		t.Fatal(err)
	}
	i.wantRefusal("master.key: no such file", "sealed under master key "+right+" (1)", "bring that key back")
	if _, err := os.Stat(i.keyFile()); err == nil {
		t.Error("a new key was made")
	}
	i.MasterKeyFile = filepath.Join(t.TempDir(), "nothing")
	i.wantRefusal("PARLOR_MASTER_KEY_FILE", right)

	other := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))
	wrong := seal.NewMaster([32]byte(bytes.Repeat([]byte{7}, 32))).ID()
	i.MasterKeyFile, i.MasterKey = "", other
	i.wantRefusal("PARLOR_MASTER_KEY: "+wrong+" is the wrong one", "sealed under master key "+right, "bring that key back")
	i.MasterKey = ""
	if err := os.WriteFile(i.keyFile(), []byte(other), 0o600); err != nil {
		t.Fatal(err)
	}
	i.wantRefusal("master key: "+wrong, right)

	if err := os.WriteFile(i.keyFile(), kept, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := i.open(nil); err != nil {
		t.Error("with the right key:", err)
	}
}

func TestDataWithNothingSealedTakeAnyMasterKey(t *testing.T) {
	t.Parallel()
	i := installed(t)
	if err := i.open(nil); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(i.keyFile()); err != nil {
		t.Fatal(err)
	}
	if err := i.open(nil); err != nil {
		t.Error("no key:", err)
	}
	i.MasterKey = base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))
	if err := i.open(nil); err != nil {
		t.Error("another key:", err)
	}
}

// A rotation of the master key moves all in one transaction; that some lie under another key is left over from before
// the key was checked.
func TestDataUnderTwoMasterKeysAreOpenedAndToldOf(t *testing.T) {
	t.Parallel()
	i := installed(t)
	first := i.seal()
	box, err := seal.NewMaster([32]byte(bytes.Repeat([]byte{7}, 32))).Seal(seal.Record{}, []byte(rand.Text()))
	if err != nil {
		t.Fatal(err)
	}
	second, _ := seal.SealedUnder(box)
	err = i.open(func(ctx context.Context, data server.Data, _ *admin.Service) {
		key := chat.Key{ID: "act_of_another_master", Uses: []chat.Use{chat.UseAccount}, Sealed: box, SecretHash: []byte("x"), CreatedAt: time.Now()}
		if err := data.Store.Write(ctx, func(tx store.Tx) error { return tx.InsertKey(key) }); err != nil {
			t.Fatal(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := i.open(nil); err != nil {
		t.Fatal(err)
	}
	if log := i.log.String(); !strings.Contains(log, first+" (1)") || !strings.Contains(log, second+" (1)") {
		t.Errorf("the log says %s", log)
	}
}
