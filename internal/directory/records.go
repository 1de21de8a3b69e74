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

func noSeat() error {
	return chat.Refuse("seat_limit_reached", "All seats of this app are taken: an admin must raise the limit or remove a user.")
}

// recordConflict notes for the admin that a user came with an address that is somebody else's. Nothing moves.
func recordConflict(tx store.Tx, app chat.AppID, user, owner chat.UserID, address string, now time.Time) error {
	return tx.InsertConflict(chat.IdentityConflict{App: app, ID: chat.NewID(now), User: user, Owner: owner,
		Kind: chat.IdentityEmail, Value: address, CreatedAt: now})
}

// merge makes the discarded user part of the surviving one: conversations move whole, the discarded id answers
// "not found" from now on, and everybody who shows the conversations is told. Profile values of the survivor win.
func merge(tx store.Tx, app chat.AppID, surviving, discarded chat.UserID, now time.Time) (*chat.Merge, error) {
	moved, err := tx.MergeUser(app, surviving, discarded)
	if err != nil {
		return nil, err
	}
	if err := showMoved(tx, app, moved, now); err != nil {
		return nil, err
	}
	m := &chat.Merge{Surviving: surviving, Discarded: discarded, Conversations: moved}
	if err := tx.BumpUser(app, surviving); err != nil {
		return nil, err
	}
	if err := tx.AppendEvent(&chat.Event{Kind: chat.EventUserMerged, Trigger: chat.TriggerUserMerge, Reason: chat.ReasonSDKLogin,
		App: app, User: surviving, Merge: m, At: now}); err != nil {
		return nil, err
	}
	if err := tx.AppendAudit(store.Audit{App: app, At: now, Actor: "user " + string(surviving), Action: "user.merge",
		Target: string(surviving), Detail: map[string]string{"discarded": string(discarded), "reason": "sign-in"}}); err != nil {
		return nil, err
	}
	return m, appendEnded(tx, app, discarded, chat.EndedSessions{User: discarded, Why: "upgrade"}, now)
}

// maxShown is the most moved conversations that open clients are told of at once; they find the rest when they list.
const maxShown = 50

// showMoved tells the participants of conversations that came to the survivor that they are there.
func showMoved(tx store.Tx, app chat.AppID, moved []chat.ConversationID, now time.Time) error {
	for _, id := range moved[:min(len(moved), maxShown)] {
		conversation, err := tx.GetConversation(app, id)
		if err != nil {
			return err
		}
		users, err := tx.ListAudience(app, id)
		if err != nil {
			return err
		}
		tx.Emit(chat.Event{Kind: chat.EventConversation, App: app, At: now, Conversation: id,
			Audience: users, ConversationState: &conversation})
	}
	return nil
}

// appendEnded tells that sessions of a user ended: whoever holds a socket of theirs closes it.
func appendEnded(tx store.Tx, app chat.AppID, user chat.UserID, ended chat.EndedSessions, now time.Time) error {
	return tx.AppendEvent(&chat.Event{Kind: chat.EventSessionsEnded, App: app, User: user, Ended: &ended, At: now})
}
