package wire

import "github.com/parlorchat/parlor/internal/chat"

// Message is a message as everybody sees it.
type Message struct {
	ID       string         `json:"id"`
	Number   int64          `json:"number"`
	Change   int64          `json:"change,omitzero"` // socket only
	Received Time           `json:"received"`
	Author   Author         `json:"author"`
	Content  Content        `json:"content"`
	Source   Origin         `json:"source"`
	Metadata map[string]any `json:"metadata,omitempty"`

	Assurance       string `json:"assurance,omitzero"`
	ClientMessageID string `json:"clientMessageId,omitzero"` // socket only, to the author; console
	AgentID         string `json:"agentId,omitzero"`         // console only: which agent wrote it

	QuotedMessage *QuotedMessage `json:"quotedMessage,omitzero"` // REST and webhooks only: the form that was answered
}

// QuotedMessage is a message that another one refers to.
type QuotedMessage struct {
	Type    string  `json:"type"` // "message"
	Message Message `json:"message"`
}

// Author is who wrote a message.
type Author struct {
	Type           string   `json:"type"`
	UserID         string   `json:"userId,omitzero"`
	UserExternalID string   `json:"userExternalId,omitzero"`
	DisplayName    string   `json:"displayName,omitzero"`
	AvatarURL      string   `json:"avatarUrl,omitzero"`
	Subtypes       []string `json:"subtypes,omitempty"`
}

// Origin is where a message came in.
type Origin struct {
	Type          string     `json:"type"`
	IntegrationID string     `json:"integrationId,omitzero"`
	Client        *ClientRef `json:"client,omitzero"` // socket only, to the author
}

// ClientRef names a client.
type ClientRef struct {
	ID string `json:"id"`
}

// MessageOf is a message as REST shows it: content of several parts has a text that says the same, and answers name
// their form where the documented API has it.
func MessageOf(m chat.Message) Message {
	message := messageOf(m)
	switch m.Content.Type {
	case chat.ContentCarousel, chat.ContentList, chat.ContentLocation:
		message.Content.Text = m.Content.Fallback()
	case chat.ContentFormResponse:
		for i := range message.Content.Fields {
			message.Content.Fields[i].QuotedMessageID = string(m.Content.Quoted)
		}
	}
	if m.Form != nil {
		message.QuotedMessage = &QuotedMessage{"message", MessageOf(*m.Form)}
	}
	return message
}

func messageOf(m chat.Message) Message {
	return Message{
		ID: string(m.ID), Number: m.Number, Received: At(m.Received), Author: AuthorOf(m.Author),
		Content:  ContentOf(m.Content),
		Source:   Origin{Type: m.Origin.Type, IntegrationID: string(m.Origin.IntegrationID)},
		Metadata: m.Metadata, Assurance: string(m.Assurance),
	}
}

// LiveMessageOf is a message as the socket shows it to a user: the author also sees which client sent it, and under
// which of its own ids. Content always has a text, for clients that show no other type, actions have their ids, and media
// the addresses that show them.
func LiveMessageOf(m chat.Message, to Viewer) Message {
	message := messageOf(m)
	message.Change = m.Change
	message.Content.nameActions(m.ID)
	if message.Content.Text == "" {
		message.Content.Text = m.Content.Fallback()
	}
	if to.Media != nil && (m.Content.Media != nil || m.Content.Cards != nil) {
		to.show(&message.Content, m)
	}
	if m.Author.User == to.User && to.User != "" && m.Origin.Client != "" {
		message.Source.Client = &ClientRef{string(m.Origin.Client)}
		message.ClientMessageID = m.Origin.ClientMessageID
	}
	return message
}

// LiveMessagesOf is LiveMessageOf for each; it is never nil.
func LiveMessagesOf(messages []chat.Message, to Viewer) []Message {
	out := make([]Message, 0, len(messages))
	for _, m := range messages {
		out = append(out, LiveMessageOf(m, to))
	}
	return out
}

// AuthorOf is an author.
func AuthorOf(a chat.Author) Author {
	author := Author{Type: string(a.Type), UserID: string(a.User), UserExternalID: a.ExternalID,
		DisplayName: a.DisplayName, AvatarURL: a.AvatarURL}
	if a.Subtype != "" {
		author.Subtypes = []string{a.Subtype}
	}
	return author
}
