package sso_test

import (
	"context"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/sso"
	"github.com/parlorchat/parlor/internal/sso/ssotest"
)

const redirect = "https://chat.example.com/console/sso"

func TestWhomTheProviderVouchesFor(t *testing.T) {
	t.Parallel()
	kim := sso.Subject{ID: "kim", Email: "Kim@shop.example", EmailVerified: true, Name: "Kim"}
	for name, tt := range map[string]struct {
		change func(l *ssotest.Login)
		answer func(l *ssotest.Login, a *sso.Answer, f *sso.Flow)
		fresh  bool
		want   sso.Subject
		code   string
	}{
		"somebody":                     {want: kim},
		"somebody who was asked again": {fresh: true, want: kim},
		"somebody of a provider that says who it is": {change: func(l *ssotest.Login) {
			l.About = map[string]any{"authorization_response_iss_parameter_supported": true}
		}, answer: func(l *ssotest.Login, a *sso.Answer, _ *sso.Flow) { a.Issuer = l.URL }, want: kim},
		"an address that is not verified": {change: func(l *ssotest.Login) { l.Claims = map[string]any{"email_verified": false} }, want: sso.Subject{ID: "kim", Email: kim.Email, Name: "Kim"}},
		"a truth that is text":            {change: func(l *ssotest.Login) { l.Claims = map[string]any{"email_verified": "true"} }, want: kim},
		"a truth that is a number":        {change: func(l *ssotest.Login) { l.Claims = map[string]any{"email_verified": 1} }, want: sso.Subject{ID: "kim", Email: kim.Email, Name: "Kim"}},
		"an address that is told apart": {change: func(l *ssotest.Login) {
			l.Claims = map[string]any{"email": nil}
			l.Info = map[string]any{"sub": "kim", "email": "k@shop.example", "email_verified": true}
		}, want: sso.Subject{ID: "kim", Email: "k@shop.example", EmailVerified: true}},
		"another one's address": {change: func(l *ssotest.Login) {
			l.Claims = map[string]any{"email": nil}
			l.Info = map[string]any{"sub": "lou", "email": "k@shop.example", "email_verified": true}
		}, code: "sso_refused"},
		"two audiences, for us": {change: func(l *ssotest.Login) {
			l.Claims = map[string]any{"aud": []string{"x", ssotest.ClientID}, "azp": ssotest.ClientID}
		}, want: kim},

		"another state":    {answer: func(_ *ssotest.Login, a *sso.Answer, _ *sso.Flow) { a.State += "x" }, code: "sso_refused"},
		"no state":         {answer: func(_ *ssotest.Login, a *sso.Answer, f *sso.Flow) { a.State, f.State = "", "" }, code: "sso_refused"},
		"another provider": {answer: func(_ *ssotest.Login, a *sso.Answer, _ *sso.Flow) { a.Issuer = "https://evil.example" }, code: "sso_refused"},
		"none that names itself": {change: func(l *ssotest.Login) {
			l.About = map[string]any{"authorization_response_iss_parameter_supported": true}
		}, code: "sso_refused"},
		"who would rather not":       {answer: func(_ *ssotest.Login, a *sso.Answer, _ *sso.Flow) { a.Code, a.Error = "", "access_denied" }, code: "sso_refused"},
		"a made-up code":             {answer: func(_ *ssotest.Login, a *sso.Answer, _ *sso.Flow) { a.Code = "x" }, code: "sso_refused"},
		"a code of another verifier": {answer: func(_ *ssotest.Login, _ *sso.Answer, f *sso.Flow) { f.Verifier += "x" }, code: "sso_refused"},
		"another nonce":              {change: func(l *ssotest.Login) { l.Claims = map[string]any{"nonce": "x"} }, code: "sso_refused"},
		"no nonce":                   {change: func(l *ssotest.Login) { l.Claims = map[string]any{"nonce": nil} }, code: "sso_refused"},
		"another audience":           {change: func(l *ssotest.Login) { l.Claims = map[string]any{"aud": "x"} }, code: "sso_refused"},
		"two audiences, for nobody":  {change: func(l *ssotest.Login) { l.Claims = map[string]any{"aud": []string{"x", ssotest.ClientID}} }, code: "sso_refused"},
		"another party":              {change: func(l *ssotest.Login) { l.Claims = map[string]any{"azp": "x"} }, code: "sso_refused"},
		"another issuer":             {change: func(l *ssotest.Login) { l.Claims = map[string]any{"iss": "https://evil.example"} }, code: "sso_refused"},
		"nobody":                     {change: func(l *ssotest.Login) { l.Claims = map[string]any{"sub": ""} }, code: "sso_refused"},
		"what is over":               {change: func(l *ssotest.Login) { l.Claims = map[string]any{"exp": l.Now.Add(-time.Second).Unix()} }, code: "sso_refused"},
		"what never ends":            {change: func(l *ssotest.Login) { l.Claims = map[string]any{"exp": nil} }, code: "sso_refused"},
		"a forged signature":         {change: func(l *ssotest.Login) { l.Forge = true }, code: "sso_refused"},
		"another algorithm":          {change: func(l *ssotest.Login) { l.Header = map[string]any{"alg": "none"} }, code: "sso_refused"},
		"who was not asked again":    {fresh: true, change: func(l *ssotest.Login) { l.Claims = map[string]any{"auth_time": l.Now.Add(-2 * time.Minute).Unix()} }, code: "sso_refused"},
		"who knows when":             {fresh: true, change: func(l *ssotest.Login) { l.Claims = map[string]any{"auth_time": nil} }, code: "sso_refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := ssotest.NewLogin(t)
			if tt.change != nil {
				tt.change(l)
			}
			p := l.Provider()
			address, flow, err := p.Begin(t.Context(), redirect, tt.fresh)
			if err != nil {
				t.Fatal(err)
			}
			code, query := l.Authorize(address)
			if got := query.Get("prompt") + query.Get("max_age"); got != map[bool]string{true: "login0"}[tt.fresh] {
				t.Errorf("asked to prompt %q", got)
			}
			answer := sso.Answer{Code: code, State: query.Get("state")}
			if tt.answer != nil {
				tt.answer(l, &answer, &flow)
			}
			got, err := p.Finish(t.Context(), flow, answer)
			if chat.CodeOf(err) != tt.code || got != tt.want {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestACodeIsGoodOnce(t *testing.T) {
	t.Parallel()
	l := ssotest.NewLogin(t)
	p := l.Provider()
	address, flow, _ := p.Begin(t.Context(), redirect, false)
	code, query := l.Authorize(address)
	for _, want := range []string{"", "sso_refused"} {
		if _, err := p.Finish(t.Context(), flow, sso.Answer{Code: code, State: query.Get("state")}); chat.CodeOf(err) != want {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// TestAProviderThatComesBack: what could not be asked is asked again by the next one.
func TestAProviderThatComesBack(t *testing.T) {
	t.Parallel()
	l := ssotest.NewLogin(t)
	l.About = map[string]any{"issuer": "https://evil.example"}
	p := l.Provider()
	_, _, err := p.Begin(t.Context(), redirect, false)
	if chat.CodeOf(err) != "sso_unreachable" || chat.KindOf(err) != chat.Unavailable {
		t.Errorf("got %v", err)
	}
	l.About = nil
	gone, cancel := context.WithCancel(t.Context())
	if _, _, err := p.Begin(gone, redirect, false); err != nil {
		t.Fatal(err)
	}
	cancel()
	address, flow, err := p.Begin(t.Context(), redirect, false)
	if err != nil {
		t.Fatal(err)
	}
	code, query := l.Authorize(address)
	if _, err := p.Finish(t.Context(), flow, sso.Answer{Code: code, State: query.Get("state")}); err != nil {
		t.Error(err)
	}
}
