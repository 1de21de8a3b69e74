package sqlstore

import (
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

const webhookColumns = `id, app_id, integration_id, target, triggers, full_user, full_source, sealed, former_sealed, former_until,
	enabled, created_at, failures, failing_since, next_at, last_error, revive_to,
	change`

func scanWebhook(row scanner, w *chat.Webhook) error {
	return row.Scan((*string)(&w.ID), (*string)(&w.App), (*string)(&w.Integration), &w.Target, (*triggersValue)(&w.Triggers), &w.FullUser, &w.FullSource,
		&w.Sealed, &w.Former, (*timeValue)(&w.FormerUntil), &w.Enabled, (*timeValue)(&w.CreatedAt),
		&w.Queue.Failures, (*timeValue)(&w.Queue.FailingSince), (*timeValue)(&w.Queue.NextAt), &w.Queue.LastError, &w.ReviveTo,
		&w.Change)
}

// triggersValue reads a document of triggers.
type triggersValue []chat.Trigger

func (v *triggersValue) Scan(src any) error {
	*v = nil
	return parse(src, (*[]chat.Trigger)(v))
}

func (t *tx) InsertWebhook(w chat.Webhook) error {
	const doing = "insert webhook"
	triggers, err := document(w.Triggers)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	_, err = t.exec(doing, `INSERT INTO webhooks (id, app_id, integration_id, target, triggers, full_user, full_source, sealed, former_sealed,
		former_until, enabled, created_at, failures, failing_since, next_at, last_error, lease, leased_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', 0)`,
		string(w.ID), string(w.App), string(w.Integration), w.Target, triggers, w.FullUser, w.FullSource, blob(w.Sealed), blob(w.Former),
		micros(w.FormerUntil), w.Enabled, micros(w.CreatedAt), w.Queue.Failures, micros(w.Queue.FailingSince), micros(w.Queue.NextAt), w.Queue.LastError)
	if err != nil {
		return err
	}
	return t.listen(w)
}

func (t *tx) UpdateWebhook(w chat.Webhook) error {
	const doing = "update webhook"
	triggers, err := document(w.Triggers)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	err = t.execOn("webhook", doing, `UPDATE webhooks SET target = $3, triggers = $4, full_user = $5, full_source = $6, sealed = $7, former_sealed = $8,
		former_until = $9, enabled = $10, failures = $11, failing_since = $12, next_at = $13, last_error = $14,
		revive_to = CASE WHEN $10 THEN revive_to ELSE 0 END, change = change + 1 WHERE id = $1 AND app_id = $2`,
		string(w.ID), string(w.App), w.Target, triggers, w.FullUser, w.FullSource, blob(w.Sealed), blob(w.Former), micros(w.FormerUntil), w.Enabled,
		w.Queue.Failures, micros(w.Queue.FailingSince), micros(w.Queue.NextAt), w.Queue.LastError)
	if err != nil {
		return err
	}
	if _, err := t.exec(doing, `DELETE FROM webhook_triggers WHERE webhook_id = $1`, string(w.ID)); err != nil {
		return err
	}
	return t.listen(w)
}

// listen writes a row for each trigger of a webhook that is to be told.
func (t *tx) listen(w chat.Webhook) error {
	if !w.Enabled {
		return nil
	}
	for _, trigger := range w.Triggers {
		_, err := t.exec("listen to trigger", `INSERT INTO webhook_triggers (app_id, kind, webhook_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			string(w.App), string(trigger), string(w.ID))
		if err != nil {
			return err
		}
	}
	return nil
}

const webhookByID = `SELECT ` + webhookColumns + ` FROM webhooks WHERE id = $1 AND app_id = $2`

func (t *tx) GetWebhook(app chat.AppID, id chat.WebhookID) (chat.Webhook, error) {
	return get(t, "webhook", "load webhook", scanWebhook, webhookByID, string(id), string(app))
}

func (t *tx) LockWebhook(app chat.AppID, id chat.WebhookID) (chat.Webhook, error) {
	return get(t, "webhook", "lock webhook", scanWebhook, t.db.lockRows(webhookByID), string(id), string(app))
}

func (t *tx) ListWebhooks(app chat.AppID, integration chat.IntegrationID) ([]chat.Webhook, error) {
	return list(t, "list webhooks", scanWebhook, `SELECT `+webhookColumns+` FROM webhooks
		WHERE app_id = $1 AND ($2 = '' OR integration_id = $2) ORDER BY created_at, id`, string(app), string(integration))
}

func (t *tx) ListAllWebhooks() ([]chat.Webhook, error) {
	return list(t, "list all webhooks", scanWebhook, `SELECT `+webhookColumns+` FROM webhooks ORDER BY id`)
}

func (t *tx) DeleteWebhook(app chat.AppID, id chat.WebhookID) error {
	return t.execOn("webhook", "delete webhook", `DELETE FROM webhooks WHERE id = $1 AND app_id = $2`, string(id), string(app))
}

// isDue is what makes a webhook one that somebody should send to; $1 is now.
const isDue = `enabled AND next_at <= $1 AND leased_until <= $1
	AND (revive_to > 0 OR EXISTS (SELECT 1 FROM deliveries d WHERE d.webhook_id = webhooks.id AND d.died_at = 0))`

func (t *tx) ListDueWebhooks(now time.Time, limit int) ([]chat.WebhookID, error) {
	return list(t, "list due webhooks", scanText[chat.WebhookID],
		`SELECT id FROM webhooks WHERE `+isDue+` ORDER BY next_at, id LIMIT $2 + 0`, micros(now), limit)
}

func (t *tx) LeaseWebhook(id chat.WebhookID, lease string, now, until time.Time) (chat.Webhook, bool, error) {
	return change(t, "lease webhook", scanWebhook,
		`UPDATE webhooks SET lease = $3, leased_until = $4 WHERE id = $2 AND `+isDue+` RETURNING `+webhookColumns,
		micros(now), string(id), lease, micros(until))
}

func (t *tx) ExtendLease(id chat.WebhookID, lease string, until time.Time) (bool, error) {
	affected, err := t.exec("extend lease of webhook", `UPDATE webhooks SET leased_until = $3 WHERE id = $1 AND lease = $2`,
		string(id), lease, micros(until))
	return affected > 0, err
}

func (t *tx) SetQueue(w chat.Webhook) (bool, error) {
	affected, err := t.exec("set queue of webhook", `UPDATE webhooks
		SET failures = $3, failing_since = $4, next_at = $5, last_error = $6 WHERE id = $1 AND change = $2`,
		string(w.ID), w.Change, w.Queue.Failures, micros(w.Queue.FailingSince), micros(w.Queue.NextAt), w.Queue.LastError)
	return affected > 0, err
}
