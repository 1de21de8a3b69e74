package chat

import "time"

// MaxAttempts is how many attempts of a webhook are remembered, the last ones.
const MaxAttempts = 100

// Attempt is one request to a webhook, and what came of it. It holds nothing of what the receiver answered but the status, and nothing
// of what it was told but the kinds of events.
type Attempt struct {
	Webhook  WebhookID
	Request  string    // its webhook-id, by which the receiver knows it
	Triggers []Trigger // of the events that it held, each once
	Events   int64     // how many it held
	Number   int64     // 1, or how often in a row the queue was tried by then
	At       time.Time
	Took     time.Duration
	Status   int64  // that was answered; 0: nothing was
	Outcome  string // "told", "failed": it is tried again; "dead": it is given up
	Fault    string // why it was not told, for whoever registered the webhook
}
