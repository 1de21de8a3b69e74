package chat

import "time"

// Door is a way in. It is named by the caller (the script, the page, the endpoint), never guessed from claims.
type Door string

// The doors whose tokens are verified, and the two ways of being known without a token.
const (
	DoorSDK  Door = "sdk"
	DoorCode Door = "code"
	DoorJSM  Door = "jsm"
)

// Doors lists every door.
func Doors() []Door { return []Door{DoorSDK, DoorJSM, DoorCode} }

// Use is the use that a key must carry to sign tokens for the door.
func (d Door) Use() Use { return Use(d) }

// Valid tells whether d is a door.
func (d Door) Valid() bool { return d == DoorSDK || d == DoorCode || d == DoorJSM }

// SubjectKind says by which name an assertion tells who somebody is.
type SubjectKind uint8

// The kinds of subjects.
const (
	SubjectExternalID SubjectKind = iota + 1 // the integrator's own id: finds or creates
	SubjectNumber                            // the user's number in the app: finds only
	SubjectEmail                             // a verified address: finds, and creates where the door says so
)

// Assertion is what a door's parser makes of a token whose signature holds, or of an address that was proven by a code
// sent to it. Everything after it is common to all of them.
type Assertion struct {
	App  AppID
	Key  KeyID // empty: no token, but a code sent to Email
	Door Door  // empty with Key

	Subject    SubjectKind
	ExternalID string // set with SubjectExternalID
	Number     int64  // set with SubjectNumber

	// Email is the address in the form in which addresses are compared (NormalEmail), empty if the token names none.
	// EmailAsWritten keeps the spelling. EmailVerified tells whether the signer vouches for it.
	Email          string
	EmailAsWritten string
	EmailVerified  bool

	// AlsoExternalID is set where a code token names a person by number or e-mail and holds a user.id beside it:
	// it must then be that person's external id.
	AlsoExternalID string

	Name       string
	Attributes Metadata // further signed claims that describe the person

	IssuedAt  time.Time // zero: the token has no iat
	ExpiresAt time.Time // zero: the token has no exp
	TokenID   string    // jti; empty: none
	Legacy    bool      // sdk door: the older form, scope appUser and userId
	Warnings  []string  // facts worth a line in the log, e.g. an ignored e-mail beside an id
}

// ProvenEmail is the assertion of somebody who gave the code that was sent to the address.
func ProvenEmail(app AppID, normal, written string, at time.Time) Assertion {
	return Assertion{App: app, Subject: SubjectEmail, Email: normal, EmailAsWritten: written, EmailVerified: true, IssuedAt: at}
}

// ByToken tells whether a token was signed, and not an address proven.
func (a Assertion) ByToken() bool { return a.Key != "" }

// Source is how a user made by the assertion came to be.
func (a Assertion) Source() Source {
	if a.ByToken() {
		return Source(a.Door)
	}
	return SourceEmail
}

// Assurance is how sure the assertion makes Parlor of who somebody is.
func (a Assertion) Assurance() Assurance {
	if a.ByToken() {
		return AssuranceSigned
	}
	return AssuranceVerified
}
