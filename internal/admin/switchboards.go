package admin

import (
	"context"
	"time"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// SwitchboardInput is what a switchboard may be changed to; nil leaves a member as it is.
type SwitchboardInput struct {
	Enabled *bool
	Default *chat.SwitchboardIntegrationID // empty: nobody
}

// CreateSwitchboard gives an app a switchboard, which is not enabled and on which nobody stands. Invalid if the app has one; NotFound
// for the app.
func (s *Service) CreateSwitchboard(ctx context.Context, p chat.Principal, app chat.AppID) (chat.Switchboard, error) {
	if err := mayIntegrate(p); err != nil {
		return chat.Switchboard{}, err
	}
	now := s.now()
	board := chat.Switchboard{App: app, ID: chat.SwitchboardID(chat.NewID(now)), CreatedAt: now}
	err := s.write(ctx, appChanged(app, now), switchboardAudit(p, app, now, "switchboard.create", string(board.ID)), func(tx store.Tx) error {
		if _, err := tx.GetApp(app); err != nil {
			return err
		}
		there, found, err := tx.FindSwitchboard(app)
		if err == nil && found {
			err = chat.InvalidField("appId", "names an app that has a switchboard, %s; an app has one at most", there.ID)
		}
		if err != nil {
			return err
		}
		return tx.InsertSwitchboard(board)
	})
	return board, err
}

// ListSwitchboards returns the app's switchboard, if it has one.
func (s *Service) ListSwitchboards(ctx context.Context, p chat.Principal, app chat.AppID) (all []chat.Switchboard, err error) {
	if err := mayIntegrate(p); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		board, found, err := tx.FindSwitchboard(app)
		all = nil
		if found {
			all = append(all, board)
		}
		return err
	})
	return all, err
}

// UpdateSwitchboard enables a switchboard or not, and says who is in control of new conversations. Invalid to enable one without
// a default; NotFound.
func (s *Service) UpdateSwitchboard(ctx context.Context, p chat.Principal, app chat.AppID, id chat.SwitchboardID, in SwitchboardInput) (board chat.Switchboard, err error) {
	err = s.changeSwitchboard(ctx, p, app, id, "switchboard.update", string(id), func(tx store.Tx, on panel) error {
		board = on.Switchboard
		if in.Enabled != nil {
			board.Enabled = *in.Enabled
		}
		if in.Default != nil {
			board.Default = *in.Default
		}
		if err := on.check("defaultSwitchboardIntegrationId", board.Default); err != nil {
			return err
		}
		if board.Enabled && board.Default == "" {
			return chat.InvalidField("defaultSwitchboardIntegrationId", "must name a switchboard integration while the switchboard is enabled: who begins")
		}
		return tx.UpdateSwitchboard(board)
	})
	return board, err
}

// DeleteSwitchboard removes a switchboard with what stands on it. The integrations stay and are told of everything; nobody is in
// control of any conversation. NotFound.
func (s *Service) DeleteSwitchboard(ctx context.Context, p chat.Principal, app chat.AppID, id chat.SwitchboardID) error {
	return s.changeSwitchboard(ctx, p, app, id, "switchboard.delete", string(id), func(tx store.Tx, _ panel) error {
		return tx.DeleteSwitchboard(app, id)
	})
}

// panel is a switchboard with what stands on it.
type panel struct {
	chat.Switchboard
	members []chat.SwitchboardIntegration
}

// find returns what stands on the switchboard under the id. NotFound.
func (on panel) find(id chat.SwitchboardIntegrationID) (chat.SwitchboardIntegration, error) {
	for _, member := range on.members {
		if member.ID == id {
			return member, nil
		}
	}
	return chat.SwitchboardIntegration{}, chat.Missing("switchboard_integration")
}

// check refuses, for a member of a body, ids of what does not stand on the switchboard. Empty is nobody.
func (on panel) check(field string, id chat.SwitchboardIntegrationID) error {
	if id == "" {
		return nil
	}
	_, err := on.find(id)
	if missing, ok := chat.AsError(err); ok {
		missing.Field = field
		return missing
	}
	return err
}

// changeSwitchboard runs change on a switchboard that nobody gives control by meanwhile. Action and target are for the audit log.
func (s *Service) changeSwitchboard(ctx context.Context, p chat.Principal, app chat.AppID, id chat.SwitchboardID, action, target string, change func(store.Tx, panel) error) error {
	if err := mayIntegrate(p); err != nil {
		return err
	}
	now := s.now()
	return s.write(ctx, appChanged(app, now), switchboardAudit(p, app, now, action, target), func(tx store.Tx) (err error) {
		var on panel
		if on.Switchboard, err = tx.LockSwitchboard(app, id); err != nil {
			return err
		}
		if on.members, err = tx.ListSwitchboardIntegrations(app); err != nil {
			return err
		}
		return change(tx, on)
	})
}

func switchboardAudit(p chat.Principal, app chat.AppID, now time.Time, action, target string) store.Audit {
	return store.Audit{App: app, At: now, Actor: p.Name, Action: action, Target: target}
}
