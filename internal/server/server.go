// Package server assembles Parlor: it builds every part, mounts the doors, starts and stops. It is the only package that
// knows everyone, and it holds no rules.
package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/attachment"
	"github.com/parlorchat/parlor/internal/auth"
	"github.com/parlorchat/parlor/internal/broker"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/config"
	"github.com/parlorchat/parlor/internal/directory"
	"github.com/parlorchat/parlor/internal/eventlog"
	"github.com/parlorchat/parlor/internal/filestore"
	"github.com/parlorchat/parlor/internal/httpapi"
	"github.com/parlorchat/parlor/internal/idempotency"
	"github.com/parlorchat/parlor/internal/inbox"
	"github.com/parlorchat/parlor/internal/indexer"
	"github.com/parlorchat/parlor/internal/mail"
	"github.com/parlorchat/parlor/internal/media"
	"github.com/parlorchat/parlor/internal/messaging"
	"github.com/parlorchat/parlor/internal/notice"
	"github.com/parlorchat/parlor/internal/outbound"
	"github.com/parlorchat/parlor/internal/ratelimit"
	"github.com/parlorchat/parlor/internal/realtime"
	"github.com/parlorchat/parlor/internal/retention"
	"github.com/parlorchat/parlor/internal/site"
	"github.com/parlorchat/parlor/internal/socket"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
	"github.com/parlorchat/parlor/internal/unsubscribe"
	"github.com/parlorchat/parlor/internal/webhook"
	"github.com/parlorchat/parlor/internal/wire"
)

// Figures of the HTTP server (security rules 45 and 54).
const (
	headerWithin  = 5 * time.Second
	idleFor       = 2 * time.Minute
	maxHeader     = 32 << 10
	stopWithin    = 12 * time.Second
	forgetEvery   = 10 * time.Minute
	flushKeyUsage = 5 * time.Second
	wakeEvery     = 10 * time.Second // how late a conversation that was put off may come back, and one that waits in a team be handed out
	mailPause     = 30 * time.Second // before mail that was refused for the moment is tried again
)

// heapFloor is memory that is never touched, and so costs none, but counts as used where the garbage collector decides
// when to run next: a server whose own data are few megabytes would collect hundreds of times a second under load. It is taken
// before anything else runs: the runtime clears memory that may have been used, and then it costs what it holds.
var heapFloor = make([]byte, 32<<20)

// Server is a running Parlor, once Run is called.
type Server struct {
	config   config.Server
	log      *slog.Logger
	listener net.Listener
	kept     filestore.Store

	store     *sqlstore.Store
	bus       *broker.Memory
	events    *eventlog.Log
	directory *directory.Service
	staff     *staff.Service
	inbox     *inbox.Service
	handOut   chan struct{} // what waits in teams is to be handed out
	keys      *auth.Keyring
	outbound  *outbound.Client
	webhooks  *webhook.Runner
	indexer   *indexer.Indexer
	receipts  *idempotency.Service
	mail      *mail.Sender // nil: this server sends none
	notices   *notice.Service
	sweeper   *retention.Sweeper
	files     *attachment.Service
	socket    *socket.Door
	desk      *socket.Desk
	handler   http.Handler

	metricsOf *prometheus.Registry
	requests  *prometheus.CounterVec
	panics    prometheus.Counter
	told      *prometheus.CounterVec
}

// New opens the data and the listening socket, and assembles the rest. Who does not Run the server must Close it.
func New(ctx context.Context, c config.Server, log *slog.Logger) (*Server, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	bus := &broker.Memory{}
	events := eventlog.New(bus, log)
	data, err := Open(ctx, c.Store, events, log)
	if err != nil {
		return nil, err
	}
	if err := events.Begin(ctx, data.Store); err != nil {
		return nil, errors.Join(fmt.Errorf("PARLOR_DATABASE: %w", err), data.Store.Close())
	}
	s := &Server{config: c, log: log, store: data.Store, bus: bus, events: events, handOut: make(chan struct{}, 1)}
	if err := s.assemble(ctx, data); err != nil {
		return nil, errors.Join(err, data.Store.Close())
	}
	secured, err := s.certificates()
	if err != nil {
		return nil, errors.Join(err, data.Store.Close())
	}
	// Silence on a connection is noticed by what is spoken on it; keep-alives of TCP cost four calls for each.
	listen := net.ListenConfig{KeepAlive: -1}
	if s.listener, err = listen.Listen(ctx, "tcp", c.Addr); err != nil {
		return nil, errors.Join(fmt.Errorf("PARLOR_ADDR: %w", err), data.Store.Close())
	}
	if secured != nil {
		s.listener = tls.NewListener(s.listener, secured)
	}
	return s, nil
}

