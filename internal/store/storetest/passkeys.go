package storetest

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) passkey(agent chat.AgentID, signCount int64) chat.Passkey {
	w.Helper()
	id := w.id()
	passkey := chat.Passkey{ID: chat.PasskeyID(id), Agent: agent, Credential: []byte(id), PublicKey: []byte("key"), Name: "Phone", Transports: "internal hybrid",
		Eligible: true, SignCount: signCount, CreatedAt: w.now}
	w.write(func(tx store.Tx) error { return tx.InsertPasskey(passkey) })
	return passkey
}

func (w *world) passkeys(agent chat.AgentID) (all []chat.Passkey) {
	w.Helper()
	w.read(func(tx store.Tx) (err error) {
		all, err = tx.ListPasskeys(agent)
		return err
	})
	return all
}

var passkeys = []testCase{
	{"a passkey is found by its device's name of it, and is a factor", func(w *world) {
		agent, other := w.agent(), w.agent()
		first := w.passkey(agent.ID, 0)
		w.now = w.now.Add(time.Second)
		second, others := w.passkey(agent.ID, 7), w.passkey(other.ID, 0)
		want(w, "the agent's", w.passkeys(agent.ID), []chat.Passkey{first, second})
		want(w, "the other's", w.passkeys(other.ID), []chat.Passkey{others})
		want(w, "factors", w.factors(agent.ID), chat.Factors{Passkeys: 2})
		w.read(func(tx store.Tx) error {
			got, found, err := tx.FindPasskey(second.Credential)
			want(w, "passkey", got, second)
			want(w, "found", found, true)
			_, found, _ = tx.FindPasskey([]byte("another"))
			want(w, "another found", found, false)
			return err
		})
		again := second
		again.ID = chat.PasskeyID(w.id())
		w.wantKind(w.try(func(tx store.Tx) error { return tx.InsertPasskey(again) }), chat.Conflict)
	}},
	{"a count that does not rise is no use, but where the device does not count", func(w *world) {
		agent := w.agent()
		counts, countless := w.passkey(agent.ID, 7), w.passkey(agent.ID, 0)
		use := func(id chat.PasskeyID, count int64) int64 {
			return w.taken(func(tx store.Tx) (bool, error) { return tx.UsePasskey(id, count, w.now.Add(time.Minute)) })
		}
		want(w, "the same", use(counts.ID, 7), 0)
		want(w, "less", use(counts.ID, 6), 0)
		want(w, "none", use(counts.ID, 0), 0)
		want(w, "more", use(counts.ID, 9), 1)
		want(w, "more again", use(counts.ID, 9), 0)
		want(w, "without a count", use(countless.ID, 0), 8)
		counts.SignCount, counts.LastUsedAt, countless.LastUsedAt = 9, w.now.Add(time.Minute), w.now.Add(time.Minute)
		for _, got := range w.passkeys(agent.ID) {
			want(w, "passkey", got, map[chat.PasskeyID]chat.Passkey{counts.ID: counts, countless.ID: countless}[got.ID])
		}
	}},
	{"only its agent renames and removes a passkey", func(w *world) {
		agent, other := w.agent(), w.agent()
		passkey := w.passkey(agent.ID, 0)
		w.wantKind(w.try(func(tx store.Tx) error { return tx.RenamePasskey(other.ID, passkey.ID, "Mine") }), chat.NotFound)
		w.write(func(tx store.Tx) error { return tx.RenamePasskey(agent.ID, passkey.ID, "Key ring") })
		passkey.Name = "Key ring"
		want(w, "renamed", w.passkeys(agent.ID), []chat.Passkey{passkey})
		for _, tt := range []struct {
			agent chat.AgentID
			had   bool
		}{{other.ID, false}, {agent.ID, true}, {agent.ID, false}} {
			w.write(func(tx store.Tx) error {
				had, err := tx.DeletePasskey(tt.agent, passkey.ID)
				want(w, "had", had, tt.had)
				return err
			})
		}
		want(w, "factors", w.factors(agent.ID), chat.Factors{})
	}},
}
