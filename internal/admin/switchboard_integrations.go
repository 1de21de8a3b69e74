package admin

import (
	"context"
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// SwitchboardIntegrationInput is how an integration stands on a switchboard; nil leaves a member as it is.
type SwitchboardIntegrationInput struct {
	Name *string
	// Integration is a custom integration of the app. Type names it by its type instead, where the app has one of that type
	// only.
	Integration    *chat.IntegrationID
	Type           *string
	DeliverStandby *bool
	Next           *chat.SwitchboardIntegrationID // empty: nobody
	History        *int64                         // from 1 to chat.MaxMessageHistory
	NoHistory      bool                           // takes History away
}

// CreateSwitchboardIntegration puts a custom integration on a switchboard. Invalid names the member at fault, with
// too_many_switchboard_integrations beyond chat.MaxSwitchboardIntegrations; Conflict if the name is taken; NotFound.
func (s *Service) CreateSwitchboardIntegration(ctx context.Context, p chat.Principal, app chat.AppID, board chat.SwitchboardID, in SwitchboardIntegrationInput) (member chat.SwitchboardIntegration, err error) {
	now := s.now()
	id := chat.SwitchboardIntegrationID(chat.NewID(now))
	err = s.changeSwitchboard(ctx, p, app, board, "switchboard_integration.create", string(id), func(tx store.Tx, on panel) error {
		if len(on.members) >= chat.MaxSwitchboardIntegrations {
			return &chat.Error{Kind: chat.Invalid, Code: "too_many_switchboard_integrations",
				Message: fmt.Sprintf("The switchboard has %d switchboard integrations, which is the most. Remove one first.", len(on.members))}
		}
		switch {
		case in.Name == nil:
			return chat.InvalidField("name", "is required")
		case in.Integration == nil && in.Type == nil:
			return chat.InvalidField("integrationId", "is required, or integrationType")
		}
		member = chat.SwitchboardIntegration{App: app, Switchboard: board, ID: id, DeliverStandby: true, CreatedAt: now}
		if err := in.apply(tx, on, &member); err != nil {
			return err
		}
		return tx.InsertSwitchboardIntegration(member)
	})
	return member, err
}

// UpdateSwitchboardIntegration changes how an integration stands on a switchboard. Invalid; Conflict; NotFound.
func (s *Service) UpdateSwitchboardIntegration(ctx context.Context, p chat.Principal, app chat.AppID, board chat.SwitchboardID, id chat.SwitchboardIntegrationID, in SwitchboardIntegrationInput) (member chat.SwitchboardIntegration, err error) {
	err = s.changeSwitchboard(ctx, p, app, board, "switchboard_integration.update", string(id), func(tx store.Tx, on panel) (err error) {
		if member, err = on.find(id); err != nil {
			return err
		}
		if err := in.apply(tx, on, &member); err != nil {
			return err
		}
		return tx.UpdateSwitchboardIntegration(member)
	})
	return member, err
}

// ListSwitchboardIntegrations returns what stands on a switchboard, oldest first. NotFound.
func (s *Service) ListSwitchboardIntegrations(ctx context.Context, p chat.Principal, app chat.AppID, board chat.SwitchboardID) (all []chat.SwitchboardIntegration, err error) {
	if err := mayIntegrate(p); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx, func(tx store.Tx) error {
		there, found, err := tx.FindSwitchboard(app)
		if err == nil && (!found || there.ID != board) {
			err = chat.Missing("switchboard")
		}
		if err != nil {
			return err
		}
		all, err = tx.ListSwitchboardIntegrations(app)
		return err
	})
	return all, err
}

// DeleteSwitchboardIntegration takes an integration from a switchboard. Of the conversations that it was in control of nobody is,
// until the next message. Invalid for the default one, and for one that is next to another; NotFound.
func (s *Service) DeleteSwitchboardIntegration(ctx context.Context, p chat.Principal, app chat.AppID, board chat.SwitchboardID, id chat.SwitchboardIntegrationID) error {
	return s.changeSwitchboard(ctx, p, app, board, "switchboard_integration.delete", string(id), func(tx store.Tx, on panel) error {
		if _, err := on.find(id); err != nil {
			return err
		}
		const field = "switchboardIntegrationId"
		if on.Default == id {
			return chat.InvalidField(field, "names the default switchboard integration: name another one as defaultSwitchboardIntegrationId first")
		}
		for _, member := range on.members {
			if member.Next == id && member.ID != id {
				return chat.InvalidField(field, "is next to %s: change its nextSwitchboardIntegrationId first", member.Name)
			}
		}
		return tx.DeleteSwitchboardIntegration(app, id)
	})
}

