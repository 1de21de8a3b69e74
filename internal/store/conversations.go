package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// ConversationPage says which conversations of a user to list: newest activity first. Cursors are those of
// ConversationCursor; the id of a conversation stands for its present place.
type ConversationPage struct {
	App  chat.AppID
	User chat.UserID
	Span
}

// Conversations remembers conversations.
type Conversations interface {
	// InsertConversation stores a new conversation.
	InsertConversation(conversation chat.Conversation) error
	// UpdateConversation stores names, icon and metadata. NotFound.
	UpdateConversation(conversation chat.Conversation) error
	// GetConversation returns the conversation, or NotFound.
	GetConversation(app chat.AppID, id chat.ConversationID) (chat.Conversation, error)
	// LockConversation is GetConversation that keeps numbers from moving until the transaction ends.
	LockConversation(app chat.AppID, id chat.ConversationID) (chat.Conversation, error)
	// TakeNumber moves LastNumber and Change by one and sets LastMessageAt, under the conversation's lock, and returns
	// the place that this gives to a message, and who is in control. NotFound.
	TakeNumber(app chat.AppID, id chat.ConversationID, at time.Time) (chat.Place, error)
	// AppendChange moves Change by one under the conversation's lock, sets it as change.Number, and stores the change.
	AppendChange(change *chat.Change) error
	// MarkBusinessRead sets how far the business has read, if that is further, and tells whether it was.
	MarkBusinessRead(app chat.AppID, id chat.ConversationID, number int64, at time.Time) (bool, error)
	// ListConversations returns a page of the user's conversations, newest activity first. Invalid (Span.NoPlace).
	ListConversations(page ConversationPage) ([]chat.Conversation, error)
	// ListChanges returns the stored changes after the number, in order, at most limit.
	ListChanges(app chat.AppID, id chat.ConversationID, after int64, limit int) ([]chat.Change, error)
	// DeleteConversation removes the conversation with its participants, messages and changes. NotFound.
	DeleteConversation(app chat.AppID, id chat.ConversationID) error
}
