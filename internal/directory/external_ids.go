package directory

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// wantFree returns a Conflict if the external id is an id of somebody, external or internal: paths take either.
func wantFree(tx store.Tx, app chat.AppID, externalID string) error {
	_, taken, err := tx.FindUserByExternalID(app, externalID)
	if err == nil && !taken {
		taken, err = isInternalID(tx, app, externalID)
	}
	if err == nil && taken {
		err = &chat.Error{Kind: chat.Conflict, Code: "conflict", Field: "externalId",
			Message: "externalId: a user of this app has this id already; get or patch that user instead"}
	}
	return err
}

// SetExternalID gives a user an external id, or another one, on the word of an app key; the history stays. An anonymous
// user becomes an identified one: they take a seat, and their sessions end, since whoever holds one has proved nothing
// (contracts: Sunshine section 8). Conflict if the id is somebody else's; Forbidden seat_limit_reached.
func (s *Service) SetExternalID(ctx context.Context, p chat.Principal, id, externalID string) (chat.User, error) {
	if !p.May(chat.ManageUsers) {
		return chat.User{}, notAllowed()
	}
	if problem := chat.CheckExternalID(externalID); problem != "" {
		return chat.User{}, chat.InvalidField("externalId", "%s", problem)
	}
	var user chat.User
	now := s.clock()
	err := s.store.Write(ctx, func(tx store.Tx) error {
		var err error
		if user, err = lockByEither(tx, p.App, id); err != nil {
			return err
		}
		if user.ExternalID != externalID {
			if err := setExternalID(tx, p, &user, externalID, now); err != nil {
				return err
			}
		}
		user.Identities, err = tx.ListIdentities(p.App, user.ID)
		return err
	})
	return user, err
}

func setExternalID(tx store.Tx, p chat.Principal, user *chat.User, externalID string, now time.Time) error {
	if err := wantFree(tx, p.App, externalID); err != nil {
		return err
	}
	former := user.ExternalID
	user.ExternalID = externalID
	if !user.Seat {
		if err := becomeIdentified(tx, user, chat.SourceREST, now); err != nil {
			return err
		}
		if _, err := tx.DeleteSessionsOfUser(p.App, user.ID); err != nil {
			return err
		}
		if err := appendEnded(tx, p.App, user.ID, chat.EndedSessions{User: user.ID, Why: "upgrade"}, now); err != nil {
			return err
		}
	}
	if err := tx.UpdateUser(user); err != nil {
		return err
	}
	if err := tx.AppendEvent(&chat.Event{Kind: chat.EventUserUpdated, App: p.App, User: user.ID, At: now}); err != nil {
		return err
	}
	return tx.AppendAudit(store.Audit{App: p.App, At: now, Actor: p.Name, Action: "user.set_external_id", Target: string(user.ID),
		Detail: map[string]string{"from": former, "to": externalID}})
}
