// Package auth says who calls: it judges the tokens that companies sign for their users, and the credentials of
// programs that call the REST API. It does not know sessions, and it does not know users: what it makes of a token is a
// chat.Assertion, which package directory turns into a person.
//
// There is one Verifier for all doors. A token passes a list of named checks in the order of security rules 2 to 15,
// from its form over key and signature to its claims, and the first check that fails refuses it: nothing that a token
// claims is read, or answered to, before its signature holds. Structure, header and claims are read by package
// strictjson and the rules of this package; the signature alone is judged by golang-jwt's signing methods (rule 1).
// What differs from door to door is one parser of claims each: sdk.go, jsm.go, code.go; doors.go lists them.
//
// Inspect runs the very same checks for the operator and shows each of them, so that the endpoint, the command line
// and the log never disagree about a token. To people who may see keys it also guesses at the mistake behind a failure.
//
// The Keyring holds unsealed secrets for a moment, and collects when keys were used.
package auth
