package storetest

import (
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

var users = []testCase{
	{"a user comes back as stored", func(w *world) {
		user := chat.User{App: w.app, ID: chat.UserID(w.id()), Number: 5, ExternalID: "u-5", Source: chat.SourceSDK,
			Profile:    chat.Profile{GivenName: "Ana", Surname: "Sá", Email: "A@b.example", AvatarURL: "https://a", Locale: "pt"},
			Metadata:   chat.Metadata{"plan": "gold", "age": 3.5, "vip": true},
			Attributes: chat.Metadata{"team": "<b>&\u2028"}, Seat: true,
			SignedUpAt: w.now, CreatedAt: w.now.Add(1 * time.Microsecond), LastSeenAt: w.now.Add(2 * time.Second),
			TokensValidAfter: w.now.Add(3 * time.Second), BlockedAt: w.now.Add(4 * time.Second), Change: 2}
		w.write(func(tx store.Tx) error { return tx.InsertUser(user) })
		w.read(func(tx store.Tx) error {
			got, err := tx.GetUser(w.app, user.ID)
			want(w, "user", got, user)
			return err
		})
		user.ExternalID, user.Metadata, user.Seat, user.BlockedAt = "u-6", nil, false, time.Time{}
		w.write(func(tx store.Tx) error { return tx.UpdateUser(&user) })
		want(w, "change", user.Change, 3)
		w.write(func(tx store.Tx) error { return tx.BumpUser(w.app, user.ID) })
		user.Change++
		w.read(func(tx store.Tx) error {
			got, found, err := tx.FindUserByExternalID(w.app, "u-6")
			want(w, "user by external id", got, user)
			want(w, "found", found, true)
			_, found, _ = tx.FindUserByExternalID(w.app, "u-5")
			want(w, "by former external id", found, false)
			got, _, _ = tx.FindUserByNumber(w.app, 5)
			want(w, "user by number", got, user)
			return err
		})
	}},
	{"external ids compare byte for byte", func(w *world) {
		ids := []string{"a", "A", "\u00e9", "e\u0301", "ａ", "ß", "ss", "a b", "a  b", strings.Repeat("é", chat.MaxExternalID)}
		made := map[string]chat.UserID{}
		for _, id := range ids {
			made[id] = w.user(id).ID
		}
		w.read(func(tx store.Tx) error {
			for _, id := range ids {
				got, found, err := tx.FindUserByExternalID(w.app, id)
				if err != nil || !found || got.ID != made[id] {
					w.Errorf("%q finds %s (%v, %v), want %s", id, got.ID, found, err, made[id])
				}
			}
			return nil
		})
	}},
	{"no external id is nobody's", func(w *world) {
		w.user("")
		w.user("")
		w.read(func(tx store.Tx) error {
			_, found, err := tx.FindUserByExternalID(w.app, "")
			want(w, "found", found, false)
			return err
		})
	}},
	{"a taken external id is refused", func(w *world) {
		first, second := w.user("one"), w.user("two")
		w.wantKind(w.try(func(tx store.Tx) error {
			return tx.InsertUser(chat.User{App: w.app, ID: chat.UserID(w.id()), Number: 99, ExternalID: "one"})
		}), chat.Conflict)
		second.ExternalID = "one"
		w.wantKind(w.try(func(tx store.Tx) error { return tx.UpdateUser(&second) }), chat.Conflict)
		w.write(func(tx store.Tx) error { return tx.UpdateUser(&first) })
		other := newWorld(w.T, w.store, w.heard)
		other.user("one")
	}},
	{"fifty insert the same external id", func(w *world) {
		errs := atOnce(50, func(int) error {
			return w.try(func(tx store.Tx) error {
				number, _, err := tx.NextUserNumber(w.app, true)
				if err != nil {
					return err
				}
				return tx.InsertUser(chat.User{App: w.app, ID: chat.UserID(chat.NewID(w.now)), Number: number, ExternalID: "same", Seat: true})
			})
		})
		want(w, "refused", len(errs), 49)
		for _, err := range errs {
			w.wantKind(err, chat.Conflict)
		}
		w.read(func(tx store.Tx) error {
			app, err := tx.GetApp(w.app)
			want(w, "seats", app.SeatsUsed, 1)
			user, _, _ := tx.FindUserByExternalID(w.app, "same")
			want(w, "number", user.Number, 1)
			return err
		})
	}},
	{"last seen moves forward only", func(w *world) {
		user := w.user("")
		for _, at := range []time.Time{w.now.Add(time.Minute), w.now} {
			user.LastSeenAt = at
			w.write(func(tx store.Tx) error { return tx.TouchUser(user) })
		}
		w.read(func(tx store.Tx) error {
			got, err := tx.GetUser(w.app, user.ID)
			want(w, "last seen", got.LastSeenAt, w.now.Add(time.Minute))
			return err
		})
	}},
	{"pages go both ways", func(w *world) {
		for range 7 {
			w.user("")
		}
		for _, c := range []struct {
			name string
			page store.UserPage
			want []int64
		}{
			{"from the start", store.UserPage{Limit: 3}, []int64{1, 2, 3}},
			{"after", store.UserPage{After: 3, Limit: 3}, []int64{4, 5, 6}},
			{"the end", store.UserPage{After: 6, Limit: 3}, []int64{7}},
			{"past the end", store.UserPage{After: 7, Limit: 3}, []int64{}},
			{"before", store.UserPage{Before: 6, Limit: 3}, []int64{3, 4, 5}},
			{"before the start", store.UserPage{Before: 1, Limit: 3}, []int64{}},
		} {
			c.page.App = w.app
			w.read(func(tx store.Tx) error {
				page, err := tx.ListUsers(c.page)
				want(w, c.name, each(page, func(u chat.User) int64 { return u.Number }), c.want)
				return err
			})
		}
	}},
	{"a user of another app is missing", func(w *world) {
		user := w.user("mine")
		other := newWorld(w.T, w.store, w.heard)
		stolen := user
		stolen.App = other.app
		for name, f := range map[string]func(store.Tx) error{
			"get":    func(tx store.Tx) error { _, err := tx.GetUser(other.app, user.ID); return err },
			"lock":   func(tx store.Tx) error { _, err := tx.LockUser(other.app, user.ID); return err },
			"update": func(tx store.Tx) error { return tx.UpdateUser(&stolen) },
			"bump":   func(tx store.Tx) error { return tx.BumpUser(other.app, user.ID) },
			"delete": func(tx store.Tx) error { return tx.DeleteUser(other.app, user.ID) },
		} {
			w.Logf("%s", name)
			w.wantKind(other.try(f), chat.NotFound)
		}
	}},
	{"deletion takes personal conversations and leaves groups without author", func(w *world) {
		gone, stays := w.user("gone"), w.user("stays")
		client := w.client(gone.ID)
		personal := w.conversation(chat.Personal, gone.ID)
		group, left := w.conversation(chat.SDKGroup, gone.ID, stays.ID), w.conversation(chat.SDKGroup, gone.ID, stays.ID)
		w.say(personal.ID, gone.ID, "alone")
		w.say(group.ID, gone.ID, "hello")
		w.say(group.ID, stays.ID, "hi")
		w.say(left.ID, gone.ID, "bye")
		w.write(func(tx store.Tx) error { return tx.DeleteParticipant(w.app, left.ID, gone.ID) })
		w.write(func(tx store.Tx) error { return tx.DeleteUser(w.app, gone.ID) })
		w.read(func(tx store.Tx) error {
			_, err := tx.GetUser(w.app, gone.ID)
			w.wantKind(err, chat.NotFound)
			_, err = tx.GetConversation(w.app, personal.ID)
			w.wantKind(err, chat.NotFound)
			_, found, err := tx.FindClient(w.app, client.ID)
			want(w, "client", found, false)
			audience, _ := tx.ListAudience(w.app, group.ID)
			want(w, "audience", audience, []chat.UserID{stays.ID})
			page, _ := tx.ListMessages(store.MessagePage{App: w.app, Conversation: group.ID, Limit: 9})
			want(w, "authors in the group", each(page, func(m chat.Message) chat.UserID { return m.Author.User }), []chat.UserID{"", stays.ID})
			page, _ = tx.ListMessages(store.MessagePage{App: w.app, Conversation: left.ID, Limit: 9})
			want(w, "author in the group that was left", page[0].Author.User, "")
			want(w, "text in the group that was left", page[0].Content.Text, "bye")
			return err
		})
	}},
}
