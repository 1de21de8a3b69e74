package chat

import "time"

// Episode is a stretch of a conversation: from the message of a user that opened it to its closing by an agent. When a user writes again
// after that, another one begins; when an agent opens it again, it goes on. Reports count episodes.
type Episode struct {
	App          AppID
	Conversation ConversationID
	OpenedAt     time.Time
	AnsweredAt   time.Time // the first answer of the business; zero: there is none
	AnsweredBy   AgentID   // empty: a program or an assistant
	ClosedAt     time.Time // zero: it goes on
	ClosedBy     AgentID   // empty: the operator
}
