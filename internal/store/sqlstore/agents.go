package sqlstore

import (
	"fmt"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

const agentColumns = `id, email, name, password_hash, admin, created_at, disabled_at, wants_mail, away_since`

func agentFields(agent *chat.Agent) []any {
	return []any{(*string)(&agent.ID), &agent.Email, &agent.Name, &agent.PasswordHash, &agent.Admin,
		(*timeValue)(&agent.CreatedAt), (*timeValue)(&agent.DisabledAt), &agent.WantsMail, (*timeValue)(&agent.AwaySince)}
}

func scanAgent(row scanner, agent *chat.Agent) error { return row.Scan(agentFields(agent)...) }

func (t *tx) InsertAgent(agent chat.Agent) error {
	const doing = "insert agent"
	affected, err := t.exec(doing, `INSERT INTO agents (`+agentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
		string(agent.ID), agent.Email, agent.Name, agent.PasswordHash, agent.Admin, micros(agent.CreatedAt), micros(agent.DisabledAt), agent.WantsMail, micros(agent.AwaySince))
	if err == nil && affected == 0 {
		err = fmt.Errorf("%s: %w", doing, conflict("email", "The address has an account."))
	}
	return err
}

func (t *tx) UpdateAgent(agent chat.Agent) error {
	const doing = "update agent"
	other, taken, err := t.FindAgentByEmail(agent.Email)
	if err != nil {
		return err
	}
	if taken && other.ID != agent.ID {
		return fmt.Errorf("%s: %w", doing, conflict("email", "The address has an account."))
	}
	return t.execOn("agent", doing, `UPDATE agents SET email = $2, name = $3, password_hash = $4, admin = $5, disabled_at = $6, wants_mail = $7 WHERE id = $1`,
		string(agent.ID), agent.Email, agent.Name, agent.PasswordHash, agent.Admin, micros(agent.DisabledAt), agent.WantsMail)
}

func (t *tx) GetAgent(id chat.AgentID) (chat.Agent, error) {
	return get(t, "agent", "load agent", scanAgent, `SELECT `+agentColumns+` FROM agents WHERE id = $1`, string(id))
}

// LockAgent keeps nobody from giving the agent a role or a place in a team: who does holds other locks.
func (t *tx) LockAgent(id chat.AgentID) (chat.Agent, error) {
	return get(t, "agent", "lock agent", scanAgent, t.db.lockValues(`SELECT `+agentColumns+` FROM agents WHERE id = $1`), string(id))
}

func (t *tx) FindAgentByEmail(email string) (chat.Agent, bool, error) {
	return find(t, "find agent", scanAgent, `SELECT `+agentColumns+` FROM agents WHERE email = $1`, email)
}

func (t *tx) ListAdmins() ([]chat.Agent, error) {
	return list(t, "list admins", scanAgent, `SELECT `+agentColumns+` FROM agents WHERE admin AND disabled_at = 0 ORDER BY email`)
}

func scanMembership(row scanner, m *chat.Membership) error {
	return row.Scan((*string)(&m.App), (*string)(&m.Agent), (*string)(&m.Role))
}

func (t *tx) PutMembership(m chat.Membership) error {
	const doing = "put membership"
	if _, err := get(t, "app", doing, scanText[chat.AppID], `SELECT id FROM apps WHERE id = $1`, string(m.App)); err != nil {
		return err
	}
	if _, err := t.GetAgent(m.Agent); err != nil {
		return err
	}
	_, err := t.exec(doing, `INSERT INTO memberships (app_id, agent_id, role) VALUES ($1, $2, $3)
		ON CONFLICT (app_id, agent_id) DO UPDATE SET role = $3`, string(m.App), string(m.Agent), string(m.Role))
	return err
}

func (t *tx) DeleteMembership(app chat.AppID, agent chat.AgentID) (bool, error) {
	affected, err := t.exec("delete membership", `DELETE FROM memberships WHERE app_id = $1 AND agent_id = $2`, string(app), string(agent))
	return affected > 0, err
}

func (t *tx) FindMembership(app chat.AppID, agent chat.AgentID) (chat.Role, error) {
	role, _, err := find(t, "find membership", scanText[chat.Role], `SELECT role FROM memberships WHERE app_id = $1 AND agent_id = $2`, string(app), string(agent))
	return role, err
}

func (t *tx) ListMembershipsOfAgent(agent chat.AgentID) ([]chat.Membership, error) {
	return list(t, "list memberships", scanMembership, `SELECT app_id, agent_id, role FROM memberships WHERE agent_id = $1 ORDER BY app_id`, string(agent))
}

func (t *tx) ListMembershipsOfApp(app chat.AppID) ([]chat.Membership, error) {
	return list(t, "list memberships", scanMembership, `SELECT app_id, agent_id, role FROM memberships WHERE app_id = $1 ORDER BY agent_id`, string(app))
}

func (t *tx) ListMembers(app chat.AppID) ([]store.Member, error) {
	scan := func(row scanner, m *store.Member) error {
		return row.Scan(slices.Concat(agentFields(&m.Agent), []any{(*string)(&m.Role)}, factorFields(&m.Factors))...)
	}
	return list(t, "list members", scan, `SELECT `+agentColumns+`, CASE WHEN admin THEN '' ELSE role END, `+factorColumns("agents.id")+`
		FROM agents LEFT JOIN memberships ON app_id = $1 AND agent_id = agents.id
		WHERE admin AND disabled_at = 0 OR NOT admin AND role IS NOT NULL ORDER BY email`, string(app))
}

func scanAgentSession(row scanner, s *chat.AgentSession) error {
	return row.Scan((*hashValue)(&s.Hash), (*string)(&s.Agent), (*timeValue)(&s.CreatedAt), (*timeValue)(&s.LastUsedAt), (*timeValue)(&s.ProvedAt), &s.SignedOn)
}

func (t *tx) InsertAgentSession(s chat.AgentSession) error {
	if _, err := t.GetAgent(s.Agent); err != nil {
		return err
	}
	_, err := t.exec("insert agent session", `INSERT INTO agent_sessions (hash, agent_id, created_at, last_used_at, proved_at, signed_on) VALUES ($1, $2, $3, $4, $5, $6)`,
		s.Hash[:], string(s.Agent), micros(s.CreatedAt), micros(s.LastUsedAt), micros(s.ProvedAt), s.SignedOn)
	return err
}

func (t *tx) FindAgentSession(hash chat.TokenHash) (chat.AgentSession, bool, error) {
	return find(t, "find agent session", scanAgentSession,
		`SELECT hash, agent_id, created_at, last_used_at, proved_at, signed_on FROM agent_sessions WHERE hash = $1`, hash[:])
}

func (t *tx) TouchAgentSession(hash chat.TokenHash, usedAt, provedAt time.Time) error {
	_, err := t.exec("touch agent session", `UPDATE agent_sessions SET
		last_used_at = CASE WHEN last_used_at < $2 THEN $2 ELSE last_used_at END, proved_at = CASE WHEN proved_at < $3 THEN $3 ELSE proved_at END
		WHERE hash = $1`, hash[:], micros(usedAt), micros(provedAt))
	return err
}

func (t *tx) DeleteAgentSession(hash chat.TokenHash) (bool, error) {
	affected, err := t.exec("end agent session", `DELETE FROM agent_sessions WHERE hash = $1`, hash[:])
	return affected > 0, err
}

func (t *tx) DeleteAgentSessions(agent chat.AgentID, but chat.TokenHash) (int64, error) {
	return t.exec("end agent sessions", `DELETE FROM agent_sessions WHERE agent_id = $1 AND hash <> $2`, string(agent), but[:])
}

func (t *tx) DeleteEndedAgentSessions(madeBefore, unusedSince time.Time) (int64, error) {
	return t.exec("forget agent sessions", `DELETE FROM agent_sessions WHERE created_at < $1 OR last_used_at < $2`, micros(madeBefore), micros(unusedSince))
}

const invitationColumns = `id, hash, email, admin, app_id, role, by_agent, created_at, expires_at`

func scanInvitation(row scanner, i *chat.Invitation) error {
	return row.Scan((*string)(&i.ID), (*hashValue)(&i.Hash), &i.Email, &i.Admin, (*string)(&i.App), (*string)(&i.Role), (*string)(&i.By),
		(*timeValue)(&i.CreatedAt), (*timeValue)(&i.ExpiresAt))
}

func (t *tx) InsertInvitation(i chat.Invitation) error {
	_, err := t.exec("insert invitation", `INSERT INTO invitations (`+invitationColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(i.ID), i.Hash[:], i.Email, i.Admin, string(i.App), string(i.Role), string(i.By), micros(i.CreatedAt), micros(i.ExpiresAt))
	return err
}

func (t *tx) LockInvitation(hash chat.TokenHash) (chat.Invitation, bool, error) {
	return find(t, "find invitation", scanInvitation, t.db.lockRows(`SELECT `+invitationColumns+` FROM invitations WHERE hash = $1`), hash[:])
}

func (t *tx) LockInvitationsFor(email string) ([]chat.Invitation, error) {
	return list(t, "find invitations", scanInvitation, t.db.lockRows(`SELECT `+invitationColumns+` FROM invitations WHERE email = $1 ORDER BY created_at, id`), email)
}

func (t *tx) DeleteInvitation(id chat.InvitationID) (bool, error) {
	affected, err := t.exec("delete invitation", `DELETE FROM invitations WHERE id = $1`, string(id))
	return affected > 0, err
}

func (t *tx) ListInvitations(app chat.AppID) ([]chat.Invitation, error) {
	return list(t, "list invitations", scanInvitation, `SELECT `+invitationColumns+` FROM invitations WHERE app_id = $1 ORDER BY created_at DESC, id DESC`, string(app))
}
