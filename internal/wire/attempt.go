package wire

import "github.com/parlorchat/parlor/internal/chat"

// Attempt is one request to a webhook, and what came of it.
type Attempt struct {
	RequestID string   `json:"requestId"`
	At        Time     `json:"at"`
	Types     []string `json:"types"` // of the events that it held
	Events    int64    `json:"events"`
	Number    int64    `json:"number"`
	TookMs    int64    `json:"tookMs"`
	Status    int64    `json:"status,omitzero"`
	Outcome   string   `json:"outcome"`
	Error     string   `json:"error,omitzero"`
}

// Attempts are the last requests to a webhook.
type Attempts struct {
	Attempts []Attempt `json:"attempts"`
}

// OneAttempt is one request to a webhook.
type OneAttempt struct {
	Attempt Attempt `json:"attempt"`
}

// AttemptOf is one request to a webhook.
func AttemptOf(a chat.Attempt) Attempt {
	shown := Attempt{RequestID: a.Request, At: At(a.At), Types: make([]string, 0, len(a.Triggers)), Events: a.Events, Number: a.Number,
		TookMs: a.Took.Milliseconds(), Status: a.Status, Outcome: a.Outcome, Error: a.Fault}
	for _, trigger := range a.Triggers {
		shown.Types = append(shown.Types, string(trigger))
	}
	return shown
}
