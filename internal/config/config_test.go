package config

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestValidateReportsAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	bad := Server{Addr: "nonsense", PublicURL: "ftp://x/y", TLSCert: "a", TrustedProxies: []string{"x"}, MessageRate: -1, NATS: "nats://x",
		EgressProxy: "x", OutboundAllow: []string{"x"}}
	err := bad.Validate()
	if err == nil {
		t.Fatal("accepted")
	}
	for _, name := range []string{"PARLOR_ADDR", "PARLOR_PUBLIC_URL", "PARLOR_TLS_CERT", "PARLOR_TRUSTED_PROXIES", "PARLOR_MESSAGE_RATE", "PARLOR_NATS", "PARLOR_EGRESS_PROXY", "PARLOR_OUTBOUND_ALLOW", "PARLOR_WEBHOOK_PAUSE"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in: %v", name, err)
		}
	}
	good := Server{Addr: "127.0.0.1:0", WebhookPause: time.Second, PublicURL: "https://chat.example.com/", TrustedProxies: []string{"10.0.0.0/8", "::1"}}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
}

func TestProxies(t *testing.T) {
	t.Parallel()
	got, err := Server{TrustedProxies: []string{"10.1.2.3/8", "::1"}}.Proxies()
	want := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	if err != nil || !slices.Equal(got, want) {
		t.Fatalf("%v, %v", got, err)
	}
}

func TestDatabaseURL(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]Store{
		"sqlite:data/parlor.db": {Data: "data"},
		"postgres://x":          {Data: "data", Database: "postgres://x"},
	} {
		if got := s.DatabaseURL(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
