package storetest

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

var apps = []testCase{
	{"settings come back as stored", func(w *world) {
		seats := int64(7)
		settings := chat.AppSettings{
			AddressBlocks: []chat.AddressBlock{
				{ID: "b", Addresses: netip.MustParsePrefix("2001:db8::/64"), Note: "spam", By: chat.Colleague{ID: "kim"}, At: w.now, Until: w.now.Add(time.Hour)},
				{ID: "a", Addresses: netip.MustParsePrefix("203.0.113.7/32"), At: w.now},
			},
			Origins: []string{"https://a.example", "https://b.example"}, Hosts: []string{w.id() + ".example", w.id() + ".example"},
			Portal: w.now.UnixNano(), Seats: &seats, Doors: []chat.Door{chat.DoorJSM}, EmailLogin: chat.EmailLoginKnown, Color: "#0a7a55", Logo: "x.png", Look: chat.Look{Position: chat.LookStart, Side: new(0), Bottom: 48, Theme: chat.LookDark, Launcher: "Ask us", Greeting: "Good day", Intro: "Write to us."}, Metadata: chat.Metadata{"region": "north"}, Switches: []string{"echoPostback"}, RequireExp: true,
			MaxTokenAge: 15 * time.Minute, OneTimeCodes: true, LinkByEmail: true, TimeZone: "Europe/Berlin", Retention: 30 * 24 * time.Hour,
			MailAnswers: 5 * time.Minute, MailPrograms: true, MailWaiting: time.Hour,
			Factors: chat.FactorsOfAll, Prechat: []string{"name"}, Questions: []chat.Question{{Name: "about", Kind: chat.QuestionChoice, Label: "About?", Options: []string{"An order", "Else"}, Required: true}, {Name: "more", Kind: chat.QuestionLong, Label: "More"}},
			Hours: chat.BusinessHours{
				Week: [7][]chat.OpenInterval{{{From: 540, To: 720}, {From: 1320, To: 120}}, 4: {{From: 0, To: 1440}}},
				Holidays: []chat.Holiday{
					{Name: "Christmas", First: time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC), Last: time.Date(2026, 12, 26, 0, 0, 0, 0, time.UTC)},
					{Name: "Eve", First: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Last: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Hours: []chat.OpenInterval{{From: 540, To: 720}}},
				},
			},
		}
		w.read(func(tx store.Tx) error {
			app, err := tx.GetApp(w.app)
			want(w, "default settings", app.Settings, chat.DefaultAppSettings())
			return err
		})
		w.write(func(tx store.Tx) error { return tx.UpdateApp(chat.App{ID: w.app, Name: "new", Settings: settings}) })
		w.read(func(tx store.Tx) error {
			app, err := tx.GetApp(w.app)
			want(w, "name", app.Name, "new")
			want(w, "settings", app.Settings, settings)
			want(w, "created", app.CreatedAt, w.now)
			byIntegration, found, _ := tx.FindAppByIntegration(app.IntegrationID)
			want(w, "by integration", found && byIntegration.ID == w.app, true)
			byHost, found, _ := tx.FindAppByHost(settings.Hosts[1])
			want(w, "by host", found && byHost.ID == w.app, true)
			byPortal, found, _ := tx.FindAppByPortal(settings.Portal)
			want(w, "by portal", found && byPortal.ID == w.app, true)
			return err
		})
	}},
	{"all doors closed is not all doors open", func(w *world) {
		settings := chat.DefaultAppSettings()
		settings.Doors = []chat.Door{}
		w.write(func(tx store.Tx) error { return tx.UpdateApp(chat.App{ID: w.app, Settings: settings}) })
		w.read(func(tx store.Tx) error {
			app, err := tx.GetApp(w.app)
			want(w, "door open", app.Settings.DoorOpen(chat.DoorSDK), false)
			return err
		})
	}},
	{"a taken host or portal is refused", func(w *world) {
		host, portal := w.id()+".example", w.now.UnixNano()+1
		taken := chat.AppSettings{Hosts: []string{host}, Portal: portal}
		w.write(func(tx store.Tx) error { return tx.UpdateApp(chat.App{ID: w.app, Settings: taken}) })
		w.write(func(tx store.Tx) error { return tx.UpdateApp(chat.App{ID: w.app, Settings: taken}) })
		for name, settings := range map[string]chat.AppSettings{"host": {Hosts: []string{host}}, "portal": {Portal: portal}} {
			other := chat.App{ID: chat.AppID(w.id()), IntegrationID: chat.IntegrationID(w.id()), Settings: settings}
			err := w.try(func(tx store.Tx) error { return tx.InsertApp(&other) })
			w.Logf("%s: %v", name, err)
			w.wantKind(err, chat.Conflict)
		}
		w.write(func(tx store.Tx) error { return tx.UpdateApp(chat.App{ID: w.app}) })
		w.read(func(tx store.Tx) error {
			_, found, err := tx.FindAppByHost(host)
			want(w, "host is free again", found, false)
			return err
		})
	}},
	{"an unknown app is missing", func(w *world) {
		nobody := chat.AppID(w.id())
		for name, f := range map[string]func(store.Tx) error{
			"get":    func(tx store.Tx) error { _, err := tx.GetApp(nobody); return err },
			"update": func(tx store.Tx) error { return tx.UpdateApp(chat.App{ID: nobody}) },
			"delete": func(tx store.Tx) error { return tx.DeleteApp(nobody) },
			"number": func(tx store.Tx) error { _, _, err := tx.NextUserNumber(nobody, true); return err },
			"seat":   func(tx store.Tx) error { _, err := tx.TakeSeat(nobody); return err },
		} {
			w.Logf("%s", name)
			w.wantKind(w.try(f), chat.NotFound)
		}
	}},
	{"changes of an app that is locked follow one another", func(w *world) {
		for _, err := range atOnce(8, func(int) error {
			return w.try(func(tx store.Tx) error {
				app, err := tx.LockApp(w.app)
				if err != nil {
					return err
				}
				app.Settings.Color += "x"
				return tx.UpdateApp(app)
			})
		}) {
			w.Error(err)
		}
		w.read(func(tx store.Tx) error {
			app, err := tx.GetApp(w.app)
			want(w, "color", app.Settings.Color, "xxxxxxxx")
			return err
		})
		w.wantKind(w.try(func(tx store.Tx) error { _, err := tx.LockApp(chat.AppID(w.id())); return err }), chat.NotFound)
	}},
	{"user numbers are unique and without gaps", func(w *world) {
		taken := make([]int64, 40)
		errs := atOnce(len(taken), func(i int) error {
			return w.try(func(tx store.Tx) error {
				number, _, err := tx.NextUserNumber(w.app, false)
				taken[i] = number
				return err
			})
		})
		slices.Sort(taken)
		want(w, "errors", len(errs), 0)
		for i, number := range taken {
			want(w, "number", number, int64(i+1))
		}
	}},
	{"fifty race for the last seat", func(w *world) {
		seats := int64(1)
		w.write(func(tx store.Tx) error {
			return tx.UpdateApp(chat.App{ID: w.app, Settings: chat.AppSettings{Seats: &seats}})
		})
		var admitted atomic.Int64
		errs := atOnce(50, func(i int) error {
			var ok bool
			err := w.try(func(tx store.Tx) (err error) {
				if i%2 == 0 {
					ok, err = tx.TakeSeat(w.app)
				} else {
					_, ok, err = tx.NextUserNumber(w.app, true)
				}
				return err
			})
			if ok {
				admitted.Add(1)
			}
			return err
		})
		want(w, "errors", len(errs), 0)
		want(w, "admitted", admitted.Load(), 1)
		w.write(func(tx store.Tx) error { return tx.FreeSeat(w.app) })
		w.write(func(tx store.Tx) error { return tx.FreeSeat(w.app) })
		w.read(func(tx store.Tx) error {
			app, err := tx.GetApp(w.app)
			want(w, "seats in use after freeing", app.SeatsUsed, 0)
			return err
		})
	}},
	{"lowering the limit keeps all and admits none", func(w *world) {
		for range 3 {
			w.write(func(tx store.Tx) error { _, err := tx.TakeSeat(w.app); return err })
		}
		seats := int64(2)
		w.write(func(tx store.Tx) error {
			return tx.UpdateApp(chat.App{ID: w.app, Settings: chat.AppSettings{Seats: &seats}})
		})
		w.write(func(tx store.Tx) error {
			number, ok, err := tx.NextUserNumber(w.app, true)
			want(w, "with a seat", fmt.Sprint(number, ok), "0 false")
			number, ok, _ = tx.NextUserNumber(w.app, false)
			want(w, "without a seat", fmt.Sprint(number, ok), "1 true")
			return err
		})
	}},
}

