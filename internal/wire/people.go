package wire

import "github.com/parlorchat/parlor/internal/chat"

// FoundPerson is a user in a list of those who set up an app.
type FoundPerson struct {
	UserID     string `json:"userId"`
	ExternalID string `json:"externalId,omitzero"`
	Number     int64  `json:"number"`
	Name       string `json:"name"`
	Email      string `json:"email,omitzero"` // as it was typed or posted: no proof
	AvatarURL  string `json:"avatarUrl,omitzero"`
	Source     string `json:"source"`
	Seat       bool   `json:"seat"`
	Blocked    bool   `json:"blocked"`
	SignedUpAt Time   `json:"signedUpAt,omitzero"`
	LastSeenAt Time   `json:"lastSeenAt,omitzero"`
}

// FoundPersonOf is a user in a list.
func FoundPersonOf(u chat.User) FoundPerson {
	return FoundPerson{UserID: string(u.ID), ExternalID: u.ExternalID, Number: u.Number, Name: u.Name(), Email: u.Profile.Email, AvatarURL: u.Profile.AvatarURL, Source: string(u.Source),
		Seat: u.Seat, Blocked: u.Blocked(), SignedUpAt: At(u.SignedUpAt), LastSeenAt: At(u.LastSeenAt)}
}

// FoundPeople is a page of users.
type FoundPeople struct {
	Users  []FoundPerson `json:"users"`
	Cursor string        `json:"cursor,omitzero"`
}

// OnePerson is one user.
type OnePerson struct {
	User FoundPerson `json:"user"`
}

// BlockInput is the body that blocks a user, or lets them in again.
type BlockInput struct {
	Blocked bool `json:"blocked"`
}

// Export is what is kept of a user, for the user.
type Export struct {
	ExportedAt    Time                   `json:"exportedAt"`
	User          User                   `json:"user"`
	Clients       []PersonClient         `json:"clients"`
	Conversations []ExportedConversation `json:"conversations"`
}

// ExportedConversation is a conversation of the user with its messages.
type ExportedConversation struct {
	Conversation
	Messages []Message `json:"messages"`
}

// ExportedConversationOf is a conversation with its messages, in order.
func ExportedConversationOf(c chat.Conversation, messages []chat.Message) ExportedConversation {
	exported := ExportedConversation{Conversation: ConversationOf(c, false), Messages: make([]Message, 0, len(messages))}
	for _, m := range messages {
		exported.Messages = append(exported.Messages, MessageOf(m))
	}
	return exported
}

// PersonClientsOf are browsers and devices of a user.
func PersonClientsOf(clients []chat.Client) []PersonClient {
	all := make([]PersonClient, 0, len(clients))
	for _, c := range clients {
		all = append(all, PersonClient{ID: string(c.ID), Platform: c.Platform, Name: c.Name, Locale: c.Locale, TimeZone: c.TimeZone, LastSeenAt: At(c.LastSeenAt), Info: metadata(c.Info)})
	}
	return all
}
