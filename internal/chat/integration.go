package chat

import (
	"slices"
	"time"
)

// Types of integrations that are connected: the others are stored and listed, and nothing can be sent by them.
const (
	IntegrationWeb    = "web"
	IntegrationCustom = "custom"
)

// integrationTypes are those of the documented service (contracts: Sunshine section 6).
var integrationTypes = []string{
	"android", "apple", "custom", "gbm", "googlercs", "instagram", "ios", "kakao", "line", "mailgun", "messagebird", "messenger",
	"slackconnect", "telegram", "twilio", "twitter", "unity", "viber", "web", "wechat", "whatsapp",
}

// IntegrationTypes lists every type that an integration may have.
func IntegrationTypes() []string { return slices.Clone(integrationTypes) }

// Limits of integrations.
const (
	MaxIntegrationName   = 100   // characters
	MaxIntegrationBytes  = 16384 // of the settings as JSON
	MaxIntegrations      = 100   // of an app
	MaxIntegrationKeys   = 10    // live ones of a custom integration
	MaxWebhooks          = 10    // of an app
	MaxWebhookTarget     = 2048  // characters
	DefaultSecretOverlap = 7 * 24 * time.Hour
)

// Integration is an outer system that is set up in an app: the web messenger, a company's own program, or a channel of
// somebody else.
type Integration struct {
	App       AppID
	ID        IntegrationID
	Type      string
	Name      string
	Settings  map[string]any // members of the type's own, by their names on the wire
	CreatedAt time.Time
}

// Connected tells whether this server speaks to integrations of the type.
func (i Integration) Connected() bool {
	return i.Type == IntegrationWeb || i.Type == IntegrationCustom
}

// Show returns the app as the pages of a web integration see it: with its name, its colour and its origins, where it has
// any of its own.
func (i Integration) Show(app App) App {
	if name, ok := i.Settings["businessName"].(string); ok && name != "" {
		app.Name = name
	}
	if given, ok := i.Settings["brandColor"].(string); ok {
		app.Settings.Color, _ = WebColor(given)
	}
	if list, ok := i.Settings["originWhitelist"].([]any); ok && len(list) > 0 {
		app.Settings.Origins = nil
		for _, origin := range list {
			if text, ok := origin.(string); ok {
				app.Settings.Origins = append(app.Settings.Origins, text)
			}
		}
	}
	return app
}
