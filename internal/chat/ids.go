package chat

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// Identifiers of nouns. Each is 24 lower-case hex digits made by NewID unless said otherwise;
// they are distinct types so that a wrong argument does not compile.
type (
	AppID          string
	IntegrationID  string
	KeyID          string // app_, act_ or int_ and 24 hex digits; imported keys keep the id they had.
	UserID         string
	ClientID       string
	SessionID      string
	ConversationID string
	ParticipantID  string
	MessageID      string
	AgentID        string
	InvitationID   string
	PasskeyID      string
	WebhookID      string
	EventID        string // of an event as webhooks are told of it
	MergeID        string
	SwitchboardID  string
	NoteID         string
	HappeningID    string
	CannedReplyID  string
	SavedViewID    string
	AddressBlockID string
	TeamID         string
	ConflictID     string

	SwitchboardIntegrationID string
)

// NewID returns 24 hex digits: four bytes of time in seconds, eight random ones. Ids made later sort later to the
// second, which keeps indexes append-only; they are unguessable enough to name things, never to guard them.
func NewID(now time.Time) string {
	var raw [12]byte
	binary.BigEndian.PutUint32(raw[:4], uint32(now.Unix()))
	rand.Read(raw[4:])
	return hex.EncodeToString(raw[:])
}

// IsID tells whether s has the form of an id made by NewID.
func IsID(s string) bool {
	if len(s) != 24 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
