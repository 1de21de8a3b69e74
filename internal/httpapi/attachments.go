package httpapi

import (
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/attachment"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// createAttachment keeps a file that a key uploads.
func (c *call) createAttachment() (answer, error) {
	query := c.URL.Query()
	if what := query.Get("for"); what != "" && what != "message" {
		return answer{}, chat.InvalidField("for", `must be "message"`)
	}
	in := attachment.UploadInput{Access: chat.AccessPublic, Conversation: chat.ConversationID(query.Get("conversationId")), Base: c.api.Own(c.Request)}
	if query.Has("access") {
		in.Access = chat.Access(query.Get("access"))
	}
	return c.receive(in)
}

// uploadRules answers which files a user may send, as far as names and sizes tell; good for five minutes.
func (c *call) uploadRules() (answer, error) {
	c.header.Set("Cache-Control", "public, max-age=300")
	pictures, files := attachment.Ends()
	return ok(wire.UploadRules{MaxBytes: c.api.Attachments.MaxFile, Pictures: pictures, Files: files})
}

// upload keeps a file that a user sends in a conversation.
func (c *call) upload() (answer, error) {
	session, err := c.userSession()
	if err != nil {
		return answer{}, err
	}
	c.principal = chat.Principal{App: c.app.ID, Session: &session}
	if wait := c.api.Uploads.Take(string(session.Client)); wait > 0 {
		return answer{}, tooManyFiles(wait)
	}
	return c.receive(attachment.UploadInput{Conversation: c.conversationID(), Base: c.api.Base()})
}

// uploadAsAgent keeps a file that an agent sends in a conversation. Who takes part may open it.
func (c *call) uploadAsAgent() (answer, error) {
	if wait := c.api.Uploads.Take(string(c.desk.agent.ID)); wait > 0 {
		return answer{}, tooManyFiles(wait)
	}
	return c.receive(attachment.UploadInput{Access: chat.AccessPrivate, Conversation: c.conversationID(), Base: c.api.Base()})
}

func tooManyFiles(wait time.Duration) error {
	return &chat.Error{Kind: chat.RateLimited, Code: "rate_limited", Message: "Too many files: send this one again a little later.", RetryAfter: wait}
}

// userSession is the live session in the Authorization header: its token, or on pages of this server the name that they
// have for the one in their cookie, as on the socket.
func (c *call) userSession() (chat.Session, error) {
	token, err := c.bearer()
	if err != nil {
		return chat.Session{}, &chat.Error{Kind: chat.Unauthenticated, Code: "unauthorized",
			Message: `The Authorization header must be "Bearer " and a session.`}
	}
	id, inCookie := strings.CutPrefix(token, wire.InCookie)
	if inCookie && wire.SameOrigin(c.Request, c.api.Own(c.Request)) {
		token = c.cookie()
	}
	session, err := c.api.Directory.Authenticate(c.Context(), c.app.ID, token)
	if err == nil && inCookie && string(session.ID) != id {
		err = chat.SessionEnded()
	}
	return session, err
}

func (c *call) receive(in attachment.UploadInput) (answer, error) {
	in.Open = c.source
	kept, err := c.api.Attachments.Upload(c.Context(), c.principal, in)
	if err != nil {
		return answer{}, err
	}
	return created(wire.OneAttachment{Attachment: wire.AttachmentOf(kept)})
}

// removeAttachment takes a file away.
func (c *call) removeAttachment() (answer, error) {
	var body wire.AttachmentRemoval
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	if err := c.api.Attachments.Remove(c.Context(), c.principal, body.MediaURL); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}
