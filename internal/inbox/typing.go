package inbox

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Publisher tells everybody who listens of passing signs.
type Publisher interface {
	Publish(events []chat.Event)
}

// Type tells the other agents that this one began or stopped writing, a note to them or an answer. NotFound.
func (s *Service) Type(ctx context.Context, p chat.Principal, id chat.ConversationID, active, note bool) error {
	if err := admit(p); err != nil {
		return err
	}
	err := s.store.Read(ctx, func(tx store.Tx) error {
		_, err := tx.GetConversation(p.App, id)
		return err
	})
	if err != nil || p.Agent == nil {
		return err
	}
	s.publisher.Publish([]chat.Event{{Kind: chat.EventAgentTyping, App: p.App, At: s.clock(), Conversation: id,
		Agent: &chat.AgentTyping{Colleague: p.Colleague(), Active: active, Note: note}}})
	return nil
}
