package notice

import (
	"context"
	"fmt"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/mail"
	"github.com/parlorchat/parlor/internal/store"
)

// mostInTranscript is how many messages a transcript has, the newest ones, and pageOfTranscript how many are read at once.
const (
	mostInTranscript = 2000
	pageOfTranscript = 200
)

// SendTranscript has a conversation sent to the first user who takes part in it. It returns the address. Conflict no_address, where the user has none that they have shown to be theirs; NotFound;
// RateLimited, where the agent had too many sent. What is refused does not count.
func (s *Service) SendTranscript(ctx context.Context, p chat.Principal, conversation chat.ConversationID) (address string, err error) {
	if p.Agent == nil {
		return "", chat.Refuse("forbidden", "Only an agent may send a transcript.")
	}
	if s.Mailer == nil {
		return "", errNoMail
	}
	settle, wait := s.Transcripts.Hold(string(p.Agent.ID))
	if wait > 0 {
		return "", &chat.Error{Kind: chat.RateLimited, Code: "rate_limited", Message: "You have sent too many transcripts. Try again later.", RetryAfter: wait}
	}
	defer func() { settle(err == nil) }()
	now := s.Now()
	err = s.Store.Write(ctx, func(tx store.Tx) error {
		row, err := tx.GetInboxRow(p.App, conversation)
		if err != nil {
			return err
		}
		to, err := recipientOf(tx, p.App, row.Person.ID)
		if err != nil && chat.KindOf(err) == chat.NotFound {
			return &chat.Error{Kind: chat.Conflict, Code: "no_address", Message: "There is no verified address to send it to."}
		}
		if err != nil {
			return err
		}
		address = to.address
		err = tx.QueueMail(chat.Mail{
			ID: chat.MailID(chat.NewID(now)), App: p.App, Kind: chat.MailTranscript, Cause: "transcript " + string(conversation),
			Conversation: conversation, User: to.ID, Agent: p.Agent.ID, CreatedAt: now, NextAt: now,
		})
		if err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{App: p.App, At: now, Actor: p.Name, Action: "conversation.transcript", Target: string(conversation),
			Detail: map[string]string{"user": string(to.ID)}})
	})
	return address, err
}

// transcript is a conversation as its user sees it: notes are no messages.
func (s *Service) transcript(tx store.Tx, app chat.App, m chat.Mail) (draft, error) {
	to, err := recipientOf(tx, m.App, m.User)
	if err != nil {
		return draft{}, err
	}
	if _, takesPart, err := tx.FindParticipant(m.App, m.Conversation, to.ID); err != nil || !takesPart {
		return draft{}, err
	}
	messages, err := messagesOf(tx, m)
	if err != nil || len(messages) == 0 {
		return draft{}, err
	}
	words := to.texts
	page := sheet{
		Language: to.language, Intro: fmt.Sprintf(words.TranscriptIntro, app.Name), Link: s.conversationAddress(m.App, m.Conversation), Open: words.Open,
		Why: fmt.Sprintf(words.TranscriptEnd, app.Settings.TimeZone),
	}
	for _, message := range messages {
		author := authorOf(message, app.Name)
		if message.Author.Type == chat.AuthorUser && message.Author.User == to.ID {
			author = words.You
		}
		page.Lines = append(page.Lines, lineOf(message, author, app.Settings.Zone(), "2006-01-02 15:04"))
	}
	text, html := page.render()
	return draft{Letter: mail.Letter{To: to.address, Subject: fmt.Sprintf(words.TranscriptSubject, app.Name), Text: text, HTML: html}}, nil
}

// messagesOf reads a conversation from its end, in order.
func messagesOf(tx store.Tx, m chat.Mail) (messages []chat.Message, err error) {
	var before int64
	for len(messages) < mostInTranscript {
		page, err := tx.ListMessages(store.MessagePage{App: m.App, Conversation: m.Conversation, Before: before, Limit: pageOfTranscript})
		if err != nil || len(page) == 0 {
			return messages, err
		}
		messages = slices.Concat(page, messages)
		before = page[0].Number
	}
	return messages, nil
}
