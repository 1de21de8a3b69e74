package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

func (c *call) savedViewID() chat.SavedViewID { return chat.SavedViewID(c.PathValue("viewId")) }

// listSavedViews lists those of whoever asks, the oldest first.
func (c *call) listSavedViews() (answer, error) {
	views, err := c.api.Inbox.SavedViews(c.Context(), c.principal)
	if err != nil {
		return answer{}, err
	}
	list := wire.SavedViews{Views: make([]wire.SavedView, 0, len(views))}
	for _, view := range views {
		list.Views = append(list.Views, wire.SavedViewOf(view))
	}
	return ok(list)
}

// saveView keeps a view, or changes it.
func (c *call) saveView() (answer, error) {
	var body wire.SavedViewInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	filter := chat.InboxFilter{Status: chat.InboxStatus(body.Status), Assignee: body.Assignee, Team: chat.TeamID(body.Team), Tag: body.Tag, Query: body.Query}
	view, err := c.api.Inbox.SaveView(c.Context(), c.principal, chat.SavedView{ID: c.savedViewID(), Name: body.Name, Filter: filter})
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneSavedView{View: wire.SavedViewOf(view)})
}

// removeSavedView removes one.
func (c *call) removeSavedView() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Inbox.RemoveView(c.Context(), c.principal, c.savedViewID())
}
