package socket

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/time/rate"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/realtime"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/strictjson"
	"github.com/parlorchat/parlor/internal/wire"
)

// Figures of a welcome.
const (
	conversationsShown = 10
	maxCursors         = 100
)

// hello signs the client in by its first frame, and shows it what it has missed. A client that is refused is told why.
func (c *conn) hello(ctx context.Context, raw []byte) error {
	var hello wire.Hello
	err := strictjson.Decode(raw, &hello)
	if err != nil {
		err = &chat.Error{Kind: chat.Invalid, Code: "bad_frame", Message: "The first frame cannot be read: " + err.Error()}
	} else {
		err = checkHello(hello)
	}
	if err == nil {
		c.page = cmp.Or(c.page, hello.Client.Page())
		err = c.welcome(ctx, hello)
	}
	if err != nil {
		code := wire.OutcomeOf(err).Close
		if errors.Is(err, errVersion) {
			code = 4409
		}
		c.refuse(err, code)
	}
	return err
}

var errVersion = errors.New("protocol version")

func checkHello(hello wire.Hello) error {
	switch {
	case hello.Type != "hello":
		return &chat.Error{Kind: chat.Invalid, Code: "bad_frame", Field: "type", Message: `type: the first frame must be of type "hello"`}
	case hello.Version != wire.ProtocolVersion:
		return &chat.Error{Kind: chat.Invalid, Code: "protocol_version", Field: "v", Err: errVersion,
			Message: "v: this server speaks version " + strconv.Itoa(wire.ProtocolVersion) + " of the protocol; reload the page"}
	case len(hello.Cursors.Conversations) > maxCursors:
		return chat.InvalidField("cursors.conversations", "must name at most %d conversations", maxCursors)
	}
	return nil
}

// welcome joins the hub before it reads, so that nothing falls between: what happens meanwhile waits until the welcome
// is queued, and what the client sees twice it knows by its change number.
func (c *conn) welcome(ctx context.Context, hello wire.Hello) error {
	welcome := wire.Welcome{Type: "welcome", Version: wire.ProtocolVersion, HeartbeatSeconds: int(pingEvery.Seconds())}
	ends := c.door.Hub.Ends()
	user, err := c.signIn(ctx, hello, &welcome)
	if err != nil {
		return err
	}
	c.connection = realtime.NewConnection(*c.session.Load(), c)
	c.frames = rate.NewLimiter(rate.Limit(c.door.FrameRate), 2*c.door.FrameRate)
	if c.door.FrameRate == 0 {
		c.frames.SetLimit(rate.Inf)
	}
	c.ends.Store(c.session.Load().Ends().UnixMicro())
	c.door.Hub.Add(c.connection)
	frames, err := c.overview(ctx, hello, user, &welcome)
	if err != nil {
		c.door.Hub.Remove(c.connection)
		return err
	}
	c.connection.Prepend(frames)
	c.greeted = true
	c.write()
	if c.door.Hub.Ends() != ends {
		c.checkSession(ctx) // it may be this one that ended, before the hub knew the connection
	}
	return nil
}

func (c *conn) signIn(ctx context.Context, hello wire.Hello, welcome *wire.Welcome) (user chat.User, err error) {
	if !hello.Token.Set && hello.Session != "" {
		session, err := c.authenticate(ctx, hello.Session)
		if err != nil {
			return chat.User{}, err
		}
		c.session.Store(&session)
		welcome.Client.ID = string(session.Client)
		return c.door.Directory.Self(ctx, c.principal())
	}
	out, err := c.door.Gate.SignIn(ctx, c.app, c.source, directory.SignInInput{
		Credential: directory.CredentialOf(hello.Door, hello.Token.Pointer(), hello.ExternalID),
		Replaces:   hello.Session, Refresh: hello.Refresh, Client: hello.Client.Said(), Page: c.page,
	})
	if err != nil {
		return chat.User{}, err
	}
	c.session.Store(&out.Session)
	session := wire.SessionOf(out.Token, out.Session, out.RenewAt)
	welcome.Session, welcome.Client.ID, welcome.Merged = &session, string(out.Client.ID), wire.MergedOf(out.Merge)
	return out.User, nil
}

// authenticate finds the session by its token, or by the name that the hosted page has for the one in its cookie. That
// may be another one by now: of another tab, where somebody else signed in.
func (c *conn) authenticate(ctx context.Context, token string) (chat.Session, error) {
	id, inCookie := strings.CutPrefix(token, wire.InCookie)
	if !inCookie {
		return c.door.Directory.Authenticate(ctx, c.app.ID, token)
	}
	session, err := c.door.Directory.Authenticate(ctx, c.app.ID, c.cookie)
	if err == nil && string(session.ID) != id {
		err = chat.SessionEnded()
	}
	return session, err
}

// overview encodes the welcome and a sync for each conversation in which the client is behind.
func (c *conn) overview(ctx context.Context, hello wire.Hello, user chat.User, welcome *wire.Welcome) ([][]byte, error) {
	p := c.principal()
	page, err := c.door.Messaging.List(ctx, p, messaging.ParticipantInput{}, store.Span{Limit: conversationsShown})
	if err != nil {
		return nil, err
	}
	welcome.User, welcome.HasMore = wire.SelfOf(user), page.More
	welcome.Conversations, welcome.Cursor = live(page.Records, c.viewer()), cursorAfter(page.Records)
	frames := [][]byte{wire.Encode(welcome)}

	ids := make([]string, 0, len(hello.Cursors.Conversations))
	for id := range hello.Cursors.Conversations {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		cursor := hello.Cursors.Conversations[id]
		frame, err := c.missed(ctx, p, chat.ConversationID(id), cursor)
		if err != nil {
			return nil, err
		}
		if frame.Reset || len(frame.Events) > 0 {
			frames = append(frames, wire.Encode(frame))
		}
	}
	return frames, nil
}

func (c *conn) missed(ctx context.Context, p chat.Principal, id chat.ConversationID, from wire.Cursor) (wire.Sync, error) {
	missed, err := c.door.Messaging.Sync(ctx, p, id, messaging.Cursor{Number: from.Number, Change: from.Change})
	if err != nil {
		return wire.Sync{}, err
	}
	frame := wire.Sync{Type: "sync", Conversation: string(id), Reset: missed.Reset, Change: missed.Change, Done: !missed.Reset}
	for _, event := range missed.Events {
		if shown, visible := wire.EventOf(event, c.viewer()); visible {
			frame.Events = append(frame.Events, shown)
		}
	}
	return frame, nil
}

// cursorAfter is where the page of conversations after these begins.
func cursorAfter(views []messaging.View) string {
	if len(views) == 0 {
		return ""
	}
	return store.ConversationCursor(views[len(views)-1].Conversation)
}

func live(views []messaging.View, to wire.Viewer) []wire.LiveConversation {
	out := make([]wire.LiveConversation, 0, len(views))
	for _, v := range views {
		out = append(out, wire.LiveConversationOf(v.Conversation, v.Participants, v.Last, to))
	}
	return out
}
