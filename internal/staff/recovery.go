package staff

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"strings"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// recoverySize is the bytes of a recovery code: too many to be found again from its hash.
const recoverySize = 10

// RenewRecoveryCodes gives the agent new codes in place of all before. Conflict where there is no second factor that they could stand for.
func (s *Service) RenewRecoveryCodes(ctx context.Context, agent chat.Agent) (codes []string, err error) {
	err = s.store.Write(ctx, func(tx store.Tx) error {
		factors, err := tx.LockFactors(agent.ID)
		if err != nil {
			return err
		}
		if !factors.Second() {
			return &chat.Error{Kind: chat.Conflict, Code: "no_second_factor", Message: "Recovery codes stand for a second factor, and there is none.", Cure: "Set one up first."}
		}
		if codes, err = putRecovery(tx, agent.ID); err != nil {
			return err
		}
		return tx.AppendAudit(store.Audit{At: s.now(), Actor: nameOf(agent), Action: "agent.recovery_codes", Target: string(agent.ID)})
	})
	return codes, err
}

// firstRecovery makes recovery codes where the account, which has these factors, is about to get its first one.
func firstRecovery(tx store.Tx, agent chat.AgentID, factors chat.Factors) ([]string, error) {
	if factors.Second() {
		return nil, nil
	}
	return putRecovery(tx, agent)
}

func putRecovery(tx store.Tx, agent chat.AgentID) (codes []string, err error) {
	hashes := make([]chat.TokenHash, chat.RecoveryCodes)
	for i := range hashes {
		raw := make([]byte, recoverySize)
		rand.Read(raw)
		code := strings.ToLower(base32.StdEncoding.EncodeToString(raw))
		hashes[i] = chat.HashToken(code)
		codes = append(codes, strings.Join([]string{code[:4], code[4:8], code[8:12], code[12:]}, "-"))
	}
	return codes, tx.PutRecoveryCodes(agent, hashes)
}

// dropRecovery forgets the recovery codes of an account that has no second factor any more.
func dropRecovery(tx store.Tx, agent chat.AgentID) error {
	factors, err := tx.CountFactors(agent)
	if err != nil || factors.Second() {
		return err
	}
	return tx.PutRecoveryCodes(agent, nil)
}
