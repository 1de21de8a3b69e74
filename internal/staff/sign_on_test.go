package staff_test

import (
	"slices"
	"testing"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/sso"
	"github.com/parlorchat/parlor/internal/sso/ssotest"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/store"
)

// company is an office with a provider of single sign-on, which vouches for kim@shop.example.
type company struct {
	*office
	login *ssotest.Login
}

func newCompany(t *testing.T) company {
	t.Helper()
	o := newOffice(t)
	o.now = time.Now()
	login := ssotest.NewLogin(t)
	o.Service = staff.New(staff.Options{Store: o.store, Master: seal.NewMaster([32]byte{1}), SignOn: login.Provider(), Now: func() time.Time { return o.now }})
	return company{o, login}
}

// account is one without a password.
func (c company) account(email string) chat.Agent {
	c.Helper()
	agent := chat.Agent{ID: chat.AgentID(chat.NewID(c.now)), Email: email, CreatedAt: c.now}
	c.write(func(tx store.Tx) error { return tx.InsertAgent(agent) })
	return agent
}

// begun goes to the provider, and returns the browser's token and what it brings back.
func (c company) begun() (string, sso.Answer) {
	c.Helper()
	on, err := c.BeginSignOn(c.Context(), origin)
	if err != nil {
		c.Fatal(err)
	}
	return c.back(on)
}

func (c company) back(on staff.SignOn) (string, sso.Answer) {
	code, query := c.login.Authorize(on.Address)
	return on.Token, sso.Answer{Code: code, State: query.Get("state")}
}

func (c company) signOn() (staff.SignedIn, error) {
	c.Helper()
	token, answer := c.begun()
	return c.FinishSignOn(c.Context(), token, "", answer)
}

// actions are those of the audit log, the oldest first.
func (c company) actions() (all []string) {
	c.Helper()
	c.write(func(tx store.Tx) error {
		links, err := tx.ListAuditLinks(0, 100)
		for _, link := range links {
			all = append(all, link.Action)
		}
		return err
	})
	return all
}

func TestSingleSignOnBindsAnAccountOnce(t *testing.T) {
	t.Parallel()
	c := newCompany(t)
	_, err := c.signOn()
	c.wantCode(err, "sso_no_account")
	kim := c.account("kim@shop.example")
	c.login.Claims = map[string]any{"email_verified": false}
	_, err = c.signOn()
	c.wantCode(err, "sso_unverified")
	c.login.Claims = map[string]any{"email": "kim"}
	_, err = c.signOn()
	c.wantCode(err, "sso_unverified")

	c.login.Claims = nil
	in, err := c.signOn()
	if err != nil || in.Agent.ID != kim.ID {
		t.Fatal(in, err)
	}
	if _, _, err := c.Authenticate(t.Context(), in.Token); err != nil {
		t.Error(err)
	}
	// Whoever is bound is found by that, whatever their address is by now, and another one with the address is not them.
	lou := c.account("lou@shop.example")
	c.login.Claims = map[string]any{"email": "lou@shop.example"}
	if in, err := c.signOn(); err != nil || in.Agent.ID != kim.ID {
		t.Error(in, err)
	}
	c.login.Claims = map[string]any{"sub": "another"}
	_, err = c.signOn()
	c.wantCode(err, "sso_another")
	c.login.Claims = map[string]any{"sub": "another", "email": "lou@shop.example"}
	if in, err := c.signOn(); err != nil || in.Agent.ID != lou.ID {
		t.Error(in, err)
	}
	c.closeAccount(kim)
	c.login.Claims = nil
	_, err = c.signOn()
	c.wantCode(err, "sso_no_account")
}

