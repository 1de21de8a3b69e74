package store

import "github.com/parlorchat/parlor/internal/chat"

// Apps remembers tenants.
type Apps interface {
	// InsertApp stores a new app with its web integration and sets its Ordinal. Conflict if a host or the portal is taken by another app.
	InsertApp(app *chat.App) error
	// UpdateApp stores name and settings. NotFound; Conflict as InsertApp.
	UpdateApp(app chat.App) error
	// GetApp returns the app, or NotFound.
	GetApp(id chat.AppID) (chat.App, error)
	// LockApp is GetApp that has all others who lock or change the app wait until the transaction ends. Whoever appends events as well has locked it before.
	LockApp(id chat.AppID) (chat.App, error)
	// FindAppBy… return the app with the web integration, the host name or the portal number, if there is one.
	FindAppByIntegration(id chat.IntegrationID) (chat.App, bool, error)
	FindAppByHost(host string) (chat.App, bool, error)
	FindAppByPortal(portal int64) (chat.App, bool, error)
	// FindDefaultApp returns the first app made, if there is any.
	FindDefaultApp() (chat.App, bool, error)
	// ListApps returns the span of all apps, in order of creation. Invalid (Span.NoPlace).
	ListApps(span Span) ([]chat.App, error)
	// SetLogo stores the app's logo, or removes it if it has no bytes. NotFound.
	SetLogo(id chat.AppID, logo chat.Logo) error
	// FindLogo returns the app's logo, if it has one.
	FindLogo(id chat.AppID) (chat.Logo, bool, error)
	// DeleteApp removes the app and all that belongs to it. NotFound.
	DeleteApp(id chat.AppID) error

	// NextUserNumber takes the app's next user number under the app's lock. With seat it also takes a seat, and tells
	// with false (and takes nothing) that there is none left. NotFound.
	NextUserNumber(id chat.AppID, seat bool) (number int64, ok bool, err error)
	// TakeSeat takes a seat under the app's lock, or tells that there is none left.
	TakeSeat(id chat.AppID) (bool, error)
	// FreeSeat gives a seat back.
	FreeSeat(id chat.AppID) error
}
