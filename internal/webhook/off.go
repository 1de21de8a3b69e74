package webhook

import (
	"context"
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// switchOff leaves word for the admin. What waits is given up afterwards, by clear: it may be much.
func switchOff(tx store.Tx, w chat.Webhook, why string, now time.Time) error {
	current, err := tx.LockWebhook(w.App, w.ID)
	if err != nil {
		return err
	}
	current.Enabled = false
	if err := tx.UpdateWebhook(current); err != nil {
		return err
	}
	return tx.AppendAudit(store.Audit{App: w.App, At: now, Actor: "server", Action: "webhook.off", Target: string(w.ID), Detail: map[string]string{"reason": why}})
}

// announce tells whoever can do something about it that a webhook is off: the operator by the log, admins by mail.
func (r *Runner) announce(ctx context.Context, w chat.Webhook, why string) {
	r.Log.WarnContext(ctx, "a webhook was switched off", "app_id", w.App, "webhook_id", w.ID, "failing_since", w.Queue.FailingSince)
	if r.Mailer == nil {
		return
	}
	var admins []chat.Agent
	var app chat.App
	err := r.Store.Read(ctx, func(tx store.Tx) (err error) {
		if app, err = tx.GetApp(w.App); err != nil {
			return err
		}
		admins, err = tx.ListAdmins()
		return err
	})
	r.note(ctx, "admins cannot be found", err)
	for _, admin := range admins {
		if err := r.Mailer.Mail(admin.Email, "A webhook of "+app.Name+" was switched off", fmt.Sprintf(offMail, app.Name, w.Target, why, w.ID)); err != nil {
			r.Log.WarnContext(ctx, "an admin cannot be told of a webhook that is off", "webhook_id", w.ID, "err", err)
		}
	}
}

const offMail = `The app %s tells this address of what happens, and could not for too long:

    %s

What went wrong last: %s
The webhook %s is switched off. What it was not told is kept for 30 days: put the receiver right,
switch the webhook on with PATCH {"enabled":true}, and replay the dead letters.
`
