package messaging

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// ConversationInput is what may be said of a conversation. Nil leaves a value as it is; a pointer to "" unsets it.
type ConversationInput struct {
	DisplayName, Description, IconURL *string
	Metadata                          map[string]any // nil: as it is; an entry that is nil is removed
}

// ParticipantInput names a user by exactly one of two ids, or, where a method says so, by the participation.
type ParticipantInput struct {
	User           chat.UserID
	UserExternalID string
	Participant    chat.ParticipantID
}

// View is a conversation as somebody sees it.
type View struct {
	Conversation chat.Conversation
	Participants []chat.Participant // at most MaxParticipantsShown
	Last         *chat.Message      // nil: none, or it was deleted
	Default      bool               // of the user who looks, or of the one participant
}

// MaxParticipantsShown is the most participants that come with a conversation.
const MaxParticipantsShown = 100

// Get returns one conversation.
func (s *Service) Get(ctx context.Context, p chat.Principal, id chat.ConversationID) (View, error) {
	var view View
	err := s.store.Read(ctx, func(tx store.Tx) error {
		var err error
		view, err = look(tx, p, id)
		return err
	})
	return view, err
}

// look loads a conversation with what is shown of it.
func look(tx store.Tx, p chat.Principal, id chat.ConversationID) (View, error) {
	if err := exists(tx, p, id); err != nil {
		return View{}, err
	}
	conversation, err := tx.GetConversation(p.App, id)
	if err != nil {
		return View{}, err
	}
	return view(tx, p, conversation)
}

func view(tx store.Tx, p chat.Principal, c chat.Conversation) (View, error) {
	v := View{Conversation: c}
	var err error
	if v.Participants, err = tx.ListParticipants(c.App, c.ID, store.Span{Limit: MaxParticipantsShown}); err != nil {
		return View{}, err
	}
	for _, participant := range v.Participants {
		mine := p.Session != nil && participant.User == p.Session.User
		if participant.Default && (mine || p.Session == nil) {
			v.Default = true
		}
	}
	if c.LastNumber == 0 {
		return v, nil
	}
	newest, err := tx.ListMessages(store.MessagePage{App: c.App, Conversation: c.ID, Limit: 1})
	if err == nil && len(newest) == 1 {
		v.Last = &newest[0]
	}
	return v, err
}

// List returns a page of a user's conversations, newest activity first. A session lists its own; a key names the user.
// Invalid (store.Span).
func (s *Service) List(ctx context.Context, p chat.Principal, whose ParticipantInput, span store.Span) (views store.Page[View], err error) {
	if p.Session == nil && !p.May(chat.ManageConversations) {
		return views, notAllowed()
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		user, err := lister(tx, p, whose)
		if err != nil {
			return err
		}
		page, err := store.ReadPage(span, store.ConversationCursor, func(span store.Span) ([]chat.Conversation, error) {
			return tx.ListConversations(store.ConversationPage{App: p.App, User: user, Span: span})
		})
		if err != nil {
			return err
		}
		views, err = store.MapPage(page, func(c chat.Conversation) (View, error) { return view(tx, p, c) })
		return err
	})
	return views, err
}

// lister is the user whose conversations are listed.
func lister(tx store.Tx, p chat.Principal, whose ParticipantInput) (chat.UserID, error) {
	if p.Session != nil {
		return p.Session.User, nil
	}
	user, err := findUser(tx, p.App, whose.User, whose.UserExternalID, "filter")
	return user.ID, err
}

// Update changes names, icon and metadata of a conversation.
func (s *Service) Update(ctx context.Context, p chat.Principal, id chat.ConversationID, in ConversationInput) (View, error) {
	var v View
	now := s.clock()
	err := s.store.Write(ctx, func(tx store.Tx) error {
		if err := exists(tx, p, id); err != nil {
			return err
		}
		conversation, err := tx.LockConversation(p.App, id)
		if err != nil {
			return err
		}
		if err := in.apply(&conversation); err != nil {
			return err
		}
		if err := tx.UpdateConversation(conversation); err != nil {
			return err
		}
		if err := record(tx, p, chat.Change{Conversation: id, Kind: chat.EventConversation, At: now}); err != nil {
			return err
		}
		v, err = look(tx, p, id)
		return err
	})
	return v, err
}

// Delete removes a conversation with its messages. The default conversation of a user cannot be deleted.
func (s *Service) Delete(ctx context.Context, p chat.Principal, id chat.ConversationID) error {
	if !p.May(chat.ManageConversations) {
		return notAllowed()
	}
	now := s.clock()
	return s.store.Write(ctx, func(tx store.Tx) error {
		v, err := look(tx, p, id)
		if err != nil {
			return err
		}
		if v.Default {
			return chat.InvalidField("conversationId", "the default conversation of a user cannot be deleted")
		}
		return Remove(tx, v.Conversation, now)
	})
}

// Remove removes a conversation with its messages, as a step of the transaction, and tells of it.
func Remove(tx store.Tx, gone chat.Conversation, now time.Time) error {
	users, err := tx.ListAudience(gone.App, gone.ID)
	if err != nil {
		return err
	}
	if err := tx.DeleteConversation(gone.App, gone.ID); err != nil {
		return err
	}
	tx.Emit(chat.Event{Kind: chat.EventConversationRemoved, Trigger: chat.TriggerConversationRemove, App: gone.App, At: now,
		Conversation: gone.ID, Audience: users, ConversationState: &gone})
	return nil
}

// apply checks the input and sets it on the conversation.
func (in ConversationInput) apply(c *chat.Conversation) error {
	for _, part := range []struct {
		field string
		from  *string
		to    *string
		most  int
	}{
		{"displayName", in.DisplayName, &c.DisplayName, chat.MaxConversationText},
		{"description", in.Description, &c.Description, chat.MaxConversationText},
		{"iconUrl", in.IconURL, &c.IconURL, chat.MaxProfileURL},
	} {
		if part.from == nil {
			continue
		}
		if utf8.RuneCountInString(*part.from) > part.most {
			return chat.InvalidField(part.field, "must have at most %d characters", part.most)
		}
		*part.to = *part.from
	}
	if !chat.IsWebAddress(c.IconURL) {
		return chat.InvalidField("iconUrl", "must be an http or https address")
	}
	if in.Metadata != nil {
		c.Metadata = c.Metadata.Merged(in.Metadata)
	}
	if problem := c.Metadata.Check(); problem != "" {
		return chat.InvalidField("metadata", "%s", problem)
	}
	return nil
}
