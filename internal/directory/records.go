package directory

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// touchEvery is how exactly "last seen" and "last used" are kept: finer would write a row for every look.
const touchEvery = time.Minute

// create stores a new user with its number and, if user.Seat is set, a seat.
func create(tx store.Tx, user *chat.User, now time.Time) error {
	number, ok, err := tx.NextUserNumber(user.App, user.Seat)
	if err != nil {
		return err
	}
	if !ok {
		return noSeat()
	}
	user.Number, user.CreatedAt, user.LastSeenAt = number, now, now
	if user.SignedUpAt.IsZero() {
		user.SignedUpAt = now
	}
	if user.ID, err = freeID(tx, user.App, now); err != nil {
		return err
	}
	return tx.InsertUser(*user)
}

// freeID returns a new internal id that is nobody's external id, since paths take either and the internal one wins
// (security rule 13).
func freeID(tx store.Tx, app chat.AppID, now time.Time) (chat.UserID, error) {
	for {
		id := chat.NewID(now)
		_, taken, err := tx.FindUserByExternalID(app, id)
		if err != nil || !taken {
			return chat.UserID(id), err
		}
	}
}

// isInternalID tells whether an external id that somebody wants is the internal id of a user.
func isInternalID(tx store.Tx, app chat.AppID, externalID string) (bool, error) {
	if !chat.IsID(externalID) {
		return false, nil
	}
	_, err := tx.GetUser(app, chat.UserID(externalID))
	if chat.KindOf(err) == chat.NotFound {
		return false, nil
	}
	return err == nil, err
}

// becomeIdentified makes an anonymous record that of somebody who is known, and takes a seat. The caller stores it.
func becomeIdentified(tx store.Tx, user *chat.User, source chat.Source, now time.Time) error {
	user.Seat, user.Source, user.SignedUpAt = true, source, now
	return takeSeat(tx, user.App)
}

func takeSeat(tx store.Tx, app chat.AppID) error {
	ok, err := tx.TakeSeat(app)
	if err == nil && !ok {
		err = noSeat()
	}
	return err
}

const noSeatCode = "seat_limit_reached"

func noSeat() error {
	return chat.Refuse(noSeatCode, "All seats of this app are taken: an admin must raise the limit or remove a user.")
}

// appendEnded tells that sessions of a user ended: whoever holds a socket of theirs closes it.
func appendEnded(tx store.Tx, app chat.AppID, user chat.UserID, ended chat.EndedSessions, now time.Time) error {
	return tx.AppendEvent(&chat.Event{Kind: chat.EventSessionsEnded, App: app, User: user, Ended: &ended, At: now})
}
