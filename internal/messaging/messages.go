package messaging

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// SendInput is a message that somebody wants to post.
type SendInput struct {
	// Conversation may be empty for a session: the user's default conversation, made if there is none.
	Conversation    chat.ConversationID
	ClientMessageID string // required for a session and an agent: sending the same one again gives the first message
	Author          AuthorInput
	Content         chat.Content
	Metadata        chat.Metadata
	Destination     *DestinationInput // of the business only; nil: everybody in the conversation

	// Seen is the number of the newest message that an agent has seen: nothing is sent where a colleague has answered after it.
	// Anyway sends it all the same.
	Seen   int64
	Anyway bool
}

// AuthorInput says on whose behalf a key posts. A session is always its own user, and an agent the business.
type AuthorInput struct {
	Type           chat.AuthorType
	User           chat.UserID // with AuthorUser: either of the two ids
	UserExternalID string
	DisplayName    string
	AvatarURL      string
	Subtype        string
}

// Sent is a message that is committed and on disk.
type Sent struct {
	Message   chat.Message
	Duplicate bool // the client had sent it before; Message is the first one
}

// errSentBefore gives up the transaction of a message that the client sent before.
var errSentBefore = errors.New("the client sent this message before")

// Send posts a message. It returns when the message is committed and on disk.
// Invalid names the field; NotFound conversation_not_found for conversations that the principal is not in;
// Conflict if the client used the message id for another content, or the form was answered before; answered_meanwhile for an agent.
func (s *Service) Send(ctx context.Context, p chat.Principal, in SendInput) (Sent, error) {
	if err := in.settle(p); err != nil {
		return Sent{}, err
	}
	if err := s.conceal(ctx, p, &in); err != nil {
		return Sent{}, err
	}
	var message chat.Message
	now := s.clock()
	err := s.store.Write(ctx, func(tx store.Tx) error {
		conversation := in.Conversation
		if conversation == "" {
			var err error
			if conversation, err = defaultConversation(tx, p, in, now); err != nil {
				return err
			}
		}
		var err error
		message, err = post(tx, p, conversation, in, now)
		return err
	})
	if errors.Is(err, errSentBefore) {
		return s.sentBefore(ctx, p, in)
	}
	return Sent{Message: message}, err
}

// post numbers and stores one message inside a transaction.
func post(tx store.Tx, p chat.Principal, id chat.ConversationID, in SendInput, now time.Time) (chat.Message, error) {
	place, err := tx.TakeNumber(p.App, id, now)
	if err != nil {
		return chat.Message{}, err
	}
	users, err := audience(tx, p, id)
	if err != nil {
		return chat.Message{}, err
	}
	message := chat.Message{
		App: p.App, Conversation: id, ID: chat.MessageID(chat.NewID(now)),
		Number: place.Number, Change: place.Change,
		Content: in.Content, Metadata: in.Metadata, Received: now,
	}
	if err := sign(tx, p, in, users, &message); err != nil {
		return chat.Message{}, err
	}
	if err := in.Destination.find(tx, p.App); err != nil {
		return chat.Message{}, err
	}
	if p.Session == nil && message.Content.Type == chat.ContentFormResponse && message.Content.Quoted == "" {
		if message.Content.Quoted, err = openForm(tx, p.App, id); err != nil {
			return chat.Message{}, err
		}
	}
	shown, err := attach(tx, p, in, &message)
	if err != nil {
		return chat.Message{}, err
	}
	fresh, err := tx.InsertMessage(message)
	if err != nil {
		return chat.Message{}, err
	}
	if !fresh {
		return chat.Message{}, errSentBefore
	}
	if err := answeredMeanwhile(tx, p, in, message); err != nil {
		return chat.Message{}, err
	}
	for _, attachment := range shown {
		if err := tx.ShowAttachment(p.App, attachment, id, message.Number); err != nil {
			return chat.Message{}, err
		}
	}
	if in.answersPage(p) {
		if message.Number > 1 {
			return chat.Message{}, chat.InvalidField(fieldQuoted, "is required: the id of the form; only the first message of a conversation answers none")
		}
	} else if message.Content.Type == chat.ContentFormResponse {
		form, err := answerForm(tx, p, id, message.Content)
		if err != nil {
			return chat.Message{}, err
		}
		message.Form = &form
		if err := noteRating(tx, &message, form); err != nil {
			return chat.Message{}, err
		}
	}
	control, given, err := attend(tx, p, place)
	if err != nil {
		return chat.Message{}, err
	}
	tx.Emit(chat.Event{Kind: chat.EventMessage, Trigger: chat.TriggerMessage, App: p.App, At: now,
		Conversation: id, Change: message.Change, Audience: in.Destination.told(users), Message: &message, Control: control})
	if given {
		err = record(tx, p, chat.Change{Conversation: id, Kind: chat.EventConversation, At: now})
	}
	return message, err
}

