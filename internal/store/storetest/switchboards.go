package storetest

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// board is a switchboard that is enabled.
func (w *world) board() chat.Switchboard {
	w.Helper()
	b := chat.Switchboard{App: w.app, ID: chat.SwitchboardID(w.id()), Enabled: true, CreatedAt: w.now}
	w.write(func(tx store.Tx) error { return tx.InsertSwitchboard(b) })
	return b
}

// member puts a custom integration on the switchboard.
func (w *world) member(b chat.Switchboard, name string, deliver bool) chat.SwitchboardIntegration {
	w.Helper()
	w.now = w.now.Add(time.Second)
	m := chat.SwitchboardIntegration{App: w.app, Switchboard: b.ID, ID: chat.SwitchboardIntegrationID(w.id()), Name: name,
		Integration: w.integration(chat.IntegrationCustom).ID, Type: chat.IntegrationCustom, DeliverStandby: deliver, CreatedAt: w.now}
	w.write(func(tx store.Tx) error { return tx.InsertSwitchboardIntegration(m) })
	return m
}

// control gives control of a conversation.
func (w *world) control(c chat.ConversationID, active, pending chat.SwitchboardIntegrationID) {
	w.Helper()
	w.write(func(tx store.Tx) error {
		return tx.SetControl(w.app, c, chat.Control{Active: active, Pending: pending})
	})
}

func (w *world) controlled(id chat.ConversationID) (c chat.Conversation) {
	w.Helper()
	w.read(func(tx store.Tx) (err error) { c, err = tx.GetConversation(w.app, id); return err })
	return c
}

