package storetest

import (
	"fmt"
	"slices"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) log(after int64) (own []chat.Event) {
	w.Helper()
	w.read(func(tx store.Tx) error {
		all, err := tx.ListEvents(after, 10000)
		for _, event := range all {
			if event.App == w.app {
				own = append(own, event)
			}
		}
		return err
	})
	return own
}

var events = []testCase{
	{"stored events come back as stored and reach the listener", func(w *world) {
		var before, last int64
		stored := []chat.Event{
			{Kind: chat.EventUserUpdated, User: "u"},
			{Kind: chat.EventUserMerged, Merge: &chat.Merge{Surviving: "s", Discarded: "d", Conversations: []chat.ConversationID{"c"}}},
			{Kind: chat.EventSessionsEnded, Ended: &chat.EndedSessions{Session: "x", Why: "logout"}},
			{Kind: chat.EventKeyChanged, Key: "app_1"},
			{Kind: chat.EventConversationRemoved, Conversation: "c", Audience: []chat.UserID{"u", "v"}},
			{Kind: chat.EventAppChanged},
		}
		w.write(func(tx store.Tx) (err error) {
			if before, err = tx.LastPosition(); err != nil {
				return err
			}
			for i := range stored {
				stored[i].App, stored[i].At = w.app, w.now
				if err := tx.AppendEvent(&stored[i]); err != nil {
					return err
				}
			}
			last, err = tx.LastPosition()
			return err
		})
		want(w, "positions", last > before && stored[5].Position == last, true)
		want(w, "log", w.log(0), stored)
		want(w, "heard", w.heard.of(w.app), stored)
		want(w, "log after the fifth", w.log(stored[4].Position), stored[5:])
	}},
	{"an emitted event is heard and not stored", func(w *world) {
		event := chat.Event{Kind: chat.EventTyping, App: w.app, Typing: &chat.Typing{Active: true}}
		w.write(func(tx store.Tx) error { tx.Emit(event); return nil })
		want(w, "heard", w.heard.of(w.app), []chat.Event{event})
		want(w, "log", len(w.log(0)), 0)
	}},
	{"events of a transaction that fails are never heard", func(w *world) {
		no := chat.Refuse("no", "no")
		errs := atOnce(16, func(i int) error {
			return w.try(func(tx store.Tx) error {
				event := chat.Event{Kind: chat.EventUserUpdated, App: w.app, User: chat.UserID(fmt.Sprint(i))}
				if err := tx.AppendEvent(&event); err != nil {
					return err
				}
				if i%2 == 0 {
					return no
				}
				return nil
			})
		})
		want(w, "failed", len(errs), 8)
		stored, heard := w.log(0), w.heard.of(w.app)
		want(w, "stored", len(stored), 8)
		slices.SortFunc(heard, func(a, b chat.Event) int { return int(a.Position - b.Position) })
		want(w, "heard", heard, stored)
	}},
	{"positions become visible in order", func(w *world) {
		stop := make(chan struct{})
		watched := make(chan error, 1)
		go func() { watched <- w.watchLog(stop) }()
		errs := atOnce(24, func(i int) error {
			return w.try(func(tx store.Tx) error {
				event := chat.Event{Kind: chat.EventUserUpdated, App: w.app}
				return tx.AppendEvent(&event)
			})
		})
		close(stop)
		want(w, "errors", len(errs), 0)
		want(w, "watcher", <-watched, nil)
	}},
	{"a caller's own event is heard before it is told of the commit", func(w *world) {
		for i := range 5 {
			w.write(func(tx store.Tx) error { tx.Emit(chat.Event{App: w.app, Change: int64(i)}); return nil })
			want(w, "heard", len(w.heard.of(w.app)), i+1)
		}
	}},
}

// watchLog follows the log by its own cursor until stopped, and tells if an event came below the cursor.
func (w *world) watchLog(stop chan struct{}) error {
	seen, cursor := 0, int64(0)
	for {
		stopped := false
		select {
		case <-stop:
			stopped = true
		default:
		}
		all := 0
		err := w.store.Read(w.Context(), func(tx store.Tx) error {
			seenNow, err := tx.ListEvents(cursor, 10000)
			if err != nil {
				return err
			}
			for _, event := range seenNow {
				cursor = event.Position
				if event.App == w.app {
					seen++
				}
			}
			whole, err := tx.ListEvents(0, 100000)
			for _, event := range whole {
				if event.App == w.app {
					all++
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		if seen != all {
			return fmt.Errorf("followed %d events where the log has %d", seen, all)
		}
		if stopped {
			return nil
		}
	}
}

var audits = []testCase{
	{"entries come back newest first", func(w *world) {
		var stored []store.Audit
		for i := range 3 {
			entry := store.Audit{App: w.app, At: w.now.Add(time.Duration(i) * time.Second), Actor: "cli", Action: "key.create", Target: fmt.Sprint(i)}
			if i == 1 {
				entry.Detail = map[string]string{"name": "n"}
			}
			w.write(func(tx store.Tx) error { return tx.AppendAudit(entry) })
			stored = append(stored, entry)
		}
		w.write(func(tx store.Tx) error {
			return tx.AppendAudit(store.Audit{At: w.now, Action: "app.create", Target: string(w.app)})
		})
		slices.Reverse(stored)
		w.read(func(tx store.Tx) error {
			all, err := tx.ListAudits(w.app, 0, 10)
			if err != nil || len(all) != len(stored) {
				return fmt.Errorf("%d entries: %w", len(all), err)
			}
			older, _ := tx.ListAudits(w.app, all[1].Position, 10)
			want(w, "what stands before the second newest", older, all[2:])
			for i := range all {
				all[i].Position = 0
			}
			want(w, "all", all, stored)
			two, _ := tx.ListAudits(w.app, 0, 2)
			want(w, "how many are asked for", len(two), 2)
			server, _ := tx.ListAudits("", 0, 1000)
			for _, entry := range server {
				want(w, "app of an entry of the server", entry.App, "")
			}
			return err
		})
	}},
}
