package storetest

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// rating is one that a user was asked for.
func (w *world) rating(c chat.ConversationID, openedAt time.Time) chat.Rating {
	w.Helper()
	r := chat.Rating{App: w.app, Conversation: c, OpenedAt: openedAt, Form: chat.MessageID(w.id()), Agent: chat.AgentID(w.id()), AskedAt: openedAt.Add(time.Hour)}
	w.write(func(tx store.Tx) error { return tx.InsertRating(r) })
	return r
}

func (w *world) foundRating(r chat.Rating) (got chat.Rating, found bool) {
	w.Helper()
	w.read(func(tx store.Tx) (err error) {
		got, found, err = tx.FindRating(r.App, r.Conversation, r.OpenedAt)
		return err
	})
	return got, found
}

// ratings reads a page of a list.
func (w *world) ratings(list func(store.Tx, store.RatingPage) ([]chat.Rating, error), page store.RatingPage) (all []chat.Rating) {
	w.Helper()
	page.App, page.Limit = w.app, 9
	w.read(func(tx store.Tx) (err error) { all, err = list(tx, page); return err })
	return all
}

var ratings = []testCase{
	{"an episode is asked about once, and rated by its form", func(w *world) {
		user := w.user("")
		c := w.conversation(chat.SDKGroup, user.ID)
		first, second := w.rating(c.ID, w.now), w.rating(c.ID, w.now.Add(time.Hour))
		again := first
		again.Form = chat.MessageID(w.id())
		w.wantKind(w.try(func(tx store.Tx) error { return tx.InsertRating(again) }), chat.Conflict)
		first.Value, first.RatedAt, first.Answer = 4, w.now.Add(3*time.Hour), chat.MessageID(w.id())
		w.write(func(tx store.Tx) error { return tx.RateConversation(first) })
		got, _ := w.foundRating(first)
		want(w, "rated", got, first)
		got, _ = w.foundRating(second)
		want(w, "the other episode", got, second)
		unknown := first
		unknown.Form, unknown.Value = again.Form, 1
		w.write(func(tx store.Tx) error { return tx.RateConversation(unknown) })
		got, _ = w.foundRating(first)
		want(w, "by another form", got, first)
		w.write(func(tx store.Tx) error { return tx.DeleteRating(second) })
		_, found := w.foundRating(second)
		want(w, "taken back", found, false)
		w.wantKind(w.try(func(tx store.Tx) error { return tx.DeleteRating(second) }), chat.NotFound)
	}},
	{"what a user rated is listed, the newest first", func(w *world) {
		user, stranger := w.user(""), w.user("")
		one, other := w.conversation(chat.SDKGroup, user.ID), w.conversation(chat.SDKGroup, user.ID)
		var rated []chat.Rating
		for i, c := range []chat.ConversationID{one.ID, other.ID, one.ID} {
			r := w.rating(c, w.now.Add(time.Duration(i)*time.Hour))
			r.Value, r.RatedAt = int64(i+1), w.now.Add(time.Duration(10+i)*time.Hour)
			w.write(func(tx store.Tx) error { return tx.RateConversation(r) })
			rated = append([]chat.Rating{r}, rated...)
		}
		w.rating(one.ID, w.now.Add(9*time.Hour))
		list := func(app chat.AppID, user chat.UserID, limit int) (all []chat.Rating) {
			w.read(func(tx store.Tx) (err error) { all, err = tx.ListRatingsOfUser(app, user, limit); return err })
			return all
		}
		want(w, "all", list(w.app, user.ID, 9), rated)
		want(w, "some", list(w.app, user.ID, 2), rated[:2])
		want(w, "of another user", len(list(w.app, stranger.ID, 9)), 0)
		want(w, "of another app", len(list(newWorld(w.T, w.store, w.heard).app, user.ID, 9)), 0)
	}},
	{"what was asked and what was rated are listed by their times, the newest first", func(w *world) {
		user := w.user("")
		one, other := w.conversation(chat.SDKGroup, user.ID), w.conversation(chat.SDKGroup, user.ID)
		at := func(n int) time.Time { return w.now.Add(time.Duration(n) * time.Hour) }
		rated := func(r chat.Rating, value int64, after int) chat.Rating {
			r.Value, r.RatedAt = value, at(after)
			w.write(func(tx store.Tx) error { return tx.RateConversation(r) })
			return r
		}
		late, soon := rated(w.rating(one.ID, at(1)), 2, 9), rated(w.rating(other.ID, at(2)), 5, 8)
		twin := rated(w.rating(one.ID, at(3)), 4, 8)
		never := w.rating(other.ID, at(4))
		newWorld(w.T, w.store, w.heard).rating(one.ID, at(5))
		if one.ID > other.ID {
			soon, twin = twin, soon
		}
		want(w, "rated", w.ratings(store.Tx.ListRatings, store.RatingPage{}), []chat.Rating{late, soon, twin})
		want(w, "rated since", w.ratings(store.Tx.ListRatings, store.RatingPage{From: late.RatedAt}), []chat.Rating{late})
		want(w, "rated before", w.ratings(store.Tx.ListRatings, store.RatingPage{Before: store.RatingPlace{At: late.RatedAt}}), []chat.Rating{soon, twin})
		want(w, "rated after a place", w.ratings(store.Tx.ListRatings, store.RatingPage{Before: store.RatingPlace{At: soon.RatedAt, Conversation: soon.Conversation}}), []chat.Rating{twin})
		asked := w.ratings(store.Tx.ListRatingsAsked, store.RatingPage{From: at(3)})
		want(w, "asked", len(asked), 3)
		want(w, "the newest", asked[0], never)
		w.write(func(tx store.Tx) error { return tx.DeleteConversation(w.app, one.ID) })
		want(w, "without their conversation", len(w.ratings(store.Tx.ListRatings, store.RatingPage{})), 3)
	}},
}
