package httpapi

import (
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// availability tells whether somebody of the app is there to answer. It is asked by whoever opens the chat, also before there is a session.
func (c *call) availability() (answer, error) {
	return ok(wire.AvailabilityOf(c.app.Settings.AvailabilityAt(c.api.Now())))
}

// getBusinessHours tells when somebody of the app is there, and what that means now and in the next days.
func (c *call) getBusinessHours() (answer, error) {
	return c.businessHours(c.api.Admin.GetApp(c.Context(), c.principal, c.app.ID))
}

// setBusinessHours replaces the business hours of the app.
func (c *call) setBusinessHours() (answer, error) {
	var body wire.BusinessHours
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	hours, err := body.Value()
	if err != nil {
		return answer{}, err
	}
	return c.businessHours(c.api.Admin.SetBusinessHours(c.Context(), c.principal, c.app.ID, hours))
}

func (c *call) businessHours(app chat.App, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	return ok(wire.HoursShownOf(app, c.api.Now()))
}
