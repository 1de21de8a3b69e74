package admin

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// maxAppName is the most characters of an app's name.
const maxAppName = 100

// maxPage is the most apps of one page.
const maxPage = 100

// maxRetention is the longest time that messages may be kept for, short of for ever.
const maxRetention = 36500 * 24 * time.Hour

// AppInput is what a new app is made of; the rest are the default settings.
type AppInput struct {
	Name  string // 1 to 100 printable characters
	Extra AppExtra
}

// AppExtra are settings that REST callers give as values and not as text. Nil leaves a setting as it is.
type AppExtra struct {
	Metadata  map[string]any // entries to set; an entry that is nil is removed
	Retention *time.Duration // how long messages are kept; 0 is for ever
	Switches  map[string]bool
}

// CreateApp makes an app with its web integration. Invalid, with Field, if the name cannot be one.
func (s *Service) CreateApp(ctx context.Context, p chat.Principal, in AppInput) (chat.App, error) {
	if err := mayManage(p); err != nil {
		return chat.App{}, err
	}
	if problem := checkName(in.Name); problem != "" {
		return chat.App{}, chat.InvalidField("name", "%s", problem)
	}
	now := s.now()
	made := chat.App{ID: chat.AppID(chat.NewID(now)), IntegrationID: chat.IntegrationID(chat.NewID(now)), Name: in.Name,
		Settings: chat.DefaultAppSettings(), CreatedAt: now}
	if err := in.Extra.apply(&made.Settings); err != nil {
		return chat.App{}, err
	}
	app := made
	err := s.write(ctx, chat.Event{Kind: chat.EventAppChanged, App: app.ID, At: now},
		store.Audit{App: app.ID, At: now, Actor: p.Name, Action: "app.create", Target: string(app.ID), Detail: map[string]string{"name": in.Name}},
		func(tx store.Tx) error {
			app = made
			return tx.InsertApp(&app)
		})
	if err != nil {
		return chat.App{}, err
	}
	return app, nil
}

func checkName(name string) string {
	switch {
	case strings.TrimSpace(name) != name || name == "":
		return "must not be empty and must not begin or end with a space"
	case utf8.RuneCountInString(name) > maxAppName || !utf8.ValidString(name):
		return "must have at most 100 characters"
	case strings.ContainsFunc(name, func(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }):
		return "must hold printable characters only"
	}
	return ""
}

// GetApp returns the app; a key of the app, and whoever may set it up, may ask for their own. NotFound.
func (s *Service) GetApp(ctx context.Context, p chat.Principal, id chat.AppID) (app chat.App, err error) {
	if maySetUp(p, id) != nil && (p.Key == nil || p.Key.App != id) {
		return app, chat.Missing("app")
	}
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		app, err = tx.GetApp(id)
		return err
	})
	return app, err
}

// ListApps returns a page of all apps in order of creation, never more than 100. Invalid (store.Span).
func (s *Service) ListApps(ctx context.Context, p chat.Principal, span store.Span) (apps store.Page[chat.App], err error) {
	if err := mayManage(p); err != nil {
		return store.Page[chat.App]{}, err
	}
	span.Limit = min(span.Limit, maxPage)
	err = s.store.Read(ctx, func(tx store.Tx) (err error) {
		apps, err = store.ReadPage(span, func(a chat.App) string { return string(a.ID) }, tx.ListApps)
		return err
	})
	return apps, err
}

// AppChanges are settings of an app to change.
type AppChanges struct {
	Settings map[string]string // by name; an empty value resets
	Logo     *[]byte           // a picture that stands for the app; nil leaves it, no bytes take it away
	Extra    AppExtra
}

// SetApp changes settings of an app, all of them or none, and returns the app as it is then. Invalid, with Field, for a
// name that is not known or a value that cannot be; Conflict if a host or the portal belongs to another app; NotFound.
func (s *Service) SetApp(ctx context.Context, p chat.Principal, id chat.AppID, changes AppChanges) (app chat.App, err error) {
	if err := maySetUp(p, id); err != nil {
		return chat.App{}, err
	}
	detail := maps.Clone(changes.Settings)
	var picture logo
	if changes.Logo != nil {
		if picture, err = s.makeLogo(ctx, *changes.Logo); err != nil {
			return chat.App{}, err
		}
		if detail == nil {
			detail = map[string]string{}
		}
		detail["logo"] = picture.name
	}
	now := s.now()
	entry := store.Audit{App: id, At: now, Actor: p.Name, Action: "app.set", Target: string(id), Detail: detail}
	return s.changeApp(ctx, entry, func(tx store.Tx, app *chat.App) error {
		if err := applySettings(app, changes.Settings); err != nil {
			return err
		}
		if err := changes.Extra.apply(&app.Settings); err != nil {
			return err
		}
		if changes.Logo == nil {
			return nil
		}
		app.Settings.Logo = picture.name
		return tx.SetLogo(id, picture.Logo)
	})
}

// apply checks the values and sets them.
func (in AppExtra) apply(s *chat.AppSettings) error {
	if len(in.Metadata) > 0 {
		s.Metadata = s.Metadata.Merged(in.Metadata)
	}
	if problem := s.Metadata.Check(); problem != "" {
		return chat.InvalidField("metadata", "%s", problem)
	}
	if in.Retention != nil {
		if *in.Retention < 0 || *in.Retention > maxRetention {
			return chat.InvalidField("settings.conversationRetentionSeconds", "must be from 0, which is for ever, to %d", int64(maxRetention.Seconds()))
		}
		s.Retention = *in.Retention
	}
	for _, name := range chat.AppSwitches() {
		on, given := in.Switches[name]
		if !given {
			continue
		}
		s.Switches = slices.DeleteFunc(slices.Clone(s.Switches), func(one string) bool { return one == name })
		if on {
			s.Switches = append(s.Switches, name)
		}
	}
	return nil
}

// DeleteApp removes an app with all that belongs to it. Sessions minted with its keys are told to have ended; of the
// others, listeners learn by the event of the app, which is then not found. The audit entry is the server's. NotFound.
func (s *Service) DeleteApp(ctx context.Context, p chat.Principal, id chat.AppID) error {
	if err := mayManage(p); err != nil {
		return err
	}
	now := s.now()
	return s.store.Write(ctx, func(tx store.Tx) error {
		app, err := tx.GetApp(id)
		if err != nil {
			return err
		}
		keys, err := tx.ListKeys(id)
		if err != nil {
			return err
		}
		if err := tx.DeleteApp(id); err != nil {
			return err
		}
		// After the deletion, which empties the app's own log.
		events := []chat.Event{{Kind: chat.EventAppChanged, App: id, At: now}}
		for _, key := range keys {
			events = append(events, chat.Event{Kind: chat.EventKeyChanged, App: id, Key: key.ID, At: now}, sessionsEnded(key, now))
		}
		for i := range events {
			if err := tx.AppendEvent(&events[i]); err != nil {
				return err
			}
		}
		return tx.AppendAudit(store.Audit{At: now, Actor: p.Name, Action: "app.delete", Target: string(id), Detail: map[string]string{"name": app.Name}})
	})
}
