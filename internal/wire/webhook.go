package wire

import "github.com/parlorchat/parlor/internal/chat"

// WebhookVersion is that of the documented service whose envelope is sent.
const WebhookVersion = "v2"

// Webhook is a webhook as REST v2 shows it. The secret is there in the answer that makes it, and never again.
type Webhook struct {
	ID                string   `json:"id"`
	Version           string   `json:"version"`
	Target            string   `json:"target"`
	Triggers          []string `json:"triggers"`
	Secret            string   `json:"secret,omitzero"`
	IncludeFullUser   bool     `json:"includeFullUser"`
	IncludeFullSource bool     `json:"includeFullSource"`

	Enabled      bool   `json:"enabled"`
	FailingSince Time   `json:"failingSince,omitzero"` // of the first of the failures in a row that go on
	LastError    string `json:"lastError,omitzero"`
}

// OneWebhook is one webhook.
type OneWebhook struct {
	Webhook Webhook `json:"webhook"`
}

// Webhooks are all webhooks of an integration.
type Webhooks struct {
	Webhooks []Webhook `json:"webhooks"`
}

// WebhookInput is the body that makes or changes a webhook; an absent member stays as it is.
type WebhookInput struct {
	Target            *string  `json:"target"`
	Triggers          []string `json:"triggers"`
	IncludeFullUser   *bool    `json:"includeFullUser"`
	IncludeFullSource *bool    `json:"includeFullSource"`
	Enabled           *bool    `json:"enabled"`
}

// SecretInput is the body that gives a webhook a new secret.
type SecretInput struct {
	OverlapSeconds *int64 `json:"overlapSeconds"`
}

// DeadLetter is an event that a webhook could not be told.
type DeadLetter struct {
	ID        string `json:"id"` // of the event
	Type      string `json:"type"`
	CreatedAt Time   `json:"createdAt"` // of the event
	DiedAt    Time   `json:"diedAt"`    // when it was given up
	Reason    string `json:"reason"`
}

// DeadLetters is a page of dead letters.
type DeadLetters struct {
	DeadLetters []DeadLetter `json:"deadLetters"`
	Meta        Meta         `json:"meta"`
	Links       Links        `json:"links"`
}

// ReplayInput is the body that sends dead letters again: one, or without an id all.
type ReplayInput struct {
	EventID string `json:"eventId"`
}

// Replayed is how many dead letters wait again.
type Replayed struct {
	Replayed int64 `json:"replayed"`
}

// WebhookOf is a webhook without its secret.
func WebhookOf(w chat.Webhook) Webhook {
	shown := Webhook{ID: string(w.ID), Version: WebhookVersion, Target: w.Target, Triggers: make([]string, 0, len(w.Triggers)),
		IncludeFullUser: w.FullUser, IncludeFullSource: w.FullSource,
		Enabled: w.Enabled, FailingSince: At(w.Queue.FailingSince), LastError: w.Queue.LastError}
	for _, trigger := range w.Triggers {
		shown.Triggers = append(shown.Triggers, string(trigger))
	}
	return shown
}

// DeadLetterOf is a delivery that was given up.
func DeadLetterOf(d chat.Delivery) DeadLetter {
	return DeadLetter{ID: string(d.ID), Type: string(d.Event.Trigger), CreatedAt: At(d.Event.At), DiedAt: At(d.DiedAt), Reason: d.Reason}
}
