package httpapi

import (
	"strconv"

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
	p, err := c.page("messages " + string(c.conversationID()))
	if err != nil {
		return answer{}, err
	}
	wanted := store.MessagePage{Conversation: c.conversationID(), Limit: messagesPage}
	if wanted.After, err = messageNumber(p.after); err == nil {
		wanted.Before, err = messageNumber(p.before)
	}
	if err != nil {
		return answer{}, err
	}
	messages, more, err := c.api.Messaging.ListMessages(c.Context(), c.principal, wanted)
	if err != nil {
		return answer{}, err
	}
	list := wire.MessageList{Messages: make([]wire.Message, 0, len(messages))}
	for _, m := range messages {
		list.Messages = append(list.Messages, c.message(m))
	}
	list.Meta.HasMore = more
	if len(messages) > 0 {
		first, last := messages[0].Number, messages[len(messages)-1].Number
		list.Meta.BeforeCursor, list.Meta.AfterCursor = p.cursor(strconv.FormatInt(first, 10)), p.cursor(strconv.FormatInt(last, 10))
		if more && p.after == "" || p.after != "" && first > 1 {
			list.Links.Prev = c.pageURL("page[before]", list.Meta.BeforeCursor)
		}
		if more && p.after != "" || p.before != "" {
			list.Links.Next = c.pageURL("page[after]", list.Meta.AfterCursor)
		}
	}
	return ok(list)
}

func messageNumber(position string) (int64, error) {
	if position == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(position, 10, 64)
	if err != nil || n < 1 {
		return 0, chat.InvalidField("page", "is no cursor of this list")
	}
	return n, nil
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
