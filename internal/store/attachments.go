package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Attachments remembers files that are kept, and the names of files that are to go.
//
// The bytes of a file lie elsewhere, under the attachment's id. So that none of them are left behind by a crash, the id
// is a leftover from before the first byte is written until there is the attachment, and again from the transaction on
// that takes the attachment away.
//
// Attachments go with the last message that shows them, with the conversation that they were uploaded for, with the user
// who uploaded them, and with their app: EraseMessage, EraseMessages, DeleteConversation, DeleteUser and DeleteApp see to
// it.
type Attachments interface {
	// InsertAttachment stores an attachment whose id is a leftover, and takes the leftover away. It tells with false if the
	// leftover is gone, which means that the bytes are, or if the app has a copy of this address: then nothing is stored,
	// and the transaction must be given up.
	InsertAttachment(attachment chat.Attachment) (bool, error)
	// FindAttachment, FindAttachmentByKey and FindCopy return the attachment by its id, its key, or the address that it
	// is a copy of, if the app has it.
	FindAttachment(app chat.AppID, id chat.AttachmentID) (chat.Attachment, bool, error)
	FindAttachmentByKey(app chat.AppID, key string) (chat.Attachment, bool, error)
	FindCopy(app chat.AppID, url string) (chat.Attachment, bool, error)
	// LockAttachment is FindAttachment that keeps others from changing it until the transaction ends.
	LockAttachment(app chat.AppID, id chat.AttachmentID) (chat.Attachment, bool, error)
	// ShowAttachment notes that a message shows the attachment, once for each message. The caller has locked the
	// conversation and the attachment.
	ShowAttachment(app chat.AppID, id chat.AttachmentID, conversation chat.ConversationID, number int64) error
	// ListShowing returns the conversations with messages that show the attachment.
	ListShowing(app chat.AppID, id chat.AttachmentID) ([]chat.ConversationID, error)
	// IsShowing tells whether the message shows the attachment.
	IsShowing(app chat.AppID, id chat.AttachmentID, conversation chat.ConversationID, number int64) (bool, error)
	// SumAttachments returns how many bytes the user's attachments have.
	SumAttachments(app chat.AppID, user chat.UserID) (int64, error)
	// DropAttachment takes the attachment away, and makes its id a leftover that is due. NotFound.
	DropAttachment(app chat.AppID, id chat.AttachmentID) error
	// DropUnsent is DropAttachment for those of all apps that were made before the time and that no message has ever
	// shown, at most limit. It returns how many there were.
	DropUnsent(before time.Time, limit int) (int, error)

	// InsertLeftover notes that the file is to go at the time, unless it becomes an attachment before.
	InsertLeftover(id chat.AttachmentID, due time.Time) error
	// ListLeftovers returns files that are due at the time, those first that have been due longest, at most limit.
	ListLeftovers(at time.Time, limit int) ([]chat.AttachmentID, error)
	// PostponeLeftover sets another time.
	PostponeLeftover(id chat.AttachmentID, due time.Time) error
	// DeleteLeftover forgets the file, whose bytes are gone.
	DeleteLeftover(id chat.AttachmentID) error
}
