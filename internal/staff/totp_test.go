package staff_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/staff"
)

// phone makes the codes of an account.
type phone struct {
	*office
	secret string
}

// codeIn is the code that the phone shows so many half minutes from now.
func (p phone) codeIn(steps int) string {
	p.Helper()
	code, err := totp.GenerateCode(p.secret, p.now.Add(time.Duration(steps)*30*time.Second))
	if err != nil {
		p.Fatal(err)
	}
	return code
}

// protect turns codes on for somebody; the clock stands on the next half minute then.
func (o *office) protect(in staff.SignedIn) (phone, []string) {
	o.Helper()
	secret, address, err := o.SetUpTOTP(o.Context(), in.Agent, "Parlor")
	if err != nil || !strings.HasPrefix(address, "otpauth://totp/Parlor:ana@shop.example?") {
		o.Fatal(address, err)
	}
	p := phone{o, secret}
	recovery, err := o.ConfirmTOTP(o.Context(), in.Agent, in.Session, p.codeIn(0))
	if err != nil || len(recovery) != chat.RecoveryCodes {
		o.Fatal(recovery, err)
	}
	o.now = o.now.Add(30 * time.Second)
	return p, recovery
}

// half gives the password, which is not enough.
func (o *office) half() staff.SignedIn {
	o.Helper()
	in, err := o.SignIn(o.Context(), "ana@shop.example", "correct horse")
	if err != nil || in.Step == nil {
		o.Fatal(in, err)
	}
	return in
}

func TestThePasswordAloneDoesNotOpenAnAccountWithCodes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	elsewhere, _ := o.SignIn(t.Context(), "ana@shop.example", "correct horse")
	if _, _, err := o.SetUpTOTP(t.Context(), ana.Agent, "Parlor"); err != nil {
		t.Fatal(err)
	}
	_, err := o.ConfirmTOTP(t.Context(), ana.Agent, ana.Session, "000000")
	o.wantCode(err, "wrong_code")
	if in, err := o.SignIn(t.Context(), "ana@shop.example", "correct horse"); err != nil || in.Step != nil {
		t.Fatal("what was not confirmed counts", in, err)
	}

	phone, _ := o.protect(ana)
	_, _, err = o.Authenticate(t.Context(), elsewhere.Token)
	o.wantCode(err, "unauthorized")
	_, _, err = o.SetUpTOTP(t.Context(), ana.Agent, "Parlor")
	o.wantCode(err, "totp_on")

	half := o.half()
	_, _, err = o.Authenticate(t.Context(), half.Token)
	o.wantCode(err, "unauthorized")
	_, err = o.AnswerSecondStep(t.Context(), ana.Token, phone.codeIn(0))
	o.wantCode(err, "step_over")
	_, err = o.AnswerSecondStep(t.Context(), half.Token, "000000")
	o.wantCode(err, "wrong_code")
	in, err := o.AnswerSecondStep(t.Context(), half.Token, phone.codeIn(0))
	if err != nil || in.Agent.ID != ana.Agent.ID {
		t.Fatal(in, err)
	}
	if _, _, err := o.Authenticate(t.Context(), in.Token); err != nil {
		t.Error(err)
	}
	_, err = o.AnswerSecondStep(t.Context(), half.Token, phone.codeIn(1))
	o.wantCode(err, "step_over")
}

func TestWhichCodesAreGood(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		code func(p phone, recovery []string) string
		want string
	}{
		"the present one":                  {func(p phone, _ []string) string { return p.codeIn(0) }, ""},
		"in two halves":                    {func(p phone, _ []string) string { c := p.codeIn(0); return c[:3] + " " + c[3:] }, ""},
		"of a clock that is early":         {func(p phone, _ []string) string { return p.codeIn(1) }, ""},
		"of a clock far ahead":             {func(p phone, _ []string) string { return p.codeIn(2) }, "wrong_code"},
		"of a clock far behind":            {func(p phone, _ []string) string { return p.codeIn(-2) }, "wrong_code"},
		"the one that turned the codes on": {func(p phone, _ []string) string { return p.codeIn(-1) }, "wrong_code"},
		"none":                             {func(phone, []string) string { return "" }, "wrong_code"},
		"in other digits": {func(p phone, _ []string) string {
			return strings.Map(func(r rune) rune { return r - '0' + '٠' }, p.codeIn(0))
		}, "wrong_code"},
		"one for recovery": {func(_ phone, recovery []string) string { return recovery[3] }, ""},
		"typed in capitals": {func(_ phone, recovery []string) string {
			return strings.ToUpper(strings.ReplaceAll(recovery[9], "-", " "))
		}, ""},
		"half of one for recovery": {func(_ phone, recovery []string) string { return recovery[3][:9] }, "wrong_code"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			code := tt.code(o.protect(o.first()))
			_, err := o.AnswerSecondStep(t.Context(), o.half().Token, code)
			o.wantCode(err, tt.want)
			_, err = o.AnswerSecondStep(t.Context(), o.half().Token, code)
			o.wantCode(err, "wrong_code") // none works twice
		})
	}
}

