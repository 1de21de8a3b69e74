package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/wire"
)

// sendAsAgent answers the user. Where a colleague has answered meanwhile nothing is sent, unless the agent knows.
func (c *call) sendAsAgent() (answer, error) {
	var body wire.AgentMessage
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	content := chat.Content{Type: chat.ContentText, Text: body.Text}
	if body.Content != nil {
		content = body.Content.Said()
	}
	sent, err := c.api.Messaging.Send(c.Context(), c.principal, messaging.SendInput{Conversation: c.conversationID(), ClientMessageID: body.ID,
		Content: content, Seen: body.Seen, Anyway: body.Anyway})
	if err != nil {
		return answer{}, err
	}
	return answer{doneStatus(sent.Duplicate), wire.OneMessage{Message: wire.DeskMessageOf(sent.Message, c.api.Links)}}, nil
}

// markReadAsAgent notes that the agent has read a conversation, and with them the business.
func (c *call) markReadAsAgent() (answer, error) {
	var body wire.ReadInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	done := answer{status: http.StatusNoContent}
	if err := c.api.Messaging.MarkRead(c.Context(), c.principal, c.conversationID(), body.Number); err != nil {
		return done, err
	}
	return done, c.api.Inbox.Read(c.Context(), c.principal, c.conversationID(), body.Number)
}

// typeAsAgent tells the other agents that this one writes, and the user where it is no note.
func (c *call) typeAsAgent() (answer, error) {
	var body wire.TypingInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	done := answer{status: http.StatusNoContent}
	if err := c.api.Inbox.Type(c.Context(), c.principal, c.conversationID(), body.Active, body.Note); err != nil || body.Note {
		return done, err
	}
	return done, c.api.Messaging.Type(c.Context(), c.principal, c.conversationID(), messaging.AuthorInput{}, body.Active)
}
