package messaging

import (
	"context"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/richtext"
	"github.com/parlorchat/parlor/internal/store"
)

// settle checks what somebody wants to post and brings its content into the form that is stored.
func (in *SendInput) settle(p chat.Principal) error {
	in.Content, in.Metadata = in.Content.Own(), in.Metadata.WithoutNulls()
	if p.Agent != nil {
		in.Author = asAgent(*p.Agent)
	}
	if err := in.check(p); err != nil {
		return err
	}
	return settleMarkup(&in.Content)
}

// checkContent checks what is said, by whom and where to.
func (in SendInput) checkContent(p chat.Principal) error {
	by := in.Author.Type
	if p.Session != nil {
		by = chat.AuthorUser
	}
	field, problem := "", ""
	if media := in.Content.Media; p.Session != nil && media != nil {
		field, problem = checkOwnMedia(*media)
	}
	if problem == "" {
		field, problem = in.Content.Check()
	}
	if by == chat.AuthorUser && !in.Content.Type.ForUsers() {
		field, problem = "content.type", `must be "text", "image", "file", "location" or "formResponse" from a user`
	}
	if problem != "" {
		return chat.InvalidField(field, "%s", problem)
	}
	return in.Destination.check(by)
}

// conceal masks the numbers of payment cards in what a user wrote, where the app asks for it: before anything is stored.
func (s *Service) conceal(ctx context.Context, p chat.Principal, in *SendInput) error {
	if p.Session == nil && in.Author.Type != chat.AuthorUser {
		return nil
	}
	concealed, found := in.Content.WithoutCardNumbers()
	if !found {
		return nil
	}
	var app chat.App
	err := s.store.Read(ctx, func(tx store.Tx) (err error) {
		app, err = tx.GetApp(p.App)
		return err
	})
	if err == nil && app.Settings.MasksCards() {
		in.Content = concealed
	}
	return err
}

// settleMarkup makes htmlText, which may be shown as it is, of what was given, and the text where there is none.
func settleMarkup(c *chat.Content) error {
	field, given, clean := "content.htmlText", c.HTML, richtext.Clean
	if c.Markdown != "" {
		field, given, clean = "content.markdownText", c.Markdown, richtext.FromMarkdown
	}
	if given == "" {
		return nil
	}
	html, err := clean(given)
	if err != nil {
		return chat.InvalidField(field, "%s", err)
	}
	plain := richtext.Plain(html)
	if plain == "" {
		return chat.InvalidField(field, "holds nothing that may be shown: raw HTML in Markdown, pictures, scripts and styles are left out")
	}
	c.HTML = html
	if c.Text == "" {
		c.Text = atMost(plain, chat.MaxText)
	}
	return nil
}

// atMost cuts a text at the given number of characters.
func atMost(text string, characters int) string {
	if len(text) <= characters {
		return text
	}
	all := []rune(text)
	if len(all) <= characters {
		return text
	}
	return string(all[:characters-1]) + "…"
}

// fieldQuoted is the member that names the form that is answered.
const fieldQuoted = "content.quotedMessageId"

// answersPage reports whether a user answers what the page asked before the chat, without a form in the conversation.
func (in SendInput) answersPage(p chat.Principal) bool {
	return p.Session != nil && in.Content.Type == chat.ContentFormResponse && in.Content.Quoted == ""
}

// answerForm marks the form that the content answers as submitted, and returns it. The conversation's numbers are taken by
// then, so that two answers come one after the other.
func answerForm(tx store.Tx, p chat.Principal, conversation chat.ConversationID, answers chat.Content) (chat.Message, error) {
	form, err := askedForm(tx, p.App, conversation, answers)
	if err != nil {
		return chat.Message{}, err
	}
	form.Content.Form.Submitted = true
	return form, tx.UpdateContent(form)
}

// openForm is the form that a key answers without naming it: the newest one that nobody has answered.
func openForm(tx store.Tx, app chat.AppID, conversation chat.ConversationID) (chat.MessageID, error) {
	newest, err := tx.ListMessages(store.MessagePage{App: app, Conversation: conversation, Limit: maxFormAge})
	if err != nil {
		return "", err
	}
	for _, m := range slices.Backward(newest) {
		if m.Content.Type == chat.ContentForm && !m.Content.Form.Submitted {
			return m.ID, nil
		}
	}
	return "", chat.InvalidField(fieldQuoted, "is required: among the newest %d messages is no form that nobody has answered", maxFormAge)
}

// maxFormAge is how many messages ago a form was posted at most that is answered without being named.
const maxFormAge = 100

// quote puts the form to each answer that is still there to be shown with one.
func quote(tx store.Tx, messages []chat.Message) error {
	for i, m := range messages {
		if m.Content.Type != chat.ContentFormResponse {
			continue
		}
		form, err := tx.GetMessage(m.App, m.Conversation, m.Content.Quoted)
		switch {
		case err == nil && !form.Deleted:
			messages[i].Form = &form
		case err != nil && chat.KindOf(err) != chat.NotFound:
			return err
		}
	}
	return nil
}

// askedForm returns the form that the content answers, if it may.
func askedForm(tx store.Tx, app chat.AppID, conversation chat.ConversationID, answers chat.Content) (chat.Message, error) {
	form, err := tx.GetMessage(app, conversation, answers.Quoted)
	if chat.KindOf(err) == chat.NotFound || err == nil && (form.Deleted || form.Content.Type != chat.ContentForm) {
		return chat.Message{}, chat.InvalidField(fieldQuoted, "is no form of this conversation")
	}
	if err != nil {
		return chat.Message{}, err
	}
	if form.Content.Form.Submitted {
		return chat.Message{}, &chat.Error{Kind: chat.Conflict, Code: "conflict", Field: fieldQuoted,
			Message: fieldQuoted + ": this form was answered before; post a new form to ask again"}
	}
	if field, problem := form.Content.Form.CheckAnswers(*answers.Form); problem != "" {
		return chat.Message{}, chat.InvalidField(field, "%s", problem)
	}
	return form, nil
}
