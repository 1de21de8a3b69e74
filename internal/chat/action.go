package chat

import (
	"fmt"
	"strconv"
)

// MessageActionType says which members of MessageAction count.
type MessageActionType string

// The types of actions (contracts: REST v2, object shapes).
const (
	ActionBuy             MessageActionType = "buy"
	ActionLink            MessageActionType = "link"
	ActionLocationRequest MessageActionType = "locationRequest"
	ActionPostback        MessageActionType = "postback"
	ActionReply           MessageActionType = "reply"
	ActionWebview         MessageActionType = "webview"
)

// Limits of actions, in characters; the contract names none. The text of a button becomes a message when it is pressed, and
// so does a payload where there is no text.
const (
	MaxActionText    = MaxText
	MaxActionPayload = MaxText
)

// MessageAction is something a user can do about a message: a button.
type MessageAction struct {
	Type          MessageActionType
	Text          string   // what stands on the button; of a reply it may be empty: see Label
	URI           string   // link, webview
	Default       bool     // link: a touch on the whole card does this
	Payload       *string  // postback, reply: an opaque value that comes back, empty perhaps; nil where it was not given
	IconURL       string   // reply
	Amount        *int64   // buy: hundredths of the currency; nil where it was not given
	Currency      string   // buy: three letters (ISO 4217); empty: for the sender to know
	Fallback      string   // webview: the address where there is no webview
	Size          string   // webview: "compact", "tall", "full" or empty
	OpenOnReceive bool     // webview
	Metadata      Metadata // all
}

// Label is what people read: the text, or the payload of a reply that has none.
func (a MessageAction) Label() string {
	if a.Text == "" {
		return a.ReturnedPayload()
	}
	return a.Text
}

// ReturnedPayload is what comes back; empty where there is none.
func (a MessageAction) ReturnedPayload() string {
	if a.Payload == nil {
		return ""
	}
	return *a.Payload
}

// ActionID names an action of a message: in the whole app, and for ever.
type ActionID string

// ActionIDOf names the action that stands at this place in the message: its place among the message's own actions, or
// the place of its item and its place there. Places count from 0, as nothing of a posted message changes.
func ActionIDOf(message MessageID, place ...int) ActionID {
	id := []byte(message)
	for _, at := range place {
		id = strconv.AppendInt(append(id, '-'), int64(at), 10)
	}
	return ActionID(id)
}

// FindAction returns the action of the message that has the id, if there is one.
func (m Message) FindAction(id ActionID) (MessageAction, bool) {
	for i, action := range m.Content.Actions {
		if ActionIDOf(m.ID, i) == id {
			return action, true
		}
	}
	if m.Content.Cards == nil {
		return MessageAction{}, false
	}
	for i, item := range m.Content.Cards.Items {
		for j, action := range item.Actions {
			if ActionIDOf(m.ID, i, j) == id {
				return action, true
			}
		}
	}
	return MessageAction{}, false
}

func anyAction(MessageActionType) bool { return true }

// cardAction tells whether carousels, lists and their items may have the action (contract).
func cardAction(t MessageActionType) bool {
	return t == ActionBuy || t == ActionLink || t == ActionPostback || t == ActionWebview
}

// ownActions is Own for each; none is nil.
func ownActions(actions []MessageAction) []MessageAction {
	var own []MessageAction
	for _, action := range actions {
		own = append(own, action.own())
	}
	return own
}

// own returns the action with the members of its type only.
func (a MessageAction) own() MessageAction {
	own := MessageAction{Type: a.Type, Text: a.Text, Metadata: a.Metadata}
	switch a.Type {
	case ActionBuy:
		own.Amount, own.Currency, own.URI = a.Amount, a.Currency, a.URI
	case ActionLink:
		own.URI, own.Default = a.URI, a.Default
	case ActionPostback:
		own.Payload = a.Payload
	case ActionReply:
		own.Payload, own.IconURL = a.Payload, a.IconURL
	case ActionWebview:
		own.URI, own.Fallback, own.Size, own.OpenOnReceive = a.URI, a.Fallback, a.Size, a.OpenOnReceive
	}
	return own
}

// actions checks a list of actions of the types that are allowed at this place.
func (k *checker) actions(at string, actions []MessageAction, least, most int, allowed func(MessageActionType) bool) {
	k.count(at, len(actions), least, most)
	for i, action := range actions {
		action.check(k, fmt.Sprintf("%s[%d]", at, i), allowed)
	}
}

func (a MessageAction) check(k *checker, at string, allowed func(MessageActionType) bool) {
	switch a.Type {
	case ActionBuy:
		k.want(a.Amount != nil && *a.Amount >= 0, at+".amount", "is required: a whole number of cents from 0")
		k.want(a.Currency == "" || isCurrency(a.Currency), at+".currency", "must be three letters (ISO 4217)")
		k.webAddress(at+".uri", a.URI)
	case ActionLink:
		k.linkAddress(at+".uri", a.URI)
	case ActionPostback, ActionReply:
		k.want(a.Payload != nil, at+".payload", "is required; it may be empty")
		k.atMost(at+".payload", a.ReturnedPayload(), MaxActionPayload)
		k.webAddress(at+".iconUrl", a.IconURL)
	case ActionWebview:
		k.requiredAddress(at+".uri", a.URI)
		k.requiredAddress(at+".fallback", a.Fallback)
		k.oneOf(at+".size", a.Size, "compact", "tall", "full")
	case ActionLocationRequest:
	default:
		k.fail(at+".type", `must be "buy", "link", "locationRequest", "postback", "reply" or "webview"`)
	}
	k.want(allowed(a.Type), at+".type", `must be "buy", "link", "postback" or "webview" here`)
	if a.Type == ActionReply {
		k.want(a.Label() != "", at+".text", "must not be empty where payload is empty, too: the button has nothing else to show")
	} else {
		k.want(a.Text != "", at+".text", "is required")
	}
	k.atMost(at+".text", a.Text, MaxActionText)
	k.metadata(at+".metadata", a.Metadata)
}

func (k *checker) requiredAddress(field, address string) {
	k.want(address != "", field, "is required")
	k.webAddress(field, address)
}

func isCurrency(s string) bool {
	if len(s) != 3 {
		return false
	}
	for _, c := range []byte(s) {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			return false
		}
	}
	return true
}
