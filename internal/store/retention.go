package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Retention remembers who removes what an app keeps no longer, and finds that.
type Retention interface {
	// LeaseSweep gives the sweep of an app to whoever has the lease until the time, if it is due and nobody else's, and tells whether it did. Whoever
	// has it already goes on.
	LeaseSweep(app chat.AppID, lease string, now, until time.Time) (bool, error)
	// CountSweep adds to what the run of the lease has removed, and moves its end; it tells with false that the lease is lost.
	CountSweep(app chat.AppID, lease string, conversations, messages int64, until time.Time) (bool, error)
	// FinishSweep ends the run of the lease until the next one, and returns what it removed; false: the lease is lost.
	FinishSweep(app chat.AppID, lease string, next time.Time) (chat.Sweep, bool, error)

	// ListStale returns conversations of the app in which nothing was said since the time, nor were they begun since; at most limit, in no
	// order that counts.
	ListStale(app chat.AppID, since time.Time, limit int) ([]chat.ConversationID, error)
	// CountStale counts them and the messages in them; at most limit conversations.
	CountStale(app chat.AppID, since time.Time, limit int) (conversations, messages int64, err error)
	// ForgetDeliveriesBefore removes what webhooks of the app were to be told of earlier times, at most limit rows. It returns how many.
	ForgetDeliveriesBefore(app chat.AppID, before time.Time, limit int) (int64, error)

	// ForgetEvents removes the oldest events of the log, of all apps, that happened before the time; at most limit rows. It returns how many.
	ForgetEvents(before time.Time, limit int) (int64, error)
	// ForgetInvitations removes links of all apps that ended before the time.
	ForgetInvitations(before time.Time) error
}
