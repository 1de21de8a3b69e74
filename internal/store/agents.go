package store

import "github.com/parlorchat/parlor/internal/chat"

// Agents remembers the accounts of the console.
type Agents interface {
	// InsertAgent stores a new account. Conflict if the address has one.
	InsertAgent(agent chat.Agent) error
	// FindAgentByEmail returns the account, if there is one.
	FindAgentByEmail(email string) (chat.Agent, bool, error)
	// ListAdmins returns the accounts that may manage the server, in order of their addresses.
	ListAdmins() ([]chat.Agent, error)
}
