package httpapi

import (
	"strings"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// createIntegration sets an outer system up. A custom one comes with its webhook, whose secret is shown this once.
func (c *call) createIntegration() (answer, error) {
	in, err := c.integrationInput()
	if err != nil {
		return answer{}, err
	}
	made, err := c.api.Admin.CreateIntegration(c.Context(), c.principal, c.app.ID, in)
	if err != nil {
		return answer{}, err
	}
	shown := wire.IntegrationOf(made.Integration, nil)
	if made.Webhook != nil {
		webhook := wire.WebhookOf(*made.Webhook)
		webhook.Secret = made.Secret
		shown.Webhooks = []wire.Webhook{webhook}
	}
	return created(wire.OneIntegration{Integration: shown})
}

// listIntegrations lists in order of creation.
func (c *call) listIntegrations() (answer, error) {
	var types []string
	if filter := c.URL.Query().Get("filter[types]"); filter != "" {
		types = strings.Split(filter, ",")
	}
	var webhooks map[chat.IntegrationID][]chat.Webhook
	page, err := list(c, func(span store.Span) (all store.Page[chat.Integration], err error) {
		all, webhooks, err = c.api.Admin.ListIntegrations(c.Context(), c.principal, store.IntegrationPage{App: c.app.ID, Types: types, Span: span})
		return all, err
	}, func(one chat.Integration) wire.Integration { return wire.IntegrationOf(one, webhooks[one.ID]) })
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Integrations{Integrations: page.records, Meta: page.meta, Links: page.links})
}

func (c *call) getIntegration() (answer, error) {
	integration, webhooks, err := c.api.Admin.GetIntegration(c.Context(), c.principal, c.app.ID, c.integrationID())
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneIntegration{Integration: wire.IntegrationOf(integration, webhooks)})
}

func (c *call) updateIntegration() (answer, error) {
	in, err := c.integrationInput()
	if err != nil {
		return answer{}, err
	}
	if _, err := c.api.Admin.UpdateIntegration(c.Context(), c.principal, c.app.ID, c.integrationID(), in); err != nil {
		return answer{}, err
	}
	return c.getIntegration()
}

func (c *call) deleteIntegration() (answer, error) {
	if err := c.api.Admin.DeleteIntegration(c.Context(), c.principal, c.app.ID, c.integrationID()); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

func (c *call) integrationInput() (admin.IntegrationInput, error) {
	var body wire.IntegrationInput
	if err := c.decode(&body); err != nil {
		return admin.IntegrationInput{}, err
	}
	in := admin.IntegrationInput{Type: body.Type, Name: body.DisplayName.Pointer(), Settings: body.Settings}
	for _, w := range body.Webhooks {
		in.Webhooks = append(in.Webhooks, webhookInput(w))
	}
	return in, nil
}

// integrationID is the integration in the path. A key of an integration may call its own "me", as documented for
// partners' programs.
func (c *call) integrationID() chat.IntegrationID {
	id := chat.IntegrationID(c.PathValue("integrationId"))
	if id == "me" && c.principal.Key != nil && c.principal.Key.Integration != "" {
		return c.principal.Key.Integration
	}
	return id
}

// createIntegrationKey makes a key of a custom integration. Its secret is shown this once.
func (c *call) createIntegrationKey() (answer, error) {
	var body wire.KeyInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	if body.DisplayName == "" {
		return answer{}, chat.InvalidField("displayName", "is required")
	}
	key, secret, err := c.api.Admin.CreateIntegrationKey(c.Context(), c.principal, c.app.ID, c.integrationID(), body.DisplayName)
	if err != nil {
		return answer{}, renamed(err)
	}
	shown := wire.KeyOf(key)
	shown.Secret = secret
	return created(wire.OneKey{Key: shown})
}

func (c *call) listIntegrationKeys() (answer, error) {
	keys, err := c.api.Admin.ListIntegrationKeys(c.Context(), c.principal, c.app.ID, c.integrationID())
	if err != nil {
		return answer{}, err
	}
	list := wire.Keys{Keys: make([]wire.Key, 0, len(keys))}
	for _, key := range keys {
		list.Keys = append(list.Keys, wire.KeyOf(key))
	}
	return ok(list)
}

func (c *call) getIntegrationKey() (answer, error) {
	key, err := c.api.Admin.GetIntegrationKey(c.Context(), c.principal, c.app.ID, c.integrationID(), chat.KeyID(c.PathValue("keyId")))
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneKey{Key: wire.KeyOf(key)})
}

func (c *call) deleteIntegrationKey() (answer, error) {
	err := c.api.Admin.DeleteIntegrationKey(c.Context(), c.principal, c.app.ID, c.integrationID(), chat.KeyID(c.PathValue("keyId")))
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}
