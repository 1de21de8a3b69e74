package sqlstore

import (
	"slices"

	"github.com/parlorchat/parlor/internal/chat"
)

const switchboardColumns = `id, app_id, enabled, default_id, created_at`

func scanSwitchboard(row scanner, b *chat.Switchboard) error {
	return row.Scan((*string)(&b.ID), (*string)(&b.App), &b.Enabled, (*string)(&b.Default), (*timeValue)(&b.CreatedAt))
}

func (t *tx) InsertSwitchboard(b chat.Switchboard) error {
	_, err := t.exec("insert switchboard", `INSERT INTO switchboards (`+switchboardColumns+`) VALUES ($1, $2, $3, $4, $5)`,
		string(b.ID), string(b.App), b.Enabled, string(b.Default), micros(b.CreatedAt))
	return err
}

func (t *tx) UpdateSwitchboard(b chat.Switchboard) error {
	return t.execOn("switchboard", "update switchboard", `UPDATE switchboards SET enabled = $3, default_id = $4 WHERE id = $1 AND app_id = $2`,
		string(b.ID), string(b.App), b.Enabled, string(b.Default))
}

const switchboardOfApp = `SELECT ` + switchboardColumns + ` FROM switchboards WHERE app_id = $1`

func (t *tx) FindSwitchboard(app chat.AppID) (chat.Switchboard, bool, error) {
	return find(t, "find switchboard", scanSwitchboard, switchboardOfApp, string(app))
}

func (t *tx) HoldSwitchboard(app chat.AppID) (chat.Switchboard, bool, error) {
	return find(t, "hold switchboard", scanSwitchboard, t.db.holdRows(switchboardOfApp), string(app))
}

func (t *tx) LockSwitchboard(app chat.AppID, id chat.SwitchboardID) (chat.Switchboard, error) {
	return get(t, "switchboard", "lock switchboard", scanSwitchboard, t.db.lockRows(switchboardOfApp+` AND id = $2`), string(app), string(id))
}

// DeleteSwitchboard leaves the rest to the foreign keys, as DeleteSwitchboardIntegration does.
func (t *tx) DeleteSwitchboard(app chat.AppID, id chat.SwitchboardID) error {
	return t.execOn("switchboard", "delete switchboard", `DELETE FROM switchboards WHERE id = $1 AND app_id = $2`, string(id), string(app))
}

func scanSwitchboardIntegration(row scanner, m *chat.SwitchboardIntegration) error {
	return row.Scan((*string)(&m.App), (*string)(&m.Switchboard), (*string)(&m.ID), &m.Name, (*string)(&m.Integration), &m.Type,
		&m.DeliverStandby, (*string)(&m.Next), &m.MessageHistory, (*timeValue)(&m.CreatedAt))
}

const memberInsertion = `INSERT INTO switchboard_integrations
	(id, switchboard_id, name, integration_id, deliver_standby, next_id, message_history, created_at)
	SELECT $1, id, $4, $5, CAST($6 AS BOOLEAN), $7, CAST($8 AS BIGINT), CAST($9 AS BIGINT) FROM switchboards WHERE id = $3 AND app_id = $2`

func (t *tx) InsertSwitchboardIntegration(m chat.SwitchboardIntegration) error {
	return t.execOn("switchboard", "insert switchboard integration", memberInsertion, string(m.ID), string(m.App), string(m.Switchboard), m.Name,
		string(m.Integration), m.DeliverStandby, string(m.Next), m.MessageHistory, micros(m.CreatedAt))
}

// memberOfApp finds a switchboard integration $1 of an app $2.
const memberOfApp = ` WHERE id = $1 AND switchboard_id IN (SELECT id FROM switchboards WHERE app_id = $2)`

func (t *tx) UpdateSwitchboardIntegration(m chat.SwitchboardIntegration) error {
	return t.execOn("switchboard_integration", "update switchboard integration", `UPDATE switchboard_integrations
		SET name = $3, integration_id = $4, deliver_standby = $5, next_id = $6, message_history = $7`+memberOfApp,
		string(m.ID), string(m.App), m.Name, string(m.Integration), m.DeliverStandby, string(m.Next), m.MessageHistory)
}

func (t *tx) ListSwitchboardIntegrations(app chat.AppID) ([]chat.SwitchboardIntegration, error) {
	return list(t, "list switchboard integrations", scanSwitchboardIntegration, `SELECT b.app_id, b.id, s.id, s.name, s.integration_id, i.type,
		s.deliver_standby, s.next_id, s.message_history, s.created_at
		FROM switchboards b JOIN switchboard_integrations s ON s.switchboard_id = b.id JOIN integrations i ON i.id = s.integration_id
		WHERE b.app_id = $1 ORDER BY s.created_at, s.id`, string(app))
}

func (t *tx) DeleteSwitchboardIntegration(app chat.AppID, id chat.SwitchboardIntegrationID) error {
	return t.execOn("switchboard_integration", "delete switchboard integration", `DELETE FROM switchboard_integrations`+memberOfApp,
		string(id), string(app))
}

func (t *tx) SetControl(app chat.AppID, id chat.ConversationID, control chat.Control) error {
	return t.execOn("conversation", "set control", `UPDATE conversations SET controlled_by = $3, offered_to = $4 WHERE id = $1 AND app_id = $2`,
		string(id), string(app), optional(control.Active), optional(control.Pending))
}

// nameControllers fills in who is in control of the conversations. Those of an app without a switchboard ask nothing.
func (t *tx) nameControllers(app chat.AppID, conversations []chat.Conversation) error {
	if !slices.ContainsFunc(conversations, func(c chat.Conversation) bool { return c.Control != chat.Control{} }) {
		return nil
	}
	members, err := t.ListSwitchboardIntegrations(app)
	if err != nil {
		return err
	}
	for i := range conversations {
		c := &conversations[i]
		for j := range members {
			if members[j].ID == c.Control.Active {
				c.Active = &members[j]
			}
			if members[j].ID == c.Control.Pending {
				c.Pending = &members[j]
			}
		}
	}
	return nil
}
