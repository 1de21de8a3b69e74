package chat

import "time"

// Limits of conversations.
const (
	MaxConversationText       = 100 // characters of a display name or a description
	MaxParticipantsAtCreation = 10
)

// ConversationType says who may take part.
type ConversationType string

// The types of conversations.
const (
	Personal ConversationType = "personal" // one user and the business
	SDKGroup ConversationType = "sdkGroup" // several users and the business
)

// Conversation is a numbered run of messages among users and the business.
type Conversation struct {
	App         AppID
	ID          ConversationID
	Type        ConversationType
	DisplayName string
	Description string
	IconURL     string
	Metadata    Metadata

	LastNumber int64 // number of the newest message; they count 1, 2, 3 ... and are never reused
	Change     int64 // moves with every change that a client must see; the cursor for resume

	BusinessReadNumber int64     // the business has read up to this message
	BusinessReadAt     time.Time // zero: never
	LastMessageAt      time.Time // zero: no message yet
	CreatedAt          time.Time

	Control         Control
	Active, Pending *SwitchboardIntegration // those whom Control names, nil for nobody; filled on reading
}

// Place is where a new message stands in its conversation.
type Place struct {
	Conversation ConversationID
	Number       int64 // of the message
	Change       int64 // of the conversation
	Control      Control
	Unattended   bool // nobody is in control, and the app has a switchboard that would give it to somebody
}

// LastUpdatedAt is the time of the newest message, else of creation.
func (c Conversation) LastUpdatedAt() time.Time {
	if c.LastMessageAt.IsZero() {
		return c.CreatedAt
	}
	return c.LastMessageAt
}

// Participant is a user in a conversation.
type Participant struct {
	App          AppID
	Conversation ConversationID
	ID           ParticipantID
	User         UserID
	ExternalID   string    // of the user; filled on reading
	Default      bool      // this is the user's default conversation: the first personal one
	ReadNumber   int64     // the user has read up to this message
	ReadAt       time.Time // zero: never
	Unread       int64     // messages of others after ReadNumber; a count; filled on reading where a method says so
	JoinedAt     time.Time
}
