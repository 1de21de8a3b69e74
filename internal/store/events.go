package store

import "github.com/parlorchat/parlor/internal/chat"

// Events is the log of what happened apart from conversations, in order of commit, and the way to tell listeners.
type Events interface {
	// Emit hands the event to the Listener after the commit, and to the webhooks that ask for its Trigger (Deliveries). Events whose own row is their record (those with a change
	// number) and passing ones are emitted only.
	Emit(event chat.Event)
	// AppendEvent stores the event in the log, sets its Position, and emits it. Stored are Kind, App, At, Conversation,
	// Change, Audience, User, Merge, Ended and Key; the rest has rows of its own.
	AppendEvent(event *chat.Event) error
	// ListEvents returns the log after the position, in order, at most limit.
	ListEvents(after int64, limit int) ([]chat.Event, error)
	// LastPosition returns the newest position that was given, also if that event was deleted since; 0 if none was.
	LastPosition() (int64, error)
}