// certificates reads what TLS needs; nil: it is spoken by a proxy in front, or not at all.
func (s *Server) certificates() (*tls.Config, error) {
	if s.config.TLSCert == "" {
		return nil, nil
	}
	certificate, err := tls.LoadX509KeyPair(s.config.TLSCert, s.config.TLSKey)
	if err != nil {
		return nil, fmt.Errorf("PARLOR_TLS_CERT, PARLOR_TLS_KEY: %w", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}, nil
}

func (s *Server) assemble(ctx context.Context, data Data) error {
	proxies, err := s.config.Proxies()
	if err != nil {
		return err
	}
	from := callers{proxies: proxies, publicURL: s.config.PublicURL, tls: s.config.TLSCert != ""}
	now := time.Now
	work := inbox.Store(idempotency.Store(s.store)) // keeps the inbox in step, and what is done for requests that may be repeated
	if s.config.SMTP != "" {
		work = notice.Store(work) // queues mail, which somebody sends
	}

	s.keys = data.Keys
	s.receipts = idempotency.New(s.store, data.Master, now)
	verifier := auth.NewVerifier(s.keys)
	apps := directory.NewApps(s.store, now)
	codes := directory.Codes{MAC: func(parts ...string) []byte { return data.Master.MAC("e-mail code", parts...) }}
	if s.config.SMTP != "" {
		if s.mail, err = mail.New(s.config.SMTP, s.log); err != nil {
			return fmt.Errorf("PARLOR_SMTP: %w", err)
		}
		codes.Mailer = s.mail
	}
	s.directory = directory.New(work, tokens{verifier, now}, codes, now, s.log)
	messages := messaging.New(work, s.bus, now)
	s.inbox = inbox.New(work, s.bus, messages, now)
	gate := directory.Gate{
		Service:    s.directory,
		Failures:   ratelimit.New(ratelimit.Rule{Events: s.config.FailureRate, Per: time.Minute, Burst: s.config.FailureRate}, now),
		Anonymous:  ratelimit.New(ratelimit.Rule{Events: s.config.AnonymousRate, Per: time.Minute, Burst: 3 * s.config.AnonymousRate}, now),
		Mails:      ratelimit.New(ratelimit.Rule{Events: 20, Per: time.Hour, Burst: 20}, now),
		WrongCodes: ratelimit.New(ratelimit.Rule{Events: 200, Per: time.Hour, Burst: 200}, now),
	}
	links, err := s.openFiles(data, work)
	if err != nil {
		return err
	}
	signOn, err := s.signOn(now)
	if err != nil {
		return err
	}
	s.staff = staff.New(staff.Options{Store: work, Master: data.Master, SignOn: signOn, Now: now})
	s.webhooks = webhook.New(webhook.Options{
		Store: s.store, Master: data.Master, Caller: s.outbound, Mailer: s.mailer(), Count: s.countWebhooks, FirstPause: s.config.WebhookPause, Now: now, Log: s.log,
	})
	s.indexer = indexer.New(s.store, now, s.log)
	hub := realtime.NewHub(links)
	if s.notices, err = s.newNotices(ctx, data, hub); err != nil {
		return err
	}
	s.sweeper = retention.New(work, now, s.log)
	s.bus.Subscribe(hub.Deliver)
	s.bus.Subscribe(s.webhooks.Heard)
	s.bus.Subscribe(apps.Forget)
	s.bus.Subscribe(s.invalidateKeys)

	s.socket = &socket.Door{
		Apps: apps, Gate: gate, Directory: s.directory, Messaging: messages, Hub: hub, Media: links,
		Messages:  ratelimit.New(ratelimit.Rule{Events: s.config.MessageRate, Per: 10 * time.Second, Burst: 3 * s.config.MessageRate}, now),
		FrameRate: s.config.FrameRate,
		Source:    from.source, Own: from.own, Now: now, Panicked: func(fault any) { s.panicked(fault, "route", "socket") }, Log: s.log,
	}
	s.desk = &socket.Desk{
		Staff: s.staff, Entries: entries{s.inbox, links}, Hub: hub, Own: from.own,
		Panicked: func(fault any) { s.panicked(fault, "route", "console socket") }, Log: s.log,
	}
	s.bus.Subscribe(s.desk.Heard)
	s.bus.Subscribe(s.heardOfColleagues)
	api := &httpapi.API{
		Apps: apps, Gate: gate, Directory: s.directory, Messaging: messages, Admin: admin.New(admin.Options{Store: work, Master: data.Master, Now: now, CheckTarget: s.outbound.CheckURL}),
		Staff: s.staff, SignOnName: s.config.OIDCName, StaffGate: staff.Gate{
			Sources:  gate.Failures,
			Accounts: ratelimit.New(ratelimit.Rule{Events: 60, Per: time.Hour, Burst: 60}, now),
			Begun:    ratelimit.New(ratelimit.Rule{Events: 60, Per: time.Minute, Burst: 60}, now),
		},
		Inbox: s.inbox, Links: links, Doctor: verifier, Notices: s.notices, Webhooks: s.webhooks,
		Callers: restCallers{verifier, now}, Idempotency: s.receipts,
		Calls:  ratelimit.New(ratelimit.Rule{Events: s.config.CallRate, Per: time.Second, Burst: 2 * s.config.CallRate}, now),
		Source: from.source, Own: from.own, Ready: s.store.Ping, Now: now, Log: s.log,
		Attachments: s.files, Base: s.base, Lines: s.socket,
		Uploads: ratelimit.New(ratelimit.Rule{Events: s.config.MessageRate, Per: 10 * time.Second, Burst: 3 * s.config.MessageRate}, now),
	}
	files := &media.Door{Attachments: s.files, Links: links, Callers: api.Callers, Directory: s.directory, Gate: gate, Source: from.source, Log: s.log}
	pages := &site.Site{Apps: apps, Own: from.own}

	s.measure()
	mux := http.NewServeMux()
	api.Mount(mux)
	mux.Handle("GET /sdk/v1/apps/{appId}/socket", s.socket)
	mux.Handle("GET /console/v1/apps/{appId}/socket", s.desk)
	files.Mount(mux)
	unsubscribing := &unsubscribe.Door{Subscriptions: s.notices, Log: s.log}
	unsubscribing.Mount(mux)
	pages.Mount(mux)
	mux.Handle("GET /metrics", s.metrics())
	s.handler = s.observe(httpapi.TakePaths(mux))
	return nil
}

// Addr is the address that the server listens on.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// SetUpLink makes the one-time address under which the first account of the console is made; empty where somebody may manage the server already.
func (s *Server) SetUpLink(ctx context.Context) (string, error) {
	token, isNeeded, err := s.staff.SetUp(ctx)
	if err != nil || !isNeeded {
		return "", err
	}
	return wire.WelcomeURL(s.base(), token), nil
}

// Subscribe hands f every event of this server from now on, until cancel. f must return quickly.
func (s *Server) Subscribe(f func([]chat.Event)) (cancel func()) { return s.bus.Subscribe(f) }

// Run serves until ctx ends, then stops: nothing new is accepted, requests are finished, sockets are closed with 1012,
// and the data are closed (security rule 54).
func (s *Server) Run(ctx context.Context) error {
	web := &http.Server{
		Handler: s.handler, ReadHeaderTimeout: headerWithin, IdleTimeout: idleFor, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error { return s.events.Run(ctx, s.store) })
	work.Go(func() error { return s.socket.Run(ctx) })
	work.Go(func() error { return s.desk.Run(ctx) })
	work.Go(func() error { return s.housekeeping(ctx) })
	work.Go(func() error { return s.webhooks.Run(ctx) })
	work.Go(func() error { return s.indexer.Run(ctx) })
	work.Go(func() error { return s.notices.Run(ctx) })
	work.Go(func() error { return s.sweeper.Run(ctx) })
	work.Go(func() error { return s.files.Run(ctx) })
	work.Go(func() error { return s.lookAtFiles(ctx) })
	if s.mail != nil {
		work.Go(func() error { return s.mail.Run(ctx) })
	}
	work.Go(func() error {
		if err := web.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
		return nil
	})
	work.Go(func() error {
		<-ctx.Done()
		s.log.InfoContext(ctx, "parlor is stopping: nothing new is accepted")
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
		defer cancel()
		return web.Shutdown(stopping)
	})
	err := work.Wait()
	s.outbound.Close()
	return errors.Join(err, s.store.Close())
}

// Close lets go of what New took, for a server that was never run.
func (s *Server) Close() error { return errors.Join(s.listener.Close(), s.store.Close()) }

// heardOfColleagues has what waits in teams handed out soon to somebody who is back, or new there.
func (s *Server) heardOfColleagues(events []chat.Event) {
	if !slices.ContainsFunc(events, func(event chat.Event) bool { return event.Kind == chat.EventColleagues }) {
		return
	}
	select {
	case s.handOut <- struct{}{}:
	default: // it is going to happen anyway
	}
}

// housekeeping forgets ended sessions and old receipts, notes when keys were used, wakes what agents put off and hands out what waits in teams, until ctx ends.
func (s *Server) housekeeping(ctx context.Context) error {
	defer runtime.KeepAlive(heapFloor)
	// What the start left behind would stay: below the floor of the heap nothing is collected.
	debug.FreeOSMemory()
	flush, wake, forget := time.NewTicker(flushKeyUsage), time.NewTicker(wakeEvery), time.NewTicker(forgetEvery)
	defer flush.Stop()
	defer wake.Stop()
	defer forget.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return s.noteKeyUsage(context.WithoutCancel(ctx))
		case <-flush.C:
			err = s.noteKeyUsage(ctx)
		case <-wake.C:
			err = errors.Join(s.inbox.Wake(ctx), s.inbox.HandOut(ctx))
		case <-s.handOut:
			err = s.inbox.HandOut(ctx)
		case <-forget.C:
			_, err = s.directory.ForgetEnded(ctx, 24*time.Hour)
			_, ofAgents := s.staff.ForgetEnded(ctx)
			err = errors.Join(err, ofAgents, s.receipts.Forget(ctx))
		}
		if err != nil && chat.KindOf(err) != chat.Unavailable {
			s.log.WarnContext(ctx, "housekeeping failed", "err", err)
		}
	}
}
