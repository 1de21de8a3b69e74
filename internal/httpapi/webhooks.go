package httpapi

import (
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// createWebhook registers an address. The secret is shown this once.
func (c *call) createWebhook() (answer, error) {
	var body wire.WebhookInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	webhook, secret, err := c.api.Admin.CreateWebhook(c.Context(), c.principal, c.app.ID, c.integrationID(), webhookInput(body))
	if err != nil {
		return answer{}, err
	}
	return createdWithSecret(webhook, secret)
}

func createdWithSecret(webhook chat.Webhook, secret string) (answer, error) {
	shown := wire.WebhookOf(webhook)
	shown.Secret = secret
	return created(wire.OneWebhook{Webhook: shown})
}

func webhookInput(body wire.WebhookInput) admin.WebhookInput {
	in := admin.WebhookInput{Target: body.Target, FullUser: body.IncludeFullUser, FullSource: body.IncludeFullSource, Enabled: body.Enabled}
	if body.Triggers != nil {
		in.Triggers = make([]chat.Trigger, 0, len(body.Triggers))
	}
	for _, trigger := range body.Triggers {
		in.Triggers = append(in.Triggers, chat.Trigger(trigger))
	}
	return in
}

func (c *call) listWebhooks() (answer, error) {
	webhooks, err := c.api.Admin.ListWebhooks(c.Context(), c.principal, c.app.ID, c.integrationID())
	if err != nil {
		return answer{}, err
	}
	list := wire.Webhooks{Webhooks: make([]wire.Webhook, 0, len(webhooks))}
	for _, webhook := range webhooks {
		list.Webhooks = append(list.Webhooks, wire.WebhookOf(webhook))
	}
	return ok(list)
}

func (c *call) getWebhook() (answer, error) {
	webhook, err := c.api.Admin.GetWebhook(c.Context(), c.principal, c.app.ID, c.integrationID(), c.webhookID())
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneWebhook{Webhook: wire.WebhookOf(webhook)})
}

func (c *call) updateWebhook() (answer, error) {
	var body wire.WebhookInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	webhook, secret, err := c.api.Admin.UpdateWebhook(c.Context(), c.principal, c.app.ID, c.integrationID(), c.webhookID(), webhookInput(body))
	if err != nil {
		return answer{}, err
	}
	shown := wire.WebhookOf(webhook)
	shown.Secret = secret
	return ok(wire.OneWebhook{Webhook: shown})
}

func (c *call) deleteWebhook() (answer, error) {
	if err := c.api.Admin.DeleteWebhook(c.Context(), c.principal, c.app.ID, c.integrationID(), c.webhookID()); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

// rotateWebhookSecret gives a webhook a new secret. It is shown this once.
func (c *call) rotateWebhookSecret() (answer, error) {
	var body wire.SecretInput
	if err := c.decodeIfAny(&body); err != nil {
		return answer{}, err
	}
	overlap := chat.DefaultSecretOverlap
	if seconds := body.OverlapSeconds; seconds != nil {
		overlap = time.Duration(max(-1, min(*seconds, 1<<31))) * time.Second
	}
	webhook, secret, err := c.api.Admin.RotateWebhookSecret(c.Context(), c.principal, c.app.ID, c.integrationID(), c.webhookID(), overlap)
	if err != nil {
		return answer{}, err
	}
	return createdWithSecret(webhook, secret)
}

// listDeadLetters lists in order of the events.
func (c *call) listDeadLetters() (answer, error) {
	page, err := list(c, func(span store.Span) (store.Page[chat.Delivery], error) {
		return c.api.Admin.ListDeadLetters(c.Context(), c.principal, c.app.ID, c.integrationID(), c.webhookID(), span)
	}, wire.DeadLetterOf)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.DeadLetters{DeadLetters: page.records, Meta: page.meta, Links: page.links})
}

func (c *call) replayDeadLetters() (answer, error) {
	var body wire.ReplayInput
	if err := c.decodeIfAny(&body); err != nil {
		return answer{}, err
	}
	replayed, err := c.api.Admin.ReplayDeadLetters(c.Context(), c.principal, c.app.ID, c.integrationID(), c.webhookID(), chat.EventID(body.EventID))
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Replayed{Replayed: replayed})
}

func (c *call) webhookID() chat.WebhookID { return chat.WebhookID(c.PathValue("webhookId")) }
