package store

import (
	"fmt"
	"strconv"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Webhooks remembers registered addresses, and who sends to one at the time.
type Webhooks interface {
	// InsertWebhook stores a new webhook.
	InsertWebhook(webhook chat.Webhook) error
	// UpdateWebhook stores all of it and moves its Change on; whoever changes a webhook locks it first. NotFound.
	UpdateWebhook(webhook chat.Webhook) error
	// GetWebhook returns the webhook, or NotFound.
	GetWebhook(app chat.AppID, id chat.WebhookID) (chat.Webhook, error)
	// LockWebhook is GetWebhook that keeps others from changing it until the transaction ends.
	LockWebhook(app chat.AppID, id chat.WebhookID) (chat.Webhook, error)
	// ListWebhooks returns the webhooks of an integration, or with "" of the app, oldest first.
	ListWebhooks(app chat.AppID, integration chat.IntegrationID) ([]chat.Webhook, error)
	// ListAllWebhooks returns those of all apps, for re-wrapping their secrets.
	ListAllWebhooks() ([]chat.Webhook, error)
	// DeleteWebhook removes the webhook. What it was still to be told is told to nobody, and goes with ClearStranded. NotFound.
	DeleteWebhook(app chat.AppID, id chat.WebhookID) error

	// ListDueWebhooks returns webhooks that are enabled, have something to be told or revived, wait for no time after now, and
	// are nobody's; at most limit.
	ListDueWebhooks(now time.Time, limit int) ([]chat.WebhookID, error)
	// LeaseWebhook gives the webhook to whoever has the lease until the time and returns it, if it still is as
	// ListDueWebhooks says. The lease is a name that nobody had before.
	LeaseWebhook(id chat.WebhookID, lease string, now, until time.Time) (chat.Webhook, bool, error)
	// ExtendLease moves the end of the lease; now or before gives the webhook back. It tells whether it was still leased by it.
	ExtendLease(id chat.WebhookID, lease string, until time.Time) (bool, error)
	// SetQueue stores the state of the queue, unless the webhook was changed since it was loaded: how it went with what it was
	// says nothing of what it is. It tells whether it did.
	SetQueue(webhook chat.Webhook) (bool, error)
}

// DeadLetterCursor is the place of a dead letter, its position in 24 hex digits, which stays when the letter is told after
// all. No id is one: an id begins with the seconds since 1970, and a position with zeros.
func DeadLetterCursor(d chat.Delivery) string { return fmt.Sprintf("%024x", d.Position) }

// ParseDeadLetterCursor reads what DeadLetterCursor wrote.
func ParseDeadLetterCursor(cursor string) (position int64, ok bool) {
	position, err := strconv.ParseInt(cursor, 16, 64)
	return position, err == nil && position > 0 && chat.IsID(cursor)
}

// Deliveries remembers what webhooks are still to be told. The rows come by themselves: an event with a Trigger that a
// transaction emits is queued in that transaction for each enabled webhook of its app that asked for it. Where the app's
// switchboard is enabled, what happens in a conversation (Trigger.IsStandbyEvent) is not queued for an integration that
// stands on it, wants no standby events, and is neither in control at the end of the transaction nor offered it.
type Deliveries interface {
	// IsTold tells whether any webhook of the app asked for the trigger.
	IsTold(app chat.AppID, trigger chat.Trigger) (bool, error)
	// ListDeliveries returns what waits for the webhook, in order, at most limit. One that cannot be read is Unreadable and
	// does not hide the others.
	ListDeliveries(webhook chat.WebhookID, limit int) ([]chat.Delivery, error)
	// DeleteDeliveries forgets the deliveries of the webhook with these positions.
	DeleteDeliveries(webhook chat.WebhookID, positions []int64) error
	// BuryDeliveries gives the deliveries with these positions up at the time.
	BuryDeliveries(webhook chat.WebhookID, positions []int64, reason string, at time.Time) error
	// ListDeadLetters returns a span of what was given up, in order. Cursors are those of DeadLetterCursor, or the ids of
	// events. Invalid (Span.NoPlace).
	ListDeadLetters(webhook chat.WebhookID, span Span) ([]chat.Delivery, error)
	// ReviveDeadLetters puts what was given up back in its place in the queue, or with an id that one alone, and returns how
	// many. Of many the rest follows by GoOnReviving, and the webhook is due until it has; one that is switched off first
	// does without.
	ReviveDeadLetters(webhook chat.WebhookID, id chat.EventID) (int64, error)
	// GoOnReviving puts at most limit of the rest back, in order. Webhook.ReviveTo is 0 once there is none.
	GoOnReviving(webhook chat.WebhookID, limit int) error

	// What follows is for many rows, of which a caller takes a page after the other until one is not full. Nobody else has to
	// wait for more than a page.

	// ListStranded returns, for all apps, webhooks for which something is kept in vain: it waits for one that is switched off,
	// or the webhook is gone.
	ListStranded() ([]chat.WebhookID, error)
	// ClearStranded gives up what waits for a webhook that is switched off, because of its last error, or removes all that is
	// kept for one that is gone; at most limit rows. It returns how many.
	ClearStranded(webhook chat.WebhookID, at time.Time, limit int) (int64, error)
	// ForgetDeadLetters removes, for all apps, what was given up before the time, at most limit rows. It returns how many.
	ForgetDeadLetters(before time.Time, limit int) (int64, error)
}
