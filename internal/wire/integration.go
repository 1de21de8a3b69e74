package wire

import (
	"maps"

	"github.com/parlorchat/parlor/internal/chat"
)

// Integration is an integration as REST v2 shows it: what all have in common, and the members of its type.
type Integration struct {
	ID          string         `json:"id"`
	Type        string         `json:"type"`
	Status      string         `json:"status"` // "active"; "inactive": the channel is not connected to this server
	DisplayName string         `json:"displayName,omitzero"`
	Webhooks    []Webhook      `json:"webhooks,omitempty"` // of custom ones
	Settings    map[string]any `json:",embed"`
}

// OneIntegration is one integration.
type OneIntegration struct {
	Integration Integration `json:"integration"`
}

// Integrations is a page of integrations.
type Integrations struct {
	Integrations []Integration `json:"integrations"`
	Meta         Meta          `json:"meta"`
	Links        Links         `json:"links"`
}

// IntegrationInput is the body that makes or changes an integration.
type IntegrationInput struct {
	Type        string         `json:"type"`
	DisplayName Text           `json:"displayName"`
	Webhooks    []WebhookInput `json:"webhooks"`
	Settings    map[string]any `json:",embed"`
}

// webDefaults are what a web integration has where nobody said otherwise (contracts: Sunshine section 6).
var webDefaults = map[string]any{
	"brandColor": "65758e", "conversationColor": "0099ff", "actionColor": "0099ff", "fixedIntroPane": false, "displayStyle": "button",
	"buttonWidth": "58", "buttonHeight": "58", "integrationOrder": []string{}, "originWhitelist": []string{},
	"canUserSeeConversationList": true, "canUserCreateMoreConversations": true, "attachmentsEnabled": true,
}

// IntegrationOf is an integration with its webhooks.
func IntegrationOf(i chat.Integration, webhooks []chat.Webhook) Integration {
	shown := Integration{ID: string(i.ID), Type: i.Type, Status: "inactive", DisplayName: i.Name, Settings: maps.Clone(i.Settings)}
	if i.Connected() {
		shown.Status = "active"
	}
	if i.Type == chat.IntegrationWeb {
		shown.Settings = maps.Clone(webDefaults)
		maps.Copy(shown.Settings, i.Settings)
	}
	for _, w := range webhooks {
		shown.Webhooks = append(shown.Webhooks, WebhookOf(w))
	}
	return shown
}
