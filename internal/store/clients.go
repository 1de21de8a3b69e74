package store

import "github.com/parlorchat/parlor/internal/chat"

// Clients remembers browsers and devices.
type Clients interface {
	// InsertClient stores a new client without a session.
	InsertClient(client chat.Client) error
	// InsertSignedIn stores a new client with its session.
	InsertSignedIn(client chat.Client, session chat.Session) error
	// UpdateClient stores everything but ids: a client may come to belong to another user. NotFound.
	UpdateClient(client chat.Client) error
	// FindClient returns the client, if the app has it.
	FindClient(app chat.AppID, id chat.ClientID) (chat.Client, bool, error)
	// ListClients returns the user's clients, the one seen last first.
	ListClients(app chat.AppID, user chat.UserID) ([]chat.Client, error)
	// DeleteClient removes the client and its session. NotFound.
	DeleteClient(app chat.AppID, id chat.ClientID) error
}
