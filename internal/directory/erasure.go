package directory

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// DeleteUser removes a user with everything that is theirs, and frees the seat.
func (s *Service) DeleteUser(ctx context.Context, p chat.Principal, id string) error {
	if !p.May(chat.ManageUsers) {
		return notAllowed()
	}
	now := s.clock()
	return s.store.Write(ctx, func(tx store.Tx) error {
		user, err := findByEither(tx, p.App, id)
		if err != nil {
			return err
		}
		if err := tx.DeleteUser(p.App, user.ID); err != nil {
			return err
		}
		if user.Seat {
			if err := tx.FreeSeat(p.App); err != nil {
				return err
			}
		}
		if err := appendEnded(tx, p.App, user.ID, chat.EndedSessions{User: user.ID, Why: "erased"}, now); err != nil {
			return err
		}
		if err := tx.AppendEvent(&chat.Event{Kind: chat.EventUserRemoved, Trigger: chat.TriggerUserRemove, App: p.App,
			User: user.ID, UserExternalID: user.ExternalID, UserSeat: user.Seat, At: now}); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{App: p.App, At: now, Actor: p.Name, Action: "user.delete", Target: string(user.ID)})
	})
}

// ErasePersonalInformation forgets what a user is called and what is known of them: profile, metadata, signed attributes,
// verified addresses, conflicts about them, and what their browsers said of themselves. External id and history stay. What is kept of users who
// were merged into this one is personal information, too: it goes, and with it the way back.
func (s *Service) ErasePersonalInformation(ctx context.Context, p chat.Principal, id string) (chat.User, error) {
	if !p.May(chat.ManageUsers) {
		return chat.User{}, notAllowed()
	}
	var user chat.User
	now := s.clock()
	err := s.store.Write(ctx, func(tx store.Tx) error {
		var err error
		if user, err = lockByEither(tx, p.App, id); err != nil {
			return err
		}
		user.Profile, user.Metadata, user.Attributes = chat.Profile{}, nil, nil
		if err := tx.UpdateUser(&user); err != nil {
			return err
		}
		if err := tx.DeleteIdentities(p.App, user.ID); err != nil {
			return err
		}
		if err := tx.DeleteConflicts(p.App, user.ID); err != nil {
			return err
		}
		if err := tx.ForgetMerges(p.App, user.ID); err != nil {
			return err
		}
		if err := forgetClients(tx, p.App, user.ID); err != nil {
			return err
		}
		if err := tx.AppendEvent(&chat.Event{Kind: chat.EventUserUpdated, App: p.App, User: user.ID, At: now}); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{App: p.App, At: now, Actor: p.Name, Action: "user.erase_personal_information", Target: string(user.ID)})
	})
	return user, err
}

func forgetClients(tx store.Tx, app chat.AppID, user chat.UserID) error {
	clients, err := tx.ListClients(app, user)
	if err != nil {
		return err
	}
	for _, client := range clients {
		client.Name, client.TimeZone, client.Info = "", "", nil
		if err := tx.UpdateClient(client); err != nil {
			return err
		}
	}
	return nil
}
