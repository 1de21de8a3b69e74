package admin

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// mayIntegrate is the first question of every method on integrations.
func mayIntegrate(p chat.Principal) error {
	if !p.May(chat.ManageIntegrations) {
		return chat.Refuse("forbidden", "Only an account key or a key of the app may manage integrations.")
	}
	return nil
}

// mayLook lets keys of an integration see that one, besides.
func mayLook(p chat.Principal, integration chat.IntegrationID) error {
	if p.Scope == chat.ScopeIntegration && p.Key.Integration == integration {
		return nil
	}
	return mayIntegrate(p)
}

// IntegrationInput is what an integration is made of. Settings are the members of its type by their names on the wire;
// what the type has not, and credentials of channels that are not connected, are left out.
type IntegrationInput struct {
	Type     string
	Name     *string // nil leaves it as it is; empty takes it away
	Settings map[string]any
	Webhooks []WebhookInput // of a custom integration: exactly one
}

// MadeIntegration is a new integration, and its webhook with the secret that is shown once.
type MadeIntegration struct {
	Integration chat.Integration
	Webhook     *chat.Webhook
	Secret      string
}

// CreateIntegration sets an outer system up. Invalid names the member at fault; NotFound for the app.
func (s *Service) CreateIntegration(ctx context.Context, p chat.Principal, app chat.AppID, in IntegrationInput) (MadeIntegration, error) {
	if err := mayIntegrate(p); err != nil {
		return MadeIntegration{}, err
	}
	now := s.now()
	made := MadeIntegration{Integration: chat.Integration{App: app, ID: chat.IntegrationID(chat.NewID(now)), Type: in.Type, CreatedAt: now}}
	if !slices.Contains(chat.IntegrationTypes(), in.Type) {
		return MadeIntegration{}, chat.InvalidField("type", "must be one of %s", strings.Join(chat.IntegrationTypes(), ", "))
	}
	if err := in.apply(&made.Integration); err != nil {
		return MadeIntegration{}, err
	}
	if err := s.firstWebhook(in, &made); err != nil {
		return MadeIntegration{}, err
	}
	err := s.write(ctx, appChanged(app, now), integrationAudit(p, made.Integration, now, "integration.create"), func(tx store.Tx) error {
		if _, err := tx.GetApp(app); err != nil {
			return err
		}
		count, err := tx.CountIntegrations(app)
		if err != nil {
			return err
		}
		if count >= chat.MaxIntegrations {
			return chat.InvalidField("type", "the app has %d integrations, which is the most: remove one first", count)
		}
		if err := tx.InsertIntegration(made.Integration); err != nil || made.Webhook == nil {
			return err
		}
		return insertWebhook(tx, *made.Webhook)
	})
	return made, err
}

// firstWebhook makes the one webhook that a custom integration comes with (contracts: Sunshine section 5).
func (s *Service) firstWebhook(in IntegrationInput, made *MadeIntegration) error {
	switch {
	case in.Type != chat.IntegrationCustom && len(in.Webhooks) > 0:
		return chat.InvalidField("webhooks", "go with integrations of the type custom only")
	case in.Type != chat.IntegrationCustom:
		return nil
	case len(in.Webhooks) != 1:
		return chat.InvalidField("webhooks", "must hold exactly one webhook; more are added at …/integrations/{integrationId}/webhooks")
	}
	webhook, secret, err := s.makeWebhook(made.Integration.App, made.Integration.ID, in.Webhooks[0])
	if err != nil {
		return within("webhooks[0].", err)
	}
	made.Webhook, made.Secret = &webhook, secret
	return nil
}

// within puts the place of a member in front of the field that an error names.
func within(place string, err error) error {
	refusal, ok := chat.AsError(err)
	if !ok || refusal.Field == "" {
		return err
	}
	placed := *refusal
	placed.Field, placed.Message = place+refusal.Field, place+refusal.Message
	return &placed
}

// UpdateIntegration changes name and settings of an integration; null unsets a member. Invalid; NotFound.
func (s *Service) UpdateIntegration(ctx context.Context, p chat.Principal, app chat.AppID, id chat.IntegrationID, in IntegrationInput) (integration chat.Integration, err error) {
	if err := mayIntegrate(p); err != nil {
		return chat.Integration{}, err
	}
	now := s.now()
	err = s.write(ctx, appChanged(app, now), integrationAudit(p, chat.Integration{App: app, ID: id}, now, "integration.update"), func(tx store.Tx) (err error) {
		if integration, err = tx.GetIntegration(app, id); err != nil {
			return err
		}
		if err := in.apply(&integration); err != nil {
			return err
		}
		return tx.UpdateIntegration(integration)
	})
	return integration, err
}

