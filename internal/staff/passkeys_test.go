package staff_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/descope/virtualwebauthn"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/staff"
	"github.com/parlorchat/parlor/internal/store"
)

const origin = "https://chat.example.com"

var party = virtualwebauthn.RelyingParty{ID: "chat.example.com", Name: "Parlor", Origin: origin}

// device holds one passkey of an agent.
type device struct {
	*office
	virtualwebauthn.Authenticator
	virtualwebauthn.Credential
}

// fullKey is how many bytes a COSE key of P-256 has: 32 for each coordinate (RFC 9053 section 7.1.1).
const fullKey = 77

// device is a new one. Its maker leaves out zeros at the beginning of a coordinate, for one key of 128, where authenticators do not.
func (o *office) device(agent chat.AgentID) *device {
	credential := virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
	for len(credential.Key.AttestationData()) != fullKey {
		credential = virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
	}
	return &device{o, virtualwebauthn.NewAuthenticatorWithOptions(virtualwebauthn.AuthenticatorOptions{UserHandle: []byte(agent)}), credential}
}

// make answers what asks for a new passkey.
func (d *device) make(options []byte) []byte {
	d.Helper()
	asked, err := virtualwebauthn.ParseAttestationOptions(string(options))
	if err != nil {
		d.Fatal(err)
	}
	return []byte(virtualwebauthn.CreateAttestationResponse(party, d.Authenticator, d.Credential, *asked))
}

// show answers what asks for a passkey, at a page of the origin.
func (d *device) show(options []byte, at string) []byte {
	d.Helper()
	asked, err := virtualwebauthn.ParseAssertionOptions(string(options))
	if err != nil {
		d.Fatal(err)
	}
	place := party
	place.Origin = at
	return []byte(virtualwebauthn.CreateAssertionResponse(place, d.Authenticator, d.Credential, *asked))
}

// enrol makes a passkey for somebody on a new device.
func (o *office) enrol(in staff.SignedIn) (*device, chat.Passkey, []string) {
	o.Helper()
	d := o.device(in.Agent.ID)
	options, err := o.BeginPasskey(o.Context(), in.Agent, origin)
	if err != nil {
		o.Fatal(err)
	}
	passkey, recovery, err := o.FinishPasskey(o.Context(), in.Agent, in.Session, origin, " Phone ", d.make(options))
	if err != nil {
		o.Fatal(err)
	}
	return d, passkey, recovery
}

func (o *office) asked() []byte {
	o.Helper()
	options, err := o.AskForPasskey(o.Context(), origin)
	if err != nil {
		o.Fatal(err)
	}
	return options
}

func TestAPasskeyOpensTheAccount(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	elsewhere, _ := o.SignIn(t.Context(), "ana@shop.example", "correct horse")
	d, passkey, recovery := o.enrol(ana)
	if passkey.Name != "Phone" || len(recovery) != chat.RecoveryCodes {
		t.Errorf("made %+v with %v", passkey, recovery)
	}
	_, _, err := o.Authenticate(t.Context(), elsewhere.Token)
	o.wantCode(err, "unauthorized")
	if _, _, more := o.enrol(ana); more != nil {
		t.Error("recovery codes of a second passkey would be in place of those that were stored")
	}

	asked := o.asked()
	in, err := o.SignInByPasskey(t.Context(), origin, d.show(asked, origin))
	if err != nil || in.Step != nil || in.Agent.ID != ana.Agent.ID {
		t.Fatal(in, err)
	}
	if _, _, err := o.Authenticate(t.Context(), in.Token); err != nil {
		t.Error(err)
	}
	_, err = o.SignInByPasskey(t.Context(), origin, d.show(asked, origin))
	o.wantCode(err, "wrong_passkey") // a challenge is answered once
}

func TestWhichPasskeysAreGood(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		shown func(o *office, d *device) []byte
		want  string
	}{
		"as it was made":              {func(o *office, d *device) []byte { return d.show(o.asked(), origin) }, ""},
		"on a page of another server": {func(o *office, d *device) []byte { return d.show(o.asked(), "https://chat.example.org") }, "wrong_passkey"},
		"on another port":             {func(o *office, d *device) []byte { return d.show(o.asked(), origin+":8443") }, "wrong_passkey"},
		"by a device that does not know its user": {func(o *office, d *device) []byte {
			d.Options.UserNotVerified = true
			return d.show(o.asked(), origin)
		}, "wrong_passkey"},
		"of another user": {func(o *office, d *device) []byte {
			d.Options.UserHandle = []byte("0123456789abcdef01234567")
			return d.show(o.asked(), origin)
		}, "wrong_passkey"},
		"of nobody": {func(o *office, d *device) []byte {
			d.Options.UserHandle = nil
			return d.show(o.asked(), origin)
		}, "wrong_passkey"},
		"that nobody has made": {func(o *office, d *device) []byte {
			return o.device(chat.AgentID(d.Options.UserHandle)).show(o.asked(), origin)
		}, "wrong_passkey"},
		"with a signature of its own": {func(o *office, d *device) []byte {
			forged := o.device(chat.AgentID(d.Options.UserHandle))
			forged.Credential.ID = d.Credential.ID
			return forged.show(o.asked(), origin)
		}, "wrong_passkey"},
		"too late": {func(o *office, d *device) []byte {
			asked := o.asked()
			o.now = o.now.Add(chat.ChallengeLife)
			return d.show(asked, origin)
		}, "wrong_passkey"},
		"to what nobody has asked": {func(o *office, d *device) []byte {
			return d.show([]byte(`{"challenge":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","rpId":"chat.example.com"}`), origin)
		}, "wrong_passkey"},
		"to what asked for a proof": {func(o *office, d *device) []byte {
			asked, err := o.AskForProof(o.Context(), d.owner(), origin)
			if err != nil {
				o.Error(err)
			}
			return d.show(asked, origin)
		}, "wrong_passkey"},
		"of a closed account": {func(o *office, d *device) []byte {
			o.closeAccount(d.owner())
			return d.show(o.asked(), origin)
		}, "wrong_passkey"},
		"that is no JSON": {func(*office, *device) []byte { return []byte("x") }, "wrong_passkey"},
		"that is empty":   {func(*office, *device) []byte { return nil }, "wrong_passkey"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			d, _, _ := o.enrol(o.first())
			_, err := o.SignInByPasskey(t.Context(), origin, tt.shown(o, d))
			o.wantCode(err, tt.want)
		})
	}
}

