// Package config holds the settings of the program: one struct, defaults here, file < environment < flags.
// The tags are read by kong, and are what --help shows; docs/operate.md tells of them.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// Store says where data lie; every command needs it.
type Store struct {
	Data          string `env:"PARLOR_DATA" default:"./parlor-data" help:"Folder of the data."`
	Database      string `env:"PARLOR_DATABASE" default:"" help:"Database: postgres://… or sqlite:<file>. Default: parlor.db in the data folder."`
	MasterKey     string `env:"PARLOR_MASTER_KEY" default:"" help:"Master key that seals secrets: 32 bytes in hex or base64. Prefer a file."`
	MasterKeyFile string `env:"PARLOR_MASTER_KEY_FILE" default:"" help:"File with the master key, which must be there. Default: master.key in the data folder, made if it is not there."`
}

// DatabaseURL is the database to open.
func (s Store) DatabaseURL() string {
	if s.Database == "" {
		return "sqlite:" + filepath.Join(s.Data, "parlor.db")
	}
	return s.Database
}

// Server is what "parlor serve" may be told.
type Server struct {
	Store `embed:""`

	Addr           string   `env:"PARLOR_ADDR" default:"127.0.0.1:8080" help:"Address to listen on, host:port."`
	PublicURL      string   `env:"PARLOR_PUBLIC_URL" default:"" help:"Address under which browsers reach this server, e.g. https://chat.example.com. Default: what the request says."`
	TLSCert        string   `name:"tls-cert" env:"PARLOR_TLS_CERT" default:"" help:"File with the TLS certificate chain, PEM."`
	TLSKey         string   `name:"tls-key" env:"PARLOR_TLS_KEY" default:"" help:"File with the TLS key, PEM."`
	MetricsToken   string   `env:"PARLOR_METRICS_TOKEN" default:"" help:"Bearer token for /metrics from other machines. Default: loopback only."`
	TrustedProxies []string `env:"PARLOR_TRUSTED_PROXIES" help:"Addresses or CIDRs of proxies whose X-Forwarded-For and X-Forwarded-Proto count."`
	LogLevel       string   `env:"PARLOR_LOG_LEVEL" default:"info" enum:"debug,info,warn,error" help:"Least level that is logged: ${enum}."`

	MessageRate   int `env:"PARLOR_MESSAGE_RATE" default:"10" help:"Messages that one client may send in 10 seconds (three times as many at once). 0: no limit."`
	FrameRate     int `env:"PARLOR_FRAME_RATE" default:"20" help:"Frames that one socket may send in a second (twice as many at once). 0: no limit."`
	CallRate      int `env:"PARLOR_CALL_RATE" default:"2000" help:"REST calls that one key may make in a second (twice as many at once). 0: no limit."`
	AnonymousRate int `env:"PARLOR_ANONYMOUS_RATE" default:"20" help:"Anonymous sessions that one address may start in a minute (three times as many at once). 0: no limit."`
	FailureRate   int `env:"PARLOR_FAILURE_RATE" default:"20" help:"Failed sign-ins that one address may have in a minute. 0: no limit."`

	Files     string `env:"PARLOR_FILES" default:"" help:"Where files lie: a folder, or s3://KEY:SECRET@host[:port]/bucket?region=…&tls=off. Default: files in the data folder."`
	FilesFile string `env:"PARLOR_FILES_FILE" default:"" help:"File that holds the value of PARLOR_FILES, for the secret in it."`
	MaxFile   Size   `env:"PARLOR_MAX_FILE" default:"25MiB" help:"Bytes of one file at most, e.g. 25MiB; 50MiB is the most that can be set."`
	UserFiles Size   `env:"PARLOR_USER_FILES" default:"500MiB" help:"Bytes of all files of one user at most. 0: no limit."`

	NATS string `name:"nats" env:"PARLOR_NATS" default:"" hidden:"" help:"Reserved."`
	SMTP string `name:"smtp" env:"PARLOR_SMTP" default:"" help:"Mail server for codes: smtp://user:password@host:port?from=chat@example.com, or smtps://. Default: no mail is sent."`

	OIDCIssuer           string `name:"oidc-issuer" env:"PARLOR_OIDC_ISSUER" default:"" help:"Provider of single sign-on for the console, as its discovery names it: https://login.example.com. Default: none."`
	OIDCClientID         string `name:"oidc-client-id" env:"PARLOR_OIDC_CLIENT_ID" default:"" help:"What the provider calls this server."`
	OIDCClientSecret     string `name:"oidc-client-secret" env:"PARLOR_OIDC_CLIENT_SECRET" default:"" help:"Secret of this server at the provider. Prefer a file. Default: none, for a public client."`
	OIDCClientSecretFile string `name:"oidc-client-secret-file" env:"PARLOR_OIDC_CLIENT_SECRET_FILE" default:"" help:"File that holds the value of PARLOR_OIDC_CLIENT_SECRET."`
	OIDCName             string `name:"oidc-name" env:"PARLOR_OIDC_NAME" default:"single sign-on" help:"What people call the provider: the button says \"Continue with …\"."`

	WebhookPause time.Duration `env:"PARLOR_WEBHOOK_PAUSE" default:"5s" help:"Time before a webhook that failed is tried again; it doubles with each failure, to an hour."`

	EgressProxy   string   `env:"PARLOR_EGRESS_PROXY" default:"" help:"Proxy for all calls to other systems: http://[user:password@]host:port, or https://. Default: none, whatever HTTP_PROXY says."`
	OutboundAllow []string `env:"PARLOR_OUTBOUND_ALLOW" help:"Addresses or CIDRs that may be called although they are not public, also over http and on every port."`
}

