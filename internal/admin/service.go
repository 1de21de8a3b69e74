// Package admin is the work on what is set up: apps with their settings, keys with their secrets, integrations with
// their webhooks, switchboards, and accounts of the console. Each method is one transaction, is done for a principal that may manage apps, or set up the one that it is about,
// and leaves an entry in the audit log and, where others must hear of it, events.
//
// Secrets leave the package once, from the method that makes them; what it returns of a key later holds none.
// Verifying tokens with them is the work of package auth.
package admin

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/picture"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// Store is what admin keeps its nouns in; store.Store fits.
type Store interface {
	Read(ctx context.Context, f func(store.Tx) error) error
	Write(ctx context.Context, f func(store.Tx) error) error
}

// Options are what a Service needs. All are required, but that who makes no webhooks needs no CheckTarget.
type Options struct {
	Store  Store
	Master *seal.Master // seals the secrets of keys and webhooks
	Now    func() time.Time
	// CheckTarget says what is wrong with the address of a webhook; its error is for whoever gave it.
	CheckTarget func(url string) error
}

// Service does the work. It is safe for concurrent use.
type Service struct {
	store  Store
	master *seal.Master
	now    func() time.Time

	pictures    *picture.Workshop
	checkTarget func(url string) error
}

// New returns a Service.
func New(o Options) *Service {
	return &Service{store: o.Store, master: o.Master, now: o.Now, pictures: picture.NewWorkshop(), checkTarget: o.CheckTarget}
}

// mayManage is the first question of every method.
func mayManage(p chat.Principal) error {
	if !p.May(chat.ManageApps) {
		return chat.Refuse("forbidden", "Only an account key or the operator may manage apps and keys.")
	}
	return nil
}

// maySetUp is the first question of what is about one app; for an app that is not named it is mayManage.
func maySetUp(p chat.Principal, app chat.AppID) error {
	if app != "" && p.App == app && p.May(chat.SetUpApp) {
		return nil
	}
	return mayManage(p)
}

// write runs do as one transaction that tells of the event and leaves the audit entry. The event is appended first:
// the log gives out its positions under a lock that is held to the end, so that works on apps and keys follow one
// another, and what do reads is not changed by another before it writes. Limits of keys hold for that reason.
func (s *Service) write(ctx context.Context, event chat.Event, entry store.Audit, do func(store.Tx) error) error {
	return s.store.Write(ctx, func(tx store.Tx) error {
		appended := event
		if err := tx.AppendEvent(&appended); err != nil {
			return err
		}
		if err := do(tx); err != nil {
			return err
		}
		return tx.AppendAudit(entry)
	})
}

// changeApp is write of what changes the app that the entry is about, and returns the app as it is then. NotFound. It locks the app before the log of events, as whoever
// makes or removes a user does: the app counts them.
func (s *Service) changeApp(ctx context.Context, entry store.Audit, change func(store.Tx, *chat.App) error) (app chat.App, err error) {
	err = s.store.Write(ctx, func(tx store.Tx) (err error) {
		if app, err = tx.LockApp(entry.App); err != nil {
			return err
		}
		if err := change(tx, &app); err != nil {
			return err
		}
		if err := tx.UpdateApp(app); err != nil {
			return err
		}
		event := appChanged(entry.App, entry.At)
		if err := tx.AppendEvent(&event); err != nil {
			return err
		}
		return tx.AppendAudit(entry)
	})
	if err != nil {
		return chat.App{}, err
	}
	return app, nil
}
