package sqlstore

import (
	"cmp"
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const fromDeliveries = `FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id WHERE d.webhook_id = $1`

const deliveryColumns = `d.position, d.webhook_id, d.event_id, w.app_id, d.kind, d.at, d.document, d.died_at, d.reason`

func scanDelivery(row scanner, d *chat.Delivery) error {
	return row.Scan(&d.Position, (*string)(&d.Webhook), (*string)(&d.ID), (*string)(&d.Event.App), (*string)(&d.Event.Trigger),
		(*timeValue)(&d.Event.At), (*deliveredValue)(d), (*timeValue)(&d.DiedAt), &d.Reason)
}

// deliveredValue reads the document of an event, and keeps to itself that it cannot.
type deliveredValue chat.Delivery

func (v *deliveredValue) Scan(src any) error {
	v.Unreadable = (*eventValue)(&v.Event).Scan(src)
	return nil
}

// queue writes what webhooks are to be told of the events of the transaction, in their order.
func (t *tx) queue() error {
	for i := range t.events {
		if t.events[i].Trigger == "" {
			continue
		}
		listens, err := t.listens(t.events[i].App)
		if err != nil {
			return err
		}
		if !listens {
			continue
		}
		if err := t.queueEvent(&t.events[i]); err != nil {
			return err
		}
	}
	return nil
}

// listens tells whether the app has any webhook that is told of anything. It is asked once in a transaction, and not at
// all where a statement that was run anyway has told it.
func (t *tx) listens(app chat.AppID) (bool, error) {
	if app == t.silent {
		return false, nil
	}
	_, found, err := find(t, "find listeners", scanNumber, `SELECT 1 FROM webhook_triggers WHERE app_id = $1 LIMIT 1`, string(app))
	if err == nil && !found {
		t.silent = app
	}
	return found, err
}

// onStandby are the webhooks of integrations that do not want to hear of the conversation $7 now. An integration may
// have several places on the switchboard: it hears while one of them lets it.
const onStandby = `SELECT w.id FROM conversations c
	JOIN switchboards b ON b.app_id = c.app_id AND b.enabled
	JOIN switchboard_integrations s ON s.switchboard_id = b.id
	JOIN webhooks w ON w.integration_id = s.integration_id
	WHERE c.id = $7 AND c.app_id = $5 GROUP BY w.id
	HAVING MAX(CASE WHEN s.deliver_standby OR s.id = c.controlled_by OR s.id = c.offered_to THEN 1 ELSE 0 END) = 0`

func (t *tx) queueEvent(event *chat.Event) error {
	const doing = "queue event for webhooks"
	var attended chat.ConversationID // of which not everybody wants to hear
	if event.Trigger.IsStandbyEvent() {
		attended = event.Conversation
	}
	text, err := document(rowOfEvent(*event))
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	affected, err := t.exec(doing, `INSERT INTO deliveries (webhook_id, event_id, kind, at, user_id, document, died_at, reason)
		SELECT DISTINCT webhook_id, $1, $2, CAST($3 AS BIGINT), $8, $4, 0, '' FROM webhook_triggers
		WHERE app_id = $5 AND kind IN ($2, $6) AND webhook_id NOT IN (`+onStandby+`)`,
		chat.NewID(event.At), string(event.Trigger), micros(event.At), text, string(event.App), string(chat.TriggerEverything), string(attended),
		string(subject(*event)))
	event.Queued = affected > 0
	return err
}

// subject is the user whom an event is about, with whom its deliveries go; nobody for what is about the company or all who take
// part. Of a merge it is the one who was discarded, whose metadata it holds.
func subject(e chat.Event) chat.UserID {
	switch {
	case e.Merge != nil:
		return e.Merge.Discarded
	case e.Participant != nil:
		return e.Participant.User
	case e.Read != nil:
		return e.Read.User
	case e.Typing != nil:
		return e.Typing.Author.User
	case e.Message != nil:
		return e.Message.Author.User
	}
	return e.User
}

// ofUser are deliveries of the app about the user $1, or about somebody who became part of them; also those of webhooks that are gone.
const ofUser = `user_id <> '' AND user_id IN (SELECT $1 UNION ALL SELECT discarded_id FROM user_aliases WHERE surviving_id = $1)
	AND NOT EXISTS (SELECT 1 FROM webhooks w WHERE w.id = webhook_id AND w.app_id <> $2)`

// forgetDeliveries removes what webhooks were not told yet, or could not be told, about a user.
func (t *tx) forgetDeliveries(app chat.AppID, user chat.UserID) error {
	_, err := t.exec("forget deliveries of user", `DELETE FROM deliveries WHERE `+ofUser, string(user), string(app))
	return err
}

// forgetTold removes what webhooks were not told of merges: it holds metadata of the discarded user.
func (t *tx) forgetTold(app chat.AppID, user chat.UserID) error {
	_, err := t.exec("forget deliveries of merges", `DELETE FROM deliveries WHERE kind = $3 AND `+ofUser, string(user), string(app), string(chat.TriggerUserMerge))
	return err
}

func (t *tx) IsTold(app chat.AppID, trigger chat.Trigger) (bool, error) {
	_, found, err := find(t, "find listeners", scanNumber, `SELECT 1 FROM webhook_triggers WHERE app_id = $1 AND kind IN ($2, $3) LIMIT 1`,
		string(app), string(trigger), string(chat.TriggerEverything))
	return found, err
}

func (t *tx) ListDeliveries(webhook chat.WebhookID, limit int) ([]chat.Delivery, error) {
	return list(t, "list deliveries", scanDelivery, `SELECT `+deliveryColumns+` `+fromDeliveries+` AND d.died_at = 0 ORDER BY d.position LIMIT $2 + 0`, string(webhook), limit)
}

func (t *tx) DeleteDeliveries(webhook chat.WebhookID, positions []int64) error {
	for _, position := range positions {
		if _, err := t.exec("forget delivery", `DELETE FROM deliveries WHERE position = $2 AND webhook_id = $1`, string(webhook), position); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) BuryDeliveries(webhook chat.WebhookID, positions []int64, reason string, at time.Time) error {
	for _, position := range positions {
		_, err := t.exec("give delivery up", `UPDATE deliveries SET died_at = $3, reason = $4 WHERE position = $2 AND webhook_id = $1 AND died_at = 0`,
			string(webhook), position, micros(at), reason)
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) ListDeadLetters(webhook chat.WebhookID, span store.Span) ([]chat.Delivery, error) {
	letters := sequence[chat.Delivery]{doing: "list dead letters", scan: scanDelivery, columns: deliveryColumns,
		from: fromDeliveries + ` AND d.died_at > 0`, args: []any{string(webhook)}, id: "d.event_id", number: "d.position"}
	position, ok := store.ParseDeadLetterCursor(span.Cursor())
	if !ok {
		return letters.read(t, span)
	}
	owner, found, err := find(t, letters.doing, scanText[chat.WebhookID], `SELECT webhook_id FROM deliveries WHERE position = $1`, position)
	if err == nil && found && owner != webhook {
		err = fmt.Errorf("%s: %w", letters.doing, span.NoPlace())
	}
	if err != nil {
		return nil, err
	}
	return letters.readFrom(t, span, place{number: position})
}

// revivedAtOnce is how many dead letters come back in the transaction that asks for all of them.
const revivedAtOnce = 1000

func (t *tx) ReviveDeadLetters(webhook chat.WebhookID, id chat.EventID) (int64, error) {
	const doing = "revive dead letters"
	if id != "" {
		return t.exec(doing, `UPDATE deliveries SET died_at = 0, reason = '' WHERE event_id = $2 AND webhook_id = $1 AND died_at > 0`,
			string(webhook), string(id))
	}
	count, _, err := find(t, doing, scanNumber, `SELECT COUNT(*) FROM deliveries WHERE webhook_id = $1 AND died_at > 0`, string(webhook))
	if err != nil || count == 0 {
		return 0, err
	}
	_, err = t.exec(doing, `UPDATE webhooks SET revive_to = (SELECT MAX(position) FROM deliveries WHERE webhook_id = $1 AND died_at > 0) WHERE id = $1`,
		string(webhook))
	if err != nil {
		return 0, err
	}
	return count, t.GoOnReviving(webhook, revivedAtOnce)
}

func (t *tx) GoOnReviving(webhook chat.WebhookID, limit int) error {
	const doing = "revive dead letters"
	affected, err := t.exec(doing, `UPDATE deliveries SET died_at = 0, reason = '' WHERE position IN (
			SELECT position FROM deliveries WHERE webhook_id = $1 AND died_at > 0 AND position <= (SELECT revive_to FROM webhooks WHERE id = $1)
			ORDER BY position LIMIT $2 + 0)`, string(webhook), limit)
	if err != nil || affected == int64(limit) {
		return err
	}
	_, err = t.exec(doing, `UPDATE webhooks SET revive_to = 0 WHERE id = $1`, string(webhook))
	return err
}

// goneWebhooks goes from each webhook_id of deliveries to the next one by the index, and returns those without a webhook.
const goneWebhooks = `WITH RECURSIVE kept (id) AS (
		SELECT MIN(webhook_id) FROM deliveries
		UNION ALL
		SELECT (SELECT MIN(d.webhook_id) FROM deliveries d WHERE d.webhook_id > kept.id) FROM kept WHERE kept.id IS NOT NULL)
	SELECT kept.id FROM kept WHERE kept.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM webhooks w WHERE w.id = kept.id)`

func (t *tx) ListStranded() ([]chat.WebhookID, error) {
	const doing = "list stranded deliveries"
	off, err := list(t, doing, scanText[chat.WebhookID], `SELECT id FROM webhooks WHERE NOT enabled
		AND EXISTS (SELECT 1 FROM deliveries d WHERE d.webhook_id = webhooks.id AND d.died_at = 0)`)
	if err != nil {
		return nil, err
	}
	gone, err := list(t, doing, scanText[chat.WebhookID], goneWebhooks)
	return append(off, gone...), err
}

func (t *tx) ClearStranded(webhook chat.WebhookID, at time.Time, limit int) (int64, error) {
	const doing = "clear stranded deliveries"
	w, found, err := find(t, doing, scanWebhook, t.db.lockRows(`SELECT `+webhookColumns+` FROM webhooks WHERE id = $1`), string(webhook))
	switch {
	case err != nil || w.Enabled:
		return 0, err
	case !found:
		return t.exec(doing, `DELETE FROM deliveries WHERE position IN (SELECT position FROM deliveries WHERE webhook_id = $1 LIMIT $2 + 0)`,
			string(webhook), limit)
	}
	return t.exec(doing, `UPDATE deliveries SET died_at = $2, reason = $3 WHERE position IN (
			SELECT position FROM deliveries WHERE webhook_id = $1 AND died_at = 0 ORDER BY position LIMIT $4 + 0)`,
		string(webhook), micros(at), cmp.Or(w.Queue.LastError, "The webhook is switched off."), limit)
}

func (t *tx) ForgetDeadLetters(before time.Time, limit int) (int64, error) {
	return t.exec("forget dead letters", `DELETE FROM deliveries WHERE position IN (
			SELECT position FROM deliveries WHERE died_at > 0 AND died_at < $1 LIMIT $2 + 0)`, micros(before), limit)
}