// Validate reports all that is wrong at once.
func (s Server) Validate() error {
	var faults []error
	fault := func(name, format string, args ...any) {
		faults = append(faults, fmt.Errorf(name+": "+format, args...))
	}
	if _, port, err := net.SplitHostPort(s.Addr); err != nil || port == "" {
		fault("PARLOR_ADDR", "%q must be host:port", s.Addr)
	}
	if s.PublicURL != "" {
		u, err := url.Parse(s.PublicURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
			fault("PARLOR_PUBLIC_URL", "%q must be scheme://host[:port] and nothing else", s.PublicURL)
		}
	}
	if (s.TLSCert == "") != (s.TLSKey == "") {
		fault("PARLOR_TLS_CERT", "must be given together with PARLOR_TLS_KEY")
	}
	if _, err := s.Proxies(); err != nil {
		fault("PARLOR_TRUSTED_PROXIES", "%w", err)
	}
	if _, err := s.Egress(); err != nil {
		fault("PARLOR_EGRESS_PROXY", "%w", err)
	}
	if _, err := s.Allowed(); err != nil {
		fault("PARLOR_OUTBOUND_ALLOW", "%w", err)
	}
	for name, n := range map[string]int{"PARLOR_MESSAGE_RATE": s.MessageRate, "PARLOR_FRAME_RATE": s.FrameRate, "PARLOR_CALL_RATE": s.CallRate, "PARLOR_ANONYMOUS_RATE": s.AnonymousRate, "PARLOR_FAILURE_RATE": s.FailureRate} {
		if n < 0 {
			fault(name, "must be 0 or above")
		}
	}
	if s.WebhookPause <= 0 || s.WebhookPause > time.Hour {
		fault("PARLOR_WEBHOOK_PAUSE", "must be above 0 and at most 1h")
	}
	s.validateFiles(fault)
	s.validateOIDC(fault)
	if s.NATS != "" {
		fault("PARLOR_NATS", "this version runs as a single node; unset it")
	}
	return errors.Join(faults...)
}

// Proxies returns the trusted proxies.
func (s Server) Proxies() ([]netip.Prefix, error) { return prefixes(s.TrustedProxies) }

func prefixes(texts []string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range texts {
		text = strings.TrimSpace(text)
		if addr, err := netip.ParseAddr(text); err == nil {
			all = append(all, netip.PrefixFrom(addr, addr.BitLen()))
			continue
		}
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("%q must be an address or a CIDR", text)
		}
		all = append(all, prefix.Masked())
	}
	return all, nil
}
