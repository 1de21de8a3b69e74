package messaging

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// record stores a change of a conversation under its next change number, and tells the participants.
func record(tx store.Tx, p chat.Principal, change chat.Change) error {
	event, err := stored(tx, p, change)
	if err == nil {
		tx.Emit(event)
	}
	return err
}

// stored stores a change as record does, and returns what the participants are to be told of it.
func stored(tx store.Tx, p chat.Principal, change chat.Change) (chat.Event, error) {
	change.App = p.App
	if err := tx.AppendChange(&change); err != nil {
		return chat.Event{}, err
	}
	users, err := tx.ListAudience(p.App, change.Conversation)
	if err != nil {
		return chat.Event{}, err
	}
	if change.Kind == chat.EventLeft {
		users = append(users, change.User) // the one who left is told, too
	}
	event, err := eventOf(tx, change)
	event.Audience = users
	return event, err
}

// triggers are what webhooks call changes of a conversation.
var triggers = map[chat.EventKind]chat.Trigger{
	chat.EventRead: chat.TriggerRead, chat.EventJoined: chat.TriggerJoin, chat.EventLeft: chat.TriggerLeave,
}

// eventOf is the event that a stored change stands for.
func eventOf(tx store.Tx, c chat.Change) (chat.Event, error) {
	event := chat.Event{Kind: c.Kind, Trigger: triggers[c.Kind], App: c.App, At: c.At, Conversation: c.Conversation, Change: c.Number}
	switch c.Kind {
	case chat.EventMessageRemoved:
		event.Message = &chat.Message{App: c.App, Conversation: c.Conversation, ID: c.Message, Number: c.MessageNo, Deleted: true}
	case chat.EventMessagesCleared:
		event.Cleared = c.MessageNo
	case chat.EventRead:
		event.Read = c.Read
	case chat.EventJoined, chat.EventLeft:
		event.Participant = &chat.Participant{App: c.App, Conversation: c.Conversation, User: c.User}
	case chat.EventConversation:
		conversation, err := tx.GetConversation(c.App, c.Conversation)
		if err != nil {
			return chat.Event{}, err
		}
		event.ConversationState = &conversation
	}
	return event, nil
}

// Cursor is how far a client has come in a conversation.
type Cursor struct {
	Number int64 // of the newest message it has
	Change int64 // up to which it has seen everything
}

// maxMissed is the most events that a client is brought up to date with; beyond it, it starts afresh.
const maxMissed = 500

// Missed is what a client has not seen of one conversation.
type Missed struct {
	Events []chat.Event // in order, without gaps
	Change int64        // up to which the client is then in step
	Reset  bool         // too much, or no longer there: forget what you hold and ask for the history
}

// Sync returns what happened in a conversation after the cursor.
func (s *Service) Sync(ctx context.Context, p chat.Principal, id chat.ConversationID, from Cursor) (Missed, error) {
	var missed Missed
	err := s.store.Read(ctx, func(tx store.Tx) error {
		var err error
		missed, err = sync(tx, p, id, from)
		return err
	})
	return missed, err
}

func sync(tx store.Tx, p chat.Principal, id chat.ConversationID, from Cursor) (Missed, error) {
	if _, err := audience(tx, p, id); err != nil {
		if chat.KindOf(err) == chat.NotFound {
			return Missed{Reset: true}, nil
		}
		return Missed{}, err
	}
	conversation, err := tx.GetConversation(p.App, id)
	if err != nil {
		return Missed{}, err
	}
	behind := conversation.Change - from.Change
	if behind == 0 {
		return Missed{Change: from.Change}, nil
	}
	if behind < 0 || behind > maxMissed || from.Number < 0 {
		return Missed{Reset: true}, nil
	}
	messages, err := tx.ListMessages(store.MessagePage{App: p.App, Conversation: id, After: from.Number, Limit: maxMissed, Deleted: true})
	if err != nil {
		return Missed{}, err
	}
	changes, err := tx.ListChanges(p.App, id, from.Change, maxMissed)
	if err != nil {
		return Missed{}, err
	}
	events, err := inOrder(tx, messages, changes)
	if err != nil {
		return Missed{}, err
	}
	if !withoutGaps(events, from.Change, conversation.Change) {
		return Missed{Reset: true}, nil
	}
	return Missed{Events: events, Change: conversation.Change}, nil
}

// inOrder merges messages and other changes by their change numbers. A message that is gone since keeps its place as
// its own removal.
func inOrder(tx store.Tx, messages []chat.Message, changes []chat.Change) ([]chat.Event, error) {
	events := make([]chat.Event, 0, len(messages)+len(changes))
	for len(messages)+len(changes) > 0 {
		if len(changes) == 0 || len(messages) > 0 && messages[0].Change < changes[0].Number {
			events = append(events, eventOfMessage(messages[0]))
			messages = messages[1:]
			continue
		}
		event, err := eventOf(tx, changes[0])
		if err != nil {
			return nil, err
		}
		events = append(events, event)
		changes = changes[1:]
	}
	return events, nil
}

func eventOfMessage(m chat.Message) chat.Event {
	kind := chat.EventMessage
	if m.Deleted {
		kind = chat.EventMessageRemoved
	}
	return chat.Event{Kind: kind, App: m.App, At: m.Received, Conversation: m.Conversation, Change: m.Change, Message: &m}
}

// withoutGaps tells whether the events are exactly the changes after from up to last.
func withoutGaps(events []chat.Event, from, last int64) bool {
	for _, event := range events {
		if event.Change != from+1 {
			return false
		}
		from++
	}
	return from == last
}
