package sqlstore

import (
	"fmt"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

const totpColumns = `agent_id, sealed, last_step, created_at, confirmed_at`

func scanTOTP(row scanner, totp *chat.TOTP) error {
	return row.Scan((*string)(&totp.Agent), &totp.Sealed, &totp.LastStep, (*timeValue)(&totp.CreatedAt), (*timeValue)(&totp.ConfirmedAt))
}

func (t *tx) PutTOTP(totp chat.TOTP) error {
	if _, err := t.GetAgent(totp.Agent); err != nil {
		return err
	}
	_, err := t.exec("put TOTP", `INSERT INTO totps (`+totpColumns+`) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (agent_id) DO UPDATE SET sealed = $2, last_step = $3, created_at = $4, confirmed_at = $5`,
		string(totp.Agent), blob(totp.Sealed), totp.LastStep, micros(totp.CreatedAt), micros(totp.ConfirmedAt))
	return err
}

func (t *tx) LockTOTP(agent chat.AgentID) (chat.TOTP, bool, error) {
	return find(t, "lock TOTP", scanTOTP, t.db.lockRows(`SELECT `+totpColumns+` FROM totps WHERE agent_id = $1`), string(agent))
}

func (t *tx) LockTOTPs() ([]chat.TOTP, error) {
	return list(t, "lock TOTPs", scanTOTP, t.db.lockRows(`SELECT `+totpColumns+` FROM totps ORDER BY agent_id`))
}

func (t *tx) TakeTOTPStep(agent chat.AgentID, step int64) (bool, error) {
	affected, err := t.exec("take code", `UPDATE totps SET last_step = $2 WHERE agent_id = $1 AND last_step < $2`, string(agent), step)
	return affected > 0, err
}

func (t *tx) DeleteTOTP(agent chat.AgentID) (bool, error) {
	affected, err := t.exec("delete TOTP", `DELETE FROM totps WHERE agent_id = $1`, string(agent))
	return affected > 0, err
}

func (t *tx) PutRecoveryCodes(agent chat.AgentID, hashes []chat.TokenHash) error {
	if _, err := t.exec("forget recovery codes", `DELETE FROM recovery_codes WHERE agent_id = $1`, string(agent)); err != nil {
		return err
	}
	for _, hash := range hashes {
		if _, err := t.exec("insert recovery code", `INSERT INTO recovery_codes (agent_id, hash) VALUES ($1, $2)`, string(agent), hash[:]); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) TakeRecoveryCode(agent chat.AgentID, hash chat.TokenHash) (bool, error) {
	affected, err := t.exec("take recovery code", `DELETE FROM recovery_codes WHERE agent_id = $1 AND hash = $2`, string(agent), hash[:])
	return affected > 0, err
}

// factorColumns counts what the agent has of whom an expression is the id.
func factorColumns(agent string) string {
	return `EXISTS (SELECT 1 FROM totps WHERE agent_id = ` + agent + ` AND confirmed_at > 0),
		(SELECT COUNT(*) FROM recovery_codes WHERE agent_id = ` + agent + `), (SELECT COUNT(*) FROM passkeys WHERE agent_id = ` + agent + `)`
}

func factorFields(f *chat.Factors) []any { return []any{&f.TOTP, &f.RecoveryCodes, &f.Passkeys} }

func (t *tx) CountFactors(agent chat.AgentID) (chat.Factors, error) {
	scan := func(row scanner, f *chat.Factors) error { return row.Scan(factorFields(f)...) }
	return get(t, "agent", "count factors", scan, `SELECT `+factorColumns("$1"), string(agent))
}

func (t *tx) LockFactors(agent chat.AgentID) (chat.Factors, error) {
	if _, err := t.LockAgent(agent); err != nil {
		return chat.Factors{}, err
	}
	return t.CountFactors(agent)
}

func (t *tx) DeleteFactors(agent chat.AgentID) error {
	for _, table := range []string{"totps", "recovery_codes", "passkeys", "agent_subjects", "agent_challenges"} {
		if _, err := t.exec("delete factors", `DELETE FROM `+table+` WHERE agent_id = $1`, string(agent)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) BindSubject(b chat.BoundSubject) error {
	const doing = "bind subject"
	affected, err := t.exec(doing, `INSERT INTO agent_subjects (issuer, subject, agent_id, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		b.Issuer, b.Subject, string(b.Agent), micros(b.CreatedAt))
	if err == nil && affected == 0 {
		err = fmt.Errorf("%s: %w", doing, conflict("subject", "The provider's user has an account."))
	}
	return err
}

func (t *tx) FindSubject(issuer, subject string) (chat.BoundSubject, bool, error) {
	scan := func(row scanner, b *chat.BoundSubject) error {
		return row.Scan(&b.Issuer, &b.Subject, (*string)(&b.Agent), (*timeValue)(&b.CreatedAt))
	}
	return find(t, "find subject", scan, `SELECT issuer, subject, agent_id, created_at FROM agent_subjects WHERE issuer = $1 AND subject = $2`, issuer, subject)
}

func (t *tx) HasSubject(issuer string, agent chat.AgentID) (bool, error) {
	count, err := get(t, "count", "count subjects", scanNumber, `SELECT COUNT(*) FROM agent_subjects WHERE issuer = $1 AND agent_id = $2`, issuer, string(agent))
	return count > 0, err
}

func scanChallenge(row scanner, c *chat.Challenge) error {
	return row.Scan((*hashValue)(&c.Hash), (*string)(&c.Purpose), (*string)(&c.Agent), &c.Document, (*timeValue)(&c.ExpiresAt))
}

func (t *tx) InsertChallenge(c chat.Challenge) error {
	_, err := t.exec("insert challenge", `INSERT INTO agent_challenges (hash, purpose, agent_id, document, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		c.Hash[:], string(c.Purpose), string(c.Agent), c.Document, micros(c.ExpiresAt))
	return err
}

func (t *tx) FindChallenge(hash chat.TokenHash, purpose chat.ChallengePurpose) (chat.Challenge, bool, error) {
	return find(t, "find challenge", scanChallenge,
		`SELECT hash, purpose, agent_id, document, expires_at FROM agent_challenges WHERE hash = $1 AND purpose = $2`, hash[:], string(purpose))
}

func (t *tx) DeleteChallenge(hash chat.TokenHash) (bool, error) {
	affected, err := t.exec("end challenge", `DELETE FROM agent_challenges WHERE hash = $1`, hash[:])
	return affected > 0, err
}

func (t *tx) DeleteChallengesOf(agent chat.AgentID) error {
	_, err := t.exec("end challenges", `DELETE FROM agent_challenges WHERE agent_id = $1`, string(agent))
	return err
}

func (t *tx) DeleteEndedChallenges(before time.Time) (int64, error) {
	return t.exec("forget challenges", `DELETE FROM agent_challenges WHERE expires_at < $1`, micros(before))
}
