package storetest

import (
	"fmt"
	"sync"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) savedViews(agent chat.AgentID) (views []chat.SavedView) {
	w.Helper()
	w.read(func(tx store.Tx) (err error) { views, err = tx.ListSavedViews(w.app, agent); return err })
	return views
}

var savedViews = []testCase{
	{"saved views are of one agent, and come back as stored", func(w *world) {
		kim, lou := w.agent().ID, w.agent().ID
		v := chat.SavedView{App: w.app, Agent: kim, ID: "a", Name: "VIP", CreatedAt: w.now,
			Filter: chat.InboxFilter{Status: chat.InboxOpen, Assignee: chat.AssigneeMe, Team: "t", Tag: "vip", Query: "order"}}
		w.write(func(tx store.Tx) error { _, err := tx.PutSavedView(v); return err })
		want(w, "of kim", w.savedViews(kim), []chat.SavedView{v})
		want(w, "of lou", w.savedViews(lou), nil)
		v.Name, v.Filter = "All", chat.InboxFilter{Status: chat.InboxClosed}
		changed := v
		changed.CreatedAt = w.now.Add(time.Hour)
		w.write(func(tx store.Tx) error { _, err := tx.PutSavedView(changed); return err })
		want(w, "changed", w.savedViews(kim), []chat.SavedView{v})
		w.wantKind(w.try(func(tx store.Tx) error { return tx.DeleteSavedView(w.app, lou, "a") }), chat.NotFound)
		w.write(func(tx store.Tx) error { return tx.DeleteSavedView(w.app, kim, "a") })
		want(w, "removed", w.savedViews(kim), nil)
	}},
	{"there are never too many saved views", func(w *world) {
		kim := w.agent().ID
		var all sync.WaitGroup
		for i := range chat.MaxSavedViews + 5 {
			all.Go(func() {
				v := chat.SavedView{App: w.app, Agent: kim, ID: chat.SavedViewID(fmt.Sprint("v", i)), CreatedAt: w.now}
				if err := w.try(func(tx store.Tx) error { _, err := tx.PutSavedView(v); return err }); err != nil {
					w.Error(err)
				}
			})
		}
		all.Wait()
		want(w, "views", len(w.savedViews(kim)), chat.MaxSavedViews)
	}},
	{"a filter lists what has its status, assignee and tag", func(w *world) {
		user, kim, lou := w.user("").ID, w.agent().ID, w.agent().ID
		add := func(status chat.InboxStatus, assignee chat.AgentID, tags ...string) chat.ConversationID {
			return w.entry(user, func(e *chat.InboxEntry) { e.Status, e.Assignee.ID, e.Tags = status, assignee, tags }).Conversation
		}
		team := w.team("Support", nil)
		teams := w.entry(user, func(e *chat.InboxEntry) { e.Status, e.Team.ID = chat.InboxSnoozed, team.ID }).Conversation
		add(chat.InboxSnoozed, kim)
		mine, others, nobodys := add(chat.InboxOpen, kim, "VIP", `a "b"`), add(chat.InboxOpen, lou, "vip"), add(chat.InboxOpen, "", "VIPs")
		closed := add(chat.InboxClosed, kim, "VIP")
		for name, c := range map[string]struct {
			filter chat.InboxFilter
			want   []chat.ConversationID
		}{
			"open":      {chat.InboxFilter{Status: chat.InboxOpen}, []chat.ConversationID{mine, others, nobodys}},
			"mine":      {chat.InboxFilter{Status: chat.InboxOpen, Assignee: chat.AssigneeMe}, []chat.ConversationID{mine}},
			"of lou":    {chat.InboxFilter{Status: chat.InboxOpen, Assignee: string(lou)}, []chat.ConversationID{others}},
			"of nobody": {chat.InboxFilter{Status: chat.InboxOpen, Assignee: chat.AssigneeNobody}, []chat.ConversationID{nobodys}},
			"by tag":    {chat.InboxFilter{Status: chat.InboxOpen, Tag: "VIP"}, []chat.ConversationID{mine}},
			"quoted":    {chat.InboxFilter{Status: chat.InboxOpen, Tag: `a "b"`}, []chat.ConversationID{mine}},
			"of a team": {chat.InboxFilter{Status: chat.InboxSnoozed, Team: team.ID}, []chat.ConversationID{teams}},
			"closed":    {chat.InboxFilter{Status: chat.InboxClosed, Assignee: chat.AssigneeMe, Tag: "VIP"}, []chat.ConversationID{closed}},
		} {
			w.read(func(tx store.Tx) error {
				rows, err := tx.ListInbox(store.InboxPage{App: w.app, Agent: kim, Filter: &c.filter, Limit: 10})
				got, wanted := map[chat.ConversationID]bool{}, map[chat.ConversationID]bool{}
				for _, row := range rows {
					got[row.Entry.Conversation] = c.filter.Takes(row.Entry, kim)
				}
				for _, id := range c.want {
					wanted[id] = true
				}
				want(w, name, got, wanted)
				return err
			})
		}
	}},
}
