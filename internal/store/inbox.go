package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// InboxView says which entries of an app to list.
type InboxView string

// The views of the inbox, each with the order of its entries.
const (
	InboxWaiting    InboxView = "waiting"    // open, and a user waits: the longest first
	InboxMine       InboxView = "mine"       // open, and assigned to the agent; as all that follow, what moved last first
	InboxUnread     InboxView = "unread"     // open, and a user wrote since the agent read it last
	InboxUnassigned InboxView = "unassigned" // open, and assigned to nobody
	InboxOpen       InboxView = "open"
	InboxSnoozed    InboxView = "snoozed"
	InboxClosed     InboxView = "closed"
)

// InboxOfTeam begins the names of the views of teams, and the id follows: open, and of the team.
const InboxOfTeam = "team-"

// InboxPage says which part of a view to list.
type InboxPage struct {
	App   chat.AppID
	View  InboxView
	Agent chat.AgentID // whose InboxMine and InboxUnread are
	After InboxPlace
	Limit int
	// Filter, where it is there, says what to list in the place of View, without its words: what moved last first.
	Filter *chat.InboxFilter
}

// InboxPlace is where an entry stands in a view; zero: before the first. Entries move, and a place stays where it was.
type InboxPlace struct {
	At           time.Time // since when the user waits, or when the entry moved
	Conversation chat.ConversationID
}

// PlaceIn is where an entry stands in a view.
func (v InboxView) PlaceIn(e chat.InboxEntry) InboxPlace {
	if v == InboxWaiting {
		return InboxPlace{e.WaitingSince, e.Conversation}
	}
	return InboxPlace{e.MovedAt, e.Conversation}
}

// InboxRow is an entry with what agents see of its conversation in a list.
type InboxRow struct {
	Entry        chat.InboxEntry
	Conversation chat.Conversation // without who is in control
	Last         *chat.Message     // the newest that is there; nil: all are gone
	People       int64             // users who take part
	Person       chat.User         // the first of them: ids, source, profile and seat; zero: nobody takes part
	ReadNumber   int64             // how far that user has read
	UserNumber   int64             // of the newest message of a user; where none is among the newest MaxAssuranceAge, 0
	OwnNumber    int64             // how far the agent who asks has read; filled where a method says so
	Assurance    chat.Assurance    // of that user's newest message; where among the newest MaxAssuranceAge is none of theirs, User.Assurance
}

// MaxAssuranceAge is how many messages ago a user wrote at most for InboxRow.Assurance.
const MaxAssuranceAge = 100

// MaxInboxCount is where counts of entries stop.
const MaxInboxCount = 1000

// InboxCounts is how many entries are in each view, MaxInboxCount at most.
type InboxCounts struct {
	Waiting, Mine, Unread, Unassigned, Open, Snoozed, Closed int64
}

// ItemPage says which notes or happenings of a conversation to list: the newest with an ordinal below Before.
type ItemPage struct {
	App          chat.AppID
	Conversation chat.ConversationID
	Before       int64
	Limit        int
}

// Inbox remembers what agents do with conversations. All of it goes with the conversation.
type Inbox interface {
	// FindInboxEntry returns the conversation's entry, without the name of the assignee, if there is one.
	FindInboxEntry(app chat.AppID, conversation chat.ConversationID) (chat.InboxEntry, bool, error)
	// InsertInboxEntry stores a new entry, and tells with false that the conversation has one: then nothing is stored.
	InsertInboxEntry(entry chat.InboxEntry) (bool, error)
	// OpenInboxEntry is InsertInboxEntry of an entry that a user begins: it comes to the team of FindIntake, which is returned.
	OpenInboxEntry(entry chat.InboxEntry) (chat.TeamID, error)
	// UpdateInboxEntry stores all of an entry. NotFound.
	UpdateInboxEntry(entry chat.InboxEntry) error
	// ListInbox returns a page of a view.
	ListInbox(page InboxPage) ([]InboxRow, error)
	// GetInboxRow returns one entry as ListInbox does. NotFound.
	GetInboxRow(app chat.AppID, conversation chat.ConversationID) (InboxRow, error)
	// ListInboxOfUser returns the entries of the conversations that the user takes part in, newest activity first. Person is
	// the first of each conversation, who may be somebody else.
	ListInboxOfUser(app chat.AppID, user chat.UserID, limit int) ([]InboxRow, error)
	// ListInboxOf returns the entries of the conversations, in no order; those that have none are left out.
	ListInboxOf(app chat.AppID, conversations []chat.ConversationID) ([]InboxRow, error)
	// CountInbox counts the entries of all views.
	CountInbox(app chat.AppID, agent chat.AgentID) (InboxCounts, error)
	// MarkReadBy notes how far an agent has read a conversation, forward only.
	MarkReadBy(agent chat.AgentID, conversation chat.ConversationID, number int64) error
	// FillOwnNumbers fills InboxRow.OwnNumber of all rows for the agent.
	FillOwnNumbers(agent chat.AgentID, rows []InboxRow) error
	// ListOverslept returns entries of all apps that are snoozed until the time or one before it, the first due first.
	ListOverslept(now time.Time, limit int) ([]chat.InboxEntry, error)

	// InsertNote stores a note, and tells with false that the agent wrote one with the same SentID in this app: then nothing is
	// stored, and the transaction must be given up.
	InsertNote(note chat.Note) (bool, error)
	// FindNote returns the note of the agent by the console's own id, if there is one.
	FindNote(app chat.AppID, author chat.AgentID, sentID string) (chat.Note, bool, error)
	// ListNotes returns the page always in ascending order.
	ListNotes(page ItemPage) ([]chat.Note, error)
	// InsertHappening stores a happening.
	InsertHappening(happening chat.Happening) error
	// ListHappenings returns the page always in ascending order.
	ListHappenings(page ItemPage) ([]chat.Happening, error)
}
