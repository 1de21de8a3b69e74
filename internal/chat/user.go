package chat

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits of what is known of a user (contracts: Sunshine object shapes).
const (
	MaxExternalID = 1024 // characters
	MaxNamePart   = 128  // characters of a given name or surname
	MaxProfileURL = 2048
	MaxLocale     = 64
	MaxEmail      = 254 // octets of an address that can be an identity (RFC 5321 section 4.5.3.1.3)
)

// User is a person of one app: anonymous, or identified by an external id or a verified e-mail address.
type User struct {
	App        AppID
	ID         UserID
	Number     int64  // counts from 1 in each app, never reused; the id of the code door
	ExternalID string // the integrator's name for the user; empty: none
	Source     Source // what made the user

	Profile    Profile
	Metadata   Metadata   // written by the integrator through REST, or by the browser
	Attributes Metadata   // taken from signed claims; the browser cannot write them
	Identities []Identity // verified; filled where a method says so

	Seat bool // identified: takes a seat

	SignedUpAt       time.Time
	CreatedAt        time.Time
	LastSeenAt       time.Time
	TokensValidAfter time.Time // signed out everywhere then: tokens issued earlier are refused; zero: never
	BlockedAt        time.Time // zero: not blocked
	Change           int64     // moves with every change of the user or of their set of conversations
}

// Profile is what a user is called. Any of it may have been typed by the user: none of it is proof.
type Profile struct {
	GivenName, Surname, Email, AvatarURL, Locale string
}

// Name is how the user is called where one line is wanted: the name, else the typed or known address,
// else the external id, else "".
func (u User) Name() string {
	for _, name := range []string{strings.TrimSpace(u.Profile.GivenName + " " + u.Profile.Surname), u.Profile.Email, u.ExternalID} {
		if name != "" {
			return name
		}
	}
	return ""
}

// Assurance is how sure we are of a user of whom no message says it: by whom they are known. Whom the company named itself is signed
// for.
func (u User) Assurance() Assurance {
	switch {
	case u.Seat && u.ExternalID == "" && u.Source == SourceEmail:
		return AssuranceVerified
	case u.Seat:
		return AssuranceSigned
	case u.Profile.Email != "":
		return AssuranceClaimed
	}
	return AssuranceAnonymous
}

// FoundBy returns the texts that a search finds the user by: what they are called, and what they are known by.
func (u User) FoundBy(identities []Identity) []string {
	texts := []string{u.Profile.GivenName, u.Profile.Surname, u.Profile.Email, u.ExternalID}
	for _, identity := range identities {
		texts = append(texts, identity.Value, identity.Written)
	}
	return texts
}

// Blocked tells whether the user may not sign in or write.
func (u User) Blocked() bool { return !u.BlockedAt.IsZero() }

// Source tells how a user, or a message, came to be.
type Source string

// The sources of users.
const (
	SourceAnonymous Source = "anonymous"
	SourceSDK       Source = "sdk"
	SourceCode      Source = "code"
	SourceJSM       Source = "jsm"
	SourceREST      Source = "api"
	SourceEmail     Source = "email"
)

// Identity is a verified name of a user; it belongs to one user of an app. Typed addresses are never identities.
type Identity struct {
	Kind       IdentityKind
	Value      string // in normal form: compared byte for byte
	Written    string // as it was written
	VerifiedBy VerifiedBy
	CreatedAt  time.Time
}

// IdentityKind is what sort of name an identity is.
type IdentityKind string

// IdentityEmail is an e-mail address in the form of NormalEmail.
const IdentityEmail IdentityKind = "email"

// VerifiedBy says who vouches for an identity.
type VerifiedBy string

// Who may vouch.
const (
	VerifiedByToken VerifiedBy = "token" // a signed token
	VerifiedByKey   VerifiedBy = "api"   // an app key
	VerifiedByMail  VerifiedBy = "mail"  // a code sent to the address
)

// CheckExternalID tells what is wrong with an external id, or "" if it may be used: 1 to MaxExternalID characters,
// printable, no outer spaces, and neither "." nor "..", which in the path of an address mean another place. It is compared
// byte for byte, without folding or normalisation (security rule 13).
func CheckExternalID(id string) string {
	switch {
	case id == "":
		return "must not be empty"
	case !utf8.ValidString(id):
		return "must be valid UTF-8"
	case utf8.RuneCountInString(id) > MaxExternalID:
		return "must have at most 1024 characters"
	case id == "." || id == "..":
		return `must not be "." or "..", which mean another place in the path of an address`
	}
	for _, r := range id {
		if r != ' ' && !unicode.IsPrint(r) {
			return "must hold no control, format or unassigned characters and no spaces but U+0020"
		}
	}
	if id[0] == ' ' || id[len(id)-1] == ' ' {
		return "must not begin or end with a space"
	}
	return ""
}

// NormalEmail returns the form in which addresses are compared, or false if s cannot be an identity: a bare ASCII
// address of at most MaxEmail octets, a dot-atom or other unquoted local part, a host name in A-labels. ASCII letters
// are folded and nothing else is changed: no Unicode case mapping, no dots or plus tags removed (security rule 35).
func NormalEmail(s string) (string, bool) {
	at := strings.LastIndexByte(s, '@')
	if len(s) > MaxEmail || at < 1 || at > 64 || !isDotAtom(s[:at]) || !isHostName(s[at+1:]) {
		return "", false
	}
	return asciiLower(s), true
}

func isDotAtom(s string) bool {
	for atom := range strings.SplitSeq(s, ".") {
		if atom == "" {
			return false
		}
		for i := range len(atom) {
			if !isLetterOrDigit(atom[i]) && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", rune(atom[i])) {
				return false
			}
		}
	}
	return true
}

func isHostName(s string) bool {
	labels := 0
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := range len(label) {
			if !isLetterOrDigit(label[i]) && label[i] != '-' {
				return false
			}
		}
		labels++
	}
	return labels >= 2
}

func isLetterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
