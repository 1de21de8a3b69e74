package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/load"
)

// TestKilledImportGoesOn kills an import at random moments and starts it again until it is through, beside a running
// server: every message is there once, in its place.
func TestKilledImportGoesOn(t *testing.T) {
	t.Parallel()
	s, err := load.Start(t.Context(), binary, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Kill() })
	const conversations, messages = 7, 400
	file := filepath.Join(t.TempDir(), "history.ndjson")
	if err := writeHistory(file, conversations, messages); err != nil {
		t.Fatal(err)
	}
	kills := 0
	for limit := 20 * time.Millisecond; !runs(t, s, file, limit); limit += 20 * time.Millisecond {
		kills++
	}
	if kills == 0 {
		t.Error("the import was never killed: the test is blind")
	}
	t.Logf("killed %d times", kills)
	for c := range conversations {
		stored, err := s.List(conversationID(c))
		if err != nil || len(stored) != messages {
			t.Fatalf("conversation %d has %d messages: %v", c, len(stored), err)
		}
		for i, m := range stored {
			if m.Number != int64(i+1) || m.Content.Text != strconv.Itoa(i) {
				t.Fatalf("conversation %d: message %d has number %d and text %s", c, i, m.Number, m.Content.Text)
			}
		}
	}
	var result struct {
		Users, Conversations, Messages struct{ Imported, Unchanged int }
	}
	command := exec.CommandContext(t.Context(), binary, "import", "--app", s.App, "--json", file)
	command.Env = append(os.Environ(), "PARLOR_DATA="+filepath.Join(s.Folder, "data"))
	if out, err := command.Output(); err != nil || json.Unmarshal(out, &result) != nil {
		t.Fatalf("%s: %v", out, err)
	}
	if result.Users.Unchanged != conversations || result.Conversations.Unchanged != conversations || result.Messages.Unchanged != conversations*messages ||
		result.Users.Imported+result.Conversations.Imported+result.Messages.Imported != 0 {
		t.Errorf("once more it did %+v", result)
	}
}

// runs imports the file and tells whether it came to its end before it was killed, at some moment before the limit.
func runs(t *testing.T, s *load.Server, file string, limit time.Duration) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), rand.N(limit)+10*time.Millisecond) // the random moment
	defer cancel()
	command := exec.CommandContext(ctx, binary, "import", "--app", s.App, file) // which kills at its end
	command.Env = append(os.Environ(), "PARLOR_DATA="+filepath.Join(s.Folder, "data"))
	out, err := command.CombinedOutput()
	if err != nil && ctx.Err() == nil {
		t.Fatalf("%s: %v", out, err)
	}
	return err == nil
}

func conversationID(c int) string { return fmt.Sprintf("%024x", c+1) }

// writeHistory writes a file of users with a conversation each, whose messages stand in turns. Every third has an id of ours.
func writeHistory(name string, conversations, messages int) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	for c := range conversations {
		fmt.Fprintf(out, `{"type":"user","id":"user-%d","externalId":"u-%d"}`+"\n", c, c)
		fmt.Fprintf(out, `{"type":"conversation","id":"%s","conversationType":"personal","participants":[{"userId":"user-%d"}]}`+"\n", conversationID(c), c)
	}
	began := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range messages {
		for c := range conversations {
			id := fmt.Sprint("message-", i)
			if i%3 == 0 {
				id = fmt.Sprintf("%012x%012x", c+1, i+1)
			}
			fmt.Fprintf(out, `{"type":"message","id":%q,"conversationId":%q,"received":%q,"author":{"type":"user","userId":"user-%d"},"content":{"type":"text","text":"%d"}}`+"\n",
				id, conversationID(c), began.Add(time.Duration(i)*time.Minute).Format(time.RFC3339), c, i)
		}
	}
	return out.Flush()
}