// appOrder wants a store without apps.
func appOrder(t *testing.T, s store.Store) {
	ctx := context.Background()
	write := func(f func(store.Tx) error) {
		t.Helper()
		if err := s.Write(ctx, f); err != nil {
			t.Fatal(err)
		}
	}
	write(func(tx store.Tx) error {
		if _, found, err := tx.FindDefaultApp(); found || err != nil {
			t.Errorf("a default app in an empty store: %v %v", found, err)
		}
		return nil
	})
	made := make([]chat.App, 3)
	for i := range made {
		made[i] = chat.App{ID: chat.AppID(fmt.Sprint(9 - i)), IntegrationID: chat.IntegrationID(fmt.Sprint(i))}
		write(func(tx store.Tx) error { return tx.InsertApp(&made[i]) })
	}
	write(func(tx store.Tx) error {
		first, _, err := tx.FindDefaultApp()
		if err != nil || first.ID != "9" {
			t.Errorf("default app is %s: %v", first.ID, err)
		}
		page, err := tx.ListApps(store.Span{After: "9", Limit: 1})
		if err != nil || len(page) != 1 || page[0].ID != "8" || page[0].Ordinal != made[1].Ordinal {
			t.Errorf("page after the first app: %+v %v", page, err)
		}
		page, err = tx.ListApps(store.Span{Before: "7", Limit: 1})
		if err != nil || len(page) != 1 || page[0].ID != "8" {
			t.Errorf("page before the last app: %+v %v", page, err)
		}
		if _, err := tx.ListApps(store.Span{After: "6", Limit: 1}); chat.KindOf(err) != chat.Invalid {
			t.Errorf("page after no app: %v", err)
		}
		return err
	})
	write(func(tx store.Tx) error { return tx.DeleteApp("9") })
	write(func(tx store.Tx) error {
		first, _, err := tx.FindDefaultApp()
		if first.ID != "8" {
			t.Errorf("default app after deletion is %s", first.ID)
		}
		return err
	})
}
