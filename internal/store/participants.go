package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Participants remembers which users take part in which conversations, and how far they have read.
type Participants interface {
	// InsertParticipant adds a user to a conversation. Conflict if the user is in it already, or if it is to be the
	// user's default and there is one. NotFound.
	InsertParticipant(participant chat.Participant) error
	// DeleteParticipant takes a user out. NotFound.
	DeleteParticipant(app chat.AppID, conversation chat.ConversationID, user chat.UserID) error
	// ListAudience returns the users of a conversation, in order of joining. It is the cheap form of ListParticipants.
	ListAudience(app chat.AppID, conversation chat.ConversationID) ([]chat.UserID, error)
	// ListParticipants returns a span of the participants with external ids and unread counts, in order of joining. Unread
	// counts look at the newest 1000 messages. Invalid (Span.NoPlace), also if the participant that is named has left.
	ListParticipants(app chat.AppID, conversation chat.ConversationID, span Span) ([]chat.Participant, error)
	// FindParticipant returns the user's participation with unread count, if there is one.
	FindParticipant(app chat.AppID, conversation chat.ConversationID, user chat.UserID) (chat.Participant, bool, error)
	// FindParticipantByID is FindParticipant by the participant's own id.
	FindParticipantByID(app chat.AppID, conversation chat.ConversationID, id chat.ParticipantID) (chat.Participant, bool, error)
	// FindDefault returns the user's default conversation, if there is one.
	FindDefault(app chat.AppID, user chat.UserID) (chat.ConversationID, bool, error)
	// CountConversations counts the conversations of a user.
	CountConversations(app chat.AppID, user chat.UserID) (int64, error)
	// MarkRead sets how far the user has read, if that is further, and tells whether it was.
	MarkRead(app chat.AppID, conversation chat.ConversationID, user chat.UserID, number int64, at time.Time) (bool, error)
}
