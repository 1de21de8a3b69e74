package sqlstore

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
)

const savedViews = `SELECT app_id, agent_id, id, name, status, assignee, team, tag, query, created_at FROM saved_views WHERE app_id = $1 AND agent_id = $2`

func scanSavedView(row scanner, v *chat.SavedView) error {
	f := &v.Filter
	return row.Scan((*string)(&v.App), (*string)(&v.Agent), (*string)(&v.ID), &v.Name, (*string)(&f.Status), &f.Assignee, (*string)(&f.Team), &f.Tag, &f.Query,
		(*timeValue)(&v.CreatedAt))
}

// PutSavedView counts under the lock of the agent.
func (t *tx) PutSavedView(v chat.SavedView) (bool, error) {
	const doing = "put saved view"
	if _, err := t.LockAgent(v.Agent); err != nil {
		return false, fmt.Errorf("%s: %w", doing, err)
	}
	others, _, err := find(t, doing, scanNumber, `SELECT count(*) FROM saved_views WHERE app_id = $1 AND agent_id = $2 AND id <> $3`,
		string(v.App), string(v.Agent), string(v.ID))
	if err != nil || others >= chat.MaxSavedViews {
		return false, err
	}
	f := v.Filter
	_, err = t.exec(doing, `INSERT INTO saved_views (app_id, agent_id, id, name, status, assignee, tag, query, created_at, team)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (agent_id, app_id, id) DO UPDATE SET name = excluded.name, status = excluded.status,
		assignee = excluded.assignee, team = excluded.team, tag = excluded.tag, query = excluded.query`, string(v.App), string(v.Agent), string(v.ID), v.Name,
		string(f.Status), f.Assignee, f.Tag, f.Query, micros(v.CreatedAt), string(f.Team))
	return err == nil, err
}

func (t *tx) FindSavedView(app chat.AppID, agent chat.AgentID, id chat.SavedViewID) (chat.SavedView, bool, error) {
	return find(t, "find saved view", scanSavedView, savedViews+` AND id = $3`, string(app), string(agent), string(id))
}

func (t *tx) ListSavedViews(app chat.AppID, agent chat.AgentID) ([]chat.SavedView, error) {
	return list(t, "list saved views", scanSavedView, savedViews+` ORDER BY created_at, id`, string(app), string(agent))
}

func (t *tx) DeleteSavedView(app chat.AppID, agent chat.AgentID, id chat.SavedViewID) error {
	return t.execOn("saved_view", "delete saved view", `DELETE FROM saved_views WHERE app_id = $1 AND agent_id = $2 AND id = $3`,
		string(app), string(agent), string(id))
}

// conditionOf is that of a filter, without its words, and the arguments from a number on. A tag is found by how it stands in the document.
func conditionOf(f chat.InboxFilter, me chat.AgentID, from int) (condition string, args []any, err error) {
	add := func(text string, arg any) {
		args = append(args, arg)
		condition += fmt.Sprintf(text, from+len(args)-1)
	}
	add(`i.status = $%d`, string(f.Status))
	switch f.Assignee {
	case "":
	case chat.AssigneeMe:
		add(` AND i.assignee = $%d`, string(me))
	case chat.AssigneeNobody:
		add(` AND i.assignee = $%d`, "")
	default:
		add(` AND i.assignee = $%d`, f.Assignee)
	}
	if f.Team != "" {
		add(` AND i.team = $%d AND i.team <> ''`, string(f.Team))
	}
	if f.Tag != "" {
		tag, err := document(f.Tag)
		if err != nil {
			return "", nil, err
		}
		add(` AND REPLACE(i.tags, $%d, '') <> i.tags`, tag)
	}
	return condition, args, nil
}
