package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// assistant answers customers through the REST API, as a program of the company would.
type assistant struct {
	company *company
	heard   chan chat.Event
	client  *http.Client
	log     *slog.Logger
}

func newAssistant(c *company, log *slog.Logger) *assistant {
	return &assistant{company: c, heard: make(chan chat.Event, 64), client: &http.Client{Timeout: 5 * time.Second}, log: log}
}

// hear notes what customers write. It must not block: what is too much goes unanswered.
func (a *assistant) hear(events []chat.Event) {
	for _, event := range events {
		if event.Kind != chat.EventMessage || event.Message.Author.Type != chat.AuthorUser {
			continue
		}
		select {
		case a.heard <- event:
		default:
		}
	}
}

// run answers until ctx ends.
func (a *assistant) run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case event := <-a.heard:
			if err := a.answer(ctx, event); err != nil && ctx.Err() == nil {
				a.log.WarnContext(ctx, "the demo's assistant could not answer", "err", err)
			}
		}
	}
}

var assistantAuthor = map[string]any{"type": "business", "displayName": "Shop assistant", "subtypes": []string{"bot"}}

// answer reads, types for a moment like a person, and echoes.
func (a *assistant) answer(ctx context.Context, event chat.Event) error {
	path := fmt.Sprintf("/v2/apps/%s/conversations/%s", a.company.app.ID, event.Conversation)
	business := map[string]any{"type": "business", "displayName": "Shop assistant"}
	for _, sign := range []string{"conversation:read", "typing:start"} {
		if err := a.post(ctx, path+"/activity", map[string]any{"author": business, "type": sign}); err != nil {
			return err
		}
	}
	select {
	case <-ctx.Done():
		return nil
	case <-time.After(900 * time.Millisecond):
	}
	return a.post(ctx, path+"/messages", map[string]any{
		"author":  assistantAuthor,
		"content": map[string]any{"type": "text", "text": reply(event.Message.Content.Text)},
	})
}

func reply(text string) string {
	if strings.HasSuffix(strings.TrimSpace(text), "?") {
		return "Good question. I am only an echo, so I ask it back: " + text
	}
	return "You said: " + text
}

func (a *assistant) post(ctx context.Context, path string, body any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.company.parlor+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.SetBasicAuth(string(a.company.calling.id), a.company.calling.secret)
	response, err := a.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(response.Body, 4096))
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("POST %s: %s %s", path, response.Status, answer)
	}
	return nil
}
