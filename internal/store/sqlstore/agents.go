package sqlstore

import (
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
)

func scanAgent(row scanner, agent *chat.Agent) error {
	return row.Scan((*string)(&agent.ID), &agent.Email, &agent.PasswordHash, &agent.Admin, (*timeValue)(&agent.CreatedAt))
}

func (t *tx) InsertAgent(agent chat.Agent) error {
	const doing = "insert agent"
	affected, err := t.exec(doing, `INSERT INTO agents (id, email, password_hash, admin, created_at)
		VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		string(agent.ID), agent.Email, agent.PasswordHash, agent.Admin, micros(agent.CreatedAt))
	if err == nil && affected == 0 {
		err = fmt.Errorf("%s: %w", doing, conflict("email", "The address has an account."))
	}
	return err
}

const agentColumns = `id, email, password_hash, admin, created_at`

func (t *tx) FindAgentByEmail(email string) (chat.Agent, bool, error) {
	return find(t, "find agent", scanAgent, `SELECT `+agentColumns+` FROM agents WHERE email = $1`, email)
}

func (t *tx) ListAdmins() ([]chat.Agent, error) {
	return list(t, "list admins", scanAgent, `SELECT `+agentColumns+` FROM agents WHERE admin ORDER BY email`)
}
