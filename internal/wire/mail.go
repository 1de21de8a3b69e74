package wire

// MailState is how mail of an app goes.
type MailState struct {
	From     string        `json:"from,omitzero"` // absent: this server sends none
	Failures []MailFailure `json:"failures"`
}

// MailFailure is a mail that was given up.
type MailFailure struct {
	Kind     string `json:"kind"` // "answers", "waiting", "transcript", "test"
	UserID   string `json:"userId,omitzero"`
	At       Time   `json:"at"`
	Reason   string `json:"reason"`
	Attempts int64  `json:"attempts"`
}

// TranscriptSent is the answer to whoever sends a transcript.
type TranscriptSent struct {
	Email string `json:"email"`
}

// Subscription is how a user stands to mail about answers.
type Subscription struct {
	StoppedAt Time `json:"stoppedAt,omitzero"` // absent: they get it
}