// sign sets author, origin and assurance: who wrote the message, where it came in, and how sure that is.
func sign(tx store.Tx, p chat.Principal, in SendInput, users []chat.UserID, m *chat.Message) error {
	if p.Session == nil {
		m.Origin = chat.Origin{Type: chat.OriginREST}
		if p.Agent != nil {
			m.Origin.Client, m.Origin.ClientMessageID = sender(p), in.ClientMessageID
		}
		var err error
		m.Author, err = authorFor(tx, p, in.Author, users)
		return err
	}
	m.Author = chat.Author{Type: chat.AuthorUser, User: p.Session.User}
	m.Origin = chat.Origin{Type: "web", Client: p.Session.Client, ClientMessageID: in.ClientMessageID}
	m.Assurance = p.Session.Assurance
	if m.Assurance != chat.AssuranceAnonymous {
		return nil
	}
	user, err := tx.GetUser(p.App, p.Session.User)
	if err == nil && user.Profile.Email != "" {
		m.Assurance = chat.AssuranceClaimed
	}
	return err
}

// authorFor is the author on whose behalf a key posts: the business, or a user who takes part.
func authorFor(tx store.Tx, p chat.Principal, in AuthorInput, users []chat.UserID) (chat.Author, error) {
	author := chat.Author{Type: in.Type, DisplayName: chat.VisibleName(in.DisplayName), AvatarURL: in.AvatarURL, Subtype: in.Subtype}
	if in.Type == chat.AuthorBusiness {
		return author, nil
	}
	user, err := findUser(tx, p.App, in.User, in.UserExternalID, "author")
	if err != nil {
		return chat.Author{}, err
	}
	author.User, author.ExternalID = user.ID, user.ExternalID
	for _, participant := range users {
		if participant == user.ID {
			return author, nil
		}
	}
	return chat.Author{}, notParticipant()
}

func notParticipant() error {
	return chat.InvalidField("author", "the user is not a participant of this conversation")
}

func (in SendInput) check(p chat.Principal) error {
	if p.Session == nil && !p.May(chat.ManageConversations) {
		return notAllowed()
	}
	if (p.Session != nil || p.Agent != nil) && in.ClientMessageID == "" {
		return chat.InvalidField("id", "is required: the client's own id of the message")
	}
	if utf8.RuneCountInString(in.ClientMessageID) > chat.MaxClientMessageID {
		return chat.InvalidField("id", "must have at most %d characters", chat.MaxClientMessageID)
	}
	if p.Session == nil {
		if err := in.Author.check(); err != nil {
			return err
		}
	}
	if err := in.checkContent(p); err != nil {
		return err
	}
	if problem := in.Metadata.Check(); problem != "" {
		return chat.InvalidField("metadata", "%s", problem)
	}
	return nil
}

func (in AuthorInput) check() error {
	switch {
	case in.Type != chat.AuthorUser && in.Type != chat.AuthorBusiness:
		return chat.InvalidField("author.type", `must be "user" or "business"`)
	case in.Type == chat.AuthorUser && (in.User == "") == (in.UserExternalID == ""):
		return chat.InvalidField("author", "must name the user by exactly one of userId and userExternalId")
	case in.Type == chat.AuthorBusiness && (in.User != "" || in.UserExternalID != ""):
		return chat.InvalidField("author", "userId and userExternalId go with author.type user only")
	case in.Type == chat.AuthorUser && in.Subtype != "":
		return chat.InvalidField("author.subtypes", "goes with author.type business only")
	case utf8.RuneCountInString(in.DisplayName) > chat.MaxDisplayName:
		return chat.InvalidField("author.displayName", "must have at most %d characters", chat.MaxDisplayName)
	case len(in.AvatarURL) > chat.MaxProfileURL:
		return chat.InvalidField("author.avatarUrl", "must have at most %d characters", chat.MaxProfileURL)
	case !chat.IsWebAddress(in.AvatarURL):
		return chat.InvalidField("author.avatarUrl", "must be an http or https address")
	}
	switch in.Subtype {
	case "", "AI", "activity", "agent", "bot":
		return nil
	}
	return chat.InvalidField("author.subtypes", `must be one of "AI", "activity", "agent", "bot"`)
}

