package httpapi

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/wire"
)

// createUser makes a user on the word of the app.
func (c *call) createUser() (answer, error) {
	in, err := c.userInput()
	if err != nil {
		return answer{}, err
	}
	user, err := c.api.Directory.CreateUser(c.Context(), c.principal, in)
	if err != nil {
		return answer{}, err
	}
	return created(wire.OneUser{User: wire.UserOf(user)})
}

// listUsers finds users by a verified address, which the filter must name.
func (c *call) listUsers() (answer, error) {
	email := c.URL.Query().Get("filter[identities.email]")
	if email == "" {
		return answer{}, chat.InvalidField("filter[identities.email]", "is required")
	}
	users, err := c.api.Directory.ListUsers(c.Context(), c.principal, email)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.UsersOf(users))
}

func (c *call) getUser() (answer, error) {
	user, err := c.api.Directory.GetUser(c.Context(), c.principal, c.PathValue("userIdOrExternalId"))
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneUser{User: wire.UserOf(user)})
}

func (c *call) updateUser() (answer, error) {
	in, err := c.userInput()
	if err != nil {
		return answer{}, err
	}
	in.ExternalID = nil
	user, err := c.api.Directory.UpdateUser(c.Context(), c.principal, c.PathValue("userIdOrExternalId"), in)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneUser{User: wire.UserOf(user)})
}

func (c *call) setExternalID() (answer, error) {
	var body wire.ExternalIDInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	user, err := c.api.Directory.SetExternalID(c.Context(), c.principal, c.PathValue("userIdOrExternalId"), body.ExternalID)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneUser{User: wire.UserOf(user)})
}

func (c *call) deleteUser() (answer, error) {
	if err := c.api.Directory.DeleteUser(c.Context(), c.principal, c.PathValue("userIdOrExternalId")); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

func (c *call) erasePersonalInformation() (answer, error) {
	user, err := c.api.Directory.ErasePersonalInformation(c.Context(), c.principal, c.PathValue("userIdOrExternalId"))
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneUser{User: wire.UserOf(user)})
}

func (c *call) userInput() (directory.UserInput, error) {
	var body wire.UserInput
	if err := c.decode(&body); err != nil {
		return directory.UserInput{}, err
	}
	in := directory.UserInput{
		ExternalID: body.ExternalID.Pointer(),
		Metadata:   body.Metadata,
		Profile: directory.ProfileInput{GivenName: body.Profile.GivenName.Pointer(), Surname: body.Profile.Surname.Pointer(),
			Email: body.Profile.Email.Pointer(), AvatarURL: body.Profile.AvatarURL.Pointer(), Locale: body.Profile.Locale.Pointer()},
	}
	if body.SignedUpAt != "" {
		at, err := time.Parse(time.RFC3339, body.SignedUpAt)
		if err != nil || !at.After(time.Unix(0, 0)) || at.UTC().Year() > 9999 {
			return directory.UserInput{}, chat.InvalidField("signedUpAt", "must be a time as in RFC 3339, after 1970 began and before the year 10000")
		}
		in.SignedUpAt = &at
	}
	return in, nil
}
