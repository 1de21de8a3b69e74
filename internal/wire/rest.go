package wire

import (
	"cmp"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/parlorchat/parlor/internal/chat"
)

// Nothing is the empty object that REST v2 answers where there is nothing to say.
type Nothing struct{}

// Health is the answer of /healthz and /readyz.
type Health struct {
	Status string `json:"status"`
}

// Meta and Links stand beside every page of a list.
type Meta struct {
	HasMore      bool   `json:"hasMore"`
	AfterCursor  string `json:"afterCursor,omitzero"`
	BeforeCursor string `json:"beforeCursor,omitzero"`
}

// Links are the addresses of the neighbouring pages, where there are any.
type Links struct {
	Prev string `json:"prev,omitzero"`
	Next string `json:"next,omitzero"`
}

// OneUser, Users, OneConversation, Conversations, Messages and MessageList are the bodies of REST answers.
type OneUser struct {
	User User `json:"user"`
}

// Users is a page of users.
type Users struct {
	Users []User `json:"users"`
	Meta  Meta   `json:"meta"`
	Links Links  `json:"links"`
}

// UsersOf is a page that holds all there are.
func UsersOf(users []chat.User) Users {
	list := Users{Users: make([]User, 0, len(users))}
	for _, u := range users {
		list.Users = append(list.Users, UserOf(u))
	}
	return list
}

// OneConversation is one conversation.
type OneConversation struct {
	Conversation Conversation `json:"conversation"`
}

// Conversations is a page of conversations.
type Conversations struct {
	Conversations []Conversation `json:"conversations"`
	Meta          Meta           `json:"meta"`
	Links         Links          `json:"links"`
}

// OneParticipant is one participant.
type OneParticipant struct {
	Participant Participant `json:"participant"`
}

// Participants is a page of participants.
type Participants struct {
	Participants []Participant `json:"participants"`
	Meta         Meta          `json:"meta"`
	Links        Links         `json:"links"`
}

// MembershipInput names who joins or leaves.
type MembershipInput struct {
	UserID         string `json:"userId"`
	UserExternalID string `json:"userExternalId"`
	ParticipantID  string `json:"participantId"`
}

// Messages are what a post made.
type Messages struct {
	Messages []Message `json:"messages"`
}

// MessageList is a page of messages.
type MessageList struct {
	Messages []Message `json:"messages"`
	Meta     Meta      `json:"meta"`
	Links    Links     `json:"links"`
}

// UserInput is the body that makes or changes a user.
type UserInput struct {
	ExternalID Text           `json:"externalId"`
	SignedUpAt string         `json:"signedUpAt"`
	Profile    ProfileInput   `json:"profile"`
	Metadata   map[string]any `json:"metadata"`
}

// ExternalIDInput is the body that gives a user an external id.
type ExternalIDInput struct {
	ExternalID string `json:"externalId"`
}

// ProfileInput is a profile in a body; null unsets a member.
type ProfileInput struct {
	GivenName Text `json:"givenName"`
	Surname   Text `json:"surname"`
	Email     Text `json:"email"`
	AvatarURL Text `json:"avatarUrl"`
	Locale    Text `json:"locale"`
}

// ConversationInput is the body that makes or changes a conversation.
type ConversationInput struct {
	Type         string             `json:"type"`
	Participants []ParticipantInput `json:"participants"`
	DisplayName  Text               `json:"displayName"`
	Description  Text               `json:"description"`
	IconURL      Text               `json:"iconUrl"`
	Metadata     map[string]any     `json:"metadata"`
}

// ParticipantInput names a user by exactly one of two ids.
type ParticipantInput struct {
	UserID         string `json:"userId"`
	UserExternalID string `json:"userExternalId"`
}

// MessageInput is the body that posts a message.
type MessageInput struct {
	Author      Author            `json:"author"`
	Content     Content           `json:"content"`
	Metadata    map[string]any    `json:"metadata"`
	Destination *DestinationInput `json:"destination"`
	Override    jsontext.Value    `json:"override"` // for channels that Parlor has not: ignored
	Schema      jsontext.Value    `json:"schema"`   // the same
}

// DestinationInput says where a message of the business goes: exactly one of the members.
type DestinationInput struct {
	IntegrationID   string `json:"integrationId"`
	IntegrationType string `json:"integrationType"`
}

// ActivityInput is the body that tells of a passing sign.
type ActivityInput struct {
	Author Author `json:"author"`
	Type   string `json:"type"`
}

// Config is what a loader needs before anything else.
type Config struct {
	App         Ref    `json:"app"`
	Integration Ref    `json:"integration"`
	Anonymous   bool   `json:"anonymous"`
	Frame       string `json:"frame"` // path of the frame
	Color       string `json:"color,omitzero"`
	Logo        string `json:"logo,omitzero"` // path of the picture
	Look        Look   `json:"looks,omitzero"`
	Texts       Texts  `json:"texts,omitzero"`
	EmailLogin  string `json:"emailLogin"` // "on", "known" or "off"

	AttachmentsEnabled bool `json:"attachmentsEnabled"`
}

// Ref names an app or an integration.
type Ref struct {
	ID   string `json:"id"`
	Name string `json:"name,omitzero"`
}

// ConfigOf is the configuration of an app as every page may see it.
func ConfigOf(a chat.App) Config {
	config := Config{App: Ref{string(a.ID), a.Name}, Integration: Ref{ID: string(cmp.Or(a.Via, a.IntegrationID))},
		Anonymous: a.Settings.Anonymous, Frame: "/frame/" + cmp.Or(string(a.Via), string(a.ID)), Color: a.Settings.Color,
		EmailLogin: cmp.Or(string(a.Settings.EmailLogin), "off"), AttachmentsEnabled: true}
	config.Logo = LogoPath(a)
	config.Look, config.Texts = lookOf(a)
	return config
}

// LogoPath is where the app's logo is, if it has one.
func LogoPath(a chat.App) string {
	if a.Settings.Logo == "" {
		return ""
	}
	return "/logo/" + string(a.ID) + "/" + a.Settings.Logo
}
