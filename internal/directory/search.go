package directory

import (
	"context"
	"math"
	"slices"
	"strconv"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// FindUsers returns users of the app, the newest first, those with a lower number than before, where that is not 0; with a query those whom it names by
// id, number, external id or verified address. It tells whether there are more.
func (s *Service) FindUsers(ctx context.Context, p chat.Principal, query string, before int64, limit int) (users []chat.User, more bool, err error) {
	if !p.May(chat.ManageUsers) {
		return nil, false, notAllowed()
	}
	if limit < 1 || limit > 100 {
		return nil, false, chat.InvalidField("limit", "must be a whole number from 1 to 100")
	}
	if before == 0 {
		before = math.MaxInt64
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if query != "" {
			users, err = namedUsers(tx, p.App, query)
			return err
		}
		users, err = tx.ListUsers(store.UserPage{App: p.App, Before: before, Limit: limit + 1})
		return err
	})
	if err != nil {
		return nil, false, err
	}
	if query == "" {
		if more = len(users) > limit; more {
			users = users[1:]
		}
		slices.Reverse(users)
	}
	return users, more, nil
}

// namedUsers are those whom a text names.
func namedUsers(tx store.Tx, app chat.AppID, name string) (users []chat.User, err error) {
	add := func(user chat.User, found bool, err error) error {
		if err == nil && found && !slices.ContainsFunc(users, func(u chat.User) bool { return u.ID == user.ID }) {
			users = append(users, user)
		}
		return err
	}
	if chat.IsID(name) {
		user, err := tx.GetUser(app, chat.UserID(name))
		if err == nil {
			users = append(users, user)
		} else if chat.KindOf(err) != chat.NotFound {
			return nil, err
		}
	}
	if err := add(tx.FindUserByExternalID(app, name)); err != nil {
		return nil, err
	}
	if number, err := strconv.ParseInt(name, 10, 64); err == nil {
		if err := add(tx.FindUserByNumber(app, number)); err != nil {
			return nil, err
		}
	}
	if email, ok := chat.NormalEmail(name); ok {
		if err := add(tx.FindUserByIdentity(app, chat.IdentityEmail, email)); err != nil {
			return nil, err
		}
	}
	return users, nil
}
