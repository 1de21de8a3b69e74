package storetest

import (
	"sync/atomic"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) totp(agent chat.AgentID) chat.TOTP {
	w.Helper()
	totp := chat.TOTP{Agent: agent, Sealed: []byte("box"), CreatedAt: w.now}
	w.write(func(tx store.Tx) error { return tx.PutTOTP(totp) })
	return totp
}

func (w *world) factors(agent chat.AgentID) (factors chat.Factors) {
	w.Helper()
	w.read(func(tx store.Tx) (err error) {
		factors, err = tx.CountFactors(agent)
		return err
	})
	return factors
}

func (w *world) recoveryCodes(agent chat.AgentID, codes ...string) {
	w.Helper()
	w.write(func(tx store.Tx) error { return tx.PutRecoveryCodes(agent, each(codes, chat.HashToken)) })
}

// taken counts how many of many at once get what there is once.
func (w *world) taken(take func(store.Tx) (bool, error)) int64 {
	var count atomic.Int64
	for _, err := range atOnce(8, func(int) error {
		var isMine bool
		err := w.try(func(tx store.Tx) (err error) {
			isMine, err = take(tx)
			return err
		})
		if isMine {
			count.Add(1)
		}
		return err
	}) {
		w.Error(err)
	}
	return count.Load()
}

