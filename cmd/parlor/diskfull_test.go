package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parlorchat/parlor/internal/load"
)

// onSmallDisk runs the program after it in a mount namespace of its own, with the folder $1 on a file system of 16 MB
// of which a file "ballast" takes 8.
const onSmallDisk = `set -e
data=$1; shift
cp -a "$data" "$data.kept"
mount -t tmpfs -o size=16m parlor-test "$data"
cp -a "$data.kept/." "$data/"
head -c 8M /dev/zero > "$data/ballast"
exec "$@"`

// TestFullDisk fills the disk under a running server: what does not fit is refused with 503, what was acknowledged stays,
// and when there is room again the server goes on by itself.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	if out, err := exec.Command("unshare", "-Urm", "mount", "-t", "tmpfs", "parlor-test", t.TempDir()).CombinedOutput(); err != nil {
		t.Skipf("this machine lets nobody mount a small file system: %v %s", err, out)
	}
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	s, err := load.Start(t.Context(), binary, folder, "unshare", "-Urm", "sh", "-c", onSmallDisk, "sh", data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Kill() })
	c := signedIn(t, s)
	if err := c.Send(1, "1"); err != nil {
		t.Fatal(err)
	}

	acknowledged := 1
	for err == nil {
		acknowledged++
		err = c.Send(int64(acknowledged), strconv.Itoa(acknowledged)+strings.Repeat(" ", 4000)+".")
	}
	acknowledged--
	if !strings.Contains(err.Error(), "unavailable") {
		t.Fatalf("message %d was refused with: %v", acknowledged+1, err)
	}
	for err = nil; err == nil; acknowledged++ { // what is left takes a few more
		err = s.Post("/conversations/"+c.Conversation+"/messages", map[string]any{
			"author": map[string]any{"type": "business"}, "content": map[string]any{"type": "text", "text": strings.Repeat("x", 4000)}}, nil)
	}
	acknowledged--
	if !strings.Contains(err.Error(), "503") {
		t.Errorf("REST answers %v on a full disk", err)
	}

	if err := os.Remove(filepath.Join(fmt.Sprintf("/proc/%d/root", s.PID()), data, "ballast")); err != nil {
		t.Fatal(err)
	}
	if err := c.Send(1<<20, "last"); err != nil {
		t.Fatalf("the same connection cannot go on: %v", err)
	}
	stored, err := s.List(c.Conversation)
	if err != nil {
		t.Fatal(err)
	}
	if len(stored) != acknowledged+1 || stored[acknowledged].Content.Text != "last" {
		t.Fatalf("%d messages were acknowledged, %d are stored", acknowledged+1, len(stored))
	}
	for i, m := range stored {
		if m.Number != int64(i+1) {
			t.Fatalf("message %d has number %d", i+1, m.Number)
		}
	}
	t.Logf("the disk was full after %d messages", acknowledged)
}
