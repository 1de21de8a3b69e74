package store

import "github.com/parlorchat/parlor/internal/chat"

// MergePage says which merges of an app to list: newest first.
type MergePage struct {
	App  chat.AppID
	User chat.UserID // only those in which the user survived or was discarded; empty: all
	Span
}

// Merges remembers merges that can be undone, with all that this takes. MergeUser does the merging.
type Merges interface {
	// CountMerge says how much MergeUser would move.
	CountMerge(app chat.AppID, surviving, discarded chat.UserID) (chat.MergeCounts, error)
	// KeepMerge stores a merge, sets its Ordinal, and keeps what UndoMerge needs. It comes before anything else that the
	// merge changes, in the transaction of MergeUser, and takes the same locks. NotFound.
	KeepMerge(merge *chat.UserMerge, gain chat.MergeGain) error
	// GetMerge returns the merge, or NotFound; also after it was undone.
	GetMerge(app chat.AppID, id chat.MergeID) (chat.UserMerge, error)
	// ListMerges returns the page, newest first. Invalid (Span.NoPlace).
	ListMerges(page MergePage) ([]chat.UserMerge, error)
	// FindLastMerge returns the newest merge of the user, on either side, that was not undone, if there is one.
	FindLastMerge(app chat.AppID, user chat.UserID) (chat.UserMerge, bool, error)
	// GetKept returns the record of the discarded user as it was, and what the survivor gained of it. NotFound once the
	// merge was undone.
	GetKept(app chat.AppID, id chat.MergeID) (chat.User, chat.MergeGain, error)
	// UndoMerge gives the discarded user back all that KeepMerge kept, and stores UndoneBy and UndoneAt of the merge. The
	// survivor must be locked, and the merge its last. What is gone since stays gone; what the survivor wrote since stays
	// theirs; an identity that is somebody else's by now stays where it is. The caller takes the seat and changes the
	// survivor's own record. Conflict if the external id was taken.
	UndoMerge(merge chat.UserMerge) (Unmerged, error)
	// ForgetMerges forgets all merges that led to the user, and what is kept of others that names the user: they cannot
	// be undone any more, and webhooks that were not told of them are not told.
	ForgetMerges(app chat.AppID, user chat.UserID) error
}

// Unmerged is what went back to a user who had been discarded.
type Unmerged struct {
	Conversations []chat.ConversationID // that left the survivor
	Shared        []chat.ConversationID // groups in which both are again
	Clients       []chat.ClientID
	Sessions      []chat.ClientID         // clients of which a session ended, which was the survivor's
	Clashes       []chat.IdentityConflict // verified names that are somebody else's by now; without ids and times
}
