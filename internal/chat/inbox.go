package chat

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits of what agents do with a conversation.
const (
	MaxTags     = 20
	MaxTag      = 50 // characters
	MaxSnooze   = 365 * 24 * time.Hour
	MaxNote     = 10_000 // characters of a note, as written
	MaxNoteSent = 64     // characters of the console's own id of a note
)

// InboxStatus says whether agents have something to do with a conversation.
type InboxStatus string

// The statuses of entries.
const (
	InboxOpen    InboxStatus = "open"
	InboxSnoozed InboxStatus = "snoozed" // open again at a time, or when a user writes
	InboxClosed  InboxStatus = "closed"  // open again when a user writes
)

// Known tells whether there is such a status.
func (s InboxStatus) Known() bool { return s == InboxOpen || s == InboxSnoozed || s == InboxClosed }

// Colleague is an agent as others at the console see them.
type Colleague struct {
	ID   AgentID
	Name string // filled on reading
}

// InboxEntry is how agents stand to a conversation: there is one for each that has a message. It moves under the lock of its
// conversation.
type InboxEntry struct {
	App          AppID
	Conversation ConversationID
	Status       InboxStatus
	SnoozedUntil time.Time // zero unless it is snoozed
	Team         TeamRef   // zero: none; of a team that is gone nothing is left
	Assignee     Colleague // zero: nobody
	Tags         []string  // as CheckTags returns them
	WaitingSince time.Time // a user wrote then and nobody has answered; zero: somebody has. See Waits
	MovedAt      time.Time // when it last changed sides or status
	LastOrdinal  int64     // of the newest note or happening; they count 1, 2, 3 ... in their conversation

	// The newest episode, as in Episode.
	OpenedAt   time.Time // zero: there was none
	AnsweredAt time.Time
	AnsweredBy AgentID
}

// FirstEntry is the entry of a conversation after its first message.
func FirstEntry(m Message) InboxEntry {
	e := InboxEntry{App: m.App, Conversation: m.Conversation, Status: InboxOpen, MovedAt: m.Received}
	if m.Author.Type == AuthorUser {
		e.WaitingSince, e.OpenedAt = m.Received, m.Received
	}
	return e
}

// Waits tells whether a user waits. Of what was closed nobody does, until they write again.
func (e InboxEntry) Waits() bool { return !e.WaitingSince.IsZero() && e.Status != InboxClosed }

// After is the entry after a further message, which is the same entry for most: a user's opens it and makes it wait, and an answer
// of the business ends the waiting.
func (e InboxEntry) After(m Message) InboxEntry {
	waits := e.Waits()
	switch {
	case m.Author.Type == AuthorUser && (!waits || e.Status != InboxOpen):
		if e.Status == InboxClosed || e.OpenedAt.IsZero() {
			e.OpenedAt, e.AnsweredAt, e.AnsweredBy = m.Received, time.Time{}, ""
		}
		e.Status, e.SnoozedUntil, e.MovedAt = InboxOpen, time.Time{}, m.Received
		if !waits {
			e.WaitingSince = m.Received
		}
	case m.IsAnswer() && waits:
		e.WaitingSince, e.MovedAt = time.Time{}, m.Received
		if e.AnsweredAt.IsZero() {
			e.AnsweredAt, e.AnsweredBy = m.Received, m.AnsweredBy()
		}
	}
	return e
}

// Ended is the episode of a closed entry. What an agent opens again goes on with it.
func (e InboxEntry) Ended(by AgentID) (ended Episode, ran bool) {
	return Episode{App: e.App, Conversation: e.Conversation, OpenedAt: e.OpenedAt, AnsweredAt: e.AnsweredAt, AnsweredBy: e.AnsweredBy,
		ClosedAt: e.MovedAt, ClosedBy: by}, e.Status == InboxClosed && !e.OpenedAt.IsZero()
}

// Equal tells whether two entries are the same but for names.
func (e InboxEntry) Equal(other InboxEntry) bool {
	return e.Status == other.Status && e.SnoozedUntil.Equal(other.SnoozedUntil) && e.Team.ID == other.Team.ID && e.Assignee.ID == other.Assignee.ID &&
		slices.Equal(e.Tags, other.Tags) && e.WaitingSince.Equal(other.WaitingSince) && e.MovedAt.Equal(other.MovedAt) &&
		e.LastOrdinal == other.LastOrdinal && e.OpenedAt.Equal(other.OpenedAt) && e.AnsweredAt.Equal(other.AnsweredAt) && e.AnsweredBy == other.AnsweredBy
}

// CheckTags returns the tags without outer spaces, each once and in order, or what is wrong with them.
func CheckTags(tags []string) (settled []string, problem string) {
	for _, tag := range tags {
		tag = strings.TrimSpace(tag)
		switch {
		case VisibleName(tag) == "" || utf8.RuneCountInString(tag) > MaxTag:
			return nil, "must hold names of 1 to 50 characters"
		case !utf8.ValidString(tag) || strings.ContainsFunc(tag, func(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }):
			return nil, "must hold printable names"
		}
		settled = append(settled, tag)
	}
	slices.Sort(settled)
	settled = slices.Compact(settled)
	if len(settled) > MaxTags {
		return nil, "must hold at most 20 names"
	}
	return settled, ""
}
