package httpapi

import (
	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// createSwitchboard takes no body, as documented.
func (c *call) createSwitchboard() (answer, error) {
	board, err := c.api.Admin.CreateSwitchboard(c.Context(), c.principal, c.app.ID)
	if err != nil {
		return answer{}, err
	}
	return created(wire.OneSwitchboard{Switchboard: wire.SwitchboardOf(board)})
}

func (c *call) listSwitchboards() (answer, error) {
	all, err := c.api.Admin.ListSwitchboards(c.Context(), c.principal, c.app.ID)
	if err != nil {
		return answer{}, err
	}
	list := wire.Switchboards{Switchboards: make([]wire.Switchboard, 0, len(all))}
	for _, board := range all {
		list.Switchboards = append(list.Switchboards, wire.SwitchboardOf(board))
	}
	return ok(list)
}

func (c *call) updateSwitchboard() (answer, error) {
	var body wire.SwitchboardInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	in := admin.SwitchboardInput{Enabled: body.Enabled, Default: switchboardIntegrationID(body.Default)}
	board, err := c.api.Admin.UpdateSwitchboard(c.Context(), c.principal, c.app.ID, c.switchboardID(), in)
	if err != nil {
		return answer{}, err
	}
	return ok(wire.OneSwitchboard{Switchboard: wire.SwitchboardOf(board)})
}

func (c *call) deleteSwitchboard() (answer, error) {
	if err := c.api.Admin.DeleteSwitchboard(c.Context(), c.principal, c.app.ID, c.switchboardID()); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

func (c *call) createSwitchboardIntegration() (answer, error) {
	in, err := c.switchboardIntegrationInput()
	if err != nil {
		return answer{}, err
	}
	member, err := c.api.Admin.CreateSwitchboardIntegration(c.Context(), c.principal, c.app.ID, c.switchboardID(), in)
	if err != nil {
		return answer{}, err
	}
	return created(oneSwitchboardIntegration(member))
}

func (c *call) listSwitchboardIntegrations() (answer, error) {
	all, err := c.api.Admin.ListSwitchboardIntegrations(c.Context(), c.principal, c.app.ID, c.switchboardID())
	if err != nil {
		return answer{}, err
	}
	list := wire.SwitchboardIntegrations{SwitchboardIntegrations: make([]wire.SwitchboardIntegration, 0, len(all))}
	for _, member := range all {
		list.SwitchboardIntegrations = append(list.SwitchboardIntegrations, wire.SwitchboardIntegrationOf(member))
	}
	return ok(list)
}

func (c *call) updateSwitchboardIntegration() (answer, error) {
	in, err := c.switchboardIntegrationInput()
	if err != nil {
		return answer{}, err
	}
	member, err := c.api.Admin.UpdateSwitchboardIntegration(c.Context(), c.principal, c.app.ID, c.switchboardID(), c.switchboardIntegrationID(), in)
	if err != nil {
		return answer{}, err
	}
	return ok(oneSwitchboardIntegration(member))
}

func (c *call) deleteSwitchboardIntegration() (answer, error) {
	err := c.api.Admin.DeleteSwitchboardIntegration(c.Context(), c.principal, c.app.ID, c.switchboardID(), c.switchboardIntegrationID())
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

func (c *call) switchboardIntegrationInput() (admin.SwitchboardIntegrationInput, error) {
	var body wire.SwitchboardIntegrationInput
	if err := c.decode(&body); err != nil {
		return admin.SwitchboardIntegrationInput{}, err
	}
	history := body.MessageHistoryCount
	return admin.SwitchboardIntegrationInput{Name: body.Name, Integration: (*chat.IntegrationID)(body.IntegrationID), Type: body.IntegrationType,
		DeliverStandby: body.DeliverStandbyEvents, Next: switchboardIntegrationID(body.Next),
		History: history.Value, NoHistory: history.Set && history.Value == nil}, nil
}

func oneSwitchboardIntegration(m chat.SwitchboardIntegration) wire.OneSwitchboardIntegration {
	return wire.OneSwitchboardIntegration{SwitchboardIntegration: wire.SwitchboardIntegrationOf(m)}
}

// switchboardIntegrationID is an id in a body that null unsets.
func switchboardIntegrationID(given wire.Text) *chat.SwitchboardIntegrationID {
	return (*chat.SwitchboardIntegrationID)(given.Pointer())
}

func (c *call) switchboardID() chat.SwitchboardID {
	return chat.SwitchboardID(c.PathValue("switchboardId"))
}

func (c *call) switchboardIntegrationID() chat.SwitchboardIntegrationID {
	return chat.SwitchboardIntegrationID(c.PathValue("switchboardIntegrationId"))
}
