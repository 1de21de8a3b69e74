package directory

import (
	"context"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Conflict is a conflict with what an admin must know to settle it.
type Conflict struct {
	chat.IdentityConflict

	Came, Owns ConflictingUser // the same one once they are merged
	Settler    string          // the name of the agent who settled it; empty: nobody who has an account
}

// ConflictingUser is one of the two whom a conflict is about.
type ConflictingUser struct {
	User          chat.User // with identities
	Conversations int64
}

// recordConflict notes for the admin that a user came with an address that is somebody else's. Nothing moves.
func recordConflict(tx store.Tx, c chat.IdentityConflict) error {
	c.ID, c.Kind = chat.ConflictID(chat.NewID(c.CreatedAt)), chat.IdentityEmail
	return tx.RecordConflict(c)
}

// ListConflicts returns a page of the conflicts of the app, and the place after which the next one begins; it is zero where there is none.
func (s *Service) ListConflicts(ctx context.Context, p chat.Principal, page store.ConflictPage) (conflicts []Conflict, next store.ConflictPlace, err error) {
	if !p.May(chat.MergeUsers) {
		return nil, next, notAllowed()
	}
	if err := checkLimit(page.Limit); err != nil {
		return nil, next, err
	}
	limit := page.Limit
	page.App, page.Limit = p.App, limit+1
	err = s.store.Read(ctx, func(tx store.Tx) error {
		all, err := tx.ListConflicts(page)
		if err != nil {
			return err
		}
		conflicts, next = nil, store.ConflictPlace{}
		for _, c := range all[:min(limit, len(all))] {
			shown, err := showConflict(tx, c)
			if err != nil {
				return err
			}
			conflicts = append(conflicts, shown)
		}
		if len(all) > limit {
			last := all[limit-1]
			next = store.ConflictPlace{At: last.CreatedAt, ID: last.ID}
			if page.Settled {
				next.At = last.SettledAt
			}
		}
		return nil
	})
	return conflicts, next, err
}

// mostCounted is how far open conflicts are counted.
const mostCounted = 1000

// CountConflicts counts the open conflicts of the app, as far as 1000.
func (s *Service) CountConflicts(ctx context.Context, p chat.Principal) (count int, err error) {
	if !p.May(chat.MergeUsers) {
		return 0, notAllowed()
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		count, err = tx.CountConflicts(p.App, mostCounted)
		return err
	})
	return count, err
}

func showConflict(tx store.Tx, c chat.IdentityConflict) (shown Conflict, err error) {
	shown.IdentityConflict = c
	if shown.Came, err = showConflicting(tx, c.App, c.User); err != nil {
		return shown, err
	}
	if shown.Owns, err = showConflicting(tx, c.App, c.Owner); err != nil {
		return shown, err
	}
	shown.Settler, err = agentName(tx, c.SettledBy)
	return shown, err
}

func showConflicting(tx store.Tx, app chat.AppID, id chat.UserID) (shown ConflictingUser, err error) {
	if shown.User, err = tx.GetUser(app, id); err != nil {
		return shown, err
	}
	if shown.User.Identities, err = tx.ListIdentities(app, id); err != nil {
		return shown, err
	}
	shown.Conversations, err = tx.CountConversations(app, id)
	return shown, err
}

// agentName is the name of an agent who acted; "" of anybody else, and of one whose account is gone.
func agentName(tx store.Tx, actor string) (string, error) {
	id, isAgent := strings.CutPrefix(actor, "agent ")
	if !isAgent {
		return "", nil
	}
	agent, err := tx.GetAgent(chat.AgentID(id))
	if chat.KindOf(err) == chat.NotFound {
		return "", nil
	}
	return agent.Name, err
}
