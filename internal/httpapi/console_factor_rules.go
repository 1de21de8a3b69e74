package httpapi

import (
	"net/http"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

// requireFactors says of whom in the app a second factor is asked.
func (c *call) requireFactors() (answer, error) {
	var body wire.FactorRule
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	rule, ok := chat.ParseFactorRule(body.Factors)
	if !ok {
		return answer{}, chat.InvalidField("factors", `must be "off", "password" or "everybody"`)
	}
	return answer{status: http.StatusNoContent}, c.api.Staff.RequireFactors(c.Context(), c.desk.agent, c.app.ID, rule)
}
