package httpapi

import "github.com/parlorchat/parlor/internal/wire"

// countStale counts what would go if messages were kept for the time in the query, before somebody says so.
func (c *call) countStale() (answer, error) {
	stale, err := c.api.Admin.Stale(c.Context(), c.principal, c.app.ID, c.URL.Query().Get("retention"))
	if err != nil {
		return answer{}, err
	}
	return ok(wire.Stale{Conversations: stale.Conversations, Messages: stale.Messages, More: stale.More})
}
