package chat

import "time"

// Agent is a person at the console. Agents and users are different tables, cookies and audiences: no user's token ever
// opens the console, whatever e-mail it holds (security rule 16).
type Agent struct {
	ID           AgentID
	Email        string // normal form; unique on the server
	PasswordHash string // argon2id, PHC string form
	Admin        bool   // may manage the server
	CreatedAt    time.Time
}
