package chat

import "time"

// Limits of messages.
const (
	MaxText            = 4096 // characters of a text
	MaxClientMessageID = 64   // characters of the client's own message id
	MaxDisplayName     = 255  // characters of an author's display name
)

// Message is one entry of a conversation. Its row is its own record in the log of events.
type Message struct {
	App          AppID
	Conversation ConversationID
	ID           MessageID
	Number       int64 // 1, 2, 3 ... in the conversation: the order, and the cursor for history
	Change       int64 // the conversation's change number when the message came

	Author    Author
	Content   Content
	Metadata  Metadata
	Origin    Origin
	Assurance Assurance // of the author when it was written; empty for the business
	Received  time.Time
	Deleted   bool // the row keeps the number; author and content are gone

	Form *Message // of a formResponse, filled where keys read it: the form, while it is there
}

// IsAnswer tells whether the message is an answer of the business, and not a user's message or a note of what was done.
func (m Message) IsAnswer() bool {
	return m.Author.Type == AuthorBusiness && m.Author.Subtype != SubtypeActivity && !m.Deleted && !m.asksForRating()
}

func (m Message) asksForRating() bool {
	return m.Content.Type == ContentForm && m.Content.Form != nil && m.Content.Form.Rating
}

// AnsweredBy is the agent who wrote the message at the console; empty: somebody else did. Whoever writes by REST has no client.
func (m Message) AnsweredBy() AgentID {
	if m.Author.Type == AuthorBusiness && m.Author.Subtype == SubtypeAgent {
		return AgentID(m.Origin.Client)
	}
	return ""
}

// AuthorType says on whose side an author stands.
type AuthorType string

// The two sides.
const (
	AuthorUser     AuthorType = "user"
	AuthorBusiness AuthorType = "business"
)

// Author is who wrote a message.
type Author struct {
	Type        AuthorType
	User        UserID // set with AuthorUser
	ExternalID  string // of the user; filled on reading
	DisplayName string
	AvatarURL   string
	Subtype     string // "AI", "activity", "agent", "bot" or empty; business only
}

// Subtypes of authors that rules ask for.
const (
	SubtypeActivity = "activity" // says what was done, and answers nobody
	SubtypeAgent    = "agent"
)

// OriginREST is the type of origin of what a key or an agent posts: users and programs see no difference.
const OriginREST = "api:conversations"

// Origin is where a message came in.
type Origin struct {
	Type            string   // "web", "ios", "android" or OriginREST
	Client          ClientID // of a message of an agent, AgentAtWork.Client
	ClientMessageID string   // the client's own id of the message: unique per client; empty over REST
	IntegrationID   IntegrationID
}
