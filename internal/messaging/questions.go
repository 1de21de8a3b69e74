package messaging

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Ask posts a form of the business, as a step of a transaction that has locked the conversation.
func (s *Service) Ask(tx store.Tx, app chat.AppID, conversation chat.ConversationID, form chat.Content, now time.Time) (chat.Message, error) {
	return post(tx, itself(app), conversation, SendInput{Author: AuthorInput{Type: chat.AuthorBusiness}, Content: form}, now)
}

// TakeBack takes a form away that was asked, as a step of such a transaction. One that is gone already is no fault.
func (s *Service) TakeBack(tx store.Tx, app chat.AppID, conversation chat.ConversationID, form chat.MessageID, now time.Time) error {
	err := deleteMessage(tx, itself(app), conversation, form, now)
	if chat.KindOf(err) == chat.NotFound {
		return nil
	}
	return err
}

// itself is the server, where it acts in an app for those who set it up.
func itself(app chat.AppID) chat.Principal {
	return chat.Principal{App: app, Operator: true, Name: "server"}
}

// noteRating notes in an answer that the form asked for a rating, so that whoever shows it need not look for the form.
func noteRating(tx store.Tx, answer *chat.Message, form chat.Message) error {
	if !form.Content.Form.Rating {
		return nil
	}
	noted := *answer.Content.Form
	noted.Rating = true
	answer.Content.Form = &noted
	return tx.UpdateContent(*answer)
}
