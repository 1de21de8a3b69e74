package httpapi

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// listParticipants lists who is in a conversation, in order of joining.
func (c *call) listParticipants() (answer, error) {
	var clients map[chat.UserID][]chat.Client
	page, err := list(c, func(span store.Span) (participants store.Page[chat.Participant], err error) {
		if participants, err = c.api.Messaging.ListParticipants(c.Context(), c.principal, c.conversationID(), span); err == nil {
			clients, err = c.api.Messaging.ListClients(c.Context(), c.principal, participants.Records...)
		}
		return participants, err
	}, func(p chat.Participant) wire.Participant { return wire.ParticipantWithClientsOf(p, clients[p.User]) })
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Participants{Participants: page.records, Meta: page.meta, Links: page.links})
}

func (c *call) joinConversation() (answer, error) {
	who, err := c.participantInput()
	if err != nil {
		return answer{}, err
	}
	if who.Participant != "" {
		return answer{}, chat.InvalidField("participantId", "names somebody who is in the conversation already: use userId or userExternalId")
	}
	participant, err := c.api.Messaging.Join(c.Context(), c.principal, c.conversationID(), who)
	if err != nil {
		return answer{}, err
	}
	clients, err := c.api.Messaging.ListClients(c.Context(), c.principal, participant)
	if err != nil {
		return answer{}, err
	}
	return created(wire.OneParticipant{Participant: wire.ParticipantWithClientsOf(participant, clients[participant.User])})
}

func (c *call) leaveConversation() (answer, error) {
	who, err := c.participantInput()
	if err != nil {
		return answer{}, err
	}
	if err := c.api.Messaging.Leave(c.Context(), c.principal, c.conversationID(), who); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

func (c *call) participantInput() (messaging.ParticipantInput, error) {
	var body wire.MembershipInput
	if err := c.decode(&body); err != nil {
		return messaging.ParticipantInput{}, err
	}
	return messaging.ParticipantInput{User: chat.UserID(body.UserID), UserExternalID: body.UserExternalID,
		Participant: chat.ParticipantID(body.ParticipantID)}, nil
}
