package chat

import "time"

// EventKind says what happened.
type EventKind string

// Kinds of events. Those of a conversation carry its change number; passing ones (typing) are never stored.
const (
	EventMessage             EventKind = "message"              // Message
	EventMessageRemoved      EventKind = "message:removed"      // Message: id and number only
	EventMessagesCleared     EventKind = "messages:removed"     // Cleared: all messages up to this number
	EventRead                EventKind = "read"                 // Read
	EventConversation        EventKind = "conversation"         // ConversationState: created or changed
	EventConversationRemoved EventKind = "conversation:removed" // Conversation
	EventJoined              EventKind = "participant:added"    // Participant
	EventLeft                EventKind = "participant:removed"  // Participant
	EventTyping              EventKind = "typing"               // Typing
	EventPostback            EventKind = "postback"             // Postback, User: no change of the conversation, and nothing that clients see

	// What only agents see. Their rows are their record, as that of a message is; nobody else is in their audience.
	EventInbox     EventKind = "inbox"     // the conversation's entry in the inbox changed
	EventNote      EventKind = "note"      // Note
	EventHappening EventKind = "happening" // Happening

	EventColleagues  EventKind = "colleagues"   // the agents or the teams of the app changed, or who of them is away
	EventAgentTyping EventKind = "agent:typing" // Agent: passing, as EventTyping is

	EventUserUpdated EventKind = "user:update" // User
	EventUserMerged  EventKind = "user:merge"  // Merge
	EventUserRemoved EventKind = "user:remove" // User

	EventClientAdded EventKind = "client:add" // User, Client

	EventSessionsEnded EventKind = "sessions:end" // Ended
	EventAppChanged    EventKind = "app:update"   // App: its settings
	EventKeyChanged    EventKind = "key:update"   // Key: made, rotated or revoked
)

// Event tells everybody who listens what a transaction did. Which members are set depends on the kind.
type Event struct {
	// Position is the place in the log of events, which grows in order of commit. It is 0 for events whose own row is
	// their record: messages and the other changes of a conversation, which are found again by Change.
	Position int64
	Kind     EventKind
	App      AppID
	At       time.Time

	Conversation ConversationID
	Change       int64    // the conversation's change number; 0 for events that are no change of a conversation
	Audience     []UserID // the participants, for events of a conversation

	Message           *Message
	Cleared           int64
	Read              *ReadMark
	ConversationState *Conversation
	Participant       *Participant
	Typing            *Typing
	Postback          *Postback
	Note              *Note
	Happening         *Happening
	Agent             *AgentTyping

	// Trigger is what webhooks call the event; empty for what they are not told. Reason is why, where the trigger has
	// reasons. Queued is set by the store: a webhook waits to be told.
	Trigger Trigger
	Reason  string
	Queued  bool

	// Control is how it stood, for what webhooks are told; nil: as it stands when they are told. Metadata is what whoever
	// passed control on gave along.
	Control  *Control
	Metadata Metadata

	User           UserID // whom a user event is about; who pressed, of a postback
	UserExternalID string // EventUserRemoved: what the company called them
	UserSeat       bool   // EventUserRemoved: see User.Seat
	Client         ClientID
	Merge          *Merge
	Ended          *EndedSessions
	Key            KeyID
}

// ReadMark tells how far somebody has read.
type ReadMark struct {
	By     AuthorType
	User   UserID // set with AuthorUser
	Number int64
	At     time.Time
}

// Typing tells that somebody began or stopped typing. It is true for ten seconds at most.
type Typing struct {
	Author Author
	Active bool
}

// AgentTyping tells the other agents that one began or stopped writing. It is true for ten seconds at most.
type AgentTyping struct {
	Colleague
	Active bool
	Note   bool // to the other agents, of which the user is not told
}

// Postback tells that a user pressed a postback button: what the button says and brings back.
type Postback struct {
	Message  MessageID // with the button
	Client   ClientID  // where the user pressed it
	Text     string    // what stands on the button
	Payload  string
	Metadata Metadata
}

// EndedSessions names the sessions that ended: exactly one of the members is set, the widest that applies.
type EndedSessions struct {
	Session SessionID
	Client  ClientID
	User    UserID
	Key     KeyID
	Why     string // "logout", "switch", "upgrade", "replaced", "revoked", "erased", "blocked", "everywhere", "merged", "unmerged", "moved"
}

// Change is a stored change of a conversation other than a message, found again by its number when a client resumes.
type Change struct {
	App          AppID
	Conversation ConversationID
	Number       int64
	Kind         EventKind
	Message      MessageID // EventMessageRemoved
	MessageNo    int64     // EventMessageRemoved; EventMessagesCleared: the last one
	Read         *ReadMark // EventRead
	User         UserID    // EventJoined, EventLeft
	At           time.Time
}
