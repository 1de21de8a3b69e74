package admin

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// WebhookInput is what a webhook is made of; nil leaves a member as it is.
type WebhookInput struct {
	Target     *string
	Triggers   []chat.Trigger
	FullUser   *bool
	FullSource *bool
	Enabled    *bool
}

// mayTell is the first question of every method on webhooks: keys of an integration have those of their own one.
func mayTell(p chat.Principal, integration chat.IntegrationID) error {
	switch {
	case !p.May(chat.ManageWebhooks):
		return chat.Refuse("forbidden", "These credentials do not allow webhooks.")
	case p.Scope == chat.ScopeIntegration && p.Key.Integration != integration:
		return chat.Missing("integration")
	}
	return nil
}

// CreateWebhook registers an address of a custom integration and returns the secret, this once. Invalid, with
// too_many_webhooks beyond chat.MaxWebhooks of the app; NotFound.
func (s *Service) CreateWebhook(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, in WebhookInput) (chat.Webhook, string, error) {
	if err := mayTell(p, integration); err != nil {
		return chat.Webhook{}, "", err
	}
	webhook, secret, err := s.makeWebhook(app, integration, in)
	if err != nil {
		return chat.Webhook{}, "", err
	}
	entry := webhookAudit(p, webhook, s.now(), "webhook.create")
	noteChanges(entry.Detail, chat.Webhook{}, webhook)
	err = s.write(ctx, appChanged(app, s.now()), entry, func(tx store.Tx) error {
		if _, err := findCustom(tx, app, integration); err != nil {
			return err
		}
		return insertWebhook(tx, webhook)
	})
	return webhook, secret, err
}

// makeWebhook checks the input and seals a new secret. Nothing is stored.
func (s *Service) makeWebhook(app chat.AppID, integration chat.IntegrationID, in WebhookInput) (chat.Webhook, string, error) {
	now := s.now()
	webhook := chat.Webhook{App: app, Integration: integration, ID: chat.WebhookID(chat.NewID(now)), Enabled: true, CreatedAt: now}
	switch {
	case in.Target == nil:
		return chat.Webhook{}, "", chat.InvalidField("target", "is required")
	case len(in.Triggers) == 0:
		return chat.Webhook{}, "", chat.InvalidField("triggers", "must name at least one trigger")
	}
	if err := s.applyWebhook(in, &webhook); err != nil {
		return chat.Webhook{}, "", err
	}
	secret := newWebhookSecret()
	var err error
	if webhook.Sealed, err = s.master.Seal(seal.WebhookSecret(app, webhook.ID), []byte(secret)); err != nil {
		return chat.Webhook{}, "", fmt.Errorf("seal secret: %w", err)
	}
	return webhook, secret, nil
}

// newWebhookSecret is 32 random bytes as Standard Webhooks writes them.
func newWebhookSecret() string {
	var raw [32]byte
	rand.Read(raw[:])
	return "whsec_" + base64.StdEncoding.EncodeToString(raw[:])
}

// applyWebhook checks the input and sets it.
func (s *Service) applyWebhook(in WebhookInput, w *chat.Webhook) error {
	if in.Target != nil {
		if err := s.checkTarget(*in.Target); err != nil {
			return chat.InvalidField("target", "%s", err.Error())
		}
		w.Target = *in.Target
	}
	if in.Triggers != nil {
		known := chat.Triggers()
		for i, trigger := range in.Triggers {
			if !slices.Contains(known, trigger) {
				return chat.InvalidField(fmt.Sprintf("triggers[%d]", i), "is no trigger of this server; see the list in the API reference")
			}
		}
		if len(in.Triggers) == 0 || len(in.Triggers) > 2*len(known) {
			return chat.InvalidField("triggers", "must name at least one trigger, and each once")
		}
		w.Triggers = in.Triggers
	}
	for to, from := range map[*bool]*bool{&w.FullUser: in.FullUser, &w.FullSource: in.FullSource, &w.Enabled: in.Enabled} {
		if from != nil {
			*to = *from
		}
	}
	return nil
}

func insertWebhook(tx store.Tx, w chat.Webhook) error {
	all, err := tx.ListWebhooks(w.App, "")
	if err != nil {
		return err
	}
	if len(all) >= chat.MaxWebhooks {
		return &chat.Error{Kind: chat.Invalid, Code: "too_many_webhooks",
			Message: fmt.Sprintf("The app has %d webhooks, which is the most. Remove one first.", len(all))}
	}
	return tx.InsertWebhook(w)
}

