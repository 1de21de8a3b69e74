package inbox

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Asker posts and takes back what users are asked; messaging.Service fits. Both are steps of the transaction that has locked the
// conversation.
type Asker interface {
	Ask(tx store.Tx, app chat.AppID, conversation chat.ConversationID, form chat.Content, now time.Time) (chat.Message, error)
	TakeBack(tx store.Tx, app chat.AppID, conversation chat.ConversationID, form chat.MessageID, now time.Time) error
}

// turnRating asks the user for a rating of the episode that an agent ended, where the app wants that and somebody has answered; and takes
// the question back that nobody has answered, where the agent lets the episode go on.
func (s *Service) turnRating(tx store.Tx, former, next chat.InboxEntry, by chat.AgentID) error {
	if former.Status == next.Status {
		return nil
	}
	if resumed, ran := former.Ended(""); ran {
		return s.withdraw(tx, resumed, next.MovedAt)
	}
	ended, ran := next.Ended(by)
	if !ran || by == "" || ended.AnsweredAt.IsZero() {
		return nil
	}
	app, err := tx.GetApp(next.App)
	if err != nil || !app.Settings.Rating {
		return err
	}
	// Of a group nobody could say for whom they speak.
	if users, err := tx.ListAudience(ended.App, ended.Conversation); err != nil || len(users) != 1 {
		return err
	}
	if _, asked, err := tx.FindRating(ended.App, ended.Conversation, ended.OpenedAt); err != nil || asked {
		return err
	}
	form, err := s.asker.Ask(tx, next.App, next.Conversation, chat.RatingForm(app.Settings.RatingAsks), ended.ClosedAt)
	if err != nil {
		return err
	}
	rating := chat.Rating{App: next.App, Conversation: next.Conversation, OpenedAt: ended.OpenedAt, Form: form.ID, Agent: next.Assignee.ID, AskedAt: ended.ClosedAt}
	if rating.Agent == "" {
		rating.Agent = by
	}
	return tx.InsertRating(rating)
}

func (s *Service) withdraw(tx store.Tx, resumed chat.Episode, now time.Time) error {
	rating, asked, err := tx.FindRating(resumed.App, resumed.Conversation, resumed.OpenedAt)
	if err != nil || !asked || rating.Value != 0 {
		return err
	}
	if err := s.asker.TakeBack(tx, resumed.App, resumed.Conversation, rating.Form, now); err != nil {
		return err
	}
	return tx.DeleteRating(rating)
}

// rate keeps what a user thinks. It opens nothing again, and waits for no answer. Where the rating is not known any more, the message says it
// all the same.
func rate(tx store.Tx, m chat.Message) error {
	value, err := chat.RatingIn(m)
	if err != nil {
		return err
	}
	return tx.RateConversation(chat.Rating{App: m.App, Conversation: m.Conversation, Form: m.Content.Quoted, Value: value, RatedAt: m.Received, Answer: m.ID})
}
