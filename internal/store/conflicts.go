package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// ConflictPage says which conflicts of an app to list: those that are open, the one that began last first, or those that are settled, the
// one that was settled last first.
type ConflictPage struct {
	App     chat.AppID
	Settled bool
	Before  ConflictPlace // of the last one already had; zero: from the beginning
	Limit   int
}

// ConflictPlace is where a conflict stands in its list.
type ConflictPlace struct {
	At time.Time // CreatedAt or SettledAt
	ID chat.ConflictID
}

// Conflicts remembers addresses with which one user came and which are another's. They go with either user.
type Conflicts interface {
	// RecordConflict stores a conflict that happened at CreatedAt. Where the same user came with the same address of the same owner before, that
	// one is counted on; it begins anew if it was settled, unless it was dismissed.
	RecordConflict(conflict chat.IdentityConflict) error
	// GetConflict returns the conflict, or NotFound.
	GetConflict(app chat.AppID, id chat.ConflictID) (chat.IdentityConflict, error)
	// ListConflicts returns the page.
	ListConflicts(page ConflictPage) ([]chat.IdentityConflict, error)
	// CountConflicts counts those that are open, as far as most.
	CountConflicts(app chat.AppID, most int) (int, error)
	// SettleConflict stores how, by whom and when the conflict was settled, or that it is open again. NotFound.
	SettleConflict(conflict chat.IdentityConflict) error
	// DeleteConflicts forgets all conflicts of the user, on either side.
	DeleteConflicts(app chat.AppID, user chat.UserID) error
}
