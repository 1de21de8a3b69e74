package storetest

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) cannedReply(shortcut string) chat.CannedReply {
	w.Helper()
	r := chat.CannedReply{App: w.app, ID: chat.CannedReplyID(w.id()), Shortcut: shortcut, Title: "Ä title", Text: "Hi {{user.name|there}}\n\n*you*", ChangedAt: w.now}
	w.write(func(tx store.Tx) error { return tx.InsertCannedReply(r) })
	return r
}

func (w *world) cannedReplies(app chat.AppID) (all []chat.CannedReply) {
	w.Helper()
	w.read(func(tx store.Tx) (err error) { all, err = tx.ListCannedReplies(app); return err })
	return all
}

var cannedReplies = []testCase{
	{"canned replies come back as stored, in order of their shortcuts", func(w *world) {
		second, first := w.cannedReply("zz"), w.cannedReply("a-1")
		want(w, "all", w.cannedReplies(w.app), []chat.CannedReply{first, second})
		first.Shortcut, first.Title, first.Text = "zzz", "Other", "Bye"
		w.write(func(tx store.Tx) error { return tx.UpdateCannedReply(first) })
		want(w, "after a change", w.cannedReplies(w.app), []chat.CannedReply{second, first})
		w.write(func(tx store.Tx) error { return tx.DeleteCannedReply(w.app, second.ID) })
		want(w, "after a removal", w.cannedReplies(w.app), []chat.CannedReply{first})
	}},
	{"a shortcut is there once in an app", func(w *world) {
		taken, other := w.cannedReply("hi"), w.cannedReply("bye")
		twin := taken
		twin.ID = chat.CannedReplyID(w.id())
		w.wantKind(w.try(func(tx store.Tx) error { return tx.InsertCannedReply(twin) }), chat.Conflict)
		other.Shortcut = "hi"
		w.wantKind(w.try(func(tx store.Tx) error { return tx.UpdateCannedReply(other) }), chat.Conflict)
		newWorld(w.T, w.store, w.heard).cannedReply("hi")
	}},
	{"canned replies of another app are missing", func(w *world) {
		r := w.cannedReply("hi")
		other := newWorld(w.T, w.store, w.heard)
		stranger := r
		stranger.App = other.app
		w.wantKind(w.try(func(tx store.Tx) error { return tx.UpdateCannedReply(stranger) }), chat.NotFound)
		w.wantKind(w.try(func(tx store.Tx) error { return tx.DeleteCannedReply(other.app, r.ID) }), chat.NotFound)
		want(w, "of the other app", len(w.cannedReplies(other.app)), 0)
		want(w, "still there", w.cannedReplies(w.app), []chat.CannedReply{r})
	}},
}
