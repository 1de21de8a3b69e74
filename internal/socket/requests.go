package socket

import (
	"context"
	"errors"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// errSignedOut ends a connection whose user signed out by it.
var errSignedOut = errors.New("signed out")

// requests is every type of frame that a client may send after hello, and what it does.
var requests = map[string]func(*conn, context.Context, *wire.Request) (wire.Answer, error){
	"send":                (*conn).send,
	"postback":            (*conn).postback,
	"history":             (*conn).history,
	"conversations":       (*conn).conversations,
	"conversation.get":    (*conn).getConversation,
	"conversation.create": (*conn).createConversation,
	"conversation.update": (*conn).updateConversation,
	"read":                (*conn).markRead,
	"typing":              (*conn).typing,
	"user.update":         (*conn).updateUser,
	"sync":                (*conn).sync,
	"refresh":             (*conn).refresh,
	"logout":              (*conn).logout,
	"ping":                (*conn).pong,
}

func (c *conn) perform(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	do, known := requests[r.Type]
	if !known {
		return wire.Answer{}, &chat.Error{Kind: chat.Invalid, Code: "unknown_type", Field: "type",
			Message: "type: this server knows no request of this type"}
	}
	return do(c, ctx, r)
}

func (c *conn) send(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	if err := c.pace(1); err != nil {
		return wire.Answer{}, err
	}
	content, err := r.Message.Said()
	if err != nil {
		return wire.Answer{}, err
	}
	sent, err := c.door.Messaging.Send(ctx, c.principal(), messaging.SendInput{
		Conversation: chat.ConversationID(r.Conversation), ClientMessageID: r.ID,
		Content: content, Metadata: r.Message.Metadata,
	})
	if err != nil {
		return wire.Answer{}, err
	}
	shown := wire.LiveMessageOf(sent.Message, c.viewer())
	return wire.Answer{Message: &shown, Duplicate: sent.Duplicate, Conversation: string(sent.Message.Conversation)}, nil
}

// postback is bounded as messages are: each is told to the business as one.
func (c *conn) postback(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	if err := c.pace(1); err != nil {
		return wire.Answer{}, err
	}
	return wire.Answer{}, c.door.Messaging.Postback(ctx, c.principal(), messaging.PostbackInput{
		Conversation: chat.ConversationID(r.Conversation), Message: chat.MessageID(r.MessageID),
		Action: chat.ActionID(r.Action), ClientMessageID: r.ID, Metadata: r.Metadata,
	})
}

// pace bounds how many messages a client sends.
func (c *conn) pace(messages int) error {
	for range messages {
		if wait := c.door.Messages.Take(string(c.connection.Client)); wait > 0 {
			return &chat.Error{Kind: chat.RateLimited, Code: "rate_limited", RetryAfter: wait,
				Message: "Too many messages: send this one again a little later."}
		}
	}
	return nil
}

func (c *conn) history(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	limit := r.Limit
	if limit == 0 {
		limit = 50
	}
	if limit < 1 || limit > 100 {
		return wire.Answer{}, chat.InvalidField("limit", "must be from 1 to 100")
	}
	if r.Before < 0 {
		return wire.Answer{}, chat.InvalidField("before", "must be the number of a message")
	}
	messages, more, err := c.door.Messaging.History(ctx, c.principal(), chat.ConversationID(r.Conversation), r.Before, limit)
	shown := wire.LiveMessagesOf(messages, c.viewer())
	return wire.Answer{Messages: &shown, HasMore: &more}, err
}

func (c *conn) conversations(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	page, err := c.door.Messaging.List(ctx, c.principal(), messaging.ParticipantInput{}, store.Span{After: r.After, Limit: conversationsShown})
	if err != nil {
		return wire.Answer{}, err
	}
	shown := live(page.Records, c.viewer())
	return wire.Answer{Conversations: &shown, HasMore: &page.More, Cursor: cursorAfter(page.Records)}, nil
}

func (c *conn) getConversation(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	view, err := c.door.Messaging.Get(ctx, c.principal(), chat.ConversationID(r.Conversation))
	return c.conversation(view), err
}

func (c *conn) conversation(v messaging.View) wire.Answer {
	return wire.Answer{Conversation: wire.LiveConversationOf(v.Conversation, v.Participants, v.Last, c.viewer())}
}

func (c *conn) createConversation(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	if err := c.pace(len(r.Messages)); err != nil {
		return wire.Answer{}, err
	}
	in := messaging.CreateInput{ConversationInput: conversationInput(r)}
	for _, draft := range r.Messages {
		content, err := draft.Said()
		if err != nil {
			return wire.Answer{}, err
		}
		in.Messages = append(in.Messages, messaging.SendInput{ClientMessageID: draft.ID, Content: content, Metadata: draft.Metadata})
	}
	view, messages, err := c.door.Messaging.Create(ctx, c.principal(), in)
	if err != nil {
		return wire.Answer{}, err
	}
	answer := c.conversation(view)
	shown := wire.LiveMessagesOf(messages, c.viewer())
	answer.Messages = &shown
	return answer, nil
}

func (c *conn) updateConversation(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	view, err := c.door.Messaging.Update(ctx, c.principal(), chat.ConversationID(r.Conversation), conversationInput(r))
	return c.conversation(view), err
}

func conversationInput(r *wire.Request) messaging.ConversationInput {
	return messaging.ConversationInput{DisplayName: r.DisplayName.Pointer(), Description: r.Description.Pointer(),
		IconURL: r.IconURL.Pointer(), Metadata: r.Metadata}
}

func (c *conn) markRead(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	return wire.Answer{}, c.door.Messaging.MarkRead(ctx, c.principal(), chat.ConversationID(r.Conversation), r.Number)
}

func (c *conn) typing(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	return wire.Answer{}, c.door.Messaging.Type(ctx, c.principal(), chat.ConversationID(r.Conversation), messaging.AuthorInput{}, r.Active)
}

func (c *conn) updateUser(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	user, err := c.door.Directory.UpdateSelf(ctx, c.principal(), directory.UserInput{
		Profile: directory.ProfileInput{GivenName: r.GivenName.Pointer(), Surname: r.Surname.Pointer(),
			Email: r.Email.Pointer(), AvatarURL: r.AvatarURL.Pointer(), Locale: r.Locale.Pointer()},
		Metadata: r.Metadata,
	})
	shown := wire.SelfOf(user)
	return wire.Answer{User: &shown}, err
}

func (c *conn) sync(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	frame, err := c.missed(ctx, c.principal(), chat.ConversationID(r.Conversation), wire.Cursor{Number: r.Number, Change: r.Change})
	if err == nil {
		c.connection.Queue(wire.Encode(frame))
	}
	return wire.Answer{}, err
}

// refresh renews the session of this connection for the same person; the connection goes on.
func (c *conn) refresh(ctx context.Context, r *wire.Request) (wire.Answer, error) {
	out, err := c.door.Gate.SignIn(ctx, c.app, c.source, directory.SignInInput{
		Credential: directory.CredentialOf(r.Door, r.Token.Pointer(), r.ExternalID),
		Renews:     c.session.Load(), Refresh: true, Page: c.page,
	})
	if err != nil {
		return wire.Answer{}, err
	}
	c.session.Store(&out.Session)
	c.ends.Store(c.session.Load().Ends().UnixMicro())
	shown := wire.SessionOf(out.Token, out.Session, out.RenewAt)
	return wire.Answer{Session: &shown}, nil
}

func (c *conn) logout(ctx context.Context, _ *wire.Request) (wire.Answer, error) {
	c.door.Hub.Remove(c.connection) // or the hub would hang up before the answer is written
	if err := c.door.Directory.EndSession(ctx, *c.session.Load()); err != nil {
		c.door.Hub.Add(c.connection)
		return wire.Answer{}, err
	}
	return wire.Answer{}, errSignedOut
}

func (c *conn) pong(context.Context, *wire.Request) (wire.Answer, error) { return wire.Answer{}, nil }
