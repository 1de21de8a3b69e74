package chat

import "time"

// TOTP is what makes the codes of an app on the agent's phone (RFC 6238): of six digits, a new one every half minute.
type TOTP struct {
	Agent       AgentID
	Sealed      []byte // the secret, as package seal keeps it
	LastStep    int64  // the half minute, counted from 1970, of the last code that was taken: none works twice
	CreatedAt   time.Time
	ConfirmedAt time.Time // zero: the agent has not shown yet that the phone has it, and it counts for nothing
}

// Factors is what an agent has to show beside the password. An account that has one is not opened by the password alone.
type Factors struct {
	TOTP          bool  // confirmed
	RecoveryCodes int64 // that are left
	Passkeys      int64
}

// Second tells whether the password alone does not open the account.
func (f Factors) Second() bool { return f.TOTP || f.Passkeys > 0 }

// FactorRule says of whom among its agents an app asks a second factor.
type FactorRule string

// The rules of apps.
const (
	FactorsAtWill   FactorRule = ""
	FactorsBeside   FactorRule = "password"  // of whoever came by a password; for who came by single sign-on the provider answers
	FactorsOfAll    FactorRule = "everybody" // whichever way they came
	factorsAtWillAs            = "off"
)

// ParseFactorRule reads what String writes.
func ParseFactorRule(text string) (rule FactorRule, ok bool) {
	if text == factorsAtWillAs {
		return FactorsAtWill, true
	}
	rule = FactorRule(text)
	return rule, rule == FactorsBeside || rule == FactorsOfAll
}

// String is how the rule is called: off, password, everybody.
func (r FactorRule) String() string {
	if r == FactorsAtWill {
		return factorsAtWillAs
	}
	return string(r)
}

// Misses tells whether somebody who came by the session has to set up a second factor first.
func (r FactorRule) Misses(session AgentSession, factors Factors) bool {
	return r != FactorsAtWill && !factors.Second() && (r == FactorsOfAll || !session.SignedOn)
}

// BoundSubject is an agent as a provider of single sign-on knows them.
type BoundSubject struct {
	Issuer, Subject string
	Agent           AgentID
	CreatedAt       time.Time
}

// RecoveryCodes is how many are given at once; each works once in place of a factor that is lost.
const RecoveryCodes = 10

// Challenge is what the console waits for between two calls. Whoever answers it holds, or was sent, a secret of which only the hash is kept.
type Challenge struct {
	Hash      TokenHash
	Purpose   ChallengePurpose
	Agent     AgentID // empty: nobody is known yet
	Document  string  // what the purpose has to remember
	ExpiresAt time.Time
}

// ChallengePurpose says what a challenge waits for.
type ChallengePurpose string

// The purposes of challenges.
const (
	SecondStep     ChallengePurpose = "second_step"     // a code, or a passkey, after the password
	PasskeyMade    ChallengePurpose = "passkey_made"    // a new passkey of the agent
	PasskeySignIn  ChallengePurpose = "passkey_sign_in" // a passkey of anybody
	PasskeyAtStep  ChallengePurpose = "passkey_at_step" // a passkey of the agent, for the second step
	PasskeyAsProof ChallengePurpose = "passkey_as_proof"
	SingleSignOn   ChallengePurpose = "single_sign_on" // what a provider says of whoever went there
)

// ChallengeLife is how long a challenge can be answered.
const ChallengeLife = 5 * time.Minute
