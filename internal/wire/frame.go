package wire

import "github.com/parlorchat/parlor/internal/chat"

// ProtocolVersion is the version of api/realtime.md that this server speaks.
const ProtocolVersion = 1

// Head is what every client frame begins with.
type Head struct {
	Type string `json:"type"`
	Ref  int64  `json:"ref"`
}

// Hello is the first frame of a client.
type Hello struct {
	Type    string `json:"type"`
	Version int    `json:"v"`
	Session string `json:"session"`
	SignIn
	Cursors Cursors `json:"cursors"`
}

// Cursors say what a client has already.
type Cursors struct {
	Conversations map[string]Cursor `json:"conversations"`
}

// Cursor is how far a client has come in one conversation.
type Cursor struct {
	Number int64 `json:"number"`
	Change int64 `json:"change"`
}

// Welcome answers a hello.
type Welcome struct {
	Type             string             `json:"type"` // "welcome"
	Version          int                `json:"v"`
	Session          *Session           `json:"session,omitzero"` // if this frame minted one
	User             User               `json:"user"`
	Client           ClientRef          `json:"client"`
	HeartbeatSeconds int                `json:"heartbeatSeconds"`
	Conversations    []LiveConversation `json:"conversations"`
	HasMore          bool               `json:"hasMore"`
	Cursor           string             `json:"cursor,omitzero"` // of the next page of conversations
	Merged           *Merged            `json:"merged,omitzero"`
}

// Failure is the frame of an error: with Ref the answer to a request, without it the reason of a close.
type Failure struct {
	Type   string  `json:"type"` // "error"
	Ref    int64   `json:"ref,omitzero"`
	Status int     `json:"status"` // as HTTP would have it
	Error  Problem `json:"error"`
}

// FailureOf is the frame of an error.
func FailureOf(ref int64, err error) Failure {
	return Failure{Type: "error", Ref: ref, Status: OutcomeOf(err).Status, Error: ProblemOf(err)}
}

// Sync brings a client up to date in one conversation, or tells it to start afresh.
type Sync struct {
	Type         string  `json:"type"` // "sync"
	Conversation string  `json:"conversation"`
	Events       []Event `json:"events,omitempty"`
	Change       int64   `json:"change,omitzero"` // up to which the client is then in step
	Done         bool    `json:"done,omitzero"`
	Reset        bool    `json:"reset,omitzero"`
}

// Event is an event as a user's client sees it; which members are there depends on Type (api/realtime.md section 4).
type Event struct {
	Type         string             `json:"type"`
	Conversation string             `json:"conversation,omitzero"`
	Change       int64              `json:"change,omitzero"`
	Message      *Message           `json:"message,omitzero"`
	ID           string             `json:"id,omitzero"`
	Number       int64              `json:"number,omitzero"`
	By           string             `json:"by,omitzero"`
	UserID       string             `json:"userId,omitzero"`
	At           Time               `json:"at,omitzero"`
	State        *ConversationState `json:"state,omitzero"`
	Active       *bool              `json:"active,omitzero"`
	Author       *Author            `json:"author,omitzero"`
	User         *User              `json:"user,omitzero"`
	Why          string             `json:"why,omitzero"`
}

// ConversationState is what is the same for everybody in a conversation.
type ConversationState struct {
	Conversation
	LastNumber         int64 `json:"lastNumber"`
	Change             int64 `json:"change"`
	BusinessReadNumber int64 `json:"businessReadNumber"`
}

// EventOf is an event as the given user sees it, or false if it is none that clients see.
func EventOf(e chat.Event, to Viewer) (Event, bool) {
	event := Event{Conversation: string(e.Conversation), Change: e.Change}
	switch e.Kind {
	case chat.EventMessage:
		message := LiveMessageOf(*e.Message, to)
		event.Type, event.Message = "message", &message
	case chat.EventMessageRemoved:
		event.Type, event.ID, event.Number = "message.removed", string(e.Message.ID), e.Message.Number
	case chat.EventMessagesCleared:
		event.Type, event.Number = "messages.removed", e.Cleared
	case chat.EventRead:
		event.Type, event.By, event.UserID = "read", string(e.Read.By), string(e.Read.User)
		event.Number, event.At = e.Read.Number, At(e.Read.At)
	case chat.EventConversation:
		event.Type, event.State = "conversation", conversationState(*e.ConversationState)
	case chat.EventConversationRemoved:
		event.Type = "conversation.removed"
	case chat.EventJoined, chat.EventLeft:
		event.Type, event.UserID = participantEvents[e.Kind], string(e.Participant.User)
	case chat.EventTyping:
		author := AuthorOf(e.Typing.Author)
		event.Type, event.Active, event.Author = "typing", &e.Typing.Active, &author
	default:
		return Event{}, false
	}
	return event, true
}

var participantEvents = map[chat.EventKind]string{
	chat.EventJoined: "participant.added",
	chat.EventLeft:   "participant.removed",
}

func conversationState(c chat.Conversation) *ConversationState {
	return &ConversationState{Conversation: ConversationOf(c, false), LastNumber: c.LastNumber, Change: c.Change,
		BusinessReadNumber: c.BusinessReadNumber}
}

// Request holds the members of every client frame after the first; which of them count depends on the type
// (api/realtime.md section 3).
type Request struct {
	Head
	ID           string         `json:"id"`
	Conversation string         `json:"conversation"`
	Message      Draft          `json:"message"`
	Messages     []Draft        `json:"messages"`
	Before       int64          `json:"before"`
	Limit        int            `json:"limit"`
	After        string         `json:"after"`
	Number       int64          `json:"number"`
	Change       int64          `json:"change"`
	MessageID    string         `json:"messageId"`
	Action       string         `json:"action"`
	Active       bool           `json:"active"`
	DisplayName  Text           `json:"displayName"`
	Description  Text           `json:"description"`
	IconURL      Text           `json:"iconUrl"`
	GivenName    Text           `json:"givenName"`
	Surname      Text           `json:"surname"`
	Email        Text           `json:"email"`
	AvatarURL    Text           `json:"avatarUrl"`
	Locale       Text           `json:"locale"`
	Metadata     map[string]any `json:"metadata"`
	Door         string         `json:"door"`
	Token        Text           `json:"token"`
	ExternalID   string         `json:"externalId"`
}

// Answer is the frame of a request that succeeded; which members are there depends on the request.
type Answer struct {
	Type          string              `json:"type"` // "ok"
	Ref           int64               `json:"ref"`
	Message       *Message            `json:"message,omitzero"`
	Duplicate     bool                `json:"duplicate,omitzero"`
	Messages      *[]Message          `json:"messages,omitzero"`
	Conversation  any                 `json:"conversation,omitzero"` // the id, or a LiveConversation
	Conversations *[]LiveConversation `json:"conversations,omitzero"`
	HasMore       *bool               `json:"hasMore,omitzero"`
	Cursor        string              `json:"cursor,omitzero"`
	User          *User               `json:"user,omitzero"`
	Session       *Session            `json:"session,omitzero"`
}
