package wire

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/parlorchat/parlor/internal/chat"
)

// Switchboard is a switchboard as REST v2 shows it.
type Switchboard struct {
	ID      string `json:"id"`
	Enabled bool   `json:"enabled"`
	Default string `json:"defaultSwitchboardIntegrationId,omitzero"`
}

// OneSwitchboard is one switchboard.
type OneSwitchboard struct {
	Switchboard Switchboard `json:"switchboard"`
}

// Switchboards are all switchboards of an app: one, or none.
type Switchboards struct {
	Switchboards []Switchboard `json:"switchboards"`
}

// SwitchboardInput is the body that changes a switchboard.
type SwitchboardInput struct {
	Enabled *bool `json:"enabled"`
	Default Text  `json:"defaultSwitchboardIntegrationId"`
}

// SwitchboardIntegration is the place of an integration on a switchboard.
type SwitchboardIntegration struct {
	SwitchboardIntegrationRef
	DeliverStandbyEvents bool   `json:"deliverStandbyEvents"`
	Next                 string `json:"nextSwitchboardIntegrationId,omitzero"`
	MessageHistoryCount  int64  `json:"messageHistoryCount,omitzero"`
}

// SwitchboardIntegrationRef is as much of a switchboard integration as conversations show of who is in control of them.
type SwitchboardIntegrationRef struct {
	ID              string `json:"id"`
	Name            string `json:"name"`
	IntegrationID   string `json:"integrationId"`
	IntegrationType string `json:"integrationType"`
}

// OneSwitchboardIntegration is one switchboard integration.
type OneSwitchboardIntegration struct {
	SwitchboardIntegration SwitchboardIntegration `json:"switchboardIntegration"`
}

// SwitchboardIntegrations are all that stand on a switchboard.
type SwitchboardIntegrations struct {
	SwitchboardIntegrations []SwitchboardIntegration `json:"switchboardIntegrations"`
}

// SwitchboardIntegrationInput is the body that puts an integration on a switchboard, or changes how it stands there; an
// absent member stays as it is.
type SwitchboardIntegrationInput struct {
	Name                 *string `json:"name"`
	IntegrationID        *string `json:"integrationId"`
	IntegrationType      *string `json:"integrationType"`
	DeliverStandbyEvents *bool   `json:"deliverStandbyEvents"`
	Next                 Text    `json:"nextSwitchboardIntegrationId"`
	MessageHistoryCount  Count   `json:"messageHistoryCount"`
}

// HandOverInput is the body that passes or offers control.
type HandOverInput struct {
	SwitchboardIntegration string         `json:"switchboardIntegration"`
	Metadata               map[string]any `json:"metadata"`
}

// ControlInput is the body that accepts or releases control.
type ControlInput struct {
	Metadata map[string]any `json:"metadata"`
}

// Count is a number in a body that may be absent (leave it), null (unset it) or a number.
type Count struct {
	Set   bool
	Value *int64 // nil: null
}

// UnmarshalJSONFrom reads null as a set Count without a value.
func (c *Count) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	c.Set = true
	return json.UnmarshalDecode(d, &c.Value)
}

// SwitchboardOf is a switchboard.
func SwitchboardOf(b chat.Switchboard) Switchboard {
	return Switchboard{ID: string(b.ID), Enabled: b.Enabled, Default: string(b.Default)}
}

// SwitchboardIntegrationOf is what stands on a switchboard.
func SwitchboardIntegrationOf(m chat.SwitchboardIntegration) SwitchboardIntegration {
	return SwitchboardIntegration{SwitchboardIntegrationRef: *SwitchboardIntegrationRefOf(&m),
		DeliverStandbyEvents: m.DeliverStandby, Next: string(m.Next), MessageHistoryCount: m.MessageHistory}
}

// SwitchboardIntegrationRefOf is who is in control, or nil for nobody.
func SwitchboardIntegrationRefOf(m *chat.SwitchboardIntegration) *SwitchboardIntegrationRef {
	if m == nil {
		return nil
	}
	return &SwitchboardIntegrationRef{ID: string(m.ID), Name: m.Name, IntegrationID: string(m.Integration), IntegrationType: m.Type}
}