// GetIntegration returns an integration with its webhooks. NotFound.
func (s *Service) GetIntegration(ctx context.Context, p chat.Principal, app chat.AppID, id chat.IntegrationID) (integration chat.Integration, webhooks []chat.Webhook, err error) {
	if err := mayLook(p, id); err != nil {
		return chat.Integration{}, nil, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if integration, err = tx.GetIntegration(app, id); err != nil {
			return err
		}
		webhooks, err = tx.ListWebhooks(app, id)
		return err
	})
	return integration, webhooks, err
}

// ListIntegrations returns a page of the app's integrations in order of creation, and the webhooks of each. Invalid
// (store.Span).
func (s *Service) ListIntegrations(ctx context.Context, p chat.Principal, page store.IntegrationPage) (all store.Page[chat.Integration], webhooks map[chat.IntegrationID][]chat.Webhook, err error) {
	if err := mayIntegrate(p); err != nil {
		return all, nil, err
	}
	for _, one := range page.Types {
		if !slices.Contains(chat.IntegrationTypes(), one) {
			return all, nil, chat.InvalidField("filter[types]", "must be a list of %s", strings.Join(chat.IntegrationTypes(), ", "))
		}
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		all, err = store.ReadPage(page.Span, func(i chat.Integration) string { return string(i.ID) }, func(span store.Span) ([]chat.Integration, error) {
			part := page
			part.Span = span
			return tx.ListIntegrations(part)
		})
		if err != nil {
			return err
		}
		registered, err := tx.ListWebhooks(page.App, "")
		webhooks = map[chat.IntegrationID][]chat.Webhook{}
		for _, w := range registered {
			webhooks[w.Integration] = append(webhooks[w.Integration], w)
		}
		return err
	})
	return all, webhooks, err
}

// DeleteIntegration removes an integration; its keys and webhooks end at once. The web integration that the app came with stays:
// pages hold its id. One that stands on the switchboard stays, too (Invalid). NotFound.
func (s *Service) DeleteIntegration(ctx context.Context, p chat.Principal, app chat.AppID, id chat.IntegrationID) error {
	if err := mayIntegrate(p); err != nil {
		return err
	}
	now := s.now()
	return s.write(ctx, appChanged(app, now), integrationAudit(p, chat.Integration{App: app, ID: id}, now, "integration.delete"), func(tx store.Tx) error {
		owner, err := tx.GetApp(app)
		if err != nil {
			return err
		}
		if owner.IntegrationID == id {
			return chat.InvalidField("integrationId", "names the web integration that the app came with, which cannot be removed")
		}
		if err := notOnSwitchboard(tx, app, id); err != nil {
			return err
		}
		keys, err := tx.ListIntegrationKeys(app, id)
		if err != nil {
			return err
		}
		if err := tx.DeleteIntegration(app, id); err != nil {
			return err
		}
		for _, key := range keys {
			event := keyChanged(key, now)
			if err := tx.AppendEvent(&event); err != nil {
				return err
			}
		}
		return nil
	})
}

// apply checks the input and sets it.
func (in IntegrationInput) apply(i *chat.Integration) error {
	if in.Name != nil {
		if utf8.RuneCountInString(*in.Name) > chat.MaxIntegrationName {
			return chat.InvalidField("displayName", "must have at most %d characters", chat.MaxIntegrationName)
		}
		i.Name = *in.Name
	}
	settings, err := settingsOf(i.Type, i.Settings, in.Settings)
	if err != nil {
		return err
	}
	i.Settings = settings
	return nil
}

func appChanged(app chat.AppID, now time.Time) chat.Event {
	return chat.Event{Kind: chat.EventAppChanged, App: app, At: now}
}

func integrationAudit(p chat.Principal, i chat.Integration, now time.Time, action string) store.Audit {
	return store.Audit{App: i.App, At: now, Actor: p.Name, Action: action, Target: string(i.ID), Detail: map[string]string{"type": i.Type}}
}

// findCustom returns a custom integration: only those have keys and webhooks.
func findCustom(tx store.Tx, app chat.AppID, id chat.IntegrationID) (chat.Integration, error) {
	integration, err := tx.GetIntegration(app, id)
	if err == nil && integration.Type != chat.IntegrationCustom {
		err = chat.InvalidField("integrationId", "names an integration of the type %s; only custom ones have keys and webhooks", integration.Type)
	}
	if err != nil {
		return chat.Integration{}, fmt.Errorf("find custom integration: %w", err)
	}
	return integration, nil
}
