package directory

import (
	"context"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Export is everything that is kept of a user, for the user (GDPR article 15): no notes of agents, and of groups only what the user wrote.
type Export struct {
	User          chat.User // with identities
	Clients       []chat.Client
	Conversations []ExportedConversation
}

// ExportedConversation is a conversation with its messages, in order.
type ExportedConversation struct {
	chat.Conversation
	Messages []chat.Message
}

const exportStep = 100

// Export returns what is kept of a user, and notes that somebody asked. NotFound.
func (s *Service) Export(ctx context.Context, p chat.Principal, id chat.UserID) (Export, error) {
	if !p.May(chat.ManageUsers) {
		return Export{}, notAllowed()
	}
	var out Export
	err := s.store.Read(ctx, func(tx store.Tx) (err error) {
		out = Export{}
		if out.User, err = tx.GetUser(p.App, id); err != nil {
			return err
		}
		if out.User.Identities, err = tx.ListIdentities(p.App, id); err != nil {
			return err
		}
		if out.Clients, err = tx.ListClients(p.App, id); err != nil {
			return err
		}
		out.Conversations, err = exportConversations(tx, p.App, id)
		return err
	})
	if err != nil {
		return Export{}, err
	}
	return out, s.store.Write(ctx, func(tx store.Tx) error {
		return tx.AppendAudit(store.Audit{App: p.App, At: s.clock(), Actor: p.Name, Action: "user.export", Target: string(id)})
	})
}

func exportConversations(tx store.Tx, app chat.AppID, user chat.UserID) (all []ExportedConversation, err error) {
	page := store.ConversationPage{App: app, User: user, Span: store.Span{Limit: exportStep}}
	for {
		some, err := tx.ListConversations(page)
		if err != nil {
			return nil, err
		}
		for _, conversation := range some {
			exported := ExportedConversation{Conversation: conversation}
			if exported.Messages, err = exportMessages(tx, conversation, user); err != nil {
				return nil, err
			}
			all = append(all, exported)
		}
		if len(some) < exportStep {
			return all, nil
		}
		page.After = string(some[len(some)-1].ID)
	}
}

func exportMessages(tx store.Tx, conversation chat.Conversation, user chat.UserID) (all []chat.Message, err error) {
	page := store.MessagePage{App: conversation.App, Conversation: conversation.ID, After: 0, Before: conversation.LastNumber + 1, Limit: exportStep}
	for {
		some, err := tx.ListMessages(page)
		if err != nil {
			return nil, err
		}
		for i := len(some) - 1; i >= 0; i-- {
			if m := some[i]; conversation.Type == chat.Personal || m.Author.User == user {
				all = append(all, m)
			}
		}
		if len(some) < exportStep || some[0].Number <= 1 {
			break
		}
		page.Before = some[0].Number
	}
	slices.Reverse(all)
	return all, nil
}
