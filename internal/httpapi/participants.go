package httpapi

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/wire"
)

// listParticipants lists who is in a conversation, in order of joining. Pages go forward only.
func (c *call) listParticipants() (answer, error) {
	p, err := c.page("participants " + string(c.conversationID()))
	if err != nil {
		return answer{}, err
	}
	if p.before != "" {
		return answer{}, forwardOnly()
	}
	participants, more, err := c.api.Messaging.ListParticipants(c.Context(), c.principal, c.conversationID(), chat.ParticipantID(p.after), p.size)
	if err != nil {
		return answer{}, err
	}
	clients, err := c.api.Messaging.ListClients(c.Context(), c.principal, participants...)
	if err != nil {
		return answer{}, err
	}
	list := wire.Participants{Participants: make([]wire.Participant, 0, len(participants))}
	var last string
	for _, participant := range participants {
		list.Participants = append(list.Participants, wire.ParticipantWithClientsOf(participant, clients[participant.User]))
		last = string(participant.ID)
	}
	list.Meta, list.Links = c.forward(p, last, more)
	return ok(list)
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
