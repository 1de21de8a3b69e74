package httpapi

import (
	"net/http"
	"strconv"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

func (c *call) userID() chat.UserID { return chat.UserID(c.PathValue("userId")) }

// before reads the cursor of a list whose entries have numbers, the highest first: the number that the page stands before, 0 for the beginning.
func (c *call) before() (int64, error) {
	cursor := c.URL.Query().Get("cursor")
	if cursor == "" {
		return 0, nil
	}
	number, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || number < 1 {
		return 0, chat.InvalidField("cursor", "is no cursor of this list: use one of a newer answer, or none to begin anew")
	}
	return number, nil
}

// findUsers lists users, the newest first, or those whom the query names or has words of.
func (c *call) findUsers() (answer, error) {
	limit, err := c.limit()
	if err != nil {
		return answer{}, err
	}
	before, err := c.before()
	if err != nil {
		return answer{}, err
	}
	users, next, err := c.usersBefore(before, limit)
	if err != nil {
		return answer{}, err
	}
	list := wire.FoundPeople{Users: make([]wire.FoundPerson, 0, len(users))}
	for _, user := range users {
		list.Users = append(list.Users, wire.FoundPersonOf(user))
	}
	if next > 0 {
		list.Cursor = strconv.FormatInt(next, 10)
	}
	return ok(list)
}

// usersBefore are those whom the caller asks for: all, those that a query finds, or those who are blocked.
func (c *call) usersBefore(before int64, limit int) ([]chat.User, int64, error) {
	query := c.URL.Query()
	switch blocked := query.Get("blocked"); {
	case blocked == "true" && query.Get("query") == "":
		return c.api.Directory.BlockedUsers(c.Context(), c.principal, before, limit)
	case blocked != "":
		return nil, 0, chat.InvalidField("blocked", "must be true or absent, and does not go with a query")
	}
	return c.api.Directory.FindUsers(c.Context(), c.principal, query.Get("query"), before, limit)
}

// signUserOut ends all sessions of a user, and refuses tokens that were issued until now.
func (c *call) signUserOut() (answer, error) {
	return answer{status: http.StatusNoContent}, c.api.Directory.SignOutEverywhere(c.Context(), c.principal, c.userID())
}

// blockUser keeps a user outside, or lets them in again.
func (c *call) blockUser() (answer, error) {
	var body wire.BlockInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	user, err := c.api.Directory.BlockUser(c.Context(), c.principal, c.userID(), body.Blocked)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OnePerson{User: wire.FoundPersonOf(user)})
}

// eraseUser removes a user with everything that is theirs. It takes no external id: one that looks like the id of somebody who is gone would erase somebody else.
func (c *call) eraseUser() (answer, error) {
	user, err := c.api.Directory.GetUser(c.Context(), c.principal, string(c.userID()))
	if err == nil && user.ID != c.userID() {
		err = chat.Missing("user")
	}
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusNoContent}, c.api.Directory.DeleteUser(c.Context(), c.principal, string(user.ID))
}

// exportUser gives what is kept of a user, as a file.
func (c *call) exportUser() (answer, error) {
	kept, err := c.api.Directory.Export(c.Context(), c.principal, c.userID())
	if err != nil {
		return answer{}, err
	}
	export := wire.Export{ExportedAt: wire.At(c.api.Now()), User: wire.UserOf(kept.User), Clients: wire.PersonClientsOf(kept.Clients),
		Conversations: make([]wire.ExportedConversation, 0, len(kept.Conversations))}
	for _, conversation := range kept.Conversations {
		export.Conversations = append(export.Conversations, wire.ExportedConversationOf(conversation.Conversation, conversation.Messages))
	}
	c.header.Set("Content-Disposition", `attachment; filename="user-`+string(kept.User.ID)+`.json"`)
	return ok(export)
}
