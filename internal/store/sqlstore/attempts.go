package sqlstore

import (
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// RecordAttempt writes over the oldest one: attempts are counted, and stand in as many places as are kept, so that nobody has to tidy up.
func (t *tx) RecordAttempt(a chat.Attempt) error {
	kinds := make([]string, 0, len(a.Triggers))
	for _, trigger := range a.Triggers {
		kinds = append(kinds, string(trigger))
	}
	_, err := t.exec("record attempt", `INSERT INTO webhook_attempts (webhook_id, place, ordinal, request, kinds, events, number, at, took, status, outcome, fault)
		SELECT $1, next.ordinal % $2, next.ordinal, $3, $4, $5, $6, $7, $8, $9, $10, $11
			FROM (SELECT COALESCE(MAX(ordinal), 0) + 1 AS ordinal FROM webhook_attempts WHERE webhook_id = $1) AS next WHERE TRUE
		ON CONFLICT (webhook_id, place) DO UPDATE SET ordinal = excluded.ordinal, request = excluded.request, kinds = excluded.kinds, events = excluded.events,
			number = excluded.number, at = excluded.at, took = excluded.took, status = excluded.status, outcome = excluded.outcome, fault = excluded.fault`,
		string(a.Webhook), chat.MaxAttempts, a.Request, strings.Join(kinds, " "), a.Events, a.Number, micros(a.At), a.Took.Microseconds(), a.Status, a.Outcome, a.Fault)
	return err
}

func (t *tx) ListAttempts(webhook chat.WebhookID) ([]chat.Attempt, error) {
	scan := func(row scanner, a *chat.Attempt) error {
		var kinds string
		var took int64
		err := row.Scan((*string)(&a.Webhook), &a.Request, &kinds, &a.Events, &a.Number, (*timeValue)(&a.At), &took, &a.Status, &a.Outcome, &a.Fault)
		a.Took, a.Triggers = time.Duration(took)*time.Microsecond, nil
		for kind := range strings.FieldsSeq(kinds) {
			a.Triggers = append(a.Triggers, chat.Trigger(kind))
		}
		return err
	}
	return list(t, "list attempts", scan, `SELECT webhook_id, request, kinds, events, number, at, took, status, outcome, fault
		FROM webhook_attempts WHERE webhook_id = $1 ORDER BY ordinal DESC`, string(webhook))
}
