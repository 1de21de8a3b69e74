package chat

import (
	"slices"
	"time"
)

// App is the tenant: a Sunshine app, a service-desk project and a hosted chat instance are each one App.
type App struct {
	ID            AppID
	Ordinal       int64         // 1, 2, 3 ... in order of creation; the lowest one is the default app of the server
	IntegrationID IntegrationID // what Smooch.init is given: the app's web integration
	Via           IntegrationID // another web integration, by which a page came to the app; not stored
	Name          string
	Settings      AppSettings
	SeatsUsed     int64 // identified users; kept by the store in the transaction that makes or frees one
	CreatedAt     time.Time
}

// AppSettings are what an admin may change about an app. DefaultAppSettings is what a new app has.
type AppSettings struct {
	Origins      []string      // exact origins whose pages may use the app; none means any
	Hosts        []string      // host names under which the hosted page shows this app
	Portal       int64         // customer portal number of the jsm door; 0 is none; unique on the server
	Seats        *int64        // the most identified users; nil is unlimited
	Doors        []Door        // the doors that may be open; nil is all
	Anonymous    bool          // whether people may write without signing in
	EmailLogin   EmailLogin    // whom the hosted page lets in by a code sent to their address
	RequireExp   bool          // refuse tokens without exp
	MaxTokenAge  time.Duration // refuse tokens whose iat is older; 0 is no limit
	OneTimeCodes bool          // code door: jti and exp required, each jti accepted once
	LinkByEmail  bool          // code door: a new user.id with a verified address joins that person
	TimeZone     string        // IANA name, for business hours, and days and hours in reports
	Hours        BusinessHours // when somebody is there to answer
	Retention    time.Duration // how long messages are kept; 0 is for ever
	Color        string        // brand colour, "#rrggbb"; empty is Parlor's own
	Logo         string        // name of the stored logo, which changes with it; empty is none
	Look         Look          // how the chat looks beside that
	Prechat      []string      // what people whom nobody knows are asked before they write: some of PrechatFields; none is nothing
	Questions    []Question    // and what else they are, in this order
	Rating       bool          // users are asked how satisfied they are, when an agent closes a conversation
	RatingAsks   string        // by what question; empty is RatingQuestion
	Pages        bool          // whether it is kept, for agents and programs, on which page a client was seen last
	Metadata     Metadata      // the integrator's own
	Switches     []string      // names of AppSwitches that are on

	MailAnswers  time.Duration // users are told by mail of answers that they have not read for so long; 0 is never
	MailPrograms bool          // also of those of programs
	MailWaiting  time.Duration // agents are told by mail of users who wait for so long, of business hours; 0 is never

	Factors FactorRule // of whom among the agents a second factor is asked

	AddressBlocks []AddressBlock // whose users are kept outside, the newest first; those that have ended among them
}

// The switches that have an effect.
const (
	switchEchoPostback = "echoPostback"          // a postback is a message of the user, too
	switchMaskCards    = "maskCreditCardNumbers" // in what users write
)

// AppSwitches are settings of the documented service that are kept for its callers; but for the two above they have no
// effect here.
func AppSwitches() []string {
	return []string{switchMaskCards, "useAnimalNames", switchEchoPostback, "ignoreAutoConversationStart",
		"appLocalizationEnabled", "endSessionEnabled", "disableConversationReopen"}
}

// EmailLogin says whom a code sent by e-mail lets in. With AppSettings.Anonymous it makes the access mode of the hosted
// page: private (known or off), authorised (on), public (anonymous people may write).
type EmailLogin string

// The values of EmailLogin.
const (
	EmailLoginOff   EmailLogin = ""
	EmailLoginKnown EmailLogin = "known" // who owns the address already, by a token, REST or an earlier code
	EmailLoginOn    EmailLogin = "on"    // everybody: an address that nobody owns makes a user
)

// Logo is a picture that stands for the app in the chat.
type Logo struct {
	Type  string // media type
	Bytes []byte
}

// DefaultAppSettings returns the settings of an app that nobody has changed.
func DefaultAppSettings() AppSettings {
	return AppSettings{Anonymous: true, Pages: true, TimeZone: "UTC"}
}

// Zone is the time zone of the app; UTC if it has none that this machine knows.
func (s AppSettings) Zone() *time.Location {
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// AvailabilityAt tells whether somebody of the app is there at a time.
func (s AppSettings) AvailabilityAt(at time.Time) Availability { return s.Hours.At(at, s.Zone()) }

// DoorOpen tells whether the settings let a door be used; a door also needs a live key of its use.
func (s AppSettings) DoorOpen(d Door) bool {
	return s.Doors == nil || slices.Contains(s.Doors, d)
}

// EchoesPostbacks tells whether the text of a pressed postback button is posted as a message of the user.
func (s AppSettings) EchoesPostbacks() bool { return slices.Contains(s.Switches, switchEchoPostback) }

// MasksCards tells whether the numbers of payment cards are made unreadable in what users write.
func (s AppSettings) MasksCards() bool { return slices.Contains(s.Switches, switchMaskCards) }

// AllowsOrigin tells whether pages of the origin may use the app. No list means any origin; with a list only its
// exact members, and "null" never (security rule 37). A request without an Origin header is not a page: the caller
// lets it pass without asking.
func (s AppSettings) AllowsOrigin(origin string) bool {
	if origin == "null" {
		return false
	}
	return len(s.Origins) == 0 || slices.Contains(s.Origins, origin)
}
