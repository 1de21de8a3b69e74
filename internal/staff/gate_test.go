package staff_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/ratelimit"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/store"
)

func TestTheGateBoundsSourcesAndAccounts(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	limit := func(n int) *ratelimit.Limiter {
		return ratelimit.New(ratelimit.Rule{Events: n, Per: time.Hour, Burst: n}, func() time.Time { return now })
	}
	gate := staff.Gate{Sources: limit(2), Accounts: limit(3)}
	wrong := &chat.Error{Kind: chat.Unauthenticated, Code: "wrong_password"}
	try := func(source, address string, outcome error) string {
		return chat.CodeOf(gate.Try(source, address, func() error { return outcome }))
	}
	for i, c := range []struct {
		source, address string
		outcome         error
		want            string
	}{
		{"a", "kim@shop.example", nil, ""},
		{"a", "kim@shop.example", wrong, "wrong_password"},
		{"a", "KIM@shop.example", wrong, "wrong_password"},
		{"a", "lee@shop.example", nil, "rate_limited"}, // the source has had its two
		{"b", "kim@shop.example", wrong, "wrong_password"},
		{"b", "kim@shop.example", nil, "rate_limited"}, // the account has had its three
		{"b", "lee@shop.example", nil, ""},
		{"c", "", &chat.Error{Kind: chat.NotFound, Code: "link_over"}, "link_over"},
		{"c", "no address", errors.New("the disk is gone"), ""},
		{"c", "", wrong, "wrong_password"},
		{"c", "", nil, "rate_limited"},
	} {
		if got := try(c.source, c.address, c.outcome); got != c.want {
			t.Errorf("%d: %s for %q is answered %q, want %q", i, c.source, c.address, got, c.want)
		}
	}
}

// TestTheGateCountsWhatIsUnderWay tries as often at once as it may: each is inside before one of them has ended.
func TestTheGateCountsWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	limit := func(n int) *ratelimit.Limiter {
		return ratelimit.New(ratelimit.Rule{Events: n, Per: time.Hour, Burst: n}, time.Now)
	}
	gate := staff.Gate{Sources: limit(9), Accounts: limit(3)}
	wrong := &chat.Error{Kind: chat.Unauthenticated, Code: "wrong_code"}
	inside, most := 0, 0
	var try func() error
	try = func() error {
		inside++
		most = max(most, inside)
		if err := gate.Try("a", "kim@shop.example", try); chat.CodeOf(err) != "rate_limited" && chat.CodeOf(err) != "wrong_code" {
			t.Errorf("%v", err)
		}
		return wrong
	}
	if err := gate.Try("a", "kim@shop.example", try); chat.CodeOf(err) != "wrong_code" || most != 3 {
		t.Errorf("%d were inside at once, want 3; %v", most, err)
	}
	if err := gate.Try("b", "kim@shop.example", func() error { return nil }); chat.CodeOf(err) != "rate_limited" {
		t.Errorf("after as many wrong ones: %v", err)
	}
}

func TestPasswordsChange(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	here := o.first()
	elsewhere, err := o.SignIn(t.Context(), "ana@shop.example", "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	o.wantCode(o.ChangePassword(t.Context(), here.Agent, here.Session, "another", "battery staple"), "wrong_password")
	o.wantCode(o.ChangePassword(t.Context(), here.Agent, here.Session, "correct horse", "short"), "bad_request")
	if err := o.ChangePassword(t.Context(), here.Agent, here.Session, "correct horse", "battery staple"); err != nil {
		t.Fatal(err)
	}
	_, _, err = o.Authenticate(t.Context(), elsewhere.Token)
	o.wantCode(err, "unauthorized")
	if _, _, err := o.Authenticate(t.Context(), here.Token); err != nil {
		t.Errorf("the session that changed it: %v", err)
	}
	_, err = o.SignIn(t.Context(), "ana@shop.example", "correct horse")
	o.wantCode(err, "wrong_password")
}

// TestNobodySignsInWithAPasswordThatWasChangedMeanwhile changes it between the look at the password and the session.
func TestNobodySignsInWithAPasswordThatWasChangedMeanwhile(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	slow := &interrupted{Store: o.store, before: func() {
		if err := o.ChangePassword(t.Context(), ana.Agent, ana.Session, "correct horse", "battery staple"); err != nil {
			t.Error(err)
		}
	}}
	meanwhile := staff.New(staff.Options{Store: slow, Master: seal.NewMaster([32]byte{1}), Now: func() time.Time { return o.now }})
	_, err := meanwhile.SignIn(t.Context(), "ana@shop.example", "correct horse")
	o.wantCode(err, "wrong_password")
	if _, err := meanwhile.SignIn(t.Context(), "ana@shop.example", "battery staple"); err != nil {
		t.Error(err)
	}
}

// interrupted is a store where something happens before the first write.
type interrupted struct {
	store.Store
	before func()
}

func (s *interrupted) Write(ctx context.Context, f func(store.Tx) error) error {
	if before := s.before; before != nil {
		s.before = nil
		before()
	}
	return s.Store.Write(ctx, f)
}

func TestEndedSessionsAreForgotten(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	idle := o.first()
	o.now = o.now.Add(chat.AgentSessionIdle - time.Minute)
	used, err := o.SignIn(t.Context(), "ana@shop.example", "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(2 * time.Minute)
	if count, err := o.ForgetEnded(t.Context()); count != 1 || err != nil {
		t.Errorf("forgot %d, %v", count, err)
	}
	_, _, err = o.Holder(t.Context(), idle.Token)
	o.wantCode(err, "unauthorized")
	// A line that is open keeps no session alive; a call does.
	o.now = o.now.Add(chat.AgentSessionIdle - 3*time.Minute)
	if _, session, err := o.Holder(t.Context(), used.Token); err != nil || !session.LastUsedAt.Equal(used.Session.LastUsedAt) {
		t.Errorf("held: %+v, %v", session, err)
	}
	if _, session, err := o.Authenticate(t.Context(), used.Token); err != nil || !session.LastUsedAt.Equal(o.now) {
		t.Errorf("used: %+v, %v", session, err)
	}
}
