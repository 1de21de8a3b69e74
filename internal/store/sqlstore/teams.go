package sqlstore

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const teamColumns = `id, app_id, name, position, routing, intake, changed_at`

func scanTeam(row scanner, v *chat.Team) error {
	return row.Scan((*string)(&v.ID), (*string)(&v.App), &v.Name, &v.Position, (*string)(&v.Routing), &v.Intake, (*timeValue)(&v.ChangedAt))
}

func (t *tx) InsertTeam(v chat.Team) error {
	_, err := t.exec("insert team", `INSERT INTO teams (`+teamColumns+`, turns) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)`,
		string(v.ID), string(v.App), v.Name, v.Position, string(v.Routing), v.Intake, micros(v.ChangedAt))
	if err != nil {
		return err
	}
	return t.setMembers(v)
}

func (t *tx) UpdateTeam(v chat.Team) error {
	err := t.execOn("team", "update team", `UPDATE teams SET name = $3, position = $4, routing = $5, intake = $6, changed_at = $7 WHERE id = $1 AND app_id = $2`,
		string(v.ID), string(v.App), v.Name, v.Position, string(v.Routing), v.Intake, micros(v.ChangedAt))
	if err != nil {
		return err
	}
	return t.setMembers(v)
}

// setMembers is done under the lock of the team, which its statement before took.
func (t *tx) setMembers(v chat.Team) error {
	const doing = "set members of team"
	former, err := list(t, doing, scanText[chat.AgentID], `SELECT agent_id FROM team_members WHERE team_id = $1`, string(v.ID))
	if err != nil {
		return err
	}
	leaving := map[chat.AgentID]bool{}
	for _, agent := range former {
		leaving[agent] = true
	}
	for _, member := range v.Members {
		delete(leaving, member.ID)
		if _, err := t.exec(doing, `INSERT INTO team_members (team_id, agent_id, app_id, turn) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING`,
			string(v.ID), string(member.ID), string(v.App)); err != nil {
			return err
		}
	}
	for agent := range leaving {
		if _, err := t.exec(doing, `DELETE FROM team_members WHERE team_id = $1 AND agent_id = $2`, string(v.ID), string(agent)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) PlaceTeam(app chat.AppID, id chat.TeamID, position int64) error {
	return t.execOn("team", "place team", `UPDATE teams SET position = $3 WHERE id = $1 AND app_id = $2`, string(id), string(app), position)
}

func (t *tx) DeleteTeam(app chat.AppID, id chat.TeamID) error {
	return t.execOn("team", "delete team", `DELETE FROM teams WHERE id = $1 AND app_id = $2`, string(id), string(app))
}

// teamMember is a member of one of several teams.
type teamMember struct {
	team   chat.TeamID
	member chat.Colleague
}

func scanTeamMember(row scanner, m *teamMember) error {
	return row.Scan((*string)(&m.team), (*string)(&m.member.ID), &m.member.Name)
}

func (t *tx) ListTeams(app chat.AppID) ([]chat.Team, error) {
	const doing = "list teams"
	teams, err := list(t, doing, scanTeam, `SELECT `+teamColumns+` FROM teams WHERE app_id = $1 ORDER BY position, id`, string(app))
	if err != nil || len(teams) == 0 {
		return nil, err
	}
	members, err := list(t, doing, scanTeamMember, `SELECT m.team_id, a.id, a.name FROM teams t JOIN team_members m ON m.team_id = t.id
		JOIN agents a ON a.id = m.agent_id WHERE t.app_id = $1 AND `+answers("$1")+` ORDER BY a.name, a.id`, string(app))
	if err != nil {
		return nil, err
	}
	byTeam := map[chat.TeamID][]chat.Colleague{}
	for _, m := range members {
		byTeam[m.team] = append(byTeam[m.team], m.member)
	}
	for i := range teams {
		teams[i].Members = byTeam[teams[i].ID]
	}
	return teams, nil
}

func (t *tx) HasTeam(app chat.AppID, id chat.TeamID) (bool, error) {
	_, found, err := find(t, "look for team", scanText[chat.TeamID], `SELECT id FROM teams WHERE id = $1 AND app_id = $2`, string(id), string(app))
	return found, err
}

// SetIntake takes it from one team before another one has it, as no two may.
func (t *tx) SetIntake(app chat.AppID, id chat.TeamID) error {
	const doing = "set intake"
	if _, err := t.exec(doing, `UPDATE teams SET intake = FALSE WHERE app_id = $1 AND intake AND id <> $2`, string(app), string(id)); err != nil || id == "" {
		return err
	}
	return t.execOn("team", doing, `UPDATE teams SET intake = TRUE WHERE app_id = $1 AND id = $2`, string(app), string(id))
}

func (t *tx) FindIntake(app chat.AppID) (chat.TeamID, error) {
	id, _, err := find(t, "find intake", scanText[chat.TeamID], `SELECT id FROM teams WHERE app_id = $1 AND intake`, string(app))
	return id, err
}

func (t *tx) LeaveTeams(app chat.AppID, agent chat.AgentID) error {
	_, err := t.exec("leave teams", `DELETE FROM team_members WHERE agent_id = $1 AND app_id = $2`, string(agent), string(app))
	return err
}

type teamCount struct {
	team chat.TeamID
	open int64
}

func scanTeamCount(row scanner, c *teamCount) error { return row.Scan((*string)(&c.team), &c.open) }

func (t *tx) CountTeams(app chat.AppID, of chat.AgentID) (map[chat.TeamID]int64, error) {
	counted, err := list(t, "count teams", scanTeamCount, fmt.Sprintf(`SELECT t.id, (SELECT count(*) FROM (
			SELECT 1 FROM inbox i WHERE i.team = t.id AND i.team <> '' AND i.status = 'open' LIMIT %d) AS counted)
		FROM teams t WHERE t.app_id = $1 AND ($2 = '' OR EXISTS (SELECT 1 FROM team_members m WHERE m.team_id = t.id AND m.agent_id = $2))`, store.MaxInboxCount), string(app), string(of))
	counts := make(map[chat.TeamID]int64, len(counted))
	for _, c := range counted {
		counts[c.team] = c.open
	}
	return counts, err
}
