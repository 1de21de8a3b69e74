package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOIDC(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*Server)
		fault  string // empty: none
	}{
		"none":                      {func(*Server) {}, ""},
		"a provider":                {func(s *Server) { s.OIDCIssuer, s.OIDCClientID = "https://login.example.com/realms/a", "parlor" }, ""},
		"without a client":          {func(s *Server) { s.OIDCIssuer = "https://login.example.com" }, "PARLOR_OIDC_CLIENT_ID"},
		"a client without provider": {func(s *Server) { s.OIDCClientID = "parlor" }, "PARLOR_OIDC_ISSUER"},
		"a provider without scheme": {func(s *Server) { s.OIDCIssuer, s.OIDCClientID = "login.example.com", "parlor" }, "PARLOR_OIDC_ISSUER"},
		"a provider with a query":   {func(s *Server) { s.OIDCIssuer, s.OIDCClientID = "https://login.example.com?a=b", "parlor" }, "PARLOR_OIDC_ISSUER"},
		"a provider without name":   {func(s *Server) { s.OIDCIssuer, s.OIDCClientID, s.OIDCName = "https://login.example.com", "parlor", "" }, "PARLOR_OIDC_NAME"},
	} {
		s := Server{OIDCName: "single sign-on"}
		tt.change(&s)
		var faults []string
		s.validateOIDC(func(name, _ string, _ ...any) { faults = append(faults, name) })
		if got := strings.Join(faults, " "); got != tt.fault {
			t.Errorf("%s: at fault is %q, want %q", name, got, tt.fault)
		}
	}
}

func TestOIDCSecret(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("of the file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		settings Server
		want     string
		isFault  bool
	}{
		{Server{}, "", false},
		{Server{OIDCClientSecret: "plain"}, "plain", false},
		{Server{OIDCClientSecretFile: file}, "of the file", false},
		{Server{OIDCClientSecret: "plain", OIDCClientSecretFile: file}, "", true},
		{Server{OIDCClientSecretFile: file + "x"}, "", true},
	} {
		got, err := tt.settings.OIDCSecret()
		if got != tt.want || (err != nil) != tt.isFault {
			t.Errorf("%+v: %q, %v", tt.settings, got, err)
		}
	}
}
