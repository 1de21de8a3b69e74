package directory

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// BlockUser keeps a user from signing in, and ends their sessions, or lets them in again. What is so already is not done again. NotFound.
func (s *Service) BlockUser(ctx context.Context, p chat.Principal, id chat.UserID, blocked bool) (user chat.User, err error) {
	if !p.May(chat.ManageUsers) {
		return chat.User{}, notAllowed()
	}
	now := s.clock()
	err = s.store.Write(ctx, func(tx store.Tx) error {
		if user, err = tx.LockUser(p.App, id); err != nil || user.Blocked() == blocked {
			return err
		}
		action := "user.unblock"
		user.BlockedAt = time.Time{}
		if blocked {
			action, user.BlockedAt = "user.block", now
		}
		if err := tx.UpdateUser(&user); err != nil {
			return err
		}
		if blocked {
			if _, err := tx.DeleteSessionsOfUser(p.App, id); err != nil {
				return err
			}
			if err := appendEnded(tx, p.App, id, chat.EndedSessions{User: id, Why: "blocked"}, now); err != nil {
				return err
			}
		}
		return tx.AppendAudit(store.Audit{App: p.App, At: now, Actor: p.Name, Action: action, Target: string(id)})
	})
	return user, err
}
