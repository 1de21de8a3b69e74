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

// Assertion is what a door's parser makes of a token whose signature holds. Everything after it is common to all doors.
type Assertion struct {
	App  AppID
	Key  KeyID
	Door Door

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
