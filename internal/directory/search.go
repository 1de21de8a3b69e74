package directory

import (
	"context"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/tokens"
)

// FindUsers returns users of the app, the newest first, those with a lower number than before, where that is not 0. With a query they are those whom it
// names by id, number, external id or verified address, and then those whose names, addresses and external ids have its words. next is the number that
// the page after it stands before; 0: there is none.
func (s *Service) FindUsers(ctx context.Context, p chat.Principal, query string, before int64, limit int) (users []chat.User, next int64, err error) {
	if !p.May(chat.ManageUsers) {
		return nil, 0, notAllowed()
	}
	if query != "" {
		return s.search(ctx, p.App, query, before, limit)
	}
	return s.newest(ctx, store.UserPage{App: p.App, Before: before}, limit)
}

// BlockedUsers returns those users of the app who are blocked, as FindUsers does all.
func (s *Service) BlockedUsers(ctx context.Context, p chat.Principal, before int64, limit int) (users []chat.User, next int64, err error) {
	if !p.May(chat.ManageUsers) {
		return nil, 0, notAllowed()
	}
	return s.newest(ctx, store.UserPage{App: p.App, Before: before, Blocked: true}, limit)
}

// newest returns users in descending order of number, from the newest on where the page says no number.
func (s *Service) newest(ctx context.Context, page store.UserPage, limit int) (users []chat.User, next int64, err error) {
	if err := checkLimit(limit); err != nil {
		return nil, 0, err
	}
	if page.Limit = limit + 1; page.Before == 0 {
		page.Before = math.MaxInt64
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		users, err = tx.ListUsers(page)
		return err
	})
	slices.Reverse(users)
	if len(users) > limit {
		users = users[:limit]
		next = users[limit-1].Number
	}
	return users, next, err
}

// FindPeople is FindUsers by a query, for agents, who see the people they talk with.
func (s *Service) FindPeople(ctx context.Context, p chat.Principal, query string, limit int) (users []chat.User, err error) {
	if p.Agent == nil || !p.May(chat.ManageConversations) {
		return nil, notAllowed()
	}
	if query == "" {
		return nil, chat.InvalidField("query", "is required: a part of a name, an address or an external id")
	}
	users, _, err = s.search(ctx, p.App, query, 0, limit)
	return users, err
}

func checkLimit(limit int) error {
	if limit < 1 || limit > 100 {
		return chat.InvalidField("limit", "must be a whole number from 1 to 100")
	}
	return nil
}

// search returns those whom the query names, before all others, and those who have its words, in descending order of number. The page after those who are named stands
// before a place of theirs.
func (s *Service) search(ctx context.Context, app chat.AppID, query string, before int64, limit int) (users []chat.User, next int64, err error) {
	if err := checkLimit(limit); err != nil {
		return nil, 0, err
	}
	if utf8.RuneCountInString(query) > maxQuery {
		return nil, 0, chat.InvalidField("query", "must have at most %d characters", maxQuery)
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		named, err := namedUsers(tx, app, query)
		if err != nil {
			return err
		}
		from := namedBefore(before, len(named))
		to := min(from+limit, len(named))
		users = slices.Clone(named[from:to])
		if to > from {
			before = placeOfNamed(to - 1)
		}
		if next = before; to < len(named) {
			return nil
		}
		var others []chat.User
		others, next, err = matching(tx, tokens.Parse(query), named, store.SearchPage{App: app, Before: before, Limit: limit + 1}, limit-len(users))
		users = append(users, others...)
		return err
	})
	return users, next, err
}

// mostNamed is how many users one text may name: by id, external id, number and verified address.
const mostNamed = 4

// placeOfNamed is where the user stands whom a query names as the one with the index: as if their number was higher than those of all others.
func placeOfNamed(index int) int64 { return math.MaxInt64 - int64(index) }

// namedBefore is how many of those who are named come before a page that stands before the place or the number.
func namedBefore(before int64, named int) int {
	switch {
	case before == 0:
		return 0
	case before > placeOfNamed(mostNamed):
		return min(int(math.MaxInt64-before)+1, named)
	}
	return named
}

// maxQuery is how many characters a query may have.
const maxQuery = 200

// maxPages is how many pages of the index one search reads: parts of words may stand apart in what it finds, and then it is not looked for.
const maxPages = 5

// matching returns users with the words of the query, but for those that there are already, and the number before which to go on.
func matching(tx store.Tx, query tokens.Query, except []chat.User, page store.SearchPage, limit int) (users []chat.User, next int64, err error) {
	if page.Terms = query.ForUsers(); len(page.Terms) == 0 {
		return nil, 0, nil
	}
	next = page.Before
	for range maxPages {
		candidates, err := tx.FindIndexedUsers(page)
		if err != nil {
			return nil, 0, err
		}
		for _, user := range candidates {
			matches, err := isMeant(tx, query, user)
			switch {
			case err != nil:
				return nil, 0, err
			case !matches || slices.ContainsFunc(except, func(u chat.User) bool { return u.ID == user.ID }):
				continue
			case len(users) == limit:
				return users, next, nil
			}
			users, next = append(users, user), user.Number
		}
		if len(candidates) < page.Limit {
			return users, 0, nil
		}
		page.Before = candidates[len(candidates)-1].Number
	}
	return users, page.Before, nil
}

// isMeant tells whether a user has the words of the query. Most have them without their verified addresses, which would have to be read.
func isMeant(tx store.Tx, query tokens.Query, user chat.User) (bool, error) {
	if query.User(user.FoundBy(nil)...) {
		return true, nil
	}
	identities, err := tx.ListIdentities(user.App, user.ID)
	return query.User(user.FoundBy(identities)...), err
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
