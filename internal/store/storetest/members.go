package storetest

import (
	"cmp"
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

var members = []testCase{
	{"the members of an app come with role and factors, and who manages the server with them", func(w *world) {
		kim, lou, gone, boss, retired, stranger := w.agent(), w.agent(), w.agent(), w.agent(), w.agent(), w.agent()
		other := newWorld(w.T, w.store, w.heard).app
		boss.Admin, retired.Admin = true, true
		gone.DisabledAt, retired.DisabledAt = w.now, w.now
		totp := w.totp(kim.ID)
		totp.ConfirmedAt = w.now
		w.totp(lou.ID)
		w.recoveryCodes(lou.ID, "a", "b")
		w.write(func(tx store.Tx) error {
			for _, agent := range []chat.Agent{gone, boss, retired} {
				if err := tx.UpdateAgent(agent); err != nil {
					return err
				}
			}
			for _, m := range []chat.Membership{
				{App: w.app, Agent: kim.ID, Role: chat.RoleAgent}, {App: w.app, Agent: lou.ID, Role: chat.RoleOwner}, {App: w.app, Agent: gone.ID, Role: chat.RoleAdmin},
				{App: w.app, Agent: boss.ID, Role: chat.RoleAgent}, {App: w.app, Agent: retired.ID, Role: chat.RoleAgent},
				{App: other, Agent: kim.ID, Role: chat.RoleOwner}, {App: other, Agent: stranger.ID, Role: chat.RoleAgent},
			} {
				if err := tx.PutMembership(m); err != nil {
					return err
				}
			}
			return tx.PutTOTP(totp)
		})
		w.passkey(kim.ID, 0)
		all := []store.Member{
			{Agent: kim, Role: chat.RoleAgent, Factors: chat.Factors{TOTP: true, Passkeys: 1}}, {Agent: lou, Role: chat.RoleOwner, Factors: chat.Factors{RecoveryCodes: 2}},
			{Agent: gone, Role: chat.RoleAdmin}, {Agent: boss},
		}
		w.read(func(tx store.Tx) error {
			members, err := tx.ListMembers(w.app)
			ours := slices.DeleteFunc(members, func(m store.Member) bool { // other tests have admins of their own
				return !slices.Contains([]chat.AgentID{kim.ID, lou.ID, gone.ID, boss.ID, retired.ID, stranger.ID}, m.Agent.ID)
			})
			slices.SortFunc(all, func(a, b store.Member) int { return cmp.Compare(a.Agent.Email, b.Agent.Email) })
			want(w, "members", ours, all)
			return err
		})
	}},
}
