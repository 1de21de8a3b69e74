package store

import "github.com/parlorchat/parlor/internal/chat"

// Attempts remembers the last requests to each webhook, at most chat.MaxAttempts. They go with the webhook.
type Attempts interface {
	// RecordAttempt stores an attempt in the place of the oldest one. The webhook's row must be locked or written by the transaction.
	RecordAttempt(attempt chat.Attempt) error
	// ListAttempts returns the attempts of a webhook, the last one first.
	ListAttempts(webhook chat.WebhookID) ([]chat.Attempt, error)
}
