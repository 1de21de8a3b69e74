package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/server"
	"github.com/parlorchat/parlor/internal/store"
)

type appCommands struct {
	Create appCreate `cmd:"" help:"Make an app."`
	List   appList   `cmd:"" help:"List the apps."`
	Set    appSet    `cmd:"" help:"Change settings of an app: name=value ... An empty value resets."`
}

type appCreate struct {
	config.Store `embed:""`
	Name         string `required:"" help:"Name of the app."`
	JSON         bool   `name:"json" help:"Print JSON."`
}

func (a *appCreate) Run(ctx context.Context, o *output) error {
	return data(ctx, a.Store, o, func(_ server.Data, service *admin.Service) error {
		app, err := service.CreateApp(ctx, operator, admin.AppInput{Name: a.Name})
		if err != nil {
			return err
		}
		if a.JSON {
			return o.json(map[string]string{"id": string(app.ID), "integrationId": string(app.IntegrationID)})
		}
		o.line("app          %s\nintegration  %s", app.ID, app.IntegrationID)
		return nil
	})
}

type appList struct {
	config.Store `embed:""`
	JSON         bool `name:"json" help:"Print JSON."`
}

func (a *appList) Run(ctx context.Context, o *output) error {
	return data(ctx, a.Store, o, func(_ server.Data, service *admin.Service) error {
		apps, err := allApps(ctx, service)
		if err != nil {
			return err
		}
		if a.JSON {
			all := make([]map[string]any, 0, len(apps))
			for _, app := range apps {
				all = append(all, map[string]any{"id": app.ID, "integrationId": app.IntegrationID, "name": app.Name,
					"seatsUsed": app.SeatsUsed, "settings": settingsOf(app)})
			}
			return o.json(all)
		}
		for _, app := range apps {
			o.line("%s  %s  %s", app.ID, app.IntegrationID, app.Name)
		}
		return nil
	})
}

type appSet struct {
	config.Store `embed:""`
	App          string   `arg:"" help:"Id of the app."`
	Settings     []string `arg:"" help:"name=value ...; logo=FILE takes a picture."`
	JSON         bool     `name:"json" help:"Print JSON."`
}

func (a *appSet) Run(ctx context.Context, o *output) error {
	changes := admin.AppChanges{Settings: make(map[string]string, len(a.Settings))}
	for _, setting := range a.Settings {
		name, value, ok := strings.Cut(setting, "=")
		if !ok {
			return fmt.Errorf("%q must be name=value", setting)
		}
		if name == "logo" {
			picture, err := readLogo(value)
			if err != nil {
				return err
			}
			changes.Logo = &picture
			continue
		}
		changes.Settings[name] = value
	}
	return data(ctx, a.Store, o, func(_ server.Data, service *admin.Service) error {
		app, err := service.SetApp(ctx, operator, chat.AppID(a.App), changes)
		if err != nil {
			return err
		}
		if a.JSON {
			return o.json(map[string]any{"id": app.ID, "settings": settingsOf(app)})
		}
		o.line("changed  %s", app.ID)
		return nil
	})
}

// readLogo reads the picture of "logo=FILE"; no file is no picture.
func readLogo(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	picture, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("logo: must be a file with a picture: %w", err)
	}
	return picture, nil
}

// allApps reads page after page.
func allApps(ctx context.Context, service *admin.Service) ([]chat.App, error) {
	var all []chat.App
	span := store.Span{Limit: 100}
	for {
		page, err := service.ListApps(ctx, operator, span)
		all = append(all, page.Records...)
		if err != nil || !page.More {
			return all, err
		}
		span.After = page.After
	}
}

// settingsOf are the settings of an app under the names that "app set" takes.
func settingsOf(app chat.App) map[string]any {
	s := app.Settings
	return map[string]any{
		"name": app.Name, "origins": list(s.Origins), "hosts": list(s.Hosts), "portal": s.Portal, "seats": s.Seats, "doors": list(s.Doors),
		"anonymous": s.Anonymous, "email_login": cmp.Or(string(s.EmailLogin), "off"), "color": s.Color, "logo": s.Logo,
		"position": string(s.Look.Position), "offset_side": s.Look.Side, "offset_bottom": s.Look.Bottom, "theme": string(s.Look.Theme), "launcher_text": s.Look.Launcher, "greeting": s.Look.Greeting, "introduction": s.Look.Intro, "require_exp": s.RequireExp, "max_token_age": admin.TextOfDuration(s.MaxTokenAge),
		"one_time_codes": s.OneTimeCodes, "link_by_email": s.LinkByEmail, "time_zone": s.TimeZone, "retention": admin.TextOfDuration(s.Retention),
		"pages": s.Pages, "mail_answers": admin.TextOfDuration(s.MailAnswers), "mail_programs": s.MailPrograms, "mail_waiting": admin.TextOfDuration(s.MailWaiting),
	}
}

// list is never null in JSON.
func list[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}
