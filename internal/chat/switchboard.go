package chat

import "time"

// Limits of switchboards (contracts: Sunshine section 5).
const (
	MaxSwitchboardIntegrations = 10
	MaxSwitchboardName         = 128 // characters of the name of a switchboard integration
	MaxMessageHistory          = 10  // messages
)

// NextOnSwitchboard stands for the switchboard integration that is next to the one that passes control on.
const NextOnSwitchboard = "next"

// Switchboard says who may be in control of an app's conversations. An app has one at most.
type Switchboard struct {
	App       AppID
	ID        SwitchboardID
	Enabled   bool                     // false: nobody is given control, and everybody is told of everything
	Default   SwitchboardIntegrationID // who begins; never empty while it is enabled
	CreatedAt time.Time
}

// SwitchboardIntegration is the place of an integration on its app's switchboard.
type SwitchboardIntegration struct {
	App         AppID
	Switchboard SwitchboardID
	ID          SwitchboardIntegrationID
	Name        string // unique on the switchboard
	Integration IntegrationID
	Type        string // of the integration; filled on reading
	// DeliverStandby tells whether the integration's webhooks hear what happens in conversations where it is on standby:
	// neither in control, nor offered it.
	DeliverStandby bool
	Next           SwitchboardIntegrationID // to whom it passes control on where it names nobody; empty: nobody
	MessageHistory int64                    // messages that it wants to see when it is given control; 0: it did not say
	CreatedAt      time.Time
}

// Control says who is in control of a conversation. Empty is nobody.
type Control struct {
	Active  SwitchboardIntegrationID // who is expected to answer
	Pending SwitchboardIntegrationID // who was offered control
}

// IsSwitchboardName tells whether s may be the name of a switchboard integration: letters, digits, - and _.
func IsSwitchboardName(s string) bool {
	if s == "" || len(s) > MaxSwitchboardName || s == NextOnSwitchboard {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}
