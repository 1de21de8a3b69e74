package webhook

import (
	"bytes"
	"context"
	"errors"
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/outbound"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// post makes one signed request.
func (r *Runner) post(ctx context.Context, w chat.Webhook, id string, body []byte) outcome {
	at := r.Now()
	keys, err := secrets(r.Master, w, at)
	if err != nil {
		r.Log.ErrorContext(ctx, "a webhook cannot be signed for", "app_id", w.App, "webhook_id", w.ID, "err", err)
		return outcome{at: at, why: "The server could not sign the request; its operator finds out why in the log."}
	}
	call, err := http.NewRequestWithContext(ctx, http.MethodPost, w.Target, bytes.NewReader(body))
	if err != nil {
		return outcome{at: at, dead: true, why: "The target is no address that can be called."}
	}
	call.Header.Set("Content-Type", "application/json")
	sign(call.Header, id, body, keys, at)
	response, err := r.Caller.Do(ctx, call, outbound.Limits{Timeout: outbound.WebhookTimeout})
	verdict := outcome{why: "The call failed."}
	if failure, ok := errors.AsType[*outbound.Error](err); ok {
		r.Log.InfoContext(ctx, "webhook not told", "app_id", w.App, "webhook_id", w.ID, "err", err)
		verdict = outcome{dead: failure.Refused || !failure.Retryable, why: failure.Message}
	} else if err == nil {
		verdict = judge(response.Status)
		verdict.status = int64(response.Status)
	}
	verdict.at, verdict.took = at, r.Now().Sub(at)
	return verdict
}

// attemptOf is what is remembered of a request with events.
func attemptOf(q request, verdict outcome) chat.Attempt {
	attempt := verdict.attempt(q.webhook, requestID(q.batch))
	attempt.Events, attempt.Number = int64(len(q.batch)), q.webhook.Queue.Failures+1
	seen := map[chat.Trigger]bool{}
	for _, d := range q.batch {
		if trigger := d.Event.Trigger; !seen[trigger] {
			seen[trigger] = true
			attempt.Triggers = append(attempt.Triggers, trigger)
		}
	}
	return attempt
}

func (o outcome) attempt(w chat.Webhook, id string) chat.Attempt {
	return chat.Attempt{Webhook: w.ID, Request: id, At: o.at, Took: o.took, Status: o.status, Outcome: o.name(), Fault: o.why}
}

// Test sends an event that is marked as a test, by the way of all others, and returns what came back at once. The queue is not touched:
// neither does a success end a pause, nor is a failure tried again. A webhook that is switched off can be tested, too.
func (r *Runner) Test(ctx context.Context, p chat.Principal, w chat.Webhook) (chat.Attempt, error) {
	event := wire.ToldEvent{ID: chat.NewID(r.Now()), Type: string(chat.TriggerTest), CreatedAt: wire.At(r.Now())}
	body := wire.Encode(wire.Envelope{App: wire.Ref{ID: string(w.App)}, Webhook: wire.WebhookRef{ID: string(w.ID), Version: wire.WebhookVersion},
		Events: []wire.ToldEvent{event}})
	id := requestID([]chat.Delivery{{ID: chat.EventID(event.ID)}})
	verdict := r.post(ctx, w, id, body)
	if verdict.again() {
		verdict.dead = true // nobody tries a test again
	}
	attempt := verdict.attempt(w, id)
	attempt.Triggers, attempt.Events, attempt.Number = []chat.Trigger{chat.TriggerTest}, 1, 1
	err := r.Store.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.LockWebhook(w.App, w.ID); err != nil {
			return err
		}
		if err := tx.RecordAttempt(attempt); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{App: w.App, At: attempt.At, Actor: p.Name, Action: "webhook.test", Target: string(w.ID)})
	})
	return attempt, err
}
