package chat

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of saved views.
const (
	MaxSavedViews = 20 // of an agent in an app
	MaxViewName   = 50 // characters
	MaxViewQuery  = 200
)

// Whom a saved view asks for, beside the ids of agents.
const (
	AssigneeMe     = "me"
	AssigneeNobody = "nobody"
)

// SavedView is a part of the inbox that an agent looks at often. Nobody else sees it.
type SavedView struct {
	App       AppID
	Agent     AgentID
	ID        SavedViewID // the console's own: unique for the agent in the app
	Name      string
	Filter    InboxFilter
	CreatedAt time.Time
}

// InboxFilter says which entries are wanted.
type InboxFilter struct {
	Status   InboxStatus
	Assignee string // AssigneeMe, AssigneeNobody or an agent's id; "": whoever
	Team     TeamID // "": whichever, or none
	Tag      string // "": any, or none
	Query    string // words that a message or note has; "": whatever was said
}

// Takes tells whether the entry has the status, the assignee, the team and the tag, for the agent who asks.
func (f InboxFilter) Takes(e InboxEntry, me AgentID) bool {
	assignee := AgentID(f.Assignee)
	switch f.Assignee {
	case AssigneeMe:
		assignee = me
	case AssigneeNobody:
		assignee = ""
	}
	return e.Status == f.Status && (f.Assignee == "" || e.Assignee.ID == assignee) && (f.Team == "" || e.Team.ID == f.Team) && (f.Tag == "" || slices.Contains(e.Tags, f.Tag))
}

// Check returns the view as it is kept, or says what is wrong with it.
func (v SavedView) Check() (SavedView, error) {
	v.Name, v.Filter.Query = strings.TrimSpace(v.Name), strings.TrimSpace(v.Filter.Query)
	switch f := v.Filter; {
	case !IsID(string(v.ID)):
		return v, InvalidField("id", "must be 24 hexadecimal digits")
	case VisibleName(v.Name) == "" || utf8.RuneCountInString(v.Name) > MaxViewName:
		return v, InvalidField("name", "must have 1 to %d characters", MaxViewName)
	case !f.Status.Known():
		return v, InvalidField("status", "must be open, snoozed or closed")
	case f.Assignee != "" && f.Assignee != AssigneeMe && f.Assignee != AssigneeNobody && !IsID(f.Assignee):
		return v, InvalidField("assignee", "must be me, nobody or the id of an agent")
	case f.Team != "" && !IsID(string(f.Team)):
		return v, InvalidField("team", "must be the id of a team")
	case utf8.RuneCountInString(f.Query) > MaxViewQuery:
		return v, InvalidField("query", "must have at most %d characters", MaxViewQuery)
	}
	if v.Filter.Tag != "" {
		tags, problem := CheckTags([]string{v.Filter.Tag})
		if problem != "" {
			return v, InvalidField("tag", "must be a name of 1 to %d characters", MaxTag)
		}
		v.Filter.Tag = tags[0]
	}
	return v, nil
}
