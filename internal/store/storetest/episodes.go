package storetest

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// episodes reads all pages of a list, an episode each.
func (w *world) episodes(page store.EpisodePage, at func(chat.Episode) time.Time, list func(store.Tx, store.EpisodePage) ([]chat.Episode, error)) (all []chat.Episode) {
	w.Helper()
	page.App, page.Limit = w.app, 1
	w.read(func(tx store.Tx) error {
		for {
			some, err := list(tx, page)
			if err != nil || len(some) == 0 {
				return err
			}
			all = append(all, some...)
			page.After = store.EpisodePlace{At: at(some[0]), Conversation: some[0].Conversation}
		}
	})
	return all
}

func (w *world) endedEpisodes(from, to time.Time) []chat.Episode {
	w.Helper()
	return w.episodes(store.EpisodePage{From: from, To: to}, func(e chat.Episode) time.Time { return e.ClosedAt }, store.Tx.ListEpisodes)
}

func (w *world) runningEpisodes(to time.Time) []chat.Episode {
	w.Helper()
	return w.episodes(store.EpisodePage{To: to}, func(e chat.Episode) time.Time { return e.OpenedAt }, store.Tx.ListRunningEpisodes)
}

var episodes = []testCase{
	{"ended episodes are those that were running between two times", func(w *world) {
		at := func(n int) time.Time { return w.now.Add(time.Duration(n) * time.Minute) }
		ended := func(name chat.ConversationID, opened, closed int) chat.Episode {
			e := chat.Episode{App: w.app, Conversation: name, OpenedAt: at(opened), AnsweredAt: at(opened + 1), AnsweredBy: "kim", ClosedAt: at(closed), ClosedBy: "lee"}
			w.write(func(tx store.Tx) error { return tx.InsertEpisode(e) })
			return e
		}
		over := ended("a", 0, 9)
		within, twin := ended("b", 10, 19), ended("c", 11, 19)
		across := ended("d", 5, 10)
		ended("e", 20, 30)
		later := ended("f", 12, 30)
		want(w, "between", w.endedEpisodes(at(10), at(20)), []chat.Episode{across, within, twin, later})
		want(w, "long ago", w.endedEpisodes(at(0), at(1)), []chat.Episode{over})
		w.write(func(tx store.Tx) error { return tx.DeleteEpisode(twin) })
		want(w, "taken back", w.endedEpisodes(at(10), at(12)), []chat.Episode{across, within})
		w.write(func(tx store.Tx) error { return tx.DeleteEpisode(twin) })
	}},
	{"running episodes are those of open and snoozed entries", func(w *world) {
		user, at := w.user("").ID, func(n int) time.Time { return w.now.Add(time.Duration(n) * time.Minute) }
		add := func(opened int, status chat.InboxStatus) chat.Episode {
			e := w.entry(user, func(e *chat.InboxEntry) {
				e.Status, e.OpenedAt, e.AnsweredAt, e.AnsweredBy = status, at(opened), at(opened+1), "kim"
			})
			return chat.Episode{App: w.app, Conversation: e.Conversation, OpenedAt: e.OpenedAt, AnsweredAt: e.AnsweredAt, AnsweredBy: "kim"}
		}
		second, first := add(2, chat.InboxOpen), add(1, chat.InboxSnoozed)
		add(3, chat.InboxClosed)
		add(4, chat.InboxOpen)
		w.entry(user, func(e *chat.InboxEntry) { e.OpenedAt = time.Time{} })
		want(w, "running", w.runningEpisodes(at(4)), []chat.Episode{first, second})
	}},
	{"an episode outlives its conversation", func(w *world) {
		e := w.entry(w.user("").ID, func(e *chat.InboxEntry) { e.Status = chat.InboxClosed })
		ended, _ := e.Ended("kim")
		w.write(func(tx store.Tx) error { return tx.InsertEpisode(ended) })
		w.write(func(tx store.Tx) error { return tx.DeleteConversation(w.app, e.Conversation) })
		want(w, "episodes", w.endedEpisodes(w.now.Add(-time.Hour), w.now.Add(time.Hour)), []chat.Episode{ended})
	}},
}
