package wire

import "github.com/parlorchat/parlor/internal/chat"

// SavedView is a part of the inbox that an agent keeps under a name.
type SavedView struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Status   string `json:"status"`
	Assignee string `json:"assignee,omitzero"` // "me", "nobody", the id of an agent; absent: whoever
	Team     string `json:"team,omitzero"`     // the id of a team, which may be gone; absent: whichever, or none
	Tag      string `json:"tag,omitzero"`
	Query    string `json:"query,omitzero"`
}

// SavedViewOf is a saved view.
func SavedViewOf(v chat.SavedView) SavedView {
	f := v.Filter
	return SavedView{ID: string(v.ID), Name: v.Name, Status: string(f.Status), Assignee: f.Assignee, Team: string(f.Team), Tag: f.Tag, Query: f.Query}
}

// SavedViewInput is the body that makes or changes one.
type SavedViewInput struct {
	Name     string `json:"name"`
	Status   string `json:"status"`
	Assignee string `json:"assignee"`
	Team     string `json:"team"`
	Tag      string `json:"tag"`
	Query    string `json:"query"`
}

// OneSavedView is one saved view.
type OneSavedView struct {
	View SavedView `json:"view"`
}

// SavedViews are those of an agent, the oldest first.
type SavedViews struct {
	Views []SavedView `json:"views"`
}