func TestSingleSignOnTakesUpInvitations(t *testing.T) {
	t.Parallel()
	c := newCompany(t)
	boss := c.first()
	invite := func(role chat.Role) chat.Invitation {
		_, invitation, err := c.Invite(t.Context(), boss.Agent, staff.InviteInput{Email: "kim@shop.example", App: c.app, Role: role})
		if err != nil {
			t.Fatal(err)
		}
		return invitation
	}
	invite(chat.RoleAgent)
	c.now = c.now.Add(chat.InvitationLife)
	c.login.Now = c.now
	_, err := c.signOn()
	c.wantCode(err, "sso_no_account")
	invite(chat.RoleAdmin)
	c.login.Claims = map[string]any{"email_verified": false}
	_, err = c.signOn()
	c.wantCode(err, "sso_unverified")
	c.login.Claims = nil
	in, err := c.signOn()
	if err != nil || in.Agent.Email != "kim@shop.example" || in.Agent.Name != "Kim" || in.Agent.PasswordHash != "" || in.Agent.Admin {
		t.Fatalf("%+v, %v", in.Agent, err)
	}
	if role, err := c.RoleIn(t.Context(), in.Agent, in.Session, c.app); role != chat.RoleAdmin || err != nil {
		t.Error(role, err)
	}
	if got, want := c.actions(), []string{"agent.sso_bind", "agent.join", "agent.sign_in"}; !slices.Equal(got[len(got)-3:], want) {
		t.Errorf("the audit log says %v, and not %v at last", got, want)
	}
	_, err = c.SignIn(t.Context(), "kim@shop.example", "")
	c.wantCode(err, "wrong_password")
	invite(chat.RoleOwner)
	if _, err := c.signOn(); err != nil {
		t.Fatal(err)
	}
	if role, _ := c.RoleIn(t.Context(), in.Agent, in.Session, c.app); role != chat.RoleOwner {
		t.Error(role)
	}
}

func TestSingleSignOnIsOfOneBrowserAndOnce(t *testing.T) {
	t.Parallel()
	c := newCompany(t)
	c.account("kim@shop.example")
	token, answer := c.begun()
	other, _ := c.begun()
	_, err := c.FinishSignOn(t.Context(), other, "", answer)
	c.wantCode(err, "sso_refused")
	_, err = c.FinishSignOn(t.Context(), other, "", answer)
	c.wantCode(err, "sso_over")
	_, err = c.FinishSignOn(t.Context(), "", "", answer)
	c.wantCode(err, "sso_over")
	if _, err := c.FinishSignOn(t.Context(), token, "", answer); err != nil {
		t.Fatal(err)
	}
	_, err = c.FinishSignOn(t.Context(), token, "", answer)
	c.wantCode(err, "sso_over")
	token, answer = c.begun()
	c.now = c.now.Add(chat.ChallengeLife)
	_, err = c.FinishSignOn(t.Context(), token, "", answer)
	c.wantCode(err, "sso_over")

	none := newOffice(t)
	_, err = none.BeginSignOn(t.Context(), origin)
	none.wantCode(err, "sso_off")
	_, err = none.FinishSignOn(t.Context(), "x", "", answer)
	none.wantCode(err, "sso_over")
}

func TestSingleSignOnIsAProof(t *testing.T) {
	t.Parallel()
	c := newCompany(t)
	c.account("kim@shop.example")
	in, err := c.signOn()
	if err != nil {
		t.Fatal(err)
	}
	c.now = c.now.Add(chat.AgentProofLife)
	c.login.Now = c.now
	prove := func(session string) (staff.SignedIn, error) {
		on, err := c.BeginProofBySignOn(t.Context(), in.Agent, origin)
		if err != nil {
			t.Fatal(err)
		}
		token, answer := c.back(on)
		return c.FinishSignOn(t.Context(), token, session, answer)
	}
	c.login.Claims = map[string]any{"auth_time": c.now.Add(-time.Hour).Unix()}
	_, err = prove(in.Token)
	c.wantCode(err, "sso_refused")
	c.login.Claims = map[string]any{"sub": "another"}
	_, err = prove(in.Token)
	c.wantCode(err, "sso_another")
	c.login.Claims = nil
	_, err = prove("")
	c.wantCode(err, "unauthorized")
	proved, err := prove(in.Token)
	if err != nil || proved.Token != "" || !c.Proved(proved.Session) {
		t.Fatal(proved, err)
	}
	if isBound, err := c.IsBound(t.Context(), in.Agent.ID); !isBound || err != nil {
		t.Error(isBound, err)
	}
}

func TestSingleSignOnStandsForThePasswordAlone(t *testing.T) {
	t.Parallel()
	c := newCompany(t)
	kim := c.account("kim@shop.example")
	in, err := c.signOn()
	if err != nil {
		t.Fatal(err)
	}
	c.enrol(in)
	in, err = c.signOn()
	if err != nil || in.Step == nil {
		t.Error("a provider stands in for the second factor", in, err)
	}
	c.write(func(tx store.Tx) error { return tx.DeleteFactors(kim.ID) })
	if in, err = c.signOn(); err != nil || in.Step != nil || in.Agent.ID != kim.ID {
		t.Error(in, err)
	}
}
