package messaging

import (
	"context"
	"errors"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// PostbackInput names a button that the user of a session has pressed.
type PostbackInput struct {
	Conversation chat.ConversationID
	Message      chat.MessageID
	Action       chat.ActionID
	// ClientMessageID is the client's own id of this press: where postbacks are echoed, of the message that comes of it.
	ClientMessageID string
	// Metadata go along beside those of the action, which they do not replace: what the business set, nobody else does.
	Metadata chat.Metadata
}

// Postback tells those who listen that a button was pressed, and nothing of the conversation changes; where the app
// echoes postbacks, the button's text is posted as the user's message in the same transaction. A press that is sent again
// is told again, unless it was echoed: then the first one stands. Invalid names the member; NotFound
// conversation_not_found, message_not_found, action_not_found: this very message of the business holds no such action.
func (s *Service) Postback(ctx context.Context, p chat.Principal, in PostbackInput) error {
	if !p.May(chat.TakePart) {
		return notAllowed()
	}
	if n := utf8.RuneCountInString(in.ClientMessageID); n < 1 || n > chat.MaxClientMessageID {
		return chat.InvalidField("id", "must have 1 to %d characters: the client's own id of the postback", chat.MaxClientMessageID)
	}
	in.Metadata = in.Metadata.WithoutNulls()
	if problem := in.Metadata.Check(); problem != "" {
		return chat.InvalidField("metadata", "%s", problem)
	}
	echo := SendInput{Conversation: in.Conversation, ClientMessageID: in.ClientMessageID}
	now := s.clock()
	err := s.store.Write(ctx, func(tx store.Tx) error {
		button, err := pressed(tx, p, in)
		if err != nil {
			return err
		}
		app, err := tx.GetApp(p.App)
		if err != nil {
			return err
		}
		if app.Settings.EchoesPostbacks() {
			echo.Content = chat.Content{Type: chat.ContentText, Text: button.Text}
			if _, err := post(tx, p, in.Conversation, echo, now); err != nil {
				return err
			}
		}
		tx.Emit(chat.Event{Kind: chat.EventPostback, Trigger: chat.TriggerPostback, Conversation: in.Conversation, App: p.App, At: now, User: p.Session.User,
			Postback: &chat.Postback{Message: in.Message, Client: p.Session.Client,
				Text: button.Text, Payload: button.ReturnedPayload(), Metadata: in.Metadata.Merged(button.Metadata)}})
		return nil
	})
	if errors.Is(err, errSentBefore) {
		_, err = s.sentBefore(ctx, p, echo)
	}
	return err
}

// pressed returns the button. What a user posted holds none: nobody puts words into the mouth of the business.
func pressed(tx store.Tx, p chat.Principal, in PostbackInput) (chat.MessageAction, error) {
	if _, err := audience(tx, p, in.Conversation); err != nil {
		return chat.MessageAction{}, err
	}
	message, err := tx.GetMessage(p.App, in.Conversation, in.Message)
	if err == nil && message.Deleted {
		err = chat.Missing("message")
	}
	if err != nil {
		return chat.MessageAction{}, err
	}
	action, found := message.FindAction(in.Action)
	if !found || message.Author.Type != chat.AuthorBusiness {
		return chat.MessageAction{}, chat.Missing("action")
	}
	if action.Type != chat.ActionPostback {
		return chat.MessageAction{}, chat.InvalidField("action", "must be of type postback: this one is a %s", action.Type)
	}
	return action, nil
}
