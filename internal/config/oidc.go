package config

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
)

// OIDCSecret is the secret of this server at the provider of single sign-on; empty: it has none.
func (s Server) OIDCSecret() (string, error) {
	switch {
	case s.OIDCClientSecret != "" && s.OIDCClientSecretFile != "":
		return "", errors.New("PARLOR_OIDC_CLIENT_SECRET: must not be given together with PARLOR_OIDC_CLIENT_SECRET_FILE")
	case s.OIDCClientSecretFile != "":
		text, err := os.ReadFile(s.OIDCClientSecretFile)
		if err != nil {
			return "", fmt.Errorf("PARLOR_OIDC_CLIENT_SECRET_FILE: %w", err)
		}
		return strings.TrimSpace(string(text)), nil
	}
	return s.OIDCClientSecret, nil
}

func (s Server) validateOIDC(fault func(name, format string, args ...any)) {
	if s.OIDCIssuer == "" {
		if s.OIDCClientID != "" || s.OIDCClientSecret != "" || s.OIDCClientSecretFile != "" {
			fault("PARLOR_OIDC_ISSUER", "must be given together with PARLOR_OIDC_CLIENT_ID and PARLOR_OIDC_CLIENT_SECRET")
		}
		return
	}
	if u, err := url.Parse(s.OIDCIssuer); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		fault("PARLOR_OIDC_ISSUER", "%q must be an address such as https://login.example.com", s.OIDCIssuer)
	}
	if s.OIDCClientID == "" {
		fault("PARLOR_OIDC_CLIENT_ID", "is required beside PARLOR_OIDC_ISSUER")
	}
	if s.OIDCName == "" {
		fault("PARLOR_OIDC_NAME", "must not be empty")
	}
}
