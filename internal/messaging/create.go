package messaging

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// CreateInput is a conversation that somebody wants.
type CreateInput struct {
	ConversationInput
	Type         chat.ConversationType // a session makes personal ones only
	Participants []ParticipantInput    // for keys; a session is its own participant
	Messages     []SendInput           // first messages of a session
}

// Create makes a conversation, with the first messages of a session in the same transaction. If the session sent these
// messages before, the answer is the conversation that they made.
func (s *Service) Create(ctx context.Context, p chat.Principal, in CreateInput) (View, []chat.Message, error) {
	conversation := chat.Conversation{App: p.App, Type: in.Type}
	in.Messages = slices.Clone(in.Messages) // their contents are settled in place
	if err := in.check(p, &conversation); err != nil {
		return View{}, nil, err
	}
	for i := range in.Messages {
		if err := s.conceal(ctx, p, &in.Messages[i]); err != nil {
			return View{}, nil, err
		}
	}
	var view View
	var messages []chat.Message
	now := s.clock()
	err := s.store.Write(ctx, func(tx store.Tx) error {
		fresh := conversation
		fresh.ID, fresh.CreatedAt = chat.ConversationID(chat.NewID(now)), now
		users, err := participants(tx, p, in)
		if err != nil {
			return err
		}
		if err := insert(tx, &fresh, users, creationReason(p, in.Messages), now); err != nil {
			return err
		}
		messages = nil
		for _, message := range in.Messages {
			sent, err := post(tx, p, fresh.ID, message, now)
			if err != nil {
				return err
			}
			messages = append(messages, sent)
		}
		view, err = look(tx, p, fresh.ID)
		return err
	})
	if errors.Is(err, errSentBefore) {
		return s.createdBefore(ctx, p, in)
	}
	return view, messages, err
}

// createdBefore answers a creation that was sent again: its messages name the conversation.
func (s *Service) createdBefore(ctx context.Context, p chat.Principal, in CreateInput) (View, []chat.Message, error) {
	first, err := s.sentBefore(ctx, p, in.Messages[0])
	if err != nil {
		return View{}, nil, err
	}
	messages := []chat.Message{first.Message}
	for _, message := range in.Messages[1:] {
		message.Conversation = first.Message.Conversation
		sent, err := s.sentBefore(ctx, p, message)
		if err != nil {
			return View{}, nil, err
		}
		messages = append(messages, sent.Message)
	}
	view, err := s.Get(ctx, p, first.Message.Conversation)
	return view, messages, err
}

func (in CreateInput) check(p chat.Principal, c *chat.Conversation) error {
	if p.Session != nil {
		c.Type = chat.Personal
	} else if err := in.checkParticipants(p); err != nil {
		return err
	}
	if err := in.apply(c); err != nil {
		return err
	}
	for i := range in.Messages {
		if err := in.Messages[i].settle(p); err != nil {
			return err
		}
	}
	return nil
}

func (in CreateInput) checkParticipants(p chat.Principal) error {
	switch {
	case !p.May(chat.ManageConversations):
		return notAllowed()
	case in.Type != chat.Personal && in.Type != chat.SDKGroup:
		return chat.InvalidField("type", `must be "personal" or "sdkGroup"`)
	case in.Type == chat.Personal && len(in.Participants) != 1:
		return chat.InvalidField("participants", "must name exactly one user for a personal conversation")
	case len(in.Participants) > chat.MaxParticipantsAtCreation:
		return chat.InvalidField("participants", "must name at most %d users", chat.MaxParticipantsAtCreation)
	}
	return nil
}

func participants(tx store.Tx, p chat.Principal, in CreateInput) ([]chat.UserID, error) {
	if p.Session != nil {
		return []chat.UserID{p.Session.User}, nil
	}
	var users []chat.UserID
	for _, participant := range in.Participants {
		user, err := findUser(tx, p.App, participant.User, participant.UserExternalID, "participants")
		if err != nil {
			return nil, err
		}
		users = append(users, user.ID)
	}
	return users, nil
}

// findUser finds a user by exactly one of the two ids.
func findUser(tx store.Tx, app chat.AppID, id chat.UserID, externalID, field string) (chat.User, error) {
	if (id == "") == (externalID == "") {
		return chat.User{}, chat.InvalidField(field, "must name the user by exactly one of userId and userExternalId")
	}
	if id != "" {
		return tx.GetUser(app, id)
	}
	user, found, err := tx.FindUserByExternalID(app, externalID)
	if err == nil && !found {
		err = chat.Missing("user")
	}
	return user, err
}

// creationReason is why there is a conversation that somebody asked for.
func creationReason(p chat.Principal, first []SendInput) string {
	switch {
	case p.Session == nil:
		return chat.ReasonNone
	case len(first) > 0 && first[0].answersPage(p):
		return chat.ReasonPrechatCapture
	}
	return chat.ReasonStartConversation
}

// insert stores a new conversation with its participants. A user's first personal conversation is the default one.
func insert(tx store.Tx, c *chat.Conversation, users []chat.UserID, reason string, now time.Time) error {
	// Two first conversations of a user at once must not both find that there is none; and all take their locks in one
	// order, or two groups of the same users would wait for each other.
	for _, user := range slices.Sorted(slices.Values(users)) {
		if _, err := tx.LockUser(c.App, user); err != nil {
			return err
		}
	}
	if err := begin(tx, c); err != nil {
		return err
	}
	if err := tx.InsertConversation(*c); err != nil {
		return err
	}
	for _, user := range users {
		participant := chat.Participant{App: c.App, Conversation: c.ID, ID: chat.ParticipantID(chat.NewID(now)), User: user, JoinedAt: now}
		if c.Type == chat.Personal {
			_, has, err := tx.FindDefault(c.App, user)
			if err != nil {
				return err
			}
			participant.Default = !has
		}
		if err := tx.InsertParticipant(participant); err != nil {
			return err
		}
		if err := tx.BumpUser(c.App, user); err != nil {
			return err
		}
	}
	event := chat.Event{Kind: chat.EventConversation, Trigger: chat.TriggerConversationCreate, Reason: reason, App: c.App, At: now,
		Conversation: c.ID, Audience: users, ConversationState: c}
	if c.Control != (chat.Control{}) {
		event.Control = &c.Control
	}
	tx.Emit(event)
	return nil
}

// defaultConversation returns the session's default conversation, and makes it if there is none.
func defaultConversation(tx store.Tx, p chat.Principal, first SendInput, now time.Time) (chat.ConversationID, error) {
	if p.Session == nil {
		return "", chat.InvalidField("conversation", "is required")
	}
	id, found, err := tx.FindDefault(p.App, p.Session.User)
	if err != nil || found {
		return id, err
	}
	// Two first messages at once must not both make one.
	if _, err := tx.LockUser(p.App, p.Session.User); err != nil {
		return "", err
	}
	if id, found, err = tx.FindDefault(p.App, p.Session.User); err != nil || found {
		return id, err
	}
	fresh := chat.Conversation{App: p.App, ID: chat.ConversationID(chat.NewID(now)), Type: chat.Personal, CreatedAt: now}
	reason := chat.ReasonMessage
	if first.answersPage(p) {
		reason = chat.ReasonPrechatCapture
	}
	return fresh.ID, insert(tx, &fresh, []chat.UserID{p.Session.User}, reason, now)
}
