package storetest

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

func (w *world) integration(kind string) chat.Integration {
	w.Helper()
	i := chat.Integration{App: w.app, ID: chat.IntegrationID(w.id()), Type: kind, Name: "n", Settings: map[string]any{"businessName": "Shop"}, CreatedAt: w.now}
	w.write(func(tx store.Tx) error { return tx.InsertIntegration(i) })
	return i
}

var integrations = []testCase{
	{"an app comes with its web integration, and others come back as stored", func(w *world) {
		born := w.now
		w.now = w.now.Add(time.Second)
		made := w.integration(chat.IntegrationCustom)
		made.Name, made.Settings = "renamed", nil
		w.write(func(tx store.Tx) error { return tx.UpdateIntegration(made) })
		w.read(func(tx store.Tx) error {
			app, _ := tx.GetApp(w.app)
			all, err := tx.ListIntegrations(store.IntegrationPage{App: w.app, Span: store.Span{Limit: 10}})
			want(w, "integrations", all, []chat.Integration{{App: w.app, ID: app.IntegrationID, Type: chat.IntegrationWeb, CreatedAt: born}, made})
			count, _ := tx.CountIntegrations(w.app)
			want(w, "count", count, 2)
			web, _ := tx.ListIntegrations(store.IntegrationPage{App: w.app, Types: []string{"custom", "line"}, Span: store.Span{Limit: 10}})
			want(w, "of two types", web, []chat.Integration{made})
			return err
		})
	}},
	{"every web integration leads to the app, others do not", func(w *world) {
		web, custom := w.integration(chat.IntegrationWeb), w.integration(chat.IntegrationCustom)
		w.read(func(tx store.Tx) error {
			app, found, err := tx.FindAppByIntegration(web.ID)
			want(w, "app of web integration", [2]any{app.ID, found}, [2]any{w.app, true})
			_, found, _ = tx.FindAppByIntegration(custom.ID)
			want(w, "app of custom integration found", found, false)
			return err
		})
	}},
	{"pages follow one another", func(w *world) {
		for range 4 {
			w.integration("line")
		}
		other := newWorld(w.T, w.store, w.heard)
		list := func(types ...string) func(store.Tx, store.Span) ([]string, error) {
			return func(tx store.Tx, span store.Span) ([]string, error) {
				part, err := tx.ListIntegrations(store.IntegrationPage{App: w.app, Types: types, Span: span})
				return each(part, func(i chat.Integration) string { return string(i.ID) }), err
			}
		}
		w.walk(5, list(), string(other.integration("line").ID))
		custom := w.integration(chat.IntegrationCustom)
		w.walk(4, list("line", "telegram"), string(custom.ID))
		w.write(func(tx store.Tx) error { return tx.DeleteIntegration(w.app, custom.ID) })
		w.noPlace(string(custom.ID), func(tx store.Tx, span store.Span) error {
			_, err := list()(tx, span)
			return err
		})
	}},
	{"keys and webhooks go with their integration", func(w *world) {
		made := w.integration(chat.IntegrationCustom)
		hook := w.webhookOf(made.ID, chat.TriggerEverything)
		key := chat.Key{ID: chat.KeyID("int_" + w.id()), App: w.app, Integration: made.ID, Uses: []chat.Use{chat.UseAPI}, CreatedAt: w.now}
		w.write(func(tx store.Tx) error { return tx.InsertKey(key) })
		w.happen(chat.TriggerTyping)
		w.read(func(tx store.Tx) error {
			own, _ := tx.ListIntegrationKeys(w.app, made.ID)
			want(w, "keys of the integration", each(own, func(k chat.Key) chat.KeyID { return k.ID }), []chat.KeyID{key.ID})
			ofApp, err := tx.ListKeys(w.app)
			want(w, "keys of the app", len(ofApp), 0)
			return err
		})
		w.write(func(tx store.Tx) error { return tx.DeleteIntegration(w.app, made.ID) })
		w.read(func(tx store.Tx) error {
			_, err := tx.GetKey(key.ID)
			w.wantKind(err, chat.NotFound)
			_, err = tx.GetWebhook(w.app, hook.ID)
			w.wantKind(err, chat.NotFound)
			told, err := tx.IsTold(w.app, chat.TriggerTyping)
			want(w, "told", told, false)
			return err
		})
		w.wantKind(w.try(func(tx store.Tx) error { return tx.DeleteIntegration(w.app, made.ID) }), chat.NotFound)
	}},
}
