package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/tokens"
)

// Unindexed is a conversation with messages that the search does not find yet: those from a number on.
type Unindexed struct {
	App          chat.AppID
	Conversation chat.ConversationID
	From         int64
}

// MarkedPlace is how far everything is marked to be indexed anew: of users, or after them of conversations, up to the one with the id.
type MarkedPlace struct {
	Conversations bool
	ID            string
}

// IndexedMessage is what a message is found by.
type IndexedMessage struct {
	Number int64
	At     time.Time
	Tokens []string
}

// IndexedPart is a part of a conversation: from the number on the messages that are there, in order of number, up to the one before Next.
type IndexedPart struct {
	Unindexed
	Messages []IndexedMessage
	Next     int64 // those from it on are still to be indexed; 0: there are none
}

// SearchPage says what to look for: what has all of the terms, the newest first.
type SearchPage struct {
	App    chat.AppID
	Terms  []tokens.Term // at least one
	Before int64         // a user's number, or Said.Place; 0: from the newest on
	Limit  int
}

// Said is a message or a note: one of them is set.
type Said struct {
	Place   int64 // in the order of all that was said
	Message *chat.Message
	Note    *chat.Note
}

// Search remembers by which tokens people, messages and notes are found (ADR 17). What is new or changed is marked in the transaction that
// writes it, and found once somebody has indexed it; what is deleted is found no more, and its tokens go with it.
type Search interface {
	// HoldIndexing takes the lease of indexing, or extends it until the time, and returns by which rules all is indexed or marked; it tells with false
	// that somebody else holds it, or that a newer version indexes by other rules. Nobody else indexes until the transaction ends.
	HoldIndexing(lease string, rules int64, now, until time.Time) (former int64, held bool, err error)
	// MarkUnindexed marks what comes after a place to be indexed anew, at most limit users, or conversations with their notes. It returns the place after it; false: that was all.
	MarkUnindexed(after MarkedPlace, limit int) (next MarkedPlace, more bool, err error)
	// SetIndexingRules notes by which rules all is indexed or marked.
	SetIndexingRules(rules int64) error
	// IsIndexed tells whether there is nothing to index by the rules.
	IsIndexed(rules int64) (bool, error)

	// ListUnindexedUsers returns users of all apps, without identities. They keep standing as they do until the transaction ends; who is being
	// changed at this moment is left out. So are those of the next two.
	ListUnindexedUsers(limit int) ([]chat.User, error)
	// ListUnindexedNotes returns notes of all apps.
	ListUnindexedNotes(limit int) ([]chat.Note, error)
	// ListUnindexed returns conversations of all apps.
	ListUnindexed(limit int) ([]Unindexed, error)
	// ListUnindexedMessages returns messages of the conversation in order of number, without external ids.
	ListUnindexedMessages(of Unindexed, limit int) ([]chat.Message, error)

	// IndexUser has a user found by these tokens, and no others.
	IndexUser(user chat.User, tokens []string) error
	// IndexNote has a note found by these tokens, and no others.
	IndexNote(note chat.Note, tokens []string) error
	// IndexMessages has the messages of the parts found by their tokens, and no message of their conversations from the number on that is not
	// among them. The more at once, the less it costs.
	IndexMessages(parts []IndexedPart) error

	// FindIndexedUsers returns users, without identities, in descending order of number.
	FindIndexedUsers(page SearchPage) ([]chat.User, error)
	// FindSaid returns messages and notes, the newest first. Notes are for agents alone.
	FindSaid(page SearchPage) ([]Said, error)
}