var switchboards = []testCase{
	{"a switchboard and what stands on it come back as stored", func(w *world) {
		b := w.board()
		bot, human := w.member(b, "bot", true), w.member(b, "human", false)
		b.Enabled, b.Default = false, human.ID
		bot.Name, bot.Integration, bot.DeliverStandby, bot.Next, bot.MessageHistory = "robot", human.Integration, false, human.ID, 7
		w.write(func(tx store.Tx) error {
			if err := tx.UpdateSwitchboard(b); err != nil {
				return err
			}
			return tx.UpdateSwitchboardIntegration(bot)
		})
		w.write(func(tx store.Tx) error {
			got, found, err := tx.FindSwitchboard(w.app)
			want(w, "switchboard", got, b)
			want(w, "found", found, true)
			held, _, _ := tx.HoldSwitchboard(w.app)
			want(w, "held", held, b)
			locked, _ := tx.LockSwitchboard(w.app, b.ID)
			want(w, "locked", locked, b)
			all, _ := tx.ListSwitchboardIntegrations(w.app)
			want(w, "switchboard integrations", all, []chat.SwitchboardIntegration{bot, human})
			_, found, _ = tx.FindSwitchboard("other")
			want(w, "found for another app", found, false)
			return err
		})
	}},
	{"an app has one switchboard, and a name stands on it once", func(w *world) {
		b := w.board()
		bot := w.member(b, "bot", true)
		second := b
		second.ID = chat.SwitchboardID(w.id())
		w.wantKind(w.try(func(tx store.Tx) error { return tx.InsertSwitchboard(second) }), chat.Conflict)
		twin := bot
		twin.ID = chat.SwitchboardIntegrationID(w.id())
		w.wantKind(w.try(func(tx store.Tx) error { return tx.InsertSwitchboardIntegration(twin) }), chat.Conflict)
		human := w.member(b, "human", true)
		human.Name = "bot"
		w.wantKind(w.try(func(tx store.Tx) error { return tx.UpdateSwitchboardIntegration(human) }), chat.Conflict)
	}},
	{"things of another app are missing", func(w *world) {
		b := w.board()
		bot := w.member(b, "bot", true)
		c := w.conversation(chat.SDKGroup)
		other := newWorld(w.T, w.store, w.heard)
		theirs, stranger := b, bot
		theirs.App, stranger.App = other.app, other.app
		stranger.ID = chat.SwitchboardIntegrationID(w.id())
		for name, f := range map[string]func(store.Tx) error{
			"lock":          func(tx store.Tx) error { _, err := tx.LockSwitchboard(other.app, b.ID); return err },
			"update":        func(tx store.Tx) error { return tx.UpdateSwitchboard(theirs) },
			"delete":        func(tx store.Tx) error { return tx.DeleteSwitchboard(other.app, b.ID) },
			"insert member": func(tx store.Tx) error { return tx.InsertSwitchboardIntegration(stranger) },
			"update member": func(tx store.Tx) error {
				m := bot
				m.App = other.app
				return tx.UpdateSwitchboardIntegration(m)
			},
			"delete member": func(tx store.Tx) error { return tx.DeleteSwitchboardIntegration(other.app, bot.ID) },
			"control":       func(tx store.Tx) error { return tx.SetControl(other.app, c.ID, chat.Control{Active: bot.ID}) },
			"of somebody who is not there": func(tx store.Tx) error {
				return tx.SetControl(w.app, c.ID, chat.Control{Active: chat.SwitchboardIntegrationID(w.id())})
			},
		} {
			w.Logf("%s", name)
			w.wantKind(w.try(f), chat.NotFound)
		}
	}},
	{"conversations know who is in control of them", func(w *world) {
		b := w.board()
		bot, human := w.member(b, "bot", true), w.member(b, "human", true)
		user := w.user("")
		c := chat.Conversation{App: w.app, ID: chat.ConversationID(w.id()), Type: chat.SDKGroup, CreatedAt: w.now,
			Control: chat.Control{Active: bot.ID, Pending: human.ID}, Active: &bot, Pending: &human}
		w.write(func(tx store.Tx) error {
			if err := tx.InsertConversation(c); err != nil {
				return err
			}
			return tx.InsertParticipant(w.participation(c.ID, user.ID))
		})
		want(w, "new conversation", w.controlled(c.ID), c)
		w.control(c.ID, human.ID, "")
		c.Control, c.Active, c.Pending = chat.Control{Active: human.ID}, &human, nil
		w.write(func(tx store.Tx) error {
			locked, err := tx.LockConversation(w.app, c.ID)
			want(w, "locked conversation", locked, c)
			page, _ := tx.ListConversations(store.ConversationPage{App: w.app, User: user.ID, Span: store.Span{Limit: 9}})
			want(w, "list", page, []chat.Conversation{c})
			place, _ := tx.TakeNumber(w.app, c.ID, w.now)
			want(w, "control of a place", place.Control, chat.Control{Active: human.ID})
			want(w, "unattended", place.Unattended, false)
			return err
		})
		w.control(c.ID, "", "")
		want(w, "control that was released", w.controlled(c.ID).Control, chat.Control{})
	}},
	{"a message tells that nobody is in control, where somebody should be", func(w *world) {
		c := w.conversation(chat.SDKGroup)
		unattended := func() (is bool) {
			w.write(func(tx store.Tx) error {
				place, err := tx.TakeNumber(w.app, c.ID, w.now)
				is = place.Unattended
				return err
			})
			return is
		}
		want(w, "without a switchboard", unattended(), false)
		b := w.board()
		want(w, "with one", unattended(), true)
		b.Enabled = false
		w.write(func(tx store.Tx) error { return tx.UpdateSwitchboard(b) })
		want(w, "with one that is not enabled", unattended(), false)
	}},
	{"who is gone is in control of nothing", func(w *world) {
		b := w.board()
		bot, human := w.member(b, "bot", true), w.member(b, "human", true)
		c := w.conversation(chat.SDKGroup)
		w.control(c.ID, bot.ID, human.ID)
		w.write(func(tx store.Tx) error { return tx.DeleteSwitchboardIntegration(w.app, bot.ID) })
		want(w, "control without the bot", w.controlled(c.ID).Control, chat.Control{Pending: human.ID})
		w.write(func(tx store.Tx) error { return tx.DeleteSwitchboard(w.app, b.ID) })
		want(w, "control without a switchboard", w.controlled(c.ID).Control, chat.Control{})
		w.read(func(tx store.Tx) error {
			all, err := tx.ListSwitchboardIntegrations(w.app)
			want(w, "left on the switchboard", len(all), 0)
			return err
		})
		want(w, "change", w.controlled(c.ID).Change, 0)
	}},
	{"nobody is given control while they are removed", func(w *world) {
		b := w.board()
		c := w.conversation(chat.SDKGroup)
		for range 5 {
			bot := w.member(b, "bot", true)
			errs := atOnce(2, func(i int) error {
				return w.try(func(tx store.Tx) error {
					if i == 0 {
						if _, err := tx.LockSwitchboard(w.app, b.ID); err != nil {
							return err
						}
						return tx.DeleteSwitchboardIntegration(w.app, bot.ID)
					}
					if _, _, err := tx.HoldSwitchboard(w.app); err != nil {
						return err
					}
					members, err := tx.ListSwitchboardIntegrations(w.app)
					if err != nil || len(members) == 0 {
						return err
					}
					return tx.SetControl(w.app, c.ID, chat.Control{Active: members[0].ID})
				})
			})
			want(w, "errors", len(errs), 0)
			want(w, "control", w.controlled(c.ID).Control, chat.Control{})
		}
	}},
	{"an event comes back with how control stood, also if it was with nobody", func(w *world) {
		hook := w.webhook(chat.TriggerEverything)
		stood := []*chat.Control{{Active: "a", Pending: "p"}, {}, nil}
		w.write(func(tx store.Tx) error {
			for _, control := range stood {
				tx.Emit(chat.Event{App: w.app, At: w.now, Trigger: chat.TriggerReleaseControl, Control: control})
			}
			return nil
		})
		w.read(func(tx store.Tx) error {
			waiting, err := tx.ListDeliveries(hook.ID, 10)
			want(w, "control", each(waiting, func(d chat.Delivery) *chat.Control { return d.Event.Control }), stood)
			return err
		})
	}},
	{"who wants no standby events hears while it is in control, or was offered it", func(w *world) {
		b := w.board()
		quiet, eager := w.member(b, "quiet", false), w.member(b, "eager", true)
		hooks := map[string]chat.WebhookID{"quiet": w.webhookOf(quiet.Integration, chat.TriggerEverything).ID,
			"eager": w.webhookOf(eager.Integration, chat.TriggerEverything).ID, "elsewhere": w.webhook(chat.TriggerEverything).ID}
		c := w.conversation(chat.SDKGroup)
		happen := func(trigger chat.Trigger) map[string]int {
			w.write(func(tx store.Tx) error {
				tx.Emit(chat.Event{App: w.app, At: w.now, Trigger: trigger, Conversation: c.ID})
				return nil
			})
			told := map[string]int{}
			for name, hook := range hooks {
				w.read(func(tx store.Tx) error {
					all, err := tx.ListDeliveries(hook, 100)
					told[name] = len(all)
					return err
				})
				w.bury(hook, 100, w.now)
			}
			return told
		}
		all, others := map[string]int{"quiet": 1, "eager": 1, "elsewhere": 1}, map[string]int{"quiet": 0, "eager": 1, "elsewhere": 1}
		want(w, "nobody in control", happen(chat.TriggerMessage), others)
		w.control(c.ID, eager.ID, "")
		for _, trigger := range []chat.Trigger{chat.TriggerMessage, chat.TriggerPostback, chat.TriggerRead, chat.TriggerTyping} {
			want(w, "on standby: "+string(trigger), happen(trigger), others)
		}
		for _, trigger := range []chat.Trigger{chat.TriggerPassControl, chat.TriggerJoin, chat.TriggerConversationRemove} {
			want(w, "on standby: "+string(trigger), happen(trigger), all)
		}
		w.control(c.ID, eager.ID, quiet.ID)
		want(w, "offered", happen(chat.TriggerMessage), all)
		w.control(c.ID, quiet.ID, "")
		want(w, "in control", happen(chat.TriggerMessage), all)
		w.control(c.ID, eager.ID, "")
		second := quiet
		second.ID, second.Name = chat.SwitchboardIntegrationID(w.id()), "second"
		second.DeliverStandby = true
		w.write(func(tx store.Tx) error { return tx.InsertSwitchboardIntegration(second) })
		want(w, "on standby in one place, told by another", happen(chat.TriggerMessage), all)
		w.write(func(tx store.Tx) error { return tx.DeleteSwitchboardIntegration(w.app, second.ID) })
		b.Enabled = false
		w.write(func(tx store.Tx) error { return tx.UpdateSwitchboard(b) })
		want(w, "the switchboard not enabled", happen(chat.TriggerMessage), all)
	}},
}
