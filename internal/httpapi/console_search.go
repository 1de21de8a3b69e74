package httpapi

import (
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/wire"
)

// searchInbox finds messages and notes by their words.
func (c *call) searchInbox() (answer, error) {
	limit, err := c.limit()
	if err != nil {
		return answer{}, err
	}
	query := c.URL.Query()
	found, next, err := c.api.Inbox.Search(c.Context(), c.principal, query.Get("query"), query.Get("cursor"), limit)
	if err != nil {
		return answer{}, err
	}
	page := wire.FoundSaidPage{Found: make([]wire.FoundSaid, 0, len(found)), Cursor: next}
	for _, f := range found {
		page.Found = append(page.Found, c.found(f))
	}
	return ok(page)
}

func (c *call) found(f inbox.Found) wire.FoundSaid {
	var found wire.FoundSaid
	if f.Note != nil {
		found = wire.FoundNote(*f.Note)
	} else {
		found = wire.FoundMessage(*f.Message)
	}
	found.Entry = c.ownEntry(f.Row)
	if person := found.Entry.Person; person != nil && found.Name == "" && f.Message != nil && string(f.Message.Author.User) == person.UserID {
		found.Name = person.Name // messages do not hold what is known by their users
	}
	for _, part := range f.Excerpt {
		found.Excerpt = append(found.Excerpt, wire.ExcerptPart(part))
	}
	return found
}

// findPeople finds users by parts of what they are called and known by.
func (c *call) findPeople() (answer, error) {
	limit, err := c.limit()
	if err != nil {
		return answer{}, err
	}
	users, err := c.api.Directory.FindPeople(c.Context(), c.principal, c.URL.Query().Get("query"), limit)
	if err != nil {
		return answer{}, err
	}
	list := wire.FoundPeople{Users: make([]wire.FoundPerson, 0, len(users))}
	for _, user := range users {
		list.Users = append(list.Users, wire.FoundPersonOf(user))
	}
	return ok(list)
}
