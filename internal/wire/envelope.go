package wire

import "github.com/parlorchat/parlor/internal/chat"

// Envelope is the body of a request to a webhook: several events of one app (contracts: Sunshine section 7).
type Envelope struct {
	App     Ref         `json:"app"`
	Webhook WebhookRef  `json:"webhook"`
	Events  []ToldEvent `json:"events"`
}

// WebhookRef names the webhook that an envelope is for.
type WebhookRef struct {
	ID      string `json:"id"`
	Version string `json:"version"`
}

// ToldEvent is an event as webhooks are told of it. Its id is the same however often it is told.
type ToldEvent struct {
	ID        string  `json:"id"`
	Type      string  `json:"type"`
	CreatedAt Time    `json:"createdAt"`
	Payload   Payload `json:"payload"`
}

// Payload is what an event is about; which members are there depends on its type.
type Payload struct {
	Conversation   *ConversationRef `json:"conversation,omitzero"`
	CreationReason string           `json:"creationReason,omitzero"`
	User           any              `json:"user,omitzero"` // UserRef, or User where the webhook includes it in full
	Message        *ToldMessage     `json:"message,omitzero"`
	Activity       *ToldActivity    `json:"activity,omitzero"`
	Postback       *ToldPostback    `json:"postback,omitzero"`
	Client         *ClientShape     `json:"client,omitzero"`
	MergedUsers    *MergedUsers     `json:"mergedUsers,omitzero"`
	Reason         string           `json:"reason,omitzero"`
	Source         *ToldSource      `json:"source,omitzero"`
	Metadata       map[string]any   `json:"metadata,omitempty"` // of whoever passed control on

	DiscardedMetadata map[string]any `json:"discardedMetadata,omitempty"`
}

// ConversationRef is as much of a conversation as events show.
type ConversationRef struct {
	ID       string         `json:"id"`
	Type     string         `json:"type"`
	Metadata map[string]any `json:"metadata,omitempty"`

	Active  *SwitchboardIntegrationRef `json:"activeSwitchboardIntegration,omitzero"`
	Pending *SwitchboardIntegrationRef `json:"pendingSwitchboardIntegration,omitzero"`
}

// UserRef is as much of a user as events show where nothing else was asked for.
type UserRef struct {
	ID            string `json:"id"`
	Authenticated bool   `json:"authenticated"`
	ExternalID    string `json:"externalId,omitzero"`
}

// ToldMessage is a message whose author is told with the user, and whose source may name client and device.
type ToldMessage struct {
	Message
	Author ToldAuthor `json:"author"`
	Source ToldSource `json:"source"`
}

// ToldAuthor is an author, with the user where it is one.
type ToldAuthor struct {
	Author
	User any `json:"user,omitzero"` // UserRef or User
}

// ToldSource is where something came in. Client and device are there where the webhook includes the full source.
type ToldSource struct {
	Type          string       `json:"type"`
	IntegrationID string       `json:"integrationId,omitzero"`
	Client        *ClientShape `json:"client,omitzero"`
	Device        *Device      `json:"device,omitzero"`
}

// ToldActivity is a passing sign.
type ToldActivity struct {
	Type   string     `json:"type"`
	Source ToldSource `json:"source"`
	Author ToldAuthor `json:"author"`
}

// ToldPostback is what a pressed button brings back.
type ToldPostback struct {
	Payload  string         `json:"payload"`
	Metadata map[string]any `json:"metadata,omitempty"`
}

// MergedUsers are the two records of a merge; the discarded one answers "not found" since.
type MergedUsers struct {
	Surviving any     `json:"surviving"` // UserRef or User
	Discarded UserRef `json:"discarded"`
}

// ConversationRefOf is as much of a conversation as events show.
func ConversationRefOf(c chat.Conversation) *ConversationRef {
	return &ConversationRef{ID: string(c.ID), Type: string(c.Type), Metadata: c.Metadata,
		Active: SwitchboardIntegrationRefOf(c.Active), Pending: SwitchboardIntegrationRefOf(c.Pending)}
}

// UserRefOf is as much of a user as events show.
func UserRefOf(u chat.User) UserRef {
	return UserRef{ID: string(u.ID), Authenticated: u.Seat, ExternalID: u.ExternalID}
}