func TestOfManyWithOneCodeOneIsLetIn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	phone, recovery := o.protect(o.first())
	for _, code := range []string{phone.codeIn(0), recovery[0]} {
		var in atomic.Int64
		var all sync.WaitGroup
		for range 8 {
			token := o.half().Token
			all.Go(func() {
				if _, err := o.AnswerSecondStep(t.Context(), token, code); err == nil {
					in.Add(1)
				}
			})
		}
		all.Wait()
		if in.Load() != 1 {
			t.Errorf("%d came in with one code", in.Load())
		}
	}
}

func TestTheSecondStepEnds(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(o *office, ana staff.SignedIn){
		"after five minutes":  func(o *office, _ staff.SignedIn) { o.now = o.now.Add(chat.ChallengeLife) },
		"by a closed account": func(o *office, ana staff.SignedIn) { o.closeAccount(ana.Agent) },
		"by a new password": func(o *office, ana staff.SignedIn) {
			if err := o.ChangePassword(o.Context(), ana.Agent, ana.Session, "correct horse", "battery staple"); err != nil {
				o.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			ana := o.first()
			phone, _ := o.protect(ana)
			half := o.half()
			end(o, ana)
			_, err := o.AnswerSecondStep(t.Context(), half.Token, phone.codeIn(0))
			o.wantCode(err, "step_over")
		})
	}
}

func TestProofOfAnAccountWithCodes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	phone, _ := o.protect(ana)
	o.now = o.now.Add(chat.AgentProofLife)
	err := o.ChangePassword(t.Context(), ana.Agent, ana.Session, "correct horse", "battery staple")
	o.wantCode(err, "proof_needed")
	for _, given := range [][2]string{{"correct horse", ""}, {"correct horse", "000000"}, {"another", phone.codeIn(0)}} {
		_, err := o.Prove(t.Context(), ana.Agent, ana.Session, given[0], given[1])
		o.wantCode(err, "wrong_proof")
	}
	session, err := o.Prove(t.Context(), ana.Agent, ana.Session, "correct horse", phone.codeIn(0))
	if err != nil || !o.Proved(session) {
		t.Fatal("a code that was given with another password is as good as before", err)
	}
	_, err = o.Prove(t.Context(), ana.Agent, ana.Session, "correct horse", phone.codeIn(0))
	o.wantCode(err, "wrong_proof")
}

func TestCodesAreTurnedOff(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ana := o.first()
	_, err := o.RenewRecoveryCodes(t.Context(), ana.Agent)
	o.wantCode(err, "no_second_factor")
	_, recovery := o.protect(ana)
	renewed, err := o.RenewRecoveryCodes(t.Context(), ana.Agent)
	if err != nil || len(renewed) != chat.RecoveryCodes {
		t.Fatal(renewed, err)
	}
	_, err = o.AnswerSecondStep(t.Context(), o.half().Token, recovery[0])
	o.wantCode(err, "wrong_code")
	if _, err = o.AnswerSecondStep(t.Context(), o.half().Token, renewed[0]); err != nil {
		t.Error(err)
	}
	if err := o.RemoveTOTP(t.Context(), ana.Agent); err != nil {
		t.Fatal(err)
	}
	if factors, err := o.Factors(t.Context(), ana.Agent.ID); err != nil || factors != (chat.Factors{}) {
		t.Error(factors, err)
	}
	if in, err := o.SignIn(t.Context(), "ana@shop.example", "correct horse"); err != nil || in.Step != nil {
		t.Error(in, err)
	}
	o.wantCode(o.RemoveTOTP(t.Context(), ana.Agent), "totp_not_found")
}
