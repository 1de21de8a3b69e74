package httpapi

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

func (c *call) postMessage() (answer, error) {
	var body wire.MessageInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	if len(body.Author.Subtypes) > 1 {
		return answer{}, chat.InvalidField("author.subtypes", "must hold at most one")
	}
	author := messaging.AuthorInput{
		Type: chat.AuthorType(body.Author.Type), User: chat.UserID(body.Author.UserID), UserExternalID: body.Author.UserExternalID,
		DisplayName: body.Author.DisplayName, AvatarURL: body.Author.AvatarURL,
	}
	for _, subtype := range body.Author.Subtypes {
		author.Subtype = subtype
	}
	in := messaging.SendInput{Conversation: c.conversationID(), Author: author, Metadata: body.Metadata, Content: body.Content.Said()}
	if d := body.Destination; d != nil {
		in.Destination = &messaging.DestinationInput{Integration: chat.IntegrationID(d.IntegrationID), Type: d.IntegrationType}
	}
	sent, err := c.api.Messaging.Send(c.Context(), c.principal, in)
	if err != nil {
		return answer{}, err
	}
	return created(wire.Messages{Messages: []wire.Message{c.message(sent.Message)}})
}

// message is a message as keys see it: of one that came in by the web, with the integration.
func (c *call) message(m chat.Message) wire.Message {
	shown := wire.MessageOf(m)
	if shown.Source.Type == "web" && shown.Source.IntegrationID == "" {
		shown.Source.IntegrationID = string(c.app.IntegrationID)
	}
	return shown
}

// messagesPage is the fixed size of a page of messages, as documented.
const messagesPage = 100

// listMessages lists the newest messages first; within a page the oldest stands first.
func (c *call) listMessages() (answer, error) {
	page, err := list(c, func(span store.Span) (store.Page[chat.Message], error) {
		span.Limit = messagesPage
		return c.api.Messaging.ListMessages(c.Context(), c.principal, c.conversationID(), span)
	}, c.message)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.MessageList{Messages: page.records, Meta: page.meta, Links: page.links})
}

func (c *call) deleteMessage() (answer, error) {
	err := c.api.Messaging.DeleteMessage(c.Context(), c.principal, c.conversationID(), chat.MessageID(c.PathValue("messageId")))
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

func (c *call) deleteMessages() (answer, error) {
	if err := c.api.Messaging.DeleteMessages(c.Context(), c.principal, c.conversationID()); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}
