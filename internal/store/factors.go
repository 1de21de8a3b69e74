package store

import (
	"time"

	"github.com/parlorchat/parlor/internal/chat"
)

// Factors remembers what agents show beside their password, and what the console waits for meanwhile.
type Factors interface {
	// PutTOTP stores the agent's, in place of the one before. NotFound if there is no such agent.
	PutTOTP(totp chat.TOTP) error
	// LockTOTP returns the agent's, confirmed or not, if there is one, and keeps it from being changed by others until the transaction ends.
	LockTOTP(agent chat.AgentID) (chat.TOTP, bool, error)
	// LockTOTPs returns those of all agents as LockTOTP does, in order of agents.
	LockTOTPs() ([]chat.TOTP, error)
	// TakeTOTPStep notes that the code of the step was taken; false: it was taken before, or one of a later step was.
	TakeTOTPStep(agent chat.AgentID, step int64) (bool, error)
	// DeleteTOTP tells with false that there was none.
	DeleteTOTP(agent chat.AgentID) (bool, error)

	// PutRecoveryCodes stores the hashes of the agent's codes in place of all before; none: there are none any more.
	PutRecoveryCodes(agent chat.AgentID, hashes []chat.TokenHash) error
	// TakeRecoveryCode ends a code, and tells with false that there was none.
	TakeRecoveryCode(agent chat.AgentID, hash chat.TokenHash) (bool, error)
	// CountFactors returns what the agent has.
	CountFactors(agent chat.AgentID) (chat.Factors, error)
	// LockFactors is CountFactors under LockAgent.
	LockFactors(agent chat.AgentID) (chat.Factors, error)
	// DeleteFactors takes away all that the agent has beside the password, bound subjects included, and ends their challenges.
	DeleteFactors(agent chat.AgentID) error

	// BindSubject stores that the provider's subject is the agent. Conflict if it is somebody already.
	BindSubject(bound chat.BoundSubject) error
	// FindSubject returns who the provider's subject is, if anybody.
	FindSubject(issuer, subject string) (chat.BoundSubject, bool, error)
	// HasSubject tells whether the agent is some subject of the provider.
	HasSubject(issuer string, agent chat.AgentID) (bool, error)

	// InsertChallenge stores a challenge.
	InsertChallenge(challenge chat.Challenge) error
	// FindChallenge returns the one with the hash and the purpose, if there is one, over or not.
	FindChallenge(hash chat.TokenHash, purpose chat.ChallengePurpose) (chat.Challenge, bool, error)
	// DeleteChallenge ends one, and tells with false that there was none: of two answers at once one gets true.
	DeleteChallenge(hash chat.TokenHash) (bool, error)
	// DeleteChallengesOf ends all of the agent's.
	DeleteChallengesOf(agent chat.AgentID) error
	// DeleteEndedChallenges forgets those that ended before the time, and returns how many.
	DeleteEndedChallenges(before time.Time) (int64, error)
}