// UpdateWebhook changes a webhook. A webhook that was switched off begins afresh when it is switched on; what happened
// meanwhile it is not told. A target of another origin gets a new secret, which is returned, this once: else whoever may
// change webhooks could have the former one sent to themselves, and speak for this server to the former target. Invalid;
// NotFound.
func (s *Service) UpdateWebhook(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, id chat.WebhookID, in WebhookInput) (webhook chat.Webhook, secret string, err error) {
	fresh := newWebhookSecret()
	webhook, err = s.changeWebhook(ctx, p, app, integration, id, "webhook.update", func(_ store.Tx, w *chat.Webhook) error {
		former := w.Target
		if err := s.applyWebhook(in, w); err != nil {
			return err
		}
		w.Queue = chat.Queue{} // try at once what has waited
		if secret = ""; sameOrigin(former, w.Target) {
			return nil
		}
		secret, w.Former, w.FormerUntil = fresh, nil, time.Time{}
		var err error
		w.Sealed, err = s.master.Seal(seal.WebhookSecret(app, id), []byte(secret))
		return err
	})
	return webhook, secret, err
}

// sameOrigin compares two addresses that were checked.
func sameOrigin(a, b string) bool {
	from, err := url.Parse(a)
	if err != nil {
		return false
	}
	to, err := url.Parse(b)
	return err == nil && from.Scheme == to.Scheme && from.Host == to.Host
}

// RotateWebhookSecret gives a webhook a new secret and returns it, this once. Until the overlap is over, from 0 to
// chat.MaxKeyOverlap, requests are signed with both, and X-API-Key holds the old one.
func (s *Service) RotateWebhookSecret(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, id chat.WebhookID, overlap time.Duration) (chat.Webhook, string, error) {
	if overlap < 0 || overlap > chat.MaxKeyOverlap {
		return chat.Webhook{}, "", chat.InvalidField("overlapSeconds", "must be from 0 to %d", int(chat.MaxKeyOverlap.Seconds()))
	}
	secret, now := newWebhookSecret(), s.now()
	webhook, err := s.changeWebhook(ctx, p, app, integration, id, "webhook.rotate", func(_ store.Tx, w *chat.Webhook) (err error) {
		w.Former, w.FormerUntil = nil, time.Time{}
		if overlap > 0 {
			w.Former, w.FormerUntil = w.Sealed, now.Add(overlap)
		}
		w.Sealed, err = s.master.Seal(seal.WebhookSecret(app, id), []byte(secret))
		return err
	})
	return webhook, secret, err
}

func (s *Service) changeWebhook(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, id chat.WebhookID, action string, change func(store.Tx, *chat.Webhook) error) (webhook chat.Webhook, err error) {
	if err := mayTell(p, integration); err != nil {
		return chat.Webhook{}, err
	}
	now := s.now()
	entry := webhookAudit(p, chat.Webhook{App: app, ID: id}, now, action)
	err = s.write(ctx, appChanged(app, now), entry, func(tx store.Tx) (err error) {
		if _, err := findWebhook(tx, app, integration, id); err != nil {
			return err
		}
		if webhook, err = tx.LockWebhook(app, id); err != nil {
			return err
		}
		former := webhook
		if err := change(tx, &webhook); err != nil {
			return err
		}
		noteChanges(entry.Detail, former, webhook)
		return tx.UpdateWebhook(webhook)
	})
	return webhook, err
}

// findWebhook returns a webhook of the integration.
func findWebhook(tx store.Tx, app chat.AppID, integration chat.IntegrationID, id chat.WebhookID) (chat.Webhook, error) {
	if _, err := tx.GetIntegration(app, integration); err != nil {
		return chat.Webhook{}, err
	}
	webhook, err := tx.GetWebhook(app, id)
	if err == nil && webhook.Integration != integration {
		err = chat.Missing("webhook")
	}
	return webhook, err
}

// ListWebhooks returns the webhooks of an integration, oldest first. NotFound.
func (s *Service) ListWebhooks(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID) (all []chat.Webhook, err error) {
	if err := mayTell(p, integration); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if _, err := tx.GetIntegration(app, integration); err != nil {
			return err
		}
		all, err = tx.ListWebhooks(app, integration)
		return err
	})
	return all, err
}

