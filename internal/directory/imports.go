package directory

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Imported checks what is said of a user who was made elsewhere, by the rules of CreateUser.
func (in UserInput) Imported(app chat.AppID, createdAt time.Time) (chat.User, error) {
	user, err := in.made(app)
	user.CreatedAt, user.LastSeenAt = createdAt, createdAt
	if in.SignedUpAt == nil {
		user.SignedUpAt = createdAt
	}
	return user, err
}

// ImportUser stores such a user, as a step of the caller's transaction, under its id if that is free; else, or if it has
// none, under a new one. The address becomes a verified identity as in CreateUser, unless the user is anonymous. Nothing
// is written where it fails with Conflict, for the external id, or Forbidden seat_limit_reached.
func ImportUser(tx store.Tx, user *chat.User, now time.Time) error {
	if user.ExternalID != "" {
		if err := wantFree(tx, user.App, user.ExternalID); err != nil {
			return err
		}
	}
	id, err := idOrFree(tx, *user, now)
	if err != nil {
		return err
	}
	number, ok, err := tx.NextUserNumber(user.App, user.Seat)
	if err != nil {
		return err
	}
	if !ok {
		return noSeat()
	}
	user.ID, user.Number = id, number
	if err := tx.InsertUser(*user); err != nil {
		return err
	}
	return vouch(tx, user, "", now)
}

func idOrFree(tx store.Tx, user chat.User, now time.Time) (chat.UserID, error) {
	if user.ID != "" {
		taken, err := tx.IsTaken(chat.ImportedUser, string(user.ID))
		if err == nil && !taken {
			_, taken, err = tx.FindUserByExternalID(user.App, string(user.ID))
		}
		if err != nil || !taken {
			return user.ID, err
		}
	}
	return freeID(tx, user.App, now)
}
