package directory

import (
	"cmp"
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// MergeConflict settles a conflict by Merge of its two users, of whom one survives. Conflict conflict_settled, which says by whom.
func (s *Service) MergeConflict(ctx context.Context, p chat.Principal, id chat.ConflictID, surviving chat.UserID) (made chat.UserMerge, plan MergePlan, err error) {
	now := s.clock()
	err = s.settle(ctx, p, id, func(tx store.Tx, c chat.IdentityConflict) error {
		discarded := c.User
		switch surviving {
		case c.User:
			discarded = c.Owner
		case c.Owner:
		default:
			return chat.InvalidField("survivingUserId", "must be the id of one of the two users of the conflict")
		}
		var err error
		made, plan, err = mergeLocked(tx, p, surviving, discarded, now)
		return err
	})
	return made, plan, err
}

// MoveAddress settles a conflict by making the address the identity of the user who came with it. Whoever shows that the address is
// theirs is that user from then on, so the sessions of the former owner end. Conflict conflict_settled, or conflict_outdated where it
// is the owner's no more, as after an undone merge.
func (s *Service) MoveAddress(ctx context.Context, p chat.Principal, id chat.ConflictID) error {
	now := s.clock()
	return s.settle(ctx, p, id, func(tx store.Tx, c chat.IdentityConflict) error {
		c.Settled, c.SettledBy, c.SettledAt = chat.SettledMoved, p.Name, now
		if err := tx.SettleConflict(c); err != nil {
			return err
		}
		identity := chat.Identity{Kind: c.Kind, Value: c.Value, VerifiedBy: c.VouchedBy()}
		if err := tx.MoveIdentity(c.App, c.Owner, c.User, identity); chat.KindOf(err) == chat.NotFound {
			return &chat.Error{Kind: chat.Conflict, Code: "conflict_outdated",
				Message: "The address belongs to another user by now than to the one of this conflict.", Cure: "Dismiss the conflict: the next sign-in says how it stands."}
		} else if err != nil {
			return err
		}
		if _, err := tx.DeleteSessionsOfUser(c.App, c.Owner); err != nil {
			return err
		}
		if err := appendEnded(tx, c.App, c.Owner, chat.EndedSessions{User: c.Owner, Why: "moved"}, now); err != nil {
			return err
		}
		for _, user := range []chat.UserID{c.Owner, c.User} {
			if err := tx.AppendEvent(&chat.Event{Kind: chat.EventUserUpdated, App: c.App, User: user, At: now}); err != nil {
				return err
			}
		}
		return auditConflict(tx, c, p, "conflict.move", now)
	})
}

// DismissConflict settles a conflict by leaving all as it is: it does not open again by itself when the same user comes with the same
// address of the same owner. Conflict conflict_settled.
func (s *Service) DismissConflict(ctx context.Context, p chat.Principal, id chat.ConflictID) error {
	now := s.clock()
	return s.settle(ctx, p, id, func(tx store.Tx, c chat.IdentityConflict) error {
		c.Settled, c.SettledBy, c.SettledAt = chat.SettledDismissed, p.Name, now
		if err := tx.SettleConflict(c); err != nil {
			return err
		}
		return auditConflict(tx, c, p, "conflict.dismiss", now)
	})
}

// ReopenConflict takes a dismissal back. One that is open already stays so. Conflict conflict_settled where it was settled in another way.
func (s *Service) ReopenConflict(ctx context.Context, p chat.Principal, id chat.ConflictID) error {
	if !p.May(chat.MergeUsers) {
		return notAllowed()
	}
	now := s.clock()
	return s.store.Write(ctx, func(tx store.Tx) error {
		c, err := lockConflict(tx, p.App, id)
		switch {
		case err != nil || c.Open():
			return err
		case c.Settled != chat.SettledDismissed:
			return alreadySettled(tx, c)
		}
		c.Settled, c.SettledBy, c.SettledAt = "", "", time.Time{}
		if err := tx.SettleConflict(c); err != nil {
			return err
		}
		return auditConflict(tx, c, p, "conflict.reopen", now)
	})
}

func auditConflict(tx store.Tx, c chat.IdentityConflict, p chat.Principal, action string, now time.Time) error {
	return tx.AppendAudit(store.Audit{App: c.App, At: now, Actor: p.Name, Action: action, Target: string(c.ID),
		Detail: map[string]string{"user": string(c.User), "owner": string(c.Owner)}})
}

// settle does the work on a conflict that is open, and that nobody else settles meanwhile.
func (s *Service) settle(ctx context.Context, p chat.Principal, id chat.ConflictID, work func(store.Tx, chat.IdentityConflict) error) error {
	if !p.May(chat.MergeUsers) {
		return notAllowed()
	}
	return s.store.Write(ctx, func(tx store.Tx) error {
		c, err := lockConflict(tx, p.App, id)
		if err == nil && !c.Open() {
			err = alreadySettled(tx, c)
		}
		if err != nil {
			return err
		}
		return work(tx, c)
	})
}

// lockConflict returns a conflict whose users are locked, which everybody does who settles one.
func lockConflict(tx store.Tx, app chat.AppID, id chat.ConflictID) (chat.IdentityConflict, error) {
	c, err := tx.GetConflict(app, id)
	if err != nil {
		return c, err
	}
	unlocked := lockBoth(tx, app, c.User, c.Owner)
	// While this waited for the users, somebody else may have settled it, even by making the two one.
	if c, err = tx.GetConflict(app, id); err == nil && c.Open() {
		err = unlocked
	}
	return c, err
}

func alreadySettled(tx store.Tx, c chat.IdentityConflict) error {
	name, err := agentName(tx, c.SettledBy)
	if err != nil {
		return err
	}
	how := map[chat.Settlement]string{chat.SettledMerged: "the two users were merged", chat.SettledMoved: "the address was moved",
		chat.SettledDismissed: "it was dismissed", chat.SettledGone: "the owner has the address no more"}[c.Settled]
	return &chat.Error{Kind: chat.Conflict, Code: "conflict_settled",
		Message: "This conflict was settled already, by " + cmp.Or(name, c.SettledBy, "itself") + ": " + how + ".", Cure: "Read the list again."}
}
