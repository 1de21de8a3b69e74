package notice

import (
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/mail"
	"github.com/parlorchat/parlor/internal/store"
)

// mostAnswers is how many messages one mail tells of; the conversation has the rest.
const mostAnswers = 50

// recipient is a user to whom mail may go, and how to speak to them.
type recipient struct {
	chat.User
	address  string
	texts    Texts
	language string
}

// recipientOf finds the user, or whom they became part of, with an address that they have shown to be theirs (security rule 33). It is
// NotFound where there is none, or where the user is blocked.
func recipientOf(tx store.Tx, app chat.AppID, id chat.UserID) (recipient, error) {
	if survivor, merged, err := tx.FindMerged(app, id); err != nil {
		return recipient{}, err
	} else if merged {
		id = survivor
	}
	user, err := tx.GetUser(app, id)
	if err != nil {
		return recipient{}, err
	}
	identities, err := tx.ListIdentities(app, id)
	if err != nil {
		return recipient{}, err
	}
	clients, err := tx.ListClients(app, id)
	if err != nil {
		return recipient{}, err
	}
	locales := []string{user.Profile.Locale}
	for _, client := range clients {
		locales = append(locales, client.Locale)
	}
	to := recipient{User: user}
	to.texts, to.language = TextsFor(locales...)
	for _, identity := range identities {
		if identity.Kind == chat.IdentityEmail && to.address == "" {
			to.address = identity.Written
			if to.address == "" {
				to.address = identity.Value
			}
		}
	}
	if to.address == "" || user.Blocked() {
		return recipient{}, chat.Missing("address")
	}
	return to, nil
}

// answers tells a user of the answers that they have neither read nor were mailed, unless they wrote since.
func (s *Service) answers(tx store.Tx, app chat.App, m chat.Mail) (draft, error) {
	again := draft{again: app.Settings.MailAnswers}
	to, err := recipientOf(tx, m.App, m.User)
	if err != nil {
		return again, err
	}
	if stopped, err := tx.UnsubscribedAt(m.App, to.ID); err != nil || !stopped.IsZero() {
		return again, err
	}
	answers, err := unheard(tx, app.Settings, m, to.ID)
	if err != nil || len(answers) == 0 {
		return again, err
	}
	number := answers[len(answers)-1].Number
	stop := s.stopAddress(m.App, to.ID)
	words := to.texts
	page := sheet{
		Language: to.language, Intro: fmt.Sprintf(words.AnswerIntro, app.Name), Link: s.conversationAddress(m.App, m.Conversation), Open: words.Open,
		Why: words.Why, StopLink: stop, Stop: words.Stop,
	}
	if len(answers) > mostAnswers {
		page.More, answers = words.More, answers[:mostAnswers]
	}
	for _, answer := range answers {
		page.Lines = append(page.Lines, lineOf(answer, authorOf(answer, app.Name), time.UTC, ""))
	}
	text, html := page.render()
	return draft{Letter: mail.Letter{To: to.address, Subject: fmt.Sprintf(words.AnswerSubject, app.Name), Text: text, HTML: html, Unsubscribe: stop},
		user: to.ID, number: number, again: app.Settings.MailAnswers}, nil
}

// unheard are the answers of a conversation that its user knows nothing of yet, the oldest first.
func unheard(tx store.Tx, settings chat.AppSettings, m chat.Mail, user chat.UserID) (answers []chat.Message, err error) {
	participant, found, err := tx.FindParticipant(m.App, m.Conversation, user)
	if err != nil || !found {
		return nil, err
	}
	mailed, err := tx.MailedNumber(m.Conversation, user)
	if err != nil {
		return nil, err
	}
	messages, err := tx.ListMessages(store.MessagePage{App: m.App, Conversation: m.Conversation, After: max(participant.ReadNumber, mailed), Limit: 4 * mostAnswers})
	for _, message := range messages {
		switch {
		case message.Author.Type == chat.AuthorUser && message.Author.User == user:
			answers = nil // they were here
		case isMailed(settings, message):
			answers = append(answers, message)
		}
	}
	return answers, err
}

// authorOf is who wrote a message of the business.
func authorOf(m chat.Message, business string) string {
	if name := chat.VisibleName(m.Author.DisplayName); name != "" {
		return name
	}
	return business
}
