// Package demo is a throwaway company that shows Parlor at work: a shop on an origin of its own whose backend signs its
// customers' tokens with an ordinary JWT library, and an assistant that answers through the REST API. It talks to Parlor
// as every company does; only the start is its own.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/eventlog"
	"github.com/parlorchat/parlor/internal/server"
)

// Options say where the demo listens.
type Options struct {
	Addr     string // of Parlor
	ShopAddr string // of the shop
}

// owner is the operator who sets the demo up.
var owner = chat.Principal{Operator: true, Name: "demo"}

// Run sets everything up in a folder that is gone afterwards, prints the addresses, and serves until ctx ends.
func Run(ctx context.Context, o Options, out io.Writer, log *slog.Logger) error {
	folder, err := os.MkdirTemp("", "parlor-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	settings := config.Server{Addr: o.Addr, MessageRate: 10, FrameRate: 20, CallRate: 2000, AnonymousRate: 20, FailureRate: 60, WebhookPause: 5 * time.Second,
		Store: config.Store{Data: filepath.Join(folder, "data")}}

	company, err := settle(ctx, settings.Store)
	if err != nil {
		return fmt.Errorf("set up the demo: %w", err)
	}
	parlor, err := server.New(ctx, settings, log)
	if err != nil {
		return err
	}
	company.parlor = "http://" + parlor.Addr()
	listener, err := net.Listen("tcp", o.ShopAddr)
	if err != nil {
		return errors.Join(fmt.Errorf("the shop's address: %w", err), parlor.Close())
	}
	shop := &http.Server{Handler: company.shop(), ReadHeaderTimeout: 5 * time.Second}
	assistant := newAssistant(company, log)
	defer parlor.Subscribe(assistant.hear)()

	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error { return parlor.Run(ctx) })
	work.Go(func() error { return assistant.run(ctx) })
	work.Go(func() error {
		if err := shop.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	work.Go(func() error {
		<-ctx.Done()
		return shop.Close()
	})
	company.announce(out, "http://"+listener.Addr().String())
	return work.Wait()
}

// company is a customer of Parlor: its app and its keys.
type company struct {
	parlor      string // address
	app         chat.App
	signing     map[chat.Door]credentials // sign customers' tokens, a key for each door
	calling     credentials               // calls the REST API
	adminEmail  string
	adminSecret string
}

type credentials struct {
	id     chat.KeyID
	secret string
}

// portal is the number of the company's customer portal, by which the jsm door knows the app.
const portal = "10"

// settle makes the app, a key for each door that only signs and a key that only calls, and the account of the console.
func settle(ctx context.Context, c config.Store) (*company, error) {
	quiet := slog.New(slog.DiscardHandler)
	data, err := server.Open(ctx, c, eventlog.Unheard{}, quiet)
	if err != nil {
		return nil, err
	}
	defer data.Store.Close()
	service := admin.New(admin.Options{Store: data.Store, Master: data.Master, Now: time.Now})
	made := &company{signing: map[chat.Door]credentials{}, adminEmail: "admin@shop.example", adminSecret: chat.NewSecret()}
	if made.app, err = service.CreateApp(ctx, owner, admin.AppInput{Name: "Lighthouse Lamps"}); err != nil {
		return nil, err
	}
	if made.app, err = service.SetApp(ctx, owner, made.app.ID, admin.AppChanges{Settings: map[string]string{"portal": portal, "color": "#8a5a18"}}); err != nil {
		return nil, err
	}
	key := func(name string, use chat.Use) (credentials, error) {
		stored, secret, err := service.CreateKey(ctx, owner, admin.KeyInput{App: made.app.ID, Name: name, Uses: []chat.Use{use}})
		return credentials{stored.ID, secret}, err
	}
	for _, door := range chat.Doors() {
		if made.signing[door], err = key("shop backend: signs customers in, door "+string(door), door.Use()); err != nil {
			return nil, err
		}
	}
	if made.calling, err = key("shop assistant", chat.UseAPI); err != nil {
		return nil, err
	}
	_, err = service.CreateAgent(ctx, owner, admin.AgentInput{Email: made.adminEmail, Name: "Robin", Password: made.adminSecret, Admin: true})
	return made, err
}

func (c *company) announce(out io.Writer, shop string) {
	fmt.Fprintf(out, `
  The shop            %s
  Parlor              %s

  Sign in as Ana or Ben in the shop, in two browsers if you like, and chat: the assistant answers.
  The shop has a page for each door: / (Smooch), /jsm, /code with personal links, and /shared, a shared computer.
  Answer them yourself, and set things up, at %s/console: %s, password %s
  App %s, integration %s.
  Everything is thrown away when you stop this with Ctrl-C.

`, shop, c.parlor, c.parlor, c.adminEmail, c.adminSecret, c.app.ID, c.app.IntegrationID)
}
