package staff_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/password"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/sqlitetest"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/store/sqlstore"
)

// office is a server with an app, and a clock that stands still.
type office struct {
	*staff.Service
	*testing.T
	store store.Store
	now   time.Time
	app   chat.AppID
}

func newOffice(t *testing.T) *office {
	t.Helper()
	opened, err := sqlstore.Open(t.Context(), sqlstore.Options{URL: sqlitetest.New(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	o := &office{T: t, store: orderly{opened, t}, now: time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)}
	o.Service = staff.New(staff.Options{Store: o.store, Master: seal.NewMaster([32]byte{1}), Now: func() time.Time { return o.now }})
	o.app = chat.AppID(chat.NewID(o.now))
	o.write(func(tx store.Tx) error { return tx.InsertApp(&chat.App{ID: o.app, Name: "Shop", CreatedAt: o.now}) })
	return o
}

func (o *office) write(f func(store.Tx) error) {
	o.Helper()
	if err := o.store.Write(o.Context(), f); err != nil {
		o.Fatal(err)
	}
}

func (o *office) wantCode(err error, code string) {
	o.Helper()
	if chat.CodeOf(err) != code {
		o.Errorf("got %v, want the code %q", err, code)
	}
}

// first sets the server up.
func (o *office) first() staff.SignedIn {
	o.Helper()
	token, isNeeded, err := o.SetUp(o.Context())
	if err != nil || !isNeeded {
		o.Fatal(isNeeded, err)
	}
	in, err := o.Accept(o.Context(), token, staff.AcceptInput{Email: "Ana@Shop.example", Name: "Ana", Password: "correct horse"})
	if err != nil {
		o.Fatal(err)
	}
	return in
}

// TestTheFirstLinkIsOverWhenSomebodyManagesTheServer: whoever finds it later in what was printed makes no second account of that power.
func TestTheFirstLinkIsOverWhenSomebodyManagesTheServer(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	token, _, err := o.SetUp(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o.write(func(tx store.Tx) error {
		return tx.InsertAgent(chat.Agent{ID: chat.AgentID(chat.NewID(o.now)), Email: "boss@shop.example", Admin: true, CreatedAt: o.now})
	})
	_, err = o.Look(t.Context(), token)
	o.wantCode(err, "link_over")
	_, err = o.Accept(t.Context(), token, staff.AcceptInput{Email: "eve@shop.example", Password: "battery staple"})
	o.wantCode(err, "link_over")
}

func TestTheFirstLinkMakesTheFirstAccount(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	former, _, _ := o.SetUp(t.Context())
	ana := o.first()
	if ana.Agent.Email != "ana@shop.example" || !ana.Agent.Admin || ana.Agent.Name != "Ana" {
		t.Errorf("made %+v", ana.Agent)
	}
	_, err := o.Accept(t.Context(), former, staff.AcceptInput{Email: "eve@shop.example", Password: "battery staple"})
	o.wantCode(err, "link_over")
	if _, isNeeded, err := o.SetUp(t.Context()); isNeeded || err != nil {
		t.Error("a server that somebody manages needs no link", err)
	}
	role, err := o.RoleIn(t.Context(), ana.Agent, ana.Session, o.app)
	if role != chat.RoleOwner || err != nil {
		t.Error("who manages the server is an owner everywhere", role, err)
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	closed := chat.Agent{ID: chat.AgentID(chat.NewID(o.now)), Email: "gone@shop.example", PasswordHash: password.Hash("correct horse"), CreatedAt: o.now, DisabledAt: o.now}
	none := chat.Agent{ID: chat.AgentID(chat.NewID(o.now)), Email: "none@shop.example", CreatedAt: o.now}
	o.write(func(tx store.Tx) error { return tx.InsertAgent(closed) })
	o.write(func(tx store.Tx) error { return tx.InsertAgent(none) })
	for name, tt := range map[string]struct{ address, password, code string }{
		"right":                        {"ana@shop.example", "correct horse", ""},
		"in capitals":                  {"ANA@shop.example", "correct horse", ""},
		"another password":             {"ana@shop.example", "correct horsE", "wrong_password"},
		"no password":                  {"ana@shop.example", "", "wrong_password"},
		"nobody":                       {"ben@shop.example", "correct horse", "wrong_password"},
		"no address":                   {"ana", "correct horse", "wrong_password"},
		"a closed account":             {"gone@shop.example", "correct horse", "wrong_password"},
		"an account without password":  {"none@shop.example", "", "wrong_password"},
		"a very long password":         {"ana@shop.example", strings.Repeat("x", 1<<20), "wrong_password"},
		"a password with a NUL in it":  {"ana@shop.example", "correct horse\x00", "wrong_password"},
		"an address with blanks at it": {" ana@shop.example", "correct horse", "wrong_password"},
	} {
		in, err := o.SignIn(t.Context(), tt.address, tt.password)
		if chat.CodeOf(err) != tt.code {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && (in.Agent.ID != ana.Agent.ID || in.Token == ana.Token) {
			t.Errorf("%s: signed in as %+v", name, in)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		do   func(ctx context.Context, o *office, ana staff.SignedIn)
		live bool
	}{
		"at once":             {func(context.Context, *office, staff.SignedIn) {}, true},
		"by signing out":      {func(ctx context.Context, o *office, ana staff.SignedIn) { _ = o.SignOut(ctx, ana.Token) }, false},
		"unused for 11 hours": {func(_ context.Context, o *office, _ staff.SignedIn) { o.now = o.now.Add(11 * time.Hour) }, true},
		"unused for 12 hours": {func(_ context.Context, o *office, _ staff.SignedIn) { o.now = o.now.Add(12 * time.Hour) }, false},
		"used for seven days": {func(ctx context.Context, o *office, ana staff.SignedIn) { o.use(ctx, ana, 7*24-1) }, true},
		"used for longer":     {func(ctx context.Context, o *office, ana staff.SignedIn) { o.use(ctx, ana, 7*24) }, false},
		"by a closed account": {func(_ context.Context, o *office, ana staff.SignedIn) { o.closeAccount(ana.Agent) }, false},
		"by signing in again": {func(ctx context.Context, o *office, _ staff.SignedIn) {
			_, _ = o.SignIn(ctx, "ana@shop.example", "correct horse")
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			ana := o.first()
			tt.do(t.Context(), o, ana)
			agent, _, err := o.Authenticate(t.Context(), ana.Token)
			if (err == nil) != tt.live || (err == nil && agent.ID != ana.Agent.ID) {
				t.Errorf("got %+v, %v", agent, err)
			}
			_, _, err = o.Authenticate(t.Context(), ana.Token+"x")
			o.wantCode(err, "unauthorized")
		})
	}
}

// use calls every hour.
func (o *office) use(ctx context.Context, in staff.SignedIn, hours int) {
	for range hours {
		o.now = o.now.Add(time.Hour)
		_, _, _ = o.Authenticate(ctx, in.Token)
	}
}

func (o *office) closeAccount(agent chat.Agent) {
	agent.DisabledAt = o.now
	o.write(func(tx store.Tx) error { return tx.UpdateAgent(agent) })
}

func TestProof(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	if !o.Proved(ana.Session) {
		t.Error("who has just signed in has shown a secret")
	}
	o.now = o.now.Add(chat.AgentProofLife)
	agent, session, _ := o.Authenticate(t.Context(), ana.Token)
	if o.Proved(session) {
		t.Error("a proof ends")
	}
	_, err := o.Prove(t.Context(), agent, session, "another", "")
	o.wantCode(err, "wrong_password")
	if proved, err := o.Prove(t.Context(), agent, session, "correct horse", ""); err != nil || !o.Proved(proved) {
		t.Fatal(proved, err)
	}
	if _, session, _ = o.Authenticate(t.Context(), ana.Token); !o.Proved(session) {
		t.Error("a new proof counts")
	}
}

func TestInvitations(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	invite := func(role chat.Role) string {
		token, _, err := o.Invite(t.Context(), ana.Agent, staff.InviteInput{Email: "Ben@shop.example", App: o.app, Role: role})
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	token := invite(chat.RoleAdmin)
	if invitation, err := o.Look(t.Context(), token); err != nil || invitation.Email != "ben@shop.example" || invitation.Role != chat.RoleAdmin {
		t.Errorf("shows %+v, %v", invitation, err)
	}
	_, err := o.Accept(t.Context(), token, staff.AcceptInput{Password: "short"})
	o.wantCode(err, "bad_request")
	ben, err := o.Accept(t.Context(), token, staff.AcceptInput{Email: "eve@shop.example", Name: "Ben", Password: "battery staple"})
	if err != nil || ben.Agent.Email != "ben@shop.example" || ben.Agent.Admin {
		t.Fatalf("made %+v, %v", ben.Agent, err)
	}
	_, err = o.Accept(t.Context(), token, staff.AcceptInput{Password: "battery staple"})
	o.wantCode(err, "link_over")

	_, err = o.Accept(t.Context(), invite(chat.RoleAgent), staff.AcceptInput{Password: "not his own"})
	o.wantCode(err, "wrong_password")
	for _, tt := range []struct{ given, has chat.Role }{{chat.RoleAgent, chat.RoleAdmin}, {chat.RoleOwner, chat.RoleOwner}} {
		if _, err := o.Accept(t.Context(), invite(tt.given), staff.AcceptInput{Password: "battery staple"}); err != nil {
			t.Error(err)
		}
		if role, _ := o.RoleIn(t.Context(), ben.Agent, ben.Session, o.app); role != tt.has {
			t.Errorf("invited as %s, is %s", tt.given, role)
		}
	}

	late := invite(chat.RoleAgent)
	o.now = o.now.Add(chat.InvitationLife)
	_, err = o.Look(t.Context(), late)
	o.wantCode(err, "link_over")
	_, _, err = o.Invite(t.Context(), ana.Agent, staff.InviteInput{Email: "ben", App: o.app, Role: chat.RoleAgent})
	o.wantCode(err, "bad_request")
	_, _, err = o.Invite(t.Context(), ana.Agent, staff.InviteInput{Email: "ben@shop.example", App: o.app, Role: "root"})
	o.wantCode(err, "bad_request")
}
