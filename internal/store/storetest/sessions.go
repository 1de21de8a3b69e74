package storetest

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) newSession(client chat.Client, key chat.KeyID) chat.Session {
	return chat.Session{ID: chat.SessionID(w.id()), Hash: chat.HashToken(w.id()), App: w.app, User: client.User, Client: client.ID, Key: key,
		Door: chat.DoorSDK, Assurance: chat.AssuranceSigned, ExpiresAt: w.now.Add(time.Hour), LastUsedAt: w.now, CreatedAt: w.now}
}

func (w *world) session(client chat.Client, key chat.KeyID) chat.Session {
	w.Helper()
	session := w.newSession(client, key)
	w.write(func(tx store.Tx) error { _, err := tx.ReplaceSession(session); return err })
	return session
}

var sessions = []testCase{
	{"a session comes back as stored", func(w *world) {
		session := w.newSession(w.client(w.user("").ID), "app_k")
		session.Anonymous, session.IdleFor = true, 12*time.Hour
		w.write(func(tx store.Tx) error {
			former, err := tx.ReplaceSession(session)
			want(w, "former", former, "")
			return err
		})
		w.write(func(tx store.Tx) error { return tx.TouchSession(session.Client, session.ID, w.now.Add(time.Minute)) })
		session.LastUsedAt = w.now.Add(time.Minute)
		w.read(func(tx store.Tx) error {
			byID, err := tx.GetSession(session.Client, session.ID)
			want(w, "by id", byID, session)
			byHash, found, _ := tx.FindSession(w.app, session.Hash)
			want(w, "by hash", byHash, session)
			want(w, "found", found, true)
			_, found, _ = tx.FindSession("another", session.Hash)
			want(w, "found in another app", found, false)
			return err
		})
	}},
	{"a client has one session", func(w *world) {
		client := w.client(w.user("").ID)
		first, second := w.session(client, ""), w.newSession(client, "")
		w.write(func(tx store.Tx) error {
			former, err := tx.ReplaceSession(second)
			want(w, "former", former, first.ID)
			return err
		})
		w.read(func(tx store.Tx) error {
			_, found, err := tx.FindSession(w.app, first.Hash)
			want(w, "the former one is gone", found, false)
			return err
		})
	}},
	{"of twenty that replace at once each former one is named once", func(w *world) {
		client := w.client(w.user("").ID)
		var named atomic.Int64
		errs := atOnce(20, func(int) error {
			session, former := w.newSession(client, ""), chat.SessionID("")
			err := w.try(func(tx store.Tx) (err error) {
				former, err = tx.ReplaceSession(session)
				return err
			})
			if former != "" {
				named.Add(1)
			}
			return err
		})
		want(w, "errors", len(errs), 0)
		want(w, "former sessions", named.Load(), 19)
	}},
	{"sessions end one by one, by user and by key", func(w *world) {
		ana, ben := w.user("ana"), w.user("ben")
		key := chat.KeyID("app_" + w.id())
		one := w.session(w.client(ana.ID), "")
		for range 2 {
			w.session(w.client(ana.ID), key)
			w.session(w.client(ben.ID), key)
		}
		w.write(func(tx store.Tx) error {
			ok, err := tx.DeleteSession(one.Client, one.ID)
			want(w, "the one", ok, true)
			ok, _ = tx.DeleteSession(one.Client, one.ID)
			want(w, "the one again", ok, false)
			n, _ := tx.DeleteSessionsOfUser(w.app, ana.ID)
			want(w, "of ana", n, 2)
			n, _ = tx.DeleteSessionsOfKey(key)
			want(w, "of the key", n, 2)
			n, _ = tx.DeleteSessionsOfKey("")
			want(w, "of no key", n, 0)
			return err
		})
	}},
	{"ended sessions are listed", func(w *world) {
		client := func() chat.Client { return w.client(w.user("").ID) }
		long := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
		expired, idle, used, fresh := w.newSession(client(), ""), w.newSession(client(), ""), w.newSession(client(), ""), w.newSession(client(), "")
		expired.ExpiresAt = long
		idle.IdleFor, idle.LastUsedAt = time.Hour, long
		used.IdleFor = time.Hour
		for _, session := range []chat.Session{expired, idle, used, fresh} {
			w.write(func(tx store.Tx) error { _, err := tx.ReplaceSession(session); return err })
		}
		w.read(func(tx store.Tx) error {
			ids := func(after chat.ClientID, limit int) (ids []chat.ClientID) {
				ended, err := tx.ListEndedSessions(long.Add(2*time.Hour), after, limit)
				want(w, "listing", err, nil)
				for _, session := range ended {
					ids = append(ids, session.Client)
				}
				return ids
			}
			first, last := min(expired.Client, idle.Client), max(expired.Client, idle.Client)
			want(w, "all", fmt.Sprint(ids("", 10)), fmt.Sprint([]chat.ClientID{first, last}))
			want(w, "at most", fmt.Sprint(ids("", 1)), fmt.Sprint([]chat.ClientID{first}))
			want(w, "the rest", fmt.Sprint(ids(first, 10)), fmt.Sprint([]chat.ClientID{last}))
			return nil
		})
	}},
}