// sentBefore answers a message that was sent again.
func (s *Service) sentBefore(ctx context.Context, p chat.Principal, in SendInput) (Sent, error) {
	var first chat.Message
	err := s.store.Read(ctx, func(tx store.Tx) error {
		found := false
		var err error
		first, found, err = tx.FindSent(p.App, sender(p), in.ClientMessageID)
		if err == nil && !found {
			err = idTaken()
		}
		return err
	})
	if err != nil {
		return Sent{}, err
	}
	elsewhere := in.Conversation != "" && in.Conversation != first.Conversation
	if elsewhere || !first.Deleted && !in.Content.Repeats(first.Content) {
		return Sent{}, idTaken()
	}
	return Sent{Message: first, Duplicate: true}, nil
}

func idTaken() error {
	return &chat.Error{Kind: chat.Conflict, Code: "conflict", Field: "id",
		Message: "id: this client sent another message with the same id; use a new id for a new message"}
}

// ListMessages returns a page of a conversation in ascending order; with no cursor the newest one. Cursors are ids of
// messages, also of deleted ones. Keys see answers with their forms. Invalid (store.Span).
func (s *Service) ListMessages(ctx context.Context, p chat.Principal, id chat.ConversationID, span store.Span) (messages store.Page[chat.Message], err error) {
	span.Newest = true
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if err := exists(tx, p, id); err != nil {
			return err
		}
		messages, err = store.ReadPage(span, func(m chat.Message) string { return string(m.ID) }, func(span store.Span) ([]chat.Message, error) {
			return messagesIn(tx, p.App, id, span)
		})
		if err == nil && p.Session == nil {
			err = quote(tx, messages.Records)
		}
		return err
	})
	return messages, err
}

// messagesIn are the messages of a span.
func messagesIn(tx store.Tx, app chat.AppID, conversation chat.ConversationID, span store.Span) ([]chat.Message, error) {
	page := store.MessagePage{App: app, Conversation: conversation, Limit: span.Limit}
	if span.Cursor() == "" {
		return tx.ListMessages(page)
	}
	number, found, err := tx.FindMessageNumber(app, conversation, chat.MessageID(span.Cursor()))
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, span.NoPlace()
	case span.After != "":
		page.After = number
	default:
		page.Before = number
	}
	return tx.ListMessages(page)
}

// History returns the messages before the number, or with 0 the newest, in ascending order, and whether there are older ones.
func (s *Service) History(ctx context.Context, p chat.Principal, id chat.ConversationID, before int64, limit int) (messages []chat.Message, more bool, err error) {
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		if err := exists(tx, p, id); err != nil {
			return err
		}
		messages, err = tx.ListMessages(store.MessagePage{App: p.App, Conversation: id, Before: before, Limit: limit + 1})
		return err
	})
	if len(messages) > limit {
		return messages[1:], true, err
	}
	return messages, false, err
}

// exists tells with NotFound that the principal sees no such conversation.
func exists(tx store.Tx, p chat.Principal, id chat.ConversationID) error {
	if p.Session == nil {
		if !p.May(chat.ManageConversations) {
			return notAllowed()
		}
		_, err := tx.GetConversation(p.App, id)
		return err
	}
	_, err := audience(tx, p, id)
	return err
}

// DeleteMessage takes a message away for everybody; its number stays taken.
func (s *Service) DeleteMessage(ctx context.Context, p chat.Principal, id chat.ConversationID, message chat.MessageID) error {
	if !p.May(chat.ManageConversations) {
		return notAllowed()
	}
	now := s.clock()
	return s.store.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.LockConversation(p.App, id); err != nil {
			return err
		}
		return deleteMessage(tx, p, id, message, now)
	})
}

// deleteMessage takes one message away inside a transaction that has locked the conversation.
func deleteMessage(tx store.Tx, p chat.Principal, id chat.ConversationID, message chat.MessageID, now time.Time) error {
	gone, err := tx.GetMessage(p.App, id, message)
	if err != nil {
		return err
	}
	if gone.Deleted {
		return chat.Missing("message")
	}
	if err := tx.EraseMessage(p.App, id, message); err != nil {
		return err
	}
	return record(tx, p, chat.Change{Conversation: id, Kind: chat.EventMessageRemoved,
		Message: message, MessageNo: gone.Number, At: now})
}

// DeleteMessages takes all messages of a conversation away.
func (s *Service) DeleteMessages(ctx context.Context, p chat.Principal, id chat.ConversationID) error {
	if !p.May(chat.ManageConversations) {
		return notAllowed()
	}
	now := s.clock()
	return s.store.Write(ctx, func(tx store.Tx) error {
		conversation, err := tx.LockConversation(p.App, id)
		if err != nil {
			return err
		}
		gone, err := tx.EraseMessages(p.App, id)
		if err != nil || gone == 0 {
			return err
		}
		return record(tx, p, chat.Change{Conversation: id, Kind: chat.EventMessagesCleared,
			MessageNo: conversation.LastNumber, At: now})
	})
}
