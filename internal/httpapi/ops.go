package httpapi

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/wire"
)

// healthy tells that the process answers.
func (c *call) healthy() (answer, error) { return ok(wire.Health{Status: "ok"}) }

// ready tells whether the database can be written to.
func (c *call) ready() (answer, error) {
	ctx, cancel := context.WithTimeout(c.Context(), 2*time.Second)
	defer cancel()
	if err := c.api.Ready(ctx); err != nil {
		return answer{}, err
	}
	return ok(wire.Health{Status: "ready"})
}
