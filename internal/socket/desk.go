package socket

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/realtime"
	"github.com/parlorchat/parlor/internal/wire"
)

// Figures of agents' lines.
const (
	// watcherLookedAt is how often it is looked whether an agent may still watch (security rule 26).
	watcherLookedAt = 2 * time.Second
	pingWatchers    = int(pingEvery / watcherLookedAt) // in beats
	maxFromWatcher  = 512                              // bytes that a console may say on its line, which are none of interest

	closeNoRole = 4403
)

// beatOfDesk shows pages that their line is alive.
var beatOfDesk = wire.Encode(wire.DeskEvent{Type: "beat"})

// Staff says who an agent is, and what they may.
type Staff interface {
	Holder(ctx context.Context, token string) (chat.Agent, chat.AgentSession, error)
	RoleIn(ctx context.Context, agent chat.Agent, session chat.AgentSession, app chat.AppID) (chat.Role, error)
}

// Entries reads what lists of the inbox show of a conversation.
type Entries interface {
	Entry(ctx context.Context, app chat.AppID, conversation chat.ConversationID) (wire.Entry, error)
}

// Desk is the WebSocket door of agents (api/realtime.md section 9). The server speaks alone: what agents do are calls of the console. Its fields are set before the first
// connection.
type Desk struct {
	Staff    Staff
	Entries  Entries
	Hub      *realtime.Hub
	Own      func(*http.Request) string // the origin under which this server is reached
	Panicked func(fault any)
	Log      *slog.Logger

	watchers crowd[*watcher]
	moved    moved
}

// watcher is the line of one agent to one app.
type watcher struct {
	desk       *Desk
	app        chat.AppID
	token      string
	socket     webSocket
	connection *realtime.Connection
	hangup     sync.Once
}

// ServeHTTP upgrades the request of a page of this server whose agent has a role in the app.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	watching := &watcher{desk: d, app: chat.AppID(r.PathValue("appId")), token: wire.CookieOf(r, wire.ConsoleCookie)}
	if !wire.SameOrigin(r, d.Own(r)) {
		refuse(w, chat.Refuse("origin_not_allowed", "Only the console of this server may open this line."))
		return
	}
	agent, err := watching.agent(r.Context())
	if err != nil {
		refuse(w, err)
		return
	}
	upgrader := websocket.Upgrader{
		ReadBufferSize: readBuffer, WriteBufferPool: &writeBuffers, HandshakeTimeout: helloWithin,
		CheckOrigin: func(*http.Request) bool { return true },
		Error: func(w http.ResponseWriter, _ *http.Request, _ int, reason error) {
			refuse(w, &chat.Error{Kind: chat.Invalid, Message: "This request does not become a socket: " + reason.Error()})
		},
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	watching.socket, watching.connection = webSocket{ws}, realtime.NewWatcher(watching.app, agent.ID, watching)
	if !d.watchers.enter(watching) {
		watching.Hangup(realtime.CloseRestart, "the server is stopping")
		return
	}
	d.Hub.Watch(watching.connection)
	watching.connection.Prepend([][]byte{wire.Encode(wire.DeskEvent{Type: "ready"})})
	watching.Flush()
	go watching.listen()
}

// agent returns whose line it is if they may see the app.
func (w *watcher) agent(ctx context.Context) (chat.Agent, error) {
	agent, session, err := w.desk.Staff.Holder(ctx, w.token)
	if err != nil {
		return chat.Agent{}, err
	}
	role, err := w.desk.Staff.RoleIn(ctx, agent, session, w.app)
	if err == nil && role == "" {
		err = chat.Missing("app")
	}
	return agent, err
}

// listen waits for the end: there is nothing that a console has to say.
func (w *watcher) listen() {
	defer w.leave()
	defer w.socket.Close()
	w.socket.SetReadLimit(maxFromWatcher)
	w.socket.SetPongHandler(func(string) error { return w.socket.heard() })
	for w.socket.heard() == nil {
		if _, _, err := w.socket.ReadMessage(); err != nil {
			return
		}
	}
}

func (w *watcher) leave() {
	w.desk.Hub.Unwatch(w.connection)
	w.desk.watchers.leave(w)
}

// Flush writes what waits, in a goroutine of its own that ends when nothing does.
func (w *watcher) Flush() {
	go func() {
		for waiting := w.connection.Take(); len(waiting) > 0; waiting = w.connection.Take() {
			if w.socket.write(waiting) != nil {
				w.connection.Close(realtime.CloseTooSlow, "too slow")
				return
			}
		}
	}()
}

// Hangup tells the console why and ends the line.
func (w *watcher) Hangup(code int, why string) {
	w.hangup.Do(func() { go w.socket.close(code, why) })
}

// UserChanged is about users' own lines.
func (w *watcher) UserChanged() {}

// look ends the line of an agent who may not watch any more.
func (w *watcher) look(ctx context.Context) {
	_, err := w.agent(ctx)
	switch chat.KindOf(err) {
	case chat.Unauthenticated:
		w.connection.Close(realtime.CloseSessionEnded, "signed out")
	case chat.NotFound:
		w.connection.Close(closeNoRole, "no role any more")
	case chat.Forbidden:
		w.connection.Close(closeNoRole, "a second factor is needed")
	}
}

// Run looks at the watchers, and shows entries that moved, until ctx ends; then it closes all lines with 1012 and waits for them.
func (d *Desk) Run(ctx context.Context) error {
	tick := time.NewTicker(watcherLookedAt)
	defer tick.Stop()
	for beat := 0; ; {
		select {
		case <-ctx.Done():
			d.watchers.end(func(w *watcher) { w.Hangup(realtime.CloseRestart, "the server restarts") })
			return nil
		case <-d.moved.bell():
			d.showEntries(ctx)
		case <-tick.C:
			beat++
			for _, w := range d.watchers.all() {
				w.look(ctx)
				if beat%pingWatchers == 0 {
					w.socket.ping()
					w.connection.Queue(beatOfDesk) // pages do not see pings
				}
			}
		}
	}
}

// Heard takes note of the entries of the inbox that moved.
func (d *Desk) Heard(events []chat.Event) {
	for _, event := range events {
		if event.Kind == chat.EventInbox && len(d.Hub.Watchers(event.App)) > 0 {
			d.moved.note(place{event.App, event.Conversation})
		}
	}
}

// showEntries hands the agents of each app the entries that moved, as they are now.
func (d *Desk) showEntries(ctx context.Context) {
	defer func() {
		if fault := recover(); fault != nil {
			d.Panicked(fault)
		}
	}()
	for at := range d.moved.take() {
		entry, err := d.Entries.Entry(ctx, at.app, at.conversation)
		if chat.KindOf(err) == chat.NotFound {
			continue // it is gone, of which the agents are told otherwise
		}
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				d.Log.WarnContext(ctx, "an entry of the inbox cannot be shown", "app_id", at.app, "conversation_id", at.conversation, "err", err)
			}
			continue
		}
		encoded := wire.Encode(wire.DeskEvent{Type: "entry", Conversation: entry.Conversation, Entry: &entry})
		for _, c := range d.Hub.Watchers(at.app) {
			c.Queue(encoded)
		}
	}
}
