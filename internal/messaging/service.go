// Package messaging is the heart: the work on conversations, participants, messages and activities.
//
// Every message enters by Send, whatever its origin. One method is one transaction: who may do it is asked, the rule
// applied, the rows and the events written; the events reach their listeners after the commit, and who listens is not
// known here. Typing is a passing sign and goes straight to the publisher; every few seconds at most it is emitted, too, where
// webhooks are told of it.
package messaging

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Publisher tells everybody who listens of passing signs.
type Publisher interface {
	Publish(events []chat.Event)
}

// Service is safe for concurrent use.
type Service struct {
	store     store.Store
	publisher Publisher
	now       func() time.Time
	typists   typists // of whom webhooks were told
}

// New returns the service.
func New(s store.Store, publisher Publisher, now func() time.Time) *Service {
	return &Service{store: s, publisher: publisher, now: now}
}

// clock returns the time of one piece of work, to the microsecond that the store keeps.
func (s *Service) clock() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

func notAllowed() error {
	return chat.Refuse("forbidden", "These credentials do not allow this.")
}

// audience returns the users of a conversation if the principal may act in it, else that there is no such
// conversation: to those who are not in it, it does not exist.
func audience(tx store.Tx, p chat.Principal, id chat.ConversationID) ([]chat.UserID, error) {
	users, err := tx.ListAudience(p.App, id)
	if err != nil {
		return nil, err
	}
	if !p.MayTouch(users) {
		return nil, chat.Missing("conversation")
	}
	return users, nil
}
