package store

import "github.com/parlorchat/parlor/internal/chat"

// SavedViews remembers what parts of the inbox agents look at. They go with the agent and with the app.
type SavedViews interface {
	// PutSavedView stores a view, in the place of the agent's one with the same id, and tells with false that the agent has as many others as
	// there may be.
	PutSavedView(view chat.SavedView) (bool, error)
	// FindSavedView returns a view of the agent, if there is one.
	FindSavedView(app chat.AppID, agent chat.AgentID, id chat.SavedViewID) (chat.SavedView, bool, error)
	// ListSavedViews returns the views of the agent, the oldest first.
	ListSavedViews(app chat.AppID, agent chat.AgentID) ([]chat.SavedView, error)
	// DeleteSavedView removes a view. NotFound.
	DeleteSavedView(app chat.AppID, agent chat.AgentID, id chat.SavedViewID) error
}
