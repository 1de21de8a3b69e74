package messaging

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// ListParticipants returns a page of a conversation's participants in order of joining. Invalid (store.Span).
func (s *Service) ListParticipants(ctx context.Context, p chat.Principal, id chat.ConversationID, span store.Span) (all store.Page[chat.Participant], err error) {
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if err := exists(tx, p, id); err != nil {
			return err
		}
		all, err = store.ReadPage(span, func(one chat.Participant) string { return string(one.ID) }, func(span store.Span) ([]chat.Participant, error) {
			return tx.ListParticipants(p.App, id, span)
		})
		return err
	})
	return all, err
}

// Join adds a user to a group, and returns the participation. The user's clients learn of the conversation at once.
// Invalid for a personal conversation; Conflict if the user is in it.
func (s *Service) Join(ctx context.Context, p chat.Principal, id chat.ConversationID, who ParticipantInput) (chat.Participant, error) {
	var joined chat.Participant
	now := s.clock()
	err := s.inGroup(ctx, p, id, func(tx store.Tx, conversation chat.Conversation) error {
		user, err := findUser(tx, p.App, who.User, who.UserExternalID, "userId")
		if err != nil {
			return err
		}
		participant := chat.Participant{App: p.App, Conversation: id, ID: chat.ParticipantID(chat.NewID(now)), User: user.ID, JoinedAt: now}
		if err := tx.InsertParticipant(participant); err != nil {
			return err
		}
		if err := membership(tx, p, id, user.ID, chat.EventJoined, now); err != nil {
			return err
		}
		tx.Emit(chat.Event{Kind: chat.EventConversation, App: p.App, At: now, Conversation: id,
			Audience: []chat.UserID{user.ID}, ConversationState: &conversation})
		joined, _, err = tx.FindParticipant(p.App, id, user.ID)
		return err
	})
	return joined, err
}

// Leave takes a user out of a group, whose clients drop the conversation at once. What the user wrote stays. NotFound if the user is not in it.
func (s *Service) Leave(ctx context.Context, p chat.Principal, id chat.ConversationID, who ParticipantInput) error {
	now := s.clock()
	return s.inGroup(ctx, p, id, func(tx store.Tx, _ chat.Conversation) error {
		user, err := leaver(tx, p, id, who)
		if err != nil {
			return err
		}
		if err := tx.DeleteParticipant(p.App, id, user); err != nil {
			return err
		}
		if err := membership(tx, p, id, user, chat.EventLeft, now); err != nil {
			return err
		}
		tx.Emit(chat.Event{Kind: chat.EventConversationRemoved, App: p.App, At: now, Conversation: id, Audience: []chat.UserID{user}})
		return nil
	})
}

// ListClients returns the clients of each of the participants, the one seen last first.
func (s *Service) ListClients(ctx context.Context, p chat.Principal, participants ...chat.Participant) (map[chat.UserID][]chat.Client, error) {
	if !p.May(chat.ManageConversations) {
		return nil, notAllowed()
	}
	clients := make(map[chat.UserID][]chat.Client, len(participants))
	err := s.store.Read(ctx, func(tx store.Tx) (err error) {
		for _, participant := range participants {
			if clients[participant.User], err = tx.ListClients(p.App, participant.User); err != nil {
				return err
			}
		}
		return nil
	})
	return clients, err
}

// leaver is the user to take out, who may also be named as a participant.
func leaver(tx store.Tx, p chat.Principal, id chat.ConversationID, who ParticipantInput) (chat.UserID, error) {
	if who.Participant == "" {
		user, err := findUser(tx, p.App, who.User, who.UserExternalID, "userId")
		return user.ID, err
	}
	if who.User != "" || who.UserExternalID != "" {
		return "", chat.InvalidField("participantId", "must not be given together with userId or userExternalId")
	}
	participant, found, err := tx.FindParticipantByID(p.App, id, who.Participant)
	if err == nil && !found {
		err = chat.Missing("participant")
	}
	return participant.User, err
}

// inGroup runs change under the lock of a group conversation.
func (s *Service) inGroup(ctx context.Context, p chat.Principal, id chat.ConversationID, change func(store.Tx, chat.Conversation) error) error {
	if !p.May(chat.ManageConversations) {
		return notAllowed()
	}
	return s.store.Write(ctx, func(tx store.Tx) error {
		conversation, err := tx.LockConversation(p.App, id)
		if err != nil {
			return err
		}
		if conversation.Type != chat.SDKGroup {
			return chat.InvalidField("conversationId", "names a personal conversation; users join and leave conversations of the type sdkGroup")
		}
		return change(tx, conversation)
	})
}

func membership(tx store.Tx, p chat.Principal, id chat.ConversationID, user chat.UserID, kind chat.EventKind, now time.Time) error {
	if err := tx.BumpUser(p.App, user); err != nil {
		return err
	}
	return record(tx, p, chat.Change{Conversation: id, Kind: kind, User: user, At: now})
}
