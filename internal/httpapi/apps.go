package httpapi

import (
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

func (c *call) createApp() (answer, error) {
	body, extra, err := c.appInput()
	if err != nil {
		return answer{}, err
	}
	app, err := c.api.Admin.CreateApp(c.Context(), c.principal, admin.AppInput{Name: body.DisplayName.Value, Extra: extra})
	if err != nil {
		return answer{}, renamed(err)
	}
	return created(wire.OneApp{App: wire.AppOf(app)})
}

// listApps lists all apps in order of creation, for account keys.
func (c *call) listApps() (answer, error) {
	page, err := list(c, func(span store.Span) (store.Page[chat.App], error) {
		return c.api.Admin.ListApps(c.Context(), c.principal, span)
	}, wire.AppOf)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Apps{Apps: page.records, Meta: page.meta, Links: page.links})
}

func (c *call) getApp() (answer, error) {
	app, err := c.api.Admin.GetApp(c.Context(), c.principal, c.app.ID)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneApp{App: wire.AppOf(app)})
}

func (c *call) updateApp() (answer, error) {
	body, extra, err := c.appInput()
	if err != nil {
		return answer{}, err
	}
	changes := admin.AppChanges{Extra: extra}
	if name := body.DisplayName.Pointer(); name != nil {
		changes.Settings = map[string]string{"name": *name}
	}
	app, err := c.api.Admin.SetApp(c.Context(), c.principal, c.app.ID, changes)
	if err != nil {
		return answer{}, renamed(err)
	}
	return ok(wire.OneApp{App: wire.AppOf(app)})
}

func (c *call) deleteApp() (answer, error) {
	if err := c.api.Admin.DeleteApp(c.Context(), c.principal, c.app.ID); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

// tokenInfo tells which app the credentials are good for.
func (c *call) tokenInfo() (answer, error) {
	if c.principal.Key.App == "" {
		return answer{}, chat.Refuse("forbidden", "An account key is good for every app: see /v2/apps.")
	}
	app, err := c.api.Admin.GetApp(c.Context(), c.principal, c.principal.Key.App)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneApp{App: wire.AppOf(app)})
}

func (c *call) appInput() (wire.AppInput, admin.AppExtra, error) {
	var body wire.AppInput
	if err := c.decode(&body); err != nil {
		return body, admin.AppExtra{}, err
	}
	extra, err := appExtra(body)
	return body, extra, err
}

func appExtra(body wire.AppInput) (admin.AppExtra, error) {
	extra := admin.AppExtra{Metadata: body.Metadata, Switches: body.Settings.Switches()}
	if seconds := body.Settings.ConversationRetentionSeconds; seconds != nil {
		kept := time.Duration(*seconds) * time.Second
		if *seconds != int64(kept/time.Second) {
			kept = -1 // out of range either way
		}
		extra.Retention = &kept
	}
	return extra, nil
}

// renamed names the member as REST callers know it.
func renamed(err error) error {
	if e, ok := chat.AsError(err); ok && e.Field == "name" {
		shown := *e
		shown.Field, shown.Message = "displayName", "displayName: "+e.Message[len("name: "):]
		return &shown
	}
	return err
}