// apply checks the input and sets it.
func (in SwitchboardIntegrationInput) apply(tx store.Tx, on panel, m *chat.SwitchboardIntegration) error {
	if in.Name != nil {
		if !chat.IsSwitchboardName(*in.Name) {
			return chat.InvalidField("name", `must have 1 to %d characters of A-Z, a-z, 0-9, - and _, and not be "%s"`, chat.MaxSwitchboardName, chat.NextOnSwitchboard)
		}
		m.Name = *in.Name
	}
	for _, other := range on.members {
		if other.Name == m.Name && other.ID != m.ID {
			return &chat.Error{Kind: chat.Conflict, Code: "conflict", Field: "name", Message: "name: another switchboard integration has this name"}
		}
	}
	if err := in.link(tx, m); err != nil {
		return err
	}
	if in.DeliverStandby != nil {
		m.DeliverStandby = *in.DeliverStandby
	}
	if in.Next != nil {
		m.Next = *in.Next
	}
	const next = "nextSwitchboardIntegrationId"
	if m.Next == m.ID {
		return chat.InvalidField(next, "must name another switchboard integration")
	}
	if err := on.check(next, m.Next); err != nil {
		return err
	}
	if in.NoHistory {
		m.MessageHistory = 0
	}
	if in.History != nil {
		if *in.History < 1 || *in.History > chat.MaxMessageHistory {
			return chat.InvalidField("messageHistoryCount", "must be from 1 to %d, or null", chat.MaxMessageHistory)
		}
		m.MessageHistory = *in.History
	}
	return nil
}

// link finds the integration that the input names: a custom one, since others are no programs that could answer.
func (in SwitchboardIntegrationInput) link(tx store.Tx, m *chat.SwitchboardIntegration) error {
	field, id := "integrationId", in.Integration
	switch {
	case in.Integration != nil && in.Type != nil:
		return chat.InvalidField("integrationType", "must not be given together with integrationId")
	case in.Type != nil:
		field = "integrationType"
		only, err := onlyOfType(tx, m.App, *in.Type)
		if err != nil {
			return err
		}
		id = &only
	case id == nil:
		return nil
	}
	integration, err := tx.GetIntegration(m.App, *id)
	switch {
	case chat.KindOf(err) == chat.NotFound:
		missing := chat.Missing("integration")
		missing.Field = field
		return missing
	case err != nil:
		return err
	case integration.Type != chat.IntegrationCustom:
		return chat.InvalidField(field, "names an integration of the type %s; only custom ones can be in control", integration.Type)
	}
	m.Integration, m.Type = integration.ID, integration.Type
	return nil
}

// onlyOfType returns the app's one integration of the type.
func onlyOfType(tx store.Tx, app chat.AppID, kind string) (chat.IntegrationID, error) {
	all, err := tx.ListIntegrations(store.IntegrationPage{App: app, Types: []string{kind}, Span: store.Span{Limit: 2}})
	switch {
	case err != nil:
		return "", err
	case len(all) == 0:
		return "", chat.InvalidField("integrationType", "is the type of no integration of this app")
	case len(all) > 1:
		return "", chat.InvalidField("integrationType", "is the type of several integrations of this app; name one by integrationId")
	}
	return all[0].ID, nil
}

// notOnSwitchboard refuses integrations that stand on the app's switchboard.
func notOnSwitchboard(tx store.Tx, app chat.AppID, id chat.IntegrationID) error {
	members, err := tx.ListSwitchboardIntegrations(app)
	for _, member := range members {
		if member.Integration == id {
			return chat.InvalidField("integrationId", "stands on the switchboard as %s: remove that switchboard integration first", member.Name)
		}
	}
	return err
}
