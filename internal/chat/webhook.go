package chat

import (
	"slices"
	"time"
)

// Trigger is what webhooks call an event (contracts: Sunshine section 7).
type Trigger string

// The triggers that this server causes.
const (
	TriggerMessage            Trigger = "conversation:message"
	TriggerConversationCreate Trigger = "conversation:create"
	TriggerConversationRemove Trigger = "conversation:remove"
	TriggerJoin               Trigger = "conversation:join"
	TriggerLeave              Trigger = "conversation:leave"
	TriggerRead               Trigger = "conversation:read"
	TriggerTyping             Trigger = "conversation:typing"
	TriggerPostback           Trigger = "conversation:postback"
	TriggerClientAdd          Trigger = "client:add"
	TriggerUserMerge          Trigger = "user:merge"
	TriggerUserUpdate         Trigger = "user:update"
	TriggerUserRemove         Trigger = "user:remove"
	TriggerPassControl        Trigger = "switchboard:passControl"
	TriggerOfferControl       Trigger = "switchboard:offerControl"
	TriggerAcceptControl      Trigger = "switchboard:acceptControl"
	TriggerReleaseControl     Trigger = "switchboard:releaseControl"
	TriggerTest               Trigger = "webhook:test" // of an event that somebody sends to see whether it comes; none may ask for it
	TriggerEverything         Trigger = "*"            // in a webhook's list: all of them
)

// neverCaused are triggers of the documented service that stand for channels and features that this server has not. Those
// of failures to pass control on are among them: it is passed on before the call is answered, and a failure is the answer.
// A webhook may ask for them; nothing comes.
var neverCaused = []Trigger{
	"conversation:message:delivery:channel", "conversation:message:delivery:user", "conversation:message:delivery:failure",
	"conversation:referral", "client:remove", "client:update", "passthrough:messaging",
	"switchboard:acceptControl:failure", "switchboard:offerControl:failure", "switchboard:passControl:failure",
}

// Triggers lists everything that a webhook may ask for.
func Triggers() []Trigger {
	return slices.Concat([]Trigger{
		TriggerMessage, TriggerConversationCreate, TriggerConversationRemove, TriggerJoin, TriggerLeave, TriggerRead, TriggerTyping,
		TriggerPostback, TriggerClientAdd, TriggerUserMerge, TriggerUserUpdate, TriggerUserRemove, TriggerEverything,
		TriggerPassControl, TriggerOfferControl, TriggerAcceptControl, TriggerReleaseControl,
	}, neverCaused)
}

// IsStandbyEvent tells whether the trigger is about what is said and done in a conversation: an integration on standby
// may decline to hear of it (SwitchboardIntegration.DeliverStandby).
func (t Trigger) IsStandbyEvent() bool {
	switch t {
	case TriggerMessage, TriggerPostback, TriggerRead, TriggerTyping:
		return true
	}
	return false
}

// Reasons that triggers give. They are those of the documented service, which cannot undo merges.
const (
	ReasonNone              = "none"              // conversation:create: by the API
	ReasonMessage           = "message"           // conversation:create: by a user's first message
	ReasonStartConversation = "startConversation" // conversation:create: by a user who asked for one
	ReasonPrechatCapture    = "prechatCapture"    // conversation:create: by a user's answers to what the page asked first
	ReasonAuthentication    = "authentication"    // user:update: by a sign-in
	ReasonMergeUndone       = "mergeUndone"       // user:update: of the two who were one
	ReasonSDKLogin          = "sdkLogin"          // client:add: by a sign-in
)

// Webhook is a registered address of an integration, which is told what happens in the app, and the state of its queue.
type Webhook struct {
	App         AppID
	Integration IntegrationID
	ID          WebhookID
	Target      string    // where requests go
	Triggers    []Trigger // what it asked for
	FullUser    bool      // users in full, and not their ids only
	FullSource  bool      // client and device of who caused an event
	Sealed      []byte    // the secret, sealed under the master key
	Former      []byte    // the secret before, sealed; it signs too until FormerUntil
	FormerUntil time.Time // zero: there is none
	Enabled     bool      // false: nothing is queued and nothing sent
	CreatedAt   time.Time

	Queue    Queue
	ReviveTo int64 // up to which position dead letters are on their way back into the queue; 0: none are. Kept by the store
	Change   int64 // grows with each change; kept by the store
}

// Wants tells whether the webhook asked for the trigger.
func (w Webhook) Wants(trigger Trigger) bool {
	return slices.Contains(w.Triggers, trigger) || slices.Contains(w.Triggers, TriggerEverything)
}

// Queue is how it goes with the requests of a webhook.
type Queue struct {
	Failures     int64     // in a row
	FailingSince time.Time // of the first of them; zero: the last request was answered well
	NextAt       time.Time // no request before it
	LastError    string    // what went wrong last, for whoever registered the webhook; empty: nothing
}

// Delivery is an event that a webhook is still to be told, or could not be.
type Delivery struct {
	Position int64 // order in the queue
	Webhook  WebhookID
	ID       EventID
	Event    Event     // as much as is needed to find the rest when it is sent
	DiedAt   time.Time // when it was given up; zero: it waits
	Reason   string    // why it was given up

	Unreadable error // what is stored of the event makes no sense; nil: it does
}
