package socket_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/eventlog"
	"github.com/parlorchat/parlor/internal/importer"
	"github.com/parlorchat/parlor/internal/server"
)

// TestImportsReachOpenClients: what another process imports is seen by who is connected, in a new conversation and in one
// that they hold already.
func TestImportsReachOpenClients(t *testing.T) {
	overBoth(t, func(t *testing.T, e *env) {
		data, err := server.Open(t.Context(), e.Data, eventlog.Unheard{}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer data.Store.Close()
		imports := func(lines ...string) {
			t.Helper()
			o := importer.Options{Store: data.Store, App: e.App.ID, Actor: "test", Now: time.Now}
			if _, err := importer.Run(t.Context(), o, []importer.Source{{Name: "f", Reader: strings.NewReader(strings.Join(lines, "\n"))}}); err != nil {
				t.Fatal(err)
			}
		}
		says := func(n int) string {
			return fmt.Sprintf(`{"type":"message","id":"%d","conversationId":"c","received":"2020-01-01T00:00:%02dZ","author":{"type":"business"},"content":{"type":"text","text":"%d"}}`, n, n, n)
		}
		ana, _ := welcome(e, map[string]any{"door": "sdk", "token": e.UserToken("ana")})
		imports(`{"type":"conversation","id":"c","conversationType":"personal","participants":[{"userExternalId":"ana"}]}`, says(1))
		conversation := ana.event("conversation").text("conversation")
		held := ana.must("conversation.get", map[string]any{"conversation": conversation})
		if held.number("conversation.lastNumber") != 1 {
			t.Fatalf("Ana sees %v", held)
		}
		change := held.number("conversation.change")
		imports(says(2), says(3))
		if now := ana.event("conversation").number("change"); now <= change+1 {
			t.Fatalf("the change number %d does not tell that %d is behind", now, change)
		}
		_, before := ana.ask("sync", map[string]any{"conversation": conversation, "number": 1, "change": change})
		var texts []string
		for _, frame := range before {
			for i := range 3 {
				if text := frame.text(fmt.Sprintf("events.%d.message.content.text", i)); text != "" {
					texts = append(texts, text)
				}
			}
		}
		if fmt.Sprint(texts) != "[2 3]" {
			t.Errorf("Ana gets %v of %v", texts, before)
		}
	})
}
