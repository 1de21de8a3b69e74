package httpapi

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// Tester sends a webhook a test event; *webhook.Runner fits.
type Tester interface {
	Test(ctx context.Context, p chat.Principal, w chat.Webhook) (chat.Attempt, error)
}

// listAttempts lists the last requests to a webhook.
func (c *call) listAttempts() (answer, error) {
	attempts, err := c.api.Admin.ListAttempts(c.Context(), c.principal, c.app.ID, c.integrationID(), c.webhookID())
	if err != nil {
		return answer{}, err
	}
	list := wire.Attempts{Attempts: make([]wire.Attempt, 0, len(attempts))}
	for _, attempt := range attempts {
		list.Attempts = append(list.Attempts, wire.AttemptOf(attempt))
	}
	return ok(list)
}

// testWebhook sends a test event, and tells what came back.
func (c *call) testWebhook() (answer, error) {
	webhook, err := c.api.Admin.GetWebhook(c.Context(), c.principal, c.app.ID, c.integrationID(), c.webhookID())
	if err != nil {
		return answer{}, err
	}
	attempt, err := c.api.Webhooks.Test(c.Context(), c.principal, webhook)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneAttempt{Attempt: wire.AttemptOf(attempt)})
}
