package chat

// Reason says why a sign-in was refused; it stands beside the code invalid_auth. The list is closed (security rule 15).
type Reason string

// Reasons for 401. KeyUnknown never says which: unknown here, revoked, expired, another app's, or wrong use.
// The reasons after SignatureInvalid are only given once the signature holds.
const (
	ReasonMalformed        Reason = "malformed"
	ReasonKeyUnknown       Reason = "key_unknown"
	ReasonSignatureInvalid Reason = "signature_invalid"
	ReasonTokenExpired     Reason = "token_expired"
	ReasonNotYetValid      Reason = "not_yet_valid"
	ReasonClaimInvalid     Reason = "claim_invalid"
	ReasonTokenRevoked     Reason = "token_revoked"
	ReasonTokenTooOld      Reason = "token_too_old"
)

// InvalidAuth is the refusal of a token: cause, the claim or header at fault if one is, and the cure.
func InvalidAuth(reason Reason, claim, message, cure string) *Error {
	return &Error{Kind: Unauthenticated, Code: "invalid_auth", Reason: reason, Field: claim, Message: message, Cure: cure}
}

// SessionEnded is the refusal of a session that is unknown, expired or signed out.
func SessionEnded() *Error {
	return &Error{Kind: Unauthenticated, Code: "session_ended",
		Message: "This session has ended.", Cure: "Sign in again with a fresh token, or start a new anonymous session."}
}
