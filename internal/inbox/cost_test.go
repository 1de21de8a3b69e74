package inbox_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/broker"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/store"
)

// watched is a store that notes what of the inbox and of teams its writes ask for.
type watched struct {
	store.Store
	asked *[]string
}

func (w watched) Write(ctx context.Context, f func(store.Tx) error) error {
	return w.Store.Write(ctx, func(tx store.Tx) error { return f(watchedTx{tx, w.asked}) })
}

type watchedTx struct {
	store.Tx
	asked *[]string
}

func (t watchedTx) note(what string) { *t.asked = append(*t.asked, what) }

func (t watchedTx) FindInboxEntry(app chat.AppID, id chat.ConversationID) (chat.InboxEntry, bool, error) {
	t.note("find")
	return t.Tx.FindInboxEntry(app, id)
}

func (t watchedTx) OpenInboxEntry(e chat.InboxEntry) (chat.TeamID, error) {
	t.note("open")
	return t.Tx.OpenInboxEntry(e)
}

func (t watchedTx) UpdateInboxEntry(e chat.InboxEntry) error {
	t.note("update")
	return t.Tx.UpdateInboxEntry(e)
}

func (t watchedTx) FindIntake(app chat.AppID) (chat.TeamID, error) {
	t.note("intake")
	return t.Tx.FindIntake(app)
}

func (t watchedTx) LockTeam(app chat.AppID, id chat.TeamID) (chat.Team, bool, error) {
	t.note("team")
	return t.Tx.LockTeam(app, id)
}

func (t watchedTx) IsAvailable(app chat.AppID, id chat.AgentID, since time.Time) (bool, error) {
	t.note("available")
	return t.Tx.IsAvailable(app, id, since)
}

// TestWithoutATeamForThemMessagesCostNoFurtherStatement: but one look, where a user continues what was closed.
func TestWithoutATeamForThemMessagesCostNoFurtherStatement(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var asked []string
	d.messages = messaging.New(inbox.Store(watched{d.plain, &asked}), &broker.Memory{}, d.clock)
	wants := func(what string, wanted ...string) {
		t.Helper()
		if !slices.Equal(asked, wanted) {
			t.Errorf("%s asks for %q", what, asked)
		}
		asked = nil
	}
	c := d.asks(ana)
	wants("the first message", "find", "open")
	d.asks(ana)
	wants("one more", "find")
	d.answers(kim, c)
	wants("an answer", "find", "update")
	d.asks(ana)
	wants("a question", "find", "update")
	d.changes(c, inbox.Change{Status: chat.InboxClosed, Assignee: ptr(kim)})
	d.later(time.Minute)
	d.asks(ana)
	wants("what goes on", "find", "intake", "update")
}
