package sqlstore

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// answers is the condition that the agent a may answer in an app: with a role there, or as somebody who manages the server.
func answers(app string) string {
	return `a.disabled_at = 0 AND (a.admin OR EXISTS (SELECT 1 FROM memberships r WHERE r.agent_id = a.id AND r.app_id = ` + app + `))`
}

// available is the condition that the agent a is available in an app, with a session that was used since a time.
func available(app, since string) string {
	return answers(app) + ` AND a.away_since = 0 AND EXISTS (SELECT 1 FROM agent_sessions s WHERE s.agent_id = a.id AND s.last_used_at >= ` + since + `)`
}

func (t *tx) LockTeam(app chat.AppID, id chat.TeamID) (chat.Team, bool, error) {
	return find(t, "lock team", scanTeam, t.db.lockRows(`SELECT `+teamColumns+` FROM teams WHERE id = $1 AND app_id = $2`), string(id), string(app))
}

func scanColleague(row scanner, c *chat.Colleague) error {
	return row.Scan((*string)(&c.ID), &c.Name)
}

func (t *tx) TakeTurn(team chat.Team, usedSince time.Time) (chat.Colleague, bool, error) {
	const doing = "take turn"
	next, found, err := find(t, doing, scanColleague, `SELECT a.id, a.name FROM team_members m JOIN agents a ON a.id = m.agent_id
		WHERE m.team_id = $1 AND `+available("$2", "$3")+` ORDER BY m.turn, a.id LIMIT 1`, string(team.ID), string(team.App), micros(usedSince))
	if err != nil || !found {
		return chat.Colleague{}, false, err
	}
	turn, _, err := change(t, doing, scanNumber, `UPDATE teams SET turns = turns + 1 WHERE id = $1 RETURNING turns`, string(team.ID))
	if err != nil {
		return chat.Colleague{}, false, err
	}
	_, err = t.exec(doing, `UPDATE team_members SET turn = $3 WHERE team_id = $1 AND agent_id = $2`, string(team.ID), string(next.ID), turn)
	return next, err == nil, err
}

func (t *tx) IsAvailable(app chat.AppID, agent chat.AgentID, usedSince time.Time) (bool, error) {
	_, found, err := find(t, "look for available agent", scanText[chat.AgentID], `SELECT a.id FROM agents a WHERE a.id = $1 AND `+available("$2", "$3"),
		string(agent), string(app), micros(usedSince))
	return found, err
}

func (t *tx) ListAvailable(app chat.AppID, usedSince time.Time) ([]chat.AgentID, error) {
	return list(t, "list available agents", scanText[chat.AgentID], `SELECT a.id FROM agents a WHERE `+available("$1", "$2"), string(app), micros(usedSince))
}

// ListUnhanded asks the teams first, of which there are few.
func (t *tx) ListUnhanded(usedSince time.Time, limit int) ([]chat.InboxEntry, error) {
	return list(t, "list unhanded entries", scanEntry, `SELECT `+inboxColumns+` FROM inbox i WHERE i.team IN (
			SELECT t.id FROM teams t JOIN team_members m ON m.team_id = t.id JOIN agents a ON a.id = m.agent_id
			WHERE t.routing = 'round_robin' AND `+available("t.app_id", "$1")+`)
		AND i.team <> '' AND i.assignee = '' AND i.status = 'open'
		ORDER BY i.waiting_since = 0, i.waiting_since, i.moved_at, i.conversation_id LIMIT $2 + 0`, micros(usedSince), limit)
}

func (t *tx) SetAway(agent chat.AgentID, since time.Time) error {
	return t.execOn("agent", "set away", `UPDATE agents SET away_since = $2 WHERE id = $1`, string(agent), micros(since))
}

func (t *tx) ListAppsOfColleague(agent chat.AgentID) ([]chat.AppID, error) {
	return list(t, "list apps of colleague", scanText[chat.AppID], `SELECT app_id FROM memberships WHERE agent_id = $1
		UNION SELECT app_id FROM team_members WHERE agent_id = $1 ORDER BY 1`, string(agent))
}
