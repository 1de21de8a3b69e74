package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/server"
)

type keyCommands struct {
	Create keyCreate `cmd:"" help:"Make a key; its secret is shown once."`
	List   keyList   `cmd:"" help:"List the keys of an app."`
	Rotate keyRotate `cmd:"" help:"Make a new key in the place of an old one, which lives on for a while."`
	Revoke keyRevoke `cmd:"" help:"Revoke a key now, and end every session minted with it."`
	Import keyImport `cmd:"" help:"Take over a secret that is in use elsewhere."`
}

type keyCreate struct {
	config.Store `embed:""`
	App          string     `help:"Id of the app; none with --use account."`
	Use          []chat.Use `required:"" help:"What the key is good for: api, sdk, code, jsm, or account; several by comma."`
	Name         string     `help:"A name for people."`
	JSON         bool       `name:"json" help:"Print JSON."`
}

func (k *keyCreate) Run(ctx context.Context, o *output) error {
	return data(ctx, k.Store, o, func(_ server.Data, service *admin.Service) error {
		key, secret, err := service.CreateKey(ctx, operator, admin.KeyInput{App: chat.AppID(k.App), Name: k.Name, Uses: k.Use})
		if err != nil {
			return err
		}
		return o.secret(key, secret, k.JSON)
	})
}

// secret prints a new key, the one time that its secret is seen.
func (o *output) secret(key chat.Key, secret string, asJSON bool) error {
	if asJSON {
		return o.json(map[string]string{"id": string(key.ID), "secret": secret})
	}
	o.line("key     %s\nsecret  %s", key.ID, secret)
	fmt.Fprintln(o.err, "The secret is not shown again.")
	return nil
}

type keyList struct {
	config.Store `embed:""`
	App          string `help:"Id of the app; without it the account keys."`
	JSON         bool   `name:"json" help:"Print JSON."`
}

func (k *keyList) Run(ctx context.Context, o *output) error {
	return data(ctx, k.Store, o, func(_ server.Data, service *admin.Service) error {
		keys, err := service.ListKeys(ctx, operator, chat.AppID(k.App))
		if err != nil {
			return err
		}
		lines := make([]keyLine, 0, len(keys))
		for _, key := range keys {
			lines = append(lines, lineOf(key, time.Now()))
		}
		if k.JSON {
			return o.json(lines)
		}
		for _, line := range lines {
			o.line("%s  %-8s  %-16s  last used %s  %s", line.ID, line.Status, uses(line.Uses), or(line.LastUsedAt, "never"), line.Name)
		}
		return nil
	})
}

// keyLine is a key as the command line shows it: everything but the secret.
type keyLine struct {
	ID         chat.KeyID `json:"id"`
	Name       string     `json:"name,omitempty"`
	Uses       []chat.Use `json:"uses"`
	Status     string     `json:"status"`
	Weak       bool       `json:"weak,omitempty"`
	CreatedAt  string     `json:"createdAt"`
	NotAfter   string     `json:"notAfter,omitempty"`
	LastUsedAt string     `json:"lastUsedAt,omitempty"`
}

func lineOf(key chat.Key, now time.Time) keyLine {
	line := keyLine{ID: key.ID, Name: key.Name, Uses: key.Uses, Weak: key.Weak, Status: "live",
		CreatedAt: stamp(key.CreatedAt), NotAfter: stamp(key.NotAfter), LastUsedAt: stamp(key.LastUsedAt)}
	switch {
	case !key.RevokedAt.IsZero():
		line.Status = "revoked"
	case !key.Live(now):
		line.Status = "ended"
	case !key.NotAfter.IsZero():
		line.Status = "ending"
	}
	return line
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func uses(list []chat.Use) string {
	var names []string
	for _, use := range list {
		names = append(names, string(use))
	}
	return strings.Join(names, ",")
}

type keyRotate struct {
	config.Store `embed:""`
	ID           string        `arg:"" help:"Id of the old key."`
	Overlap      time.Duration `default:"168h" help:"How long the old key lives on."`
	JSON         bool          `name:"json" help:"Print JSON."`
}

func (k *keyRotate) Run(ctx context.Context, o *output) error {
	return data(ctx, k.Store, o, func(_ server.Data, service *admin.Service) error {
		key, secret, err := service.RotateKey(ctx, operator, "", chat.KeyID(k.ID), k.Overlap)
		if err != nil {
			return err
		}
		return o.secret(key, secret, k.JSON)
	})
}

type keyRevoke struct {
	config.Store `embed:""`
	ID           string `arg:"" help:"Id of the key."`
	JSON         bool   `name:"json" help:"Print JSON."`
}

func (k *keyRevoke) Run(ctx context.Context, o *output) error {
	return data(ctx, k.Store, o, func(_ server.Data, service *admin.Service) error {
		key, err := service.RevokeKey(ctx, operator, "", chat.KeyID(k.ID))
		if err != nil {
			return err
		}
		if k.JSON {
			return o.json(lineOf(key, time.Now()))
		}
		o.line("revoked  %s", key.ID)
		return nil
	})
}

type keyImport struct {
	config.Store `embed:""`
	App          string     `required:"" help:"Id of the app."`
	Use          []chat.Use `required:"" help:"What the key is good for, by comma."`
	ID           string     `required:"" help:"Id that the key has elsewhere."`
	SecretFile   string     `required:"" type:"existingfile" help:"File that holds the secret; one newline at its end is not part of it."`
	Name         string     `help:"A name for people."`
	JSON         bool       `name:"json" help:"Print JSON."`
}

func (k *keyImport) Run(ctx context.Context, o *output) error {
	secret, err := readSecret(k.SecretFile)
	if err != nil {
		return err
	}
	return data(ctx, k.Store, o, func(_ server.Data, service *admin.Service) error {
		key, err := service.ImportKey(ctx, operator, admin.ImportInput{
			KeyInput: admin.KeyInput{App: chat.AppID(k.App), Name: k.Name, Uses: k.Use}, ID: chat.KeyID(k.ID), Secret: []byte(secret)})
		if err != nil {
			return err
		}
		if key.Weak {
			fmt.Fprintln(o.err, "warning: this secret is shorter than 32 bytes; rotate to a generated one soon")
		}
		if k.JSON {
			return o.json(lineOf(key, time.Now()))
		}
		o.line("imported  %s", key.ID)
		return nil
	})
}
