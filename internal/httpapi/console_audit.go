package httpapi

import (
	"strconv"

	"github.com/parlorchat/parlor/internal/admin"
	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
	"github.com/parlorchat/parlor/internal/wire"
)

// listAudit lists what was done in the app; what is about the whole server for those who manage it, where they ask for that.
func (c *call) listAudit() (answer, error) {
	app, principal := c.app.ID, c.principal
	switch server := c.URL.Query().Get("server"); {
	case server == "true":
		if err := c.actForServer(); err != nil {
			return answer{}, err
		}
		app, principal = "", c.principal
	case server != "" && server != "false":
		return answer{}, chat.InvalidField("server", "must be true or false")
	}
	limit, err := c.limit()
	if err != nil {
		return answer{}, err
	}
	before, err := c.before()
	if err != nil {
		return answer{}, err
	}
	page, err := c.api.Admin.ListAudits(c.Context(), principal, app, before, limit)
	if err != nil {
		return answer{}, err
	}
	return ok(auditLogOf(page))
}

func auditLogOf(page admin.AuditPage) wire.AuditLog {
	shown := wire.AuditLog{Entries: make([]wire.AuditEntry, 0, len(page.Entries))}
	for _, entry := range page.Entries {
		shown.Entries = append(shown.Entries, auditEntryOf(entry, page.Agents))
	}
	if page.More {
		shown.Cursor = strconv.FormatInt(page.Entries[len(page.Entries)-1].Position, 10)
	}
	return shown
}

func auditEntryOf(entry store.Audit, agents map[chat.AgentID]chat.Agent) wire.AuditEntry {
	kind, id := entry.Who()
	shown := wire.AuditEntry{At: wire.At(entry.At), Actor: wire.AuditActor{Kind: kind, ID: id}, Action: entry.Action, Target: entry.Target, Detail: map[string]string{}}
	if kind == "agent" {
		shown.Actor.Name = agents[chat.AgentID(id)].Name
	}
	if entry.Detail != nil {
		shown.Detail = entry.Detail
	}
	return shown
}
