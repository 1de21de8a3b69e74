package store

import "github.com/parlorchat/parlor/internal/chat"

// CannedReplies remembers the canned replies of apps.
type CannedReplies interface {
	// InsertCannedReply stores a new one. Conflict if the app has one with the shortcut.
	InsertCannedReply(reply chat.CannedReply) error
	// UpdateCannedReply stores everything but ids. Conflict if another one has the shortcut; NotFound.
	UpdateCannedReply(reply chat.CannedReply) error
	// ListCannedReplies returns all of the app in order of their shortcuts.
	ListCannedReplies(app chat.AppID) ([]chat.CannedReply, error)
	// DeleteCannedReply removes it. NotFound.
	DeleteCannedReply(app chat.AppID, id chat.CannedReplyID) error
}
