package main

import (
	"context"
	"os"
	"strings"
	"time"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/eventlog"
	"github.com/parlorchat/parlor/internal/server"
)

// operator is who the command line is.
var operator = chat.Principal{Operator: true, Name: "cli"}

// data opens the installation for a command, and runs f with it.
func data(ctx context.Context, c config.Store, o *output, f func(server.Data, *admin.Service) error) error {
	log := o.logger("warn")
	opened, err := server.Open(ctx, c, eventlog.Unheard{}, log)
	if err != nil {
		return err
	}
	defer opened.Store.Close()
	return f(opened, admin.New(admin.Options{Store: opened.Store, Master: opened.Master, Now: time.Now}))
}

// readSecret reads a file that holds one secret; one line end at its end is not part of it.
func readSecret(file string) (string, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(raw), "\n"), "\r"), nil
}

type adminCommand struct {
	Create adminCreate `cmd:"" help:"Make an account of the console."`
	Reset  adminReset  `cmd:"" help:"Take the second factors from an account whose owner has lost them. Its password stays."`
}

type adminCreate struct {
	config.Store `embed:""`
	Email        string `required:"" help:"Address of the admin."`
	Name         string `help:"Name by which users see the admin where they answer."`
	PasswordFile string `required:"" type:"existingfile" help:"File that holds the password."`
	JSON         bool   `name:"json" help:"Print JSON."`
}

func (a *adminCreate) Run(ctx context.Context, o *output) error {
	password, err := readSecret(a.PasswordFile)
	if err != nil {
		return err
	}
	return data(ctx, a.Store, o, func(_ server.Data, service *admin.Service) error {
		agent, err := service.CreateAgent(ctx, operator, admin.AgentInput{Email: a.Email, Name: a.Name, Password: password, Admin: true})
		if err != nil {
			return err
		}
		if a.JSON {
			return o.json(map[string]string{"id": string(agent.ID), "email": agent.Email})
		}
		o.line("admin  %s", agent.Email)
		return nil
	})
}

type adminReset struct {
	config.Store `embed:""`
	Email        string `required:"" help:"Address of the account."`
	JSON         bool   `name:"json" help:"Print JSON."`
}

func (a *adminReset) Run(ctx context.Context, o *output) error {
	return data(ctx, a.Store, o, func(_ server.Data, service *admin.Service) error {
		agent, err := service.ResetAgent(ctx, operator, a.Email)
		if err != nil {
			return err
		}
		if a.JSON {
			return o.json(map[string]string{"id": string(agent.ID), "email": agent.Email})
		}
		o.line("%s has no second factor any more: the password alone opens the account", agent.Email)
		return nil
	})
}