// owner is whose device it is.
func (d *device) owner() (agent chat.Agent) {
	d.Helper()
	d.write(func(tx store.Tx) (err error) {
		agent, err = tx.GetAgent(chat.AgentID(d.Options.UserHandle))
		return err
	})
	return agent
}

func TestACopiedDeviceIsFoundOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	d, _, _ := o.enrol(o.first())
	for _, tt := range []struct {
		count uint32
		want  string
	}{{5, ""}, {5, "wrong_passkey"}, {4, "wrong_passkey"}, {6, ""}} {
		d.Credential.Counter = tt.count
		_, err := o.SignInByPasskey(t.Context(), origin, d.show(o.asked(), origin))
		o.wantCode(err, tt.want)
	}
}

func TestAPasskeyIsASecondFactorAndAProof(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	d, passkey, _ := o.enrol(ana)
	half := o.half()
	asked, err := o.AskAtSecondStep(t.Context(), half.Token, origin)
	if err != nil || !strings.Contains(string(asked), "allowCredentials") {
		t.Fatal(string(asked), err)
	}
	_, err = o.SignInByPasskey(t.Context(), origin, d.show(asked, origin))
	o.wantCode(err, "wrong_passkey")
	if asked, err = o.AskAtSecondStep(t.Context(), half.Token, origin); err != nil {
		t.Fatal(err)
	}
	if in, err := o.PasskeyAtSecondStep(t.Context(), half.Token, origin, d.show(asked, origin)); err != nil || in.Agent.ID != ana.Agent.ID {
		t.Error(in, err)
	}
	_, err = o.AskAtSecondStep(t.Context(), half.Token, origin)
	o.wantCode(err, "step_over")

	o.now = o.now.Add(chat.AgentProofLife)
	if asked, err = o.AskForProof(t.Context(), ana.Agent, origin); err != nil {
		t.Fatal(err)
	}
	if session, err := o.ProveByPasskey(t.Context(), ana.Agent, ana.Session, origin, d.show(asked, origin)); err != nil || !o.Proved(session) {
		t.Error(session, err)
	}

	other := ana.Agent
	other.ID = chat.AgentID(chat.NewID(o.now))
	o.wantCode(o.RemovePasskey(t.Context(), other, passkey.ID), "agent_not_found")
	o.wantCode(o.RenamePasskey(t.Context(), other.ID, passkey.ID, "Mine"), "passkey_not_found")
	o.wantCode(o.RenamePasskey(t.Context(), ana.Agent.ID, passkey.ID, " "), "bad_request")
	if err := o.RenamePasskey(t.Context(), ana.Agent.ID, passkey.ID, "Key ring"); err != nil {
		t.Error(err)
	}
	if all, err := o.Passkeys(t.Context(), ana.Agent.ID); err != nil || len(all) != 1 || all[0].Name != "Key ring" || all[0].LastUsedAt != o.now {
		t.Errorf("the passkeys are %+v, %v", all, err)
	}
	if err := o.RemovePasskey(t.Context(), ana.Agent, passkey.ID); err != nil {
		t.Fatal(err)
	}
	if in, err := o.SignIn(t.Context(), "ana@shop.example", "correct horse"); err != nil || in.Step != nil {
		t.Error(in, err)
	}
	if factors, _ := o.Factors(t.Context(), ana.Agent.ID); factors != (chat.Factors{}) {
		t.Errorf("what is left is %+v", factors)
	}
}

func TestPasskeysAreMadeForThisServer(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	for _, at := range []string{"http://127.0.0.1:8080", "https://[::1]", "", "https://127.1", "https://a..example", "https://[fe80::1%25eth0]"} {
		_, err := o.BeginPasskey(t.Context(), ana.Agent, at)
		o.wantCode(err, "no_passkeys_here")
		_, err = o.AskForPasskey(t.Context(), at)
		o.wantCode(err, "no_passkeys_here")
	}
	options, err := o.BeginPasskey(t.Context(), ana.Agent, origin)
	if err != nil {
		t.Fatal(err)
	}
	var told struct {
		RP   struct{ ID string }
		User struct{ Name string }

		AuthenticatorSelection struct{ ResidentKey, UserVerification string }
	}
	if err := json.Unmarshal(options, &told); err != nil || fmt.Sprint(told) != "{{chat.example.com} {ana@shop.example} {required required}}" {
		t.Errorf("the browser is told %+v, %v", told, err)
	}
	d := o.device(ana.Agent.ID)
	d.Options.UserNotVerified = true
	_, _, err = o.FinishPasskey(t.Context(), ana.Agent, ana.Session, origin, "Phone", d.make(options))
	o.wantCode(err, "wrong_passkey")
	d.Options.UserNotVerified = false
	_, _, err = o.FinishPasskey(t.Context(), ana.Agent, ana.Session, origin, "Phone", d.make(options))
	o.wantCode(err, "wrong_passkey") // a challenge is answered once, well or badly
}