// GetWebhook returns a webhook. NotFound.
func (s *Service) GetWebhook(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, id chat.WebhookID) (webhook chat.Webhook, err error) {
	if err := mayTell(p, integration); err != nil {
		return chat.Webhook{}, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		webhook, err = findWebhook(tx, app, integration, id)
		return err
	})
	return webhook, err
}

// DeleteWebhook removes a webhook with what it was still to be told. NotFound.
func (s *Service) DeleteWebhook(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, id chat.WebhookID) error {
	if err := mayTell(p, integration); err != nil {
		return err
	}
	now := s.now()
	return s.write(ctx, appChanged(app, now), webhookAudit(p, chat.Webhook{App: app, ID: id}, now, "webhook.delete"), func(tx store.Tx) error {
		if _, err := findWebhook(tx, app, integration, id); err != nil {
			return err
		}
		return tx.DeleteWebhook(app, id)
	})
}

// ListDeadLetters returns a page of what a webhook could not be told, in order. NotFound; Invalid (store.Span).
func (s *Service) ListDeadLetters(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, id chat.WebhookID, span store.Span) (letters store.Page[chat.Delivery], err error) {
	if err := mayTell(p, integration); err != nil {
		return store.Page[chat.Delivery]{}, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if _, err := findWebhook(tx, app, integration, id); err != nil {
			return err
		}
		letters, err = store.ReadPage(span, store.DeadLetterCursor, func(span store.Span) ([]chat.Delivery, error) {
			return tx.ListDeadLetters(id, span)
		})
		return err
	})
	return letters, err
}

// ReplayDeadLetters puts what a webhook could not be told back in its queue, or with an event's id that one alone, and
// returns how many. The ids of the events stay. Conflict while the webhook is switched off; NotFound.
func (s *Service) ReplayDeadLetters(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, id chat.WebhookID, event chat.EventID) (revived int64, err error) {
	_, err = s.changeWebhook(ctx, p, app, integration, id, "webhook.replay", func(tx store.Tx, w *chat.Webhook) (err error) {
		if !w.Enabled {
			return &chat.Error{Kind: chat.Conflict, Code: "webhook_disabled", Field: "enabled",
				Message: `The webhook is switched off. Switch it on with PATCH {"enabled":true} first.`}
		}
		w.Queue = chat.Queue{}
		if revived, err = tx.ReviveDeadLetters(id, event); err == nil && revived == 0 && event != "" {
			err = chat.Missing("event")
		}
		return err
	})
	return revived, err
}

// ListAttempts returns the last requests to a webhook, the last one first. NotFound.
func (s *Service) ListAttempts(ctx context.Context, p chat.Principal, app chat.AppID, integration chat.IntegrationID, id chat.WebhookID) (attempts []chat.Attempt, err error) {
	if err := mayTell(p, integration); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		if _, err := findWebhook(tx, app, integration, id); err != nil {
			return err
		}
		attempts, err = tx.ListAttempts(id)
		return err
	})
	return attempts, err
}

func webhookAudit(p chat.Principal, w chat.Webhook, now time.Time, action string) store.Audit {
	return store.Audit{App: w.App, At: now, Actor: p.Name, Action: action, Target: string(w.ID), Detail: map[string]string{}}
}

// noteChanges notes what became of a webhook: where it goes and what it tells. Of an address all that may be a password,
// behind the host, is left out.
func noteChanges(detail map[string]string, former, now chat.Webhook) {
	for name, what := range map[string]func(chat.Webhook) string{
		"target":              func(w chat.Webhook) string { return hostOf(w.Target) },
		"triggers":            func(w chat.Webhook) string { return fmt.Sprint(w.Triggers) },
		"include_full_user":   func(w chat.Webhook) string { return strconv.FormatBool(w.FullUser) },
		"include_full_source": func(w chat.Webhook) string { return strconv.FormatBool(w.FullSource) },
		"enabled":             func(w chat.Webhook) string { return strconv.FormatBool(w.Enabled) },
	} {
		if was, is := what(former), what(now); was != is {
			detail[name] = is
			if former.ID != "" {
				detail["former_"+name] = was
			}
		}
	}
}

func hostOf(target string) string {
	address, err := url.Parse(target)
	if err != nil {
		return ""
	}
	return address.Host
}
