package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Sessions remembers who is signed in where: at most one session for each client.
type Sessions interface {
	// ReplaceSession stores a session; the client's former one, if any, is gone and its id is returned.
	// NotFound if there is no such client.
	ReplaceSession(session chat.Session) (former chat.SessionID, err error)
	// FindSession returns the session of the app with the hash, if there is one, live or not.
	FindSession(app chat.AppID, hash chat.TokenHash) (chat.Session, bool, error)
	// GetSession returns the session of the client by id, or NotFound.
	GetSession(client chat.ClientID, id chat.SessionID) (chat.Session, error)
	// TouchSession moves LastUsedAt, forward only.
	TouchSession(client chat.ClientID, id chat.SessionID, usedAt time.Time) error
	// DeleteSession ends one session, and tells with false that there was none.
	DeleteSession(client chat.ClientID, id chat.SessionID) (bool, error)
	// DeleteSessionsOfUser and DeleteSessionsOfKey end all of them and return how many.
	DeleteSessionsOfUser(app chat.AppID, user chat.UserID) (int64, error)
	DeleteSessionsOfKey(key chat.KeyID) (int64, error)
	// ListEndedSessions returns sessions of all apps that ended before the time, in order of their clients, those after the
	// client, at most limit. It looks at every client: for a Read in the background.
	ListEndedSessions(before time.Time, after chat.ClientID, limit int) ([]chat.Session, error)
}
