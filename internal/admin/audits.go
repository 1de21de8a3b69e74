package admin

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// AuditPage is a part of the audit log, newest first.
type AuditPage struct {
	Entries []store.Audit
	Agents  map[chat.AgentID]chat.Agent // those who acted, as far as they have accounts
	More    bool
}

// ListAudits returns entries of an app that stand before a position, or the newest if it is 0; with "" for the app those that are about the whole server.
func (s *Service) ListAudits(ctx context.Context, p chat.Principal, app chat.AppID, before int64, limit int) (page AuditPage, err error) {
	if err := maySetUp(p, app); err != nil {
		return AuditPage{}, err
	}
	if limit < 1 || limit > 100 {
		return AuditPage{}, chat.InvalidField("limit", "must be a whole number from 1 to 100")
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		entries, err := tx.ListAudits(app, before, limit+1)
		if err != nil {
			return err
		}
		page = AuditPage{Entries: entries[:min(limit, len(entries))], More: len(entries) > limit}
		page.Agents, err = agentsOf(tx, page.Entries)
		return err
	})
	return page, err
}

// agentsOf finds those who acted.
func agentsOf(tx store.Tx, entries []store.Audit) (map[chat.AgentID]chat.Agent, error) {
	agents := map[chat.AgentID]chat.Agent{}
	for _, entry := range entries {
		kind, id := entry.Who()
		if kind != "agent" {
			continue
		}
		if _, known := agents[chat.AgentID(id)]; known {
			continue
		}
		agent, err := tx.GetAgent(chat.AgentID(id))
		if chat.KindOf(err) == chat.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		agents[agent.ID] = agent
	}
	return agents, nil
}
