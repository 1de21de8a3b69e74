package store

import "github.com/parlorchat/parlor/internal/chat"

// Switchboards remembers who may be in control of conversations, and who is.
type Switchboards interface {
	// InsertSwitchboard stores a new switchboard. Conflict if the app has one.
	InsertSwitchboard(switchboard chat.Switchboard) error
	// UpdateSwitchboard stores whether it is enabled, and who begins. NotFound.
	UpdateSwitchboard(switchboard chat.Switchboard) error
	// FindSwitchboard returns the app's switchboard, if it has one.
	FindSwitchboard(app chat.AppID) (chat.Switchboard, bool, error)
	// HoldSwitchboard is FindSwitchboard that keeps others from LockSwitchboard until the transaction ends; several may
	// hold a switchboard at once. Whoever gives control holds it before the conversation is locked.
	HoldSwitchboard(app chat.AppID) (chat.Switchboard, bool, error)
	// LockSwitchboard returns the switchboard with the id and waits for those who hold it. Whoever changes a switchboard
	// or what stands on it locks it first. NotFound.
	LockSwitchboard(app chat.AppID, id chat.SwitchboardID) (chat.Switchboard, error)
	// DeleteSwitchboard removes the switchboard with all that stands on it: nobody is in control of any conversation of
	// the app then. NotFound.
	DeleteSwitchboard(app chat.AppID, id chat.SwitchboardID) error

	// InsertSwitchboardIntegration stores a new place on the switchboard. Conflict if the name is taken; NotFound.
	InsertSwitchboardIntegration(member chat.SwitchboardIntegration) error
	// UpdateSwitchboardIntegration stores everything but ids and time. Conflict if the name is taken; NotFound.
	UpdateSwitchboardIntegration(member chat.SwitchboardIntegration) error
	// ListSwitchboardIntegrations returns all that stand on the app's switchboard, oldest first.
	ListSwitchboardIntegrations(app chat.AppID) ([]chat.SwitchboardIntegration, error)
	// DeleteSwitchboardIntegration removes it. Nobody is in control of the conversations that it was in control of, or
	// offered that it was offered; no change of those conversations is stored. NotFound.
	DeleteSwitchboardIntegration(app chat.AppID, id chat.SwitchboardIntegrationID) error

	// SetControl stores who is in control of a conversation, under its lock. NotFound, also if who is to be in control is gone.
	SetControl(app chat.AppID, id chat.ConversationID, control chat.Control) error
}