var factors = []testCase{
	{"codes of the phone count when they are confirmed", func(w *world) {
		agent := w.agent()
		totp := w.totp(agent.ID)
		want(w, "unconfirmed", w.factors(agent.ID), chat.Factors{})
		totp.ConfirmedAt, totp.LastStep, totp.Sealed = w.now, 5, []byte("another")
		w.write(func(tx store.Tx) error { return tx.PutTOTP(totp) })
		want(w, "confirmed", w.factors(agent.ID), chat.Factors{TOTP: true})
		w.write(func(tx store.Tx) error {
			got, found, err := tx.LockTOTP(agent.ID)
			want(w, "totp", got, totp)
			want(w, "found", found, true)
			locked, _ := tx.LockFactors(agent.ID)
			want(w, "locked", locked, chat.Factors{TOTP: true})
			return err
		})
		for _, had := range []bool{true, false} {
			w.write(func(tx store.Tx) error {
				deleted, err := tx.DeleteTOTP(agent.ID)
				want(w, "deleted", deleted, had)
				return err
			})
		}
		w.wantKind(w.try(func(tx store.Tx) error { return tx.PutTOTP(chat.TOTP{Agent: chat.AgentID(w.id())}) }), chat.NotFound)
		w.wantKind(w.try(func(tx store.Tx) error { _, err := tx.LockFactors(chat.AgentID(w.id())); return err }), chat.NotFound)
	}},
	{"of many with one code one is let in, and none with an earlier one", func(w *world) {
		agent, other := w.agent(), w.agent()
		w.totp(agent.ID)
		w.totp(other.ID)
		take := func(step int64) func(store.Tx) (bool, error) {
			return func(tx store.Tx) (bool, error) { return tx.TakeTOTPStep(agent.ID, step) }
		}
		want(w, "taken", w.taken(take(7)), 1)
		want(w, "taken again", w.taken(take(7)), 0)
		want(w, "the one before", w.taken(take(6)), 0)
		want(w, "the next one", w.taken(take(8)), 1)
		want(w, "of the other", w.taken(func(tx store.Tx) (bool, error) { return tx.TakeTOTPStep(other.ID, 7) }), 1)
	}},
	{"a recovery code works once, and not after others took its place", func(w *world) {
		agent, other := w.agent(), w.agent()
		w.recoveryCodes(agent.ID, "a", "b", "c")
		w.recoveryCodes(other.ID, "a")
		take := func(code string) int64 {
			return w.taken(func(tx store.Tx) (bool, error) { return tx.TakeRecoveryCode(agent.ID, chat.HashToken(code)) })
		}
		want(w, "a", take("a"), 1)
		want(w, "a again", take("a"), 0)
		want(w, "left", w.factors(agent.ID), chat.Factors{RecoveryCodes: 2})
		w.recoveryCodes(agent.ID, "d")
		want(w, "b", take("b"), 0)
		want(w, "d", take("d"), 1)
		want(w, "the other's", w.factors(other.ID), chat.Factors{RecoveryCodes: 1})
	}},
	{"all that an agent has is taken at once", func(w *world) {
		agent, other := w.agent(), w.agent()
		for _, one := range []chat.Agent{agent, other} {
			totp := w.totp(one.ID)
			totp.ConfirmedAt = w.now
			w.write(func(tx store.Tx) error { return tx.PutTOTP(totp) })
			w.recoveryCodes(one.ID, "a")
		}
		w.write(func(tx store.Tx) error { return tx.DeleteFactors(agent.ID) })
		want(w, "its own", w.factors(agent.ID), chat.Factors{})
		want(w, "the other's", w.factors(other.ID), chat.Factors{TOTP: true, RecoveryCodes: 1})
	}},
	{"a provider's subject is one agent", func(w *world) {
		agent, other := w.agent(), w.agent()
		issuer := "https://" + w.id()
		bound := chat.BoundSubject{Issuer: issuer, Subject: "7", Agent: agent.ID, CreatedAt: w.now}
		w.write(func(tx store.Tx) error { return tx.BindSubject(bound) })
		w.wantKind(w.try(func(tx store.Tx) error {
			return tx.BindSubject(chat.BoundSubject{Issuer: issuer, Subject: "7", Agent: other.ID, CreatedAt: w.now})
		}), chat.Conflict)
		find := func(issuer, subject string) (got chat.BoundSubject, found bool) {
			w.read(func(tx store.Tx) (err error) {
				got, found, err = tx.FindSubject(issuer, subject)
				return err
			})
			return got, found
		}
		got, found := find(issuer, "7")
		want(w, "subject", got, bound)
		want(w, "found", found, true)
		_, found = find(issuer+"x", "7")
		want(w, "of another issuer", found, false)
		w.read(func(tx store.Tx) error {
			has, err := tx.HasSubject(issuer, agent.ID)
			hasOther, _ := tx.HasSubject(issuer, other.ID)
			want(w, "has", []bool{has, hasOther}, []bool{true, false})
			return err
		})
		w.write(func(tx store.Tx) error { return tx.DeleteFactors(agent.ID) })
		_, found = find(issuer, "7")
		want(w, "found when it was taken away", found, false)
	}},
	{"a challenge is found for its purpose, and answered once", func(w *world) {
		agent := w.agent()
		made := func() chat.Challenge {
			c := chat.Challenge{Hash: chat.HashToken(w.id()), Purpose: chat.SecondStep, Agent: agent.ID, Document: "{}", ExpiresAt: w.now.Add(chat.ChallengeLife)}
			w.write(func(tx store.Tx) error { return tx.InsertChallenge(c) })
			return c
		}
		find := func(hash chat.TokenHash, purpose chat.ChallengePurpose) (got chat.Challenge, found bool) {
			w.read(func(tx store.Tx) (err error) {
				got, found, err = tx.FindChallenge(hash, purpose)
				return err
			})
			return got, found
		}
		first, second, third := made(), made(), made()
		got, found := find(first.Hash, chat.SecondStep)
		want(w, "challenge", got, first)
		want(w, "found", found, true)
		_, found = find(first.Hash, "another")
		want(w, "found for another purpose", found, false)
		want(w, "answered", w.taken(func(tx store.Tx) (bool, error) { return tx.DeleteChallenge(first.Hash) }), 1)
		w.write(func(tx store.Tx) error { return tx.DeleteChallengesOf(agent.ID) })
		for _, over := range []chat.Challenge{first, second, third} {
			_, found = find(over.Hash, chat.SecondStep)
			want(w, "found", found, false)
		}
		late := made()
		w.write(func(tx store.Tx) error {
			_, err := tx.DeleteEndedChallenges(late.ExpiresAt.Add(-time.Second))
			return err
		})
		_, found = find(late.Hash, chat.SecondStep)
		want(w, "found before its end", found, true)
		w.write(func(tx store.Tx) error {
			_, err := tx.DeleteEndedChallenges(late.ExpiresAt.Add(time.Second))
			return err
		})
		_, found = find(late.Hash, chat.SecondStep)
		want(w, "found after its end", found, false)
	}},
}
