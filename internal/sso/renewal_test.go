package sso_test

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/sso"
	"github.com/parlorchat/parlor/internal/sso/ssotest"
)

// wire counts how often the provider is asked about itself, and holds such a question up where a test wants it.
type wire struct {
	asked    atomic.Int64
	held, on chan struct{} // nil: nothing is held; held is told of each question, which goes on when on says so
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/openid-configuration") {
		w.asked.Add(1)
		if w.held != nil {
			w.held <- struct{}{}
			<-w.on
		}
	}
	return http.DefaultTransport.RoundTrip(r)
}

// renewal is a provider and its server, with a clock that the test moves.
type renewal struct {
	*ssotest.Login
	*sso.Provider
	wire wire
}

func newRenewal(t *testing.T) *renewal {
	r := &renewal{Login: ssotest.NewLogin(t)}
	r.Provider = sso.New(sso.Options{Issuer: r.URL, ClientID: ssotest.ClientID, ClientSecret: ssotest.ClientSecret, Transport: &r.wire, Now: func() time.Time { return r.Now }})
	return r
}

// moveTo has the provider name another address for browsers.
func (r *renewal) moveTo(path string) {
	r.About = map[string]any{"authorization_endpoint": r.URL + path}
}

// leadsTo tells where a sign-in goes to.
func (r *renewal) leadsTo() string {
	address, _, err := r.Begin(r.Context(), redirect, false)
	if err != nil {
		r.Error(err)
	}
	path, _, _ := strings.Cut(strings.TrimPrefix(address, r.URL), "?")
	return path
}

func TestAProviderThatMovesIsFollowedWithinAnHour(t *testing.T) {
	t.Parallel()
	r := newRenewal(t)
	for _, step := range []struct {
		name  string
		after time.Duration
		about map[string]any
		leads string
		asked int64
	}{
		{"the first", 0, nil, "/authorize", 1},
		{"within the hour it is not asked", 59 * time.Minute, map[string]any{"authorization_endpoint": r.URL + "/b"}, "/authorize", 1},
		{"then it is", time.Minute, map[string]any{"authorization_endpoint": r.URL + "/b"}, "/b", 2},
		{"and not again", time.Minute, nil, "/b", 2},
		{"what is somebody else's is not taken", 59 * time.Minute, map[string]any{"issuer": "https://evil.example", "authorization_endpoint": r.URL + "/evil"}, "/b", 3},
		{"nor asked for at once", time.Minute - 1, map[string]any{"authorization_endpoint": r.URL + "/c"}, "/b", 3},
		{"but a minute later", 1, map[string]any{"authorization_endpoint": r.URL + "/c"}, "/c", 4},
	} {
		r.Now, r.About = r.Now.Add(step.after), step.about
		if leads, asked := r.leadsTo(), r.wire.asked.Load(); leads != step.leads || asked != step.asked {
			t.Errorf("%s: leads to %s after %d questions, want %s after %d", step.name, leads, asked, step.leads, step.asked)
		}
	}
}

// TestNobodyWaitsForAnothersQuestion: who comes while the provider is being asked anew goes on with what was said before.
func TestNobodyWaitsForAnothersQuestion(t *testing.T) {
	t.Parallel()
	r := newRenewal(t)
	r.leadsTo()
	r.Now = r.Now.Add(time.Hour)
	r.moveTo("/b")
	r.wire.held, r.wire.on = make(chan struct{}), make(chan struct{})
	asks := make(chan string)
	go func() { asks <- r.leadsTo() }()
	<-r.wire.held
	var others sync.WaitGroup
	for range 8 {
		others.Go(func() {
			if leads := r.leadsTo(); leads != "/authorize" {
				t.Errorf("led to %s meanwhile", leads)
			}
		})
	}
	others.Wait()
	close(r.wire.on)
	if leads := <-asks; leads != "/b" {
		t.Errorf("who asked is led to %s", leads)
	}
	if leads := r.leadsTo(); leads != "/b" || r.wire.asked.Load() != 2 {
		t.Errorf("led to %s after %d questions", leads, r.wire.asked.Load())
	}
}

// TestTheFirstOnesAskTogether: nobody has anything to go on with, and the provider is asked once.
func TestTheFirstOnesAskTogether(t *testing.T) {
	t.Parallel()
	r := newRenewal(t)
	r.wire.held, r.wire.on = make(chan struct{}, 8), make(chan struct{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if leads := r.leadsTo(); leads != "/authorize" {
				t.Errorf("led to %s", leads)
			}
		})
	}
	<-r.wire.held
	close(r.wire.on)
	all.Wait()
	if asked := r.wire.asked.Load(); asked != 1 {
		t.Errorf("it was asked %d times", asked)
	}
}
