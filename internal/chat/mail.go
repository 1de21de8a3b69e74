package chat

import "time"

// Mail is one that is to be sent. What it says is made when it is sent, so that nobody is told what is gone by then.
type Mail struct {
	ID           MailID
	App          AppID
	Kind         MailKind
	Cause        string // there is one mail that waits for each
	Conversation ConversationID
	User         UserID  // whom it is to, or whose conversation a transcript is of
	Agent        AgentID // whom it is to; of a transcript, who sends it
	Comings      int64   // how often its cause came again while it waited
	CreatedAt    time.Time
	NextAt       time.Time // it is not sent before
	Attempts     int64     // that failed
	FailedAt     time.Time // it was given up then; zero: it waits
	Reason       string    // why the last attempt failed
}

// MailID names a mail.
type MailID string

// MailKind says what a mail is about.
type MailKind string

// The kinds of mail that wait in rows. Codes do not: who asks for one can ask again.
const (
	MailAnswers    MailKind = "answers"    // to a user: what was answered while they were away
	MailWaiting    MailKind = "waiting"    // to an agent: a user waits too long
	MailTranscript MailKind = "transcript" // to a user: a whole conversation
	MailTest       MailKind = "test"       // to an agent: mail arrives
)
