package staff

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/seal"
	"github.com/parlorchat/parlor/internal/store"
)

// The codes are those that every app on a phone makes: SHA-1, six digits, half a minute (RFC 6238). A clock may be one step off.
const (
	codeLength  = 6
	stepSeconds = 30
	stepsOff    = 1
	secretSize  = 20 // bytes, as RFC 4226 section 4 recommends
)

var codeOptions = totp.ValidateOpts{Period: stepSeconds, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// SetUpTOTP makes a secret for the agent's phone and returns it, and the address that holds it for a QR code; issuer is what the phone calls this server. It counts
// for nothing until ConfirmTOTP, and takes the place of one that was not confirmed. Conflict where one was.
func (s *Service) SetUpTOTP(ctx context.Context, agent chat.Agent, issuer string) (secret, address string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: agent.Email, SecretSize: secretSize})
	if err != nil {
		return "", "", err
	}
	sealed, err := s.master.Seal(seal.TOTPSecret(agent.ID), []byte(key.Secret()))
	if err != nil {
		return "", "", err
	}
	err = s.store.Write(ctx, func(tx store.Tx) error {
		factors, err := tx.LockFactors(agent.ID)
		if err != nil {
			return err
		}
		if factors.TOTP {
			return &chat.Error{Kind: chat.Conflict, Code: "totp_on", Message: "Codes of an app are on already.", Cure: "Turn them off first."}
		}
		return tx.PutTOTP(chat.TOTP{Agent: agent.ID, Sealed: sealed, CreatedAt: s.now()})
	})
	return key.Secret(), key.URL(), err
}

// ConfirmTOTP turns the codes on, for an agent who shows one. It ends the agent's other sessions, and returns recovery codes where this is the account's first
// second factor. Unauthenticated wrong_code for another code; NotFound where nothing was set up.
func (s *Service) ConfirmTOTP(ctx context.Context, agent chat.Agent, session chat.AgentSession, code string) (recovery []string, err error) {
	now := s.now()
	err = s.store.Write(ctx, func(tx store.Tx) error {
		factors, err := tx.LockFactors(agent.ID)
		if err != nil {
			return err
		}
		set, found, err := tx.LockTOTP(agent.ID)
		if err != nil {
			return err
		}
		if !found || !set.ConfirmedAt.IsZero() {
			return chat.Missing("totp")
		}
		step, isRight, err := s.stepOf(set, bare(code))
		if err != nil {
			return err
		}
		if !isRight {
			return wrongCode()
		}
		if recovery, err = firstRecovery(tx, agent.ID, factors); err != nil {
			return err
		}
		set.ConfirmedAt, set.LastStep = now, step
		if err := tx.PutTOTP(set); err != nil {
			return err
		}
		if err := endElsewhere(tx, agent.ID, session.Hash); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{At: now, Actor: nameOf(agent), Action: "agent.totp_on", Target: string(agent.ID)})
	})
	return recovery, err
}

// RemoveTOTP turns the codes off. NotFound where they are not on.
func (s *Service) RemoveTOTP(ctx context.Context, agent chat.Agent) error {
	return s.store.Write(ctx, func(tx store.Tx) error {
		factors, err := tx.LockFactors(agent.ID)
		if err != nil {
			return err
		}
		if !factors.TOTP {
			return chat.Missing("totp")
		}
		if _, err := tx.DeleteTOTP(agent.ID); err != nil {
			return err
		}
		if err := dropRecovery(tx, agent.ID); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{At: s.now(), Actor: nameOf(agent), Action: "agent.totp_off", Target: string(agent.ID)})
	})
}

// takeCode uses up a code of the agent: one of the phone, or one for recovery. by says which it was.
func (s *Service) takeCode(tx store.Tx, agent chat.AgentID, typed string) (by string, isRight bool, err error) {
	code := bare(typed)
	if len(code) != codeLength {
		isRight, err = tx.TakeRecoveryCode(agent, chat.HashToken(code))
		return "recovery code", isRight, err
	}
	set, found, err := tx.LockTOTP(agent)
	if err != nil || !found || set.ConfirmedAt.IsZero() {
		return "", false, err
	}
	step, isRight, err := s.stepOf(set, code)
	if err == nil && isRight {
		isRight, err = tx.TakeTOTPStep(agent, step)
	}
	return "code", isRight, err
}

// stepOf returns the half minute whose code this is, of the present one and those beside it.
func (s *Service) stepOf(set chat.TOTP, code string) (step int64, found bool, err error) {
	secret, err := s.master.Open(seal.TOTPSecret(set.Agent), set.Sealed)
	if err != nil {
		return 0, false, err
	}
	for off := int64(-stepsOff); off <= stepsOff; off++ {
		candidate := s.now().Unix()/stepSeconds + off
		right, err := totp.GenerateCodeCustom(string(secret), time.Unix(candidate*stepSeconds, 0), codeOptions)
		if err != nil {
			return 0, false, err
		}
		if subtle.ConstantTimeCompare([]byte(right), []byte(code)) == 1 {
			step, found = candidate, true
		}
	}
	return step, found, nil
}

// bare is a code as it was made, however it was typed.
func bare(typed string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(typed))
}

func wrongCode() error {
	return &chat.Error{Kind: chat.Unauthenticated, Code: "wrong_code", Message: "The code is another one, or was used.",
		Cure: "A code works once: wait for the next one. Check that the clock of the phone is right."}
}
