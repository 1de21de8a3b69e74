package store

import "github.com/parlorchat/parlor/internal/chat"

// IntegrationPage says which integrations of an app to list, in order of creation.
type IntegrationPage struct {
	App   chat.AppID
	Types []string // empty: all
	Span
}

// Integrations remembers the outer systems that are set up in an app.
type Integrations interface {
	// InsertIntegration stores a new integration.
	InsertIntegration(integration chat.Integration) error
	// UpdateIntegration stores name and settings. NotFound.
	UpdateIntegration(integration chat.Integration) error
	// GetIntegration returns the integration, or NotFound.
	GetIntegration(app chat.AppID, id chat.IntegrationID) (chat.Integration, error)
	// CountIntegrations returns how many the app has.
	CountIntegrations(app chat.AppID) (int, error)
	// ListIntegrations returns a page. Invalid (Span.NoPlace).
	ListIntegrations(page IntegrationPage) ([]chat.Integration, error)
	// DeleteIntegration removes the integration with its keys and webhooks. NotFound.
	DeleteIntegration(app chat.AppID, id chat.IntegrationID) error
}
