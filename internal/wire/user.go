package wire

import "github.com/parlorchat/parlor/internal/chat"

// User is a user as REST shows it, and as they see themselves.
type User struct {
	ID            string         `json:"id"`
	Number        int64          `json:"number"`
	Authenticated bool           `json:"authenticated"`
	ExternalID    string         `json:"externalId,omitzero"`
	SignedUpAt    Time           `json:"signedUpAt"`
	Profile       Profile        `json:"profile"`
	Metadata      map[string]any `json:"metadata"`
	Attributes    map[string]any `json:"attributes,omitempty"` // taken from signed claims
	Identities    []Identity     `json:"identities,omitzero"`  // REST only
}

// Profile is what a user is called.
type Profile struct {
	GivenName string `json:"givenName,omitzero"`
	Surname   string `json:"surname,omitzero"`
	Email     string `json:"email,omitzero"`
	AvatarURL string `json:"avatarUrl,omitzero"`
	Locale    string `json:"locale,omitzero"`
}

// Identity is a verified name of a user.
type Identity struct {
	Type         string `json:"type"`
	Value        string `json:"value"`
	Verification string `json:"verification"`
}

// identitiesOf is never null.
func identitiesOf(u chat.User) []Identity {
	all := make([]Identity, 0, len(u.Identities))
	for _, i := range u.Identities {
		all = append(all, Identity{Type: string(i.Kind), Value: i.Value, Verification: string(i.VerifiedBy)})
	}
	return all
}

// UserOf is a user.
func UserOf(u chat.User) User {
	user := User{
		ID: string(u.ID), Number: u.Number, Authenticated: u.Seat, ExternalID: u.ExternalID, SignedUpAt: At(u.SignedUpAt),
		Profile: Profile{GivenName: u.Profile.GivenName, Surname: u.Profile.Surname, Email: u.Profile.Email,
			AvatarURL: u.Profile.AvatarURL, Locale: u.Profile.Locale},
		Metadata: metadata(u.Metadata), Attributes: u.Attributes, Identities: identitiesOf(u),
	}
	return user
}

// SelfOf is a user as their own browser sees them: without identities, which are the business's affair.
func SelfOf(u chat.User) User {
	self := UserOf(u)
	self.Identities = nil
	return self
}

// metadata is never null on the wire.
func metadata(m chat.Metadata) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}
