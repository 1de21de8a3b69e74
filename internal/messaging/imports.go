package messaging

import (
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// The functions of this file bring history that was written elsewhere, under its own ids and times. They are steps of
// a transaction of the caller, check everything before they write, and tell nobody: neither sockets nor webhooks hear
// of single messages from years ago. ShowImported tells of what came in all, once.

// asOperator is on whose word history is brought.
var asOperator = chat.Principal{Operator: true}

// SettleImported checks a message and brings its content into the form that is stored, by the rules of Send for keys.
func SettleImported(in SendInput) (SendInput, error) {
	err := in.settle(asOperator)
	return in, err
}

// Imported checks what is said of a conversation and returns it with the type and the time of its making.
func (in CreateInput) Imported(app chat.AppID, createdAt time.Time) (chat.Conversation, error) {
	c := chat.Conversation{App: app, Type: in.Type, CreatedAt: createdAt}
	switch {
	case in.Type != chat.Personal && in.Type != chat.SDKGroup:
		return c, chat.InvalidField("conversationType", `must be "personal" or "sdkGroup"`)
	case in.Type == chat.Personal && len(in.Participants) != 1:
		return c, chat.InvalidField("participants", "must name exactly one user for a personal conversation")
	}
	err := in.apply(&c)
	return c, err
}

// ImportConversation stores a conversation with its participants, of whom no user is named twice. Their Default is set here.
func ImportConversation(tx store.Tx, c chat.Conversation, participants []chat.Participant) error {
	for _, user := range slices.Sorted(slices.Values(usersOf(participants))) {
		if _, err := tx.LockUser(c.App, user); err != nil {
			return err
		}
	}
	if err := tx.InsertConversation(c); err != nil {
		return err
	}
	for _, p := range participants {
		if c.Type == chat.Personal {
			_, has, err := tx.FindDefault(c.App, p.User)
			if err != nil {
				return err
			}
			p.Default = !has
		}
		if err := tx.InsertParticipant(p); err != nil {
			return err
		}
		if err := tx.BumpUser(c.App, p.User); err != nil {
			return err
		}
	}
	return nil
}

func usersOf(participants []chat.Participant) []chat.UserID {
	users := make([]chat.UserID, len(participants))
	for i, p := range participants {
		users[i] = p.User
	}
	return users
}

// CheckImported checks what SettleImported cannot without the data: that the author takes part, and that the form which
// is answered waits for it. Author and quoted message are ids here; audience are the participants.
func CheckImported(tx store.Tx, m chat.Message, audience []chat.UserID) error {
	if m.Author.Type == chat.AuthorUser && !slices.Contains(audience, m.Author.User) {
		return notParticipant()
	}
	if m.Content.Type != chat.ContentFormResponse {
		return nil
	}
	_, err := askedForm(tx, m.App, m.Conversation, m.Content)
	return err
}

// ImportMessage stores a message that CheckImported has passed, under the next number of its conversation. Its time must
// not be before that of the message before it.
func ImportMessage(tx store.Tx, m chat.Message) (chat.Message, error) {
	place, err := tx.TakeNumber(m.App, m.Conversation, m.Received)
	if err != nil {
		return chat.Message{}, err
	}
	m.Number, m.Change = place.Number, place.Change
	if _, err := tx.InsertMessage(m); err != nil {
		return chat.Message{}, err
	}
	if m.Content.Type == chat.ContentFormResponse {
		_, err = answerForm(tx, chat.Principal{App: m.App}, m.Conversation, m.Content)
	}
	return m, err
}

// ShowImported moves the read marks over imported messages, those that came before the time up to which somebody had read,
// and tells running servers that there is something new in the conversation. Messages are in order of number.
func ShowImported(tx store.Tx, app chat.AppID, id chat.ConversationID, messages []chat.Message, now time.Time) error {
	if err := markImported(tx, app, id, messages); err != nil {
		return err
	}
	change := chat.Change{App: app, Conversation: id, Kind: chat.EventConversation, At: now}
	if err := tx.AppendChange(&change); err != nil {
		return err
	}
	users, err := tx.ListAudience(app, id)
	if err != nil {
		return err
	}
	event, err := eventOf(tx, change)
	if err != nil {
		return err
	}
	event.Audience = users
	return tx.AppendEvent(&event)
}

func markImported(tx store.Tx, app chat.AppID, id chat.ConversationID, messages []chat.Message) error {
	if len(messages) == 0 {
		return nil
	}
	conversation, err := tx.GetConversation(app, id)
	if err != nil {
		return err
	}
	if n := readUntil(messages, conversation.BusinessReadAt); n > 0 {
		if _, err := tx.MarkBusinessRead(app, id, n, conversation.BusinessReadAt); err != nil {
			return err
		}
	}
	users, err := tx.ListAudience(app, id)
	if err != nil {
		return err
	}
	for _, user := range users {
		p, _, err := tx.FindParticipant(app, id, user)
		if err != nil {
			return err
		}
		if n := readUntil(messages, p.ReadAt); n > 0 {
			if _, err := tx.MarkRead(app, id, user, n, p.ReadAt); err != nil {
				return err
			}
		}
	}
	return nil
}

// readUntil is the number of the last message that came before or at the time; 0 if none did.
func readUntil(messages []chat.Message, at time.Time) (number int64) {
	for _, m := range messages {
		if !m.Received.After(at) {
			number = m.Number
		}
	}
	return number
}
