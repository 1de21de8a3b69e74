package httpapi

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

func (c *call) createConversation() (answer, error) {
	var body wire.ConversationInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	in := messaging.CreateInput{ConversationInput: conversationInput(body), Type: chat.ConversationType(body.Type)}
	for _, p := range body.Participants {
		in.Participants = append(in.Participants, messaging.ParticipantInput{User: chat.UserID(p.UserID), UserExternalID: p.UserExternalID})
	}
	view, _, err := c.api.Messaging.Create(c.Context(), c.principal, in)
	if err != nil {
		return answer{}, err
	}
	return created(oneConversation(view))
}

// listConversations lists those of one user, named by exactly one of two filters.
func (c *call) listConversations() (answer, error) {
	query := c.URL.Query()
	whose := messaging.ParticipantInput{User: chat.UserID(query.Get("filter[userId]")), UserExternalID: query.Get("filter[userExternalId]")}
	if (whose.User == "") == (whose.UserExternalID == "") {
		return answer{}, chat.InvalidField("filter", "exactly one of filter[userId] and filter[userExternalId] is required")
	}
	page, err := list(c, func(span store.Span) (store.Page[messaging.View], error) {
		return c.api.Messaging.List(c.Context(), c.principal, whose, span)
	}, func(v messaging.View) wire.Conversation { return oneConversation(v).Conversation })
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Conversations{Conversations: page.records, Meta: page.meta, Links: page.links})
}

func (c *call) getConversation() (answer, error) {
	view, err := c.api.Messaging.Get(c.Context(), c.principal, c.conversationID())
	if err != nil {
		return answer{}, err
	}
	return ok(oneConversation(view))
}

func (c *call) updateConversation() (answer, error) {
	var body wire.ConversationInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	view, err := c.api.Messaging.Update(c.Context(), c.principal, c.conversationID(), conversationInput(body))
	if err != nil {
		return answer{}, err
	}
	return ok(oneConversation(view))
}

func (c *call) deleteConversation() (answer, error) {
	if err := c.api.Messaging.Delete(c.Context(), c.principal, c.conversationID()); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

// postActivity tells the users that the business types, or that somebody has read.
func (c *call) postActivity() (answer, error) {
	var body wire.ActivityInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	if body.Author.Type != "user" && body.Author.Type != "business" {
		return answer{}, chat.InvalidField("author.type", `must be "user" or "business"`)
	}
	var err error
	switch body.Type {
	case "conversation:read":
		reader := messaging.ParticipantInput{User: chat.UserID(body.Author.UserID), UserExternalID: body.Author.UserExternalID}
		err = c.api.Messaging.MarkReadFor(c.Context(), c.principal, c.conversationID(), chat.AuthorType(body.Author.Type), reader)
	case "typing:start", "typing:stop":
		if body.Author.Type != "business" {
			return answer{}, chat.InvalidField("type", "a user author may only send conversation:read")
		}
		author := messaging.AuthorInput{DisplayName: body.Author.DisplayName, AvatarURL: body.Author.AvatarURL}
		err = c.api.Messaging.Type(c.Context(), c.principal, c.conversationID(), author, body.Type == "typing:start")
	default:
		err = chat.InvalidField("type", `must be "conversation:read", "typing:start" or "typing:stop"`)
	}
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

func (c *call) conversationID() chat.ConversationID {
	return chat.ConversationID(c.PathValue("conversationId"))
}

func conversationInput(body wire.ConversationInput) messaging.ConversationInput {
	return messaging.ConversationInput{DisplayName: body.DisplayName.Pointer(), Description: body.Description.Pointer(),
		IconURL: body.IconURL.Pointer(), Metadata: body.Metadata}
}

func oneConversation(v messaging.View) wire.OneConversation {
	return wire.OneConversation{Conversation: wire.ConversationOf(v.Conversation, v.Default)}
}
