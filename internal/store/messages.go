package store

import "github.com/parlorchat/parlor/internal/chat"

// MessagePage says which messages of a conversation to list: a run of numbers. At most one of After and Before is set.
type MessagePage struct {
	App          chat.AppID
	Conversation chat.ConversationID
	After        int64 // those with a higher number, oldest first
	Before       int64 // those with a lower number, newest first; neither set: the newest
	Limit        int
	Deleted      bool // list the places of deleted messages too
}

// Messages remembers what was said.
type Messages interface {
	// InsertMessage stores a message whose numbers were taken in this transaction. It tells with false that the client
	// already sent a message with the same id: then nothing is stored, and the transaction must be given up.
	InsertMessage(message chat.Message) (bool, error)
	// FindSent returns the message of a client by the client's own id, if there is one.
	FindSent(app chat.AppID, client chat.ClientID, clientMessageID string) (chat.Message, bool, error)
	// GetMessage returns the message by id, or NotFound; also if it was deleted.
	GetMessage(app chat.AppID, conversation chat.ConversationID, id chat.MessageID) (chat.Message, error)
	// FindMessageNumber returns the number of the message, if there is one of this id; also if it was deleted, since its
	// place stays.
	FindMessageNumber(app chat.AppID, conversation chat.ConversationID, id chat.MessageID) (int64, bool, error)
	// ListMessages returns the page always in ascending order of number.
	ListMessages(page MessagePage) ([]chat.Message, error)
	// HasBusinessMessage tells whether there is a message of the business, and not only of users.
	HasBusinessMessage(app chat.AppID, conversation chat.ConversationID) (bool, error)
	// ListMessagesOfBusiness returns messages of the business with a higher number, newest first, at most limit. Messages of users who
	// are gone may be among them.
	ListMessagesOfBusiness(app chat.AppID, conversation chat.ConversationID, after int64, limit int) ([]chat.Message, error)
	// UpdateContent stores the content of a message anew, as GetMessage returned the message but for that. NotFound.
	UpdateContent(message chat.Message) error
	// EraseMessage empties a message and marks it deleted; the place stays. NotFound.
	EraseMessage(app chat.AppID, conversation chat.ConversationID, id chat.MessageID) error
	// EraseMessages empties all messages of the conversation and returns how many that were.
	EraseMessages(app chat.AppID, conversation chat.ConversationID) (int64, error)
}
