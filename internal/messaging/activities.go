package messaging

import (
	"context"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// MarkRead records that the user of a session, or for an agent the business, has read a conversation up to a message; 0 means
// the newest. Reading less than before changes nothing.
func (s *Service) MarkRead(ctx context.Context, p chat.Principal, id chat.ConversationID, number int64) error {
	if number < 0 {
		return chat.InvalidField("number", "must be 0 or above")
	}
	mark := chat.ReadMark{Number: number}
	switch {
	case p.May(chat.TakePart):
		mark.By, mark.User = chat.AuthorUser, p.Session.User
	case p.Agent != nil && p.May(chat.ManageConversations):
		mark.By = chat.AuthorBusiness
	default:
		return notAllowed()
	}
	return s.store.Write(ctx, func(tx store.Tx) error { return s.read(tx, p, id, mark) })
}

// MarkReadFor records, on the word of a key, that the business or a user has read all of a conversation.
func (s *Service) MarkReadFor(ctx context.Context, p chat.Principal, id chat.ConversationID, by chat.AuthorType, user ParticipantInput) error {
	if !p.May(chat.ManageConversations) {
		return notAllowed()
	}
	return s.store.Write(ctx, func(tx store.Tx) error {
		mark := chat.ReadMark{By: by}
		if by == chat.AuthorUser {
			reader, err := findUser(tx, p.App, user.User, user.UserExternalID, "author")
			if err != nil {
				return err
			}
			mark.User = reader.ID
		}
		return s.read(tx, p, id, mark)
	})
}

func (s *Service) read(tx store.Tx, p chat.Principal, id chat.ConversationID, mark chat.ReadMark) error {
	conversation, err := tx.LockConversation(p.App, id)
	if err != nil {
		return err
	}
	users, err := audience(tx, p, id)
	if err != nil {
		return err
	}
	if mark.By == chat.AuthorUser && !slices.Contains(users, mark.User) {
		return notParticipant()
	}
	if mark.Number == 0 || mark.Number > conversation.LastNumber {
		mark.Number = conversation.LastNumber
	}
	mark.At = s.clock()
	further, err := markRead(tx, p.App, id, mark)
	if err != nil || !further {
		return err
	}
	return record(tx, p, chat.Change{Conversation: id, Kind: chat.EventRead, Read: &mark, At: mark.At})
}

func markRead(tx store.Tx, app chat.AppID, id chat.ConversationID, mark chat.ReadMark) (bool, error) {
	if mark.By == chat.AuthorBusiness {
		return tx.MarkBusinessRead(app, id, mark.Number, mark.At)
	}
	return tx.MarkRead(app, id, mark.User, mark.Number, mark.At)
}

// Type tells the others in a conversation that somebody began or stopped typing. It is stored only while a webhook is
// still to be told, who is told seldom.
func (s *Service) Type(ctx context.Context, p chat.Principal, id chat.ConversationID, author AuthorInput, active bool) error {
	if p.Agent != nil {
		author = asAgent(*p.Agent)
	}
	if p.Session == nil {
		author.Type = chat.AuthorBusiness
		if err := author.check(); err != nil {
			return err
		}
	}
	wanted := false
	event := chat.Event{Kind: chat.EventTyping, Trigger: chat.TriggerTyping, App: p.App, At: s.clock(), Conversation: id}
	err := s.store.Read(ctx, func(tx store.Tx) (err error) {
		if err := exists(tx, p, id); err != nil {
			return err
		}
		if event.Audience, err = audience(tx, p, id); err != nil {
			return err
		}
		by, err := typing(tx, p, author)
		if err != nil {
			return err
		}
		event.Typing = &chat.Typing{Author: by, Active: active}
		wanted, err = tx.IsTold(p.App, event.Trigger)
		return err
	})
	if err != nil {
		return err
	}
	by := event.Typing.Author
	if wanted && s.typists.tell(typist{conversation: id, user: by.User, name: by.DisplayName}, active, event.At) {
		return s.store.Write(ctx, func(tx store.Tx) error { tx.Emit(event); return nil })
	}
	s.publisher.Publish([]chat.Event{event})
	return nil
}

// typing is who types: the user of a session, or somebody of the company.
func typing(tx store.Tx, p chat.Principal, in AuthorInput) (chat.Author, error) {
	if p.Session == nil {
		return chat.Author{Type: chat.AuthorBusiness, DisplayName: chat.VisibleName(in.DisplayName), AvatarURL: in.AvatarURL, Subtype: in.Subtype}, nil
	}
	user, err := tx.GetUser(p.App, p.Session.User)
	return chat.Author{Type: chat.AuthorUser, User: user.ID, DisplayName: user.Name(), AvatarURL: user.Profile.AvatarURL}, err
}
