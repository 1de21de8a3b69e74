package chat

import (
	"time"
	"unicode/utf8"
)

// Limits of messages.
const (
	MaxText            = 4096 // characters of a text
	MaxClientMessageID = 64   // characters of the client's own message id
	MaxDisplayName     = 128  // characters of an author's display name
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

// Origin is where a message came in.
type Origin struct {
	Type            string // "web", "ios", "android" or "api:conversations"
	Client          ClientID
	ClientMessageID string // the client's own id of the message: unique per client; empty over REST
	IntegrationID   IntegrationID
}

// ContentType says which members of Content count.
type ContentType string

// ContentText is a text of up to MaxText characters.
const ContentText ContentType = "text"

// Content is what a message says. Content of further types adds members here; it is stored as a document, so that
// older rows stay as they are.
type Content struct {
	Type    ContentType
	Text    string
	Payload string // an opaque value that the sender attaches, e.g. of a quick reply
}

// Check tells what is wrong with content that somebody posts: the field and the problem, or "" and "".
func (c Content) Check() (field, problem string) {
	if c.Type != ContentText {
		return "content.type", `must be "text"; other types are not supported by this version`
	}
	switch n := utf8.RuneCountInString(c.Text); {
	case c.Text == "":
		return "content.text", "must not be empty"
	case n > MaxText:
		return "content.text", "must have at most 4096 characters"
	case utf8.RuneCountInString(c.Payload) > MaxText:
		return "content.payload", "must have at most 4096 characters"
	}
	return "", ""
}

// Equal tells whether two contents say the same, for messages that are sent again.
func (c Content) Equal(d Content) bool { return c == d }
