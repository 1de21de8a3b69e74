package chat

import "time"

// Note is what an agent writes to the other agents about a conversation. It is no message: it takes no number of the conversation,
// so that no cursor of a user shows that there is one.
type Note struct {
	App          AppID
	Conversation ConversationID
	ID           NoteID
	Ordinal      int64  // place among the notes and happenings of the conversation
	SentID       string // the console's own id of the note: unique per agent in an app
	Author       Colleague
	Text         string // Markdown, as written
	HTML         string // what it means, in the small HTML that is safe to show
	At           time.Time
}

// HappeningType says what agents, or time, did with a conversation.
type HappeningType string

// The types of happenings.
const (
	HappenedAssigned HappeningType = "assigned" // To
	HappenedTeam     HappeningType = "team"     // Team, and where somebody of it answers To
	HappenedClosed   HappeningType = "closed"
	HappenedReopened HappeningType = "reopened"
	HappenedSnoozed  HappeningType = "snoozed" // Until
	HappenedTagged   HappeningType = "tagged"  // Tags
)

// Happening is a line in the history of a conversation that only agents see.
type Happening struct {
	App          AppID
	Conversation ConversationID
	ID           HappeningID
	Ordinal      int64 // place among the notes and happenings of the conversation
	Type         HappeningType
	By           Colleague // zero: nobody; it came by itself
	To           Colleague // HappenedAssigned, HappenedTeam; zero: to nobody
	Team         TeamRef   // HappenedTeam; zero: to none
	Until        time.Time // HappenedSnoozed
	Tags         []string  // HappenedTagged: all, afterwards
	At           time.Time
}
