package messaging

import (
	"cmp"
	"context"
	"fmt"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/store"
)

// Control is passed on by programs (contracts: Sunshine section 5.1). Keys of an app, account keys and the operator act for
// whoever is in control, or was offered it; a key of an integration acts for its own integration only: Forbidden
// otherwise. All methods answer NotFound for the conversation, and for the app's switchboard where it has none, and
// Invalid while that is not enabled. What is so already is not done again, and nobody is told of it.

// PassControl puts a switchboard integration in control of a conversation at once; an offer is withdrawn. It is named by id,
// by name, by type where one is of that type, or as chat.NextOnSwitchboard: next to the caller's own one, else to the one in control. A key of an
// integration that has passed control on may say so again. NotFound switchboard_integration_not_found.
func (s *Service) PassControl(ctx context.Context, p chat.Principal, id chat.ConversationID, to string, metadata chat.Metadata) error {
	return s.handOver(ctx, p, id, chat.TriggerPassControl, metadata, func(b board) (chat.Control, error) {
		target, err := b.find(to)
		switch {
		case err != nil:
			return chat.Control{}, err
		case b.actsFor(b.leader):
			return chat.Control{Active: target.ID}, nil
		case target.ID == b.leader.ID:
			return b.control, nil
		}
		return chat.Control{}, b.notInControl()
	})
}

// OfferControl asks a switchboard integration, named as for PassControl, to accept control. The offer takes the place of an earlier
// one. Invalid for the one that is in control.
func (s *Service) OfferControl(ctx context.Context, p chat.Principal, id chat.ConversationID, to string, metadata chat.Metadata) error {
	return s.handOver(ctx, p, id, chat.TriggerOfferControl, metadata, func(b board) (chat.Control, error) {
		if !b.actsFor(b.leader) {
			return chat.Control{}, b.notInControl()
		}
		target, err := b.find(to)
		if err == nil && target.ID == b.leader.ID {
			err = chat.InvalidField(fieldTarget, "%s is in control already", target.Name)
		}
		return chat.Control{Active: b.leader.ID, Pending: target.ID}, err
	})
}

// AcceptControl puts the switchboard integration in control that was offered it. Invalid if none was.
func (s *Service) AcceptControl(ctx context.Context, p chat.Principal, id chat.ConversationID, metadata chat.Metadata) error {
	return s.handOver(ctx, p, id, chat.TriggerAcceptControl, metadata, func(b board) (chat.Control, error) {
		switch {
		case !b.actsFor(b.offered):
			return chat.Control{}, chat.Refuse("forbidden", "The integration of this key was not offered control of this conversation.")
		case b.offered.ID == "":
			return chat.Control{}, chat.InvalidField("conversationId", "control of this conversation is not offered to anybody")
		}
		return chat.Control{Active: b.offered.ID}, nil
	})
}

// ReleaseControl leaves nobody in control, and withdraws an offer. The next message gives control to the default
// switchboard integration.
func (s *Service) ReleaseControl(ctx context.Context, p chat.Principal, id chat.ConversationID, metadata chat.Metadata) error {
	return s.handOver(ctx, p, id, chat.TriggerReleaseControl, metadata, func(b board) (chat.Control, error) {
		if !b.actsFor(b.leader) {
			return chat.Control{}, b.notInControl()
		}
		return chat.Control{}, nil
	})
}

// handOver stores what becomes of the control of a conversation, and tells of it. The switchboard is held before the
// conversation is locked.
func (s *Service) handOver(ctx context.Context, p chat.Principal, id chat.ConversationID, trigger chat.Trigger, metadata chat.Metadata, act func(board) (chat.Control, error)) error {
	if !p.May(chat.ManageConversations) {
		return notAllowed()
	}
	if problem := metadata.Check(); problem != "" {
		return chat.InvalidField("metadata", "%s", problem)
	}
	now := s.clock()
	return s.store.Write(ctx, func(tx store.Tx) error {
		switchboard, found, err := tx.HoldSwitchboard(p.App)
		if err != nil {
			return err
		}
		conversation, err := tx.LockConversation(p.App, id)
		switch {
		case err != nil:
			return err
		case !found:
			return chat.Missing("switchboard")
		case !switchboard.Enabled:
			return &chat.Error{Kind: chat.Invalid, Code: "bad_request", Message: `The switchboard of this app is not enabled: PATCH it with {"enabled":true} first.`}
		}
		b, err := spread(tx, p, switchboard, conversation)
		if err != nil {
			return err
		}
		control, err := act(b)
		if err != nil || control == b.control {
			return err
		}
		if err := tx.SetControl(p.App, id, control); err != nil {
			return err
		}
		event, err := stored(tx, p, chat.Change{Conversation: id, Kind: chat.EventConversation, At: now})
		if err != nil {
			return err
		}
		event.Trigger, event.Control, event.Metadata = trigger, &control, metadata
		tx.Emit(event)
		return nil
	})
}

// board is a switchboard as it is set for one conversation, before somebody who calls.
type board struct {
	caller  chat.Principal
	members []chat.SwitchboardIntegration
	control chat.Control                // as it is stored
	leader  chat.SwitchboardIntegration // who is in control; the default one while nobody is
	offered chat.SwitchboardIntegration // who was offered it; zero: nobody
}

func spread(tx store.Tx, p chat.Principal, s chat.Switchboard, c chat.Conversation) (board, error) {
	members, err := tx.ListSwitchboardIntegrations(p.App)
	b := board{caller: p, members: members, control: c.Control}
	b.leader, b.offered = b.byID(cmp.Or(c.Control.Active, s.Default)), b.byID(c.Control.Pending)
	return b, err
}

// member is the first one that fits, or none.
func (b board) member(fits func(chat.SwitchboardIntegration) bool) chat.SwitchboardIntegration {
	for _, member := range b.members {
		if fits(member) {
			return member
		}
	}
	return chat.SwitchboardIntegration{}
}

func (b board) byID(id chat.SwitchboardIntegrationID) chat.SwitchboardIntegration {
	return b.member(func(m chat.SwitchboardIntegration) bool { return m.ID == id })
}

// actsFor tells whether the caller may act for a switchboard integration.
func (b board) actsFor(member chat.SwitchboardIntegration) bool {
	return b.caller.Scope != chat.ScopeIntegration || b.caller.Key.Integration == member.Integration
}

func (b board) notInControl() error {
	return chat.Refuse("forbidden", fmt.Sprintf("The integration of this key is not in control of this conversation: %s is.", b.leader.Name))
}

// fieldTarget is the member of a body that names who is to be in control.
const fieldTarget = "switchboardIntegration"

// find returns whom somebody names: by id, else by name, else by the type of their integration, or as the next one.
func (b board) find(name string) (chat.SwitchboardIntegration, error) {
	switch name {
	case "":
		return chat.SwitchboardIntegration{}, chat.InvalidField(fieldTarget, `is required: the id or the name of a switchboard integration, or "%s"`, chat.NextOnSwitchboard)
	case chat.NextOnSwitchboard:
		return b.next()
	}
	found := b.byID(chat.SwitchboardIntegrationID(name))
	if found.ID == "" {
		found = b.member(func(m chat.SwitchboardIntegration) bool { return m.Name == name })
	}
	if found.ID == "" {
		found = b.member(func(m chat.SwitchboardIntegration) bool { return m.Type == name })
		if other := b.member(func(m chat.SwitchboardIntegration) bool { return m.Type == name && m.ID != found.ID }); other.ID != "" {
			return found, chat.InvalidField(fieldTarget, "is the type of several integrations on the switchboard: name one by its id or name")
		}
	}
	if found.ID == "" {
		missing := chat.Missing("switchboard_integration")
		missing.Field = fieldTarget
		return chat.SwitchboardIntegration{}, missing
	}
	return found, nil
}

// next is who stands next to the caller. Counted from the caller, and not from whoever is in control by now, "next" said twice is
// the same.
func (b board) next() (chat.SwitchboardIntegration, error) {
	from := b.leader
	if !b.actsFor(from) {
		from = b.member(b.actsFor)
	}
	if from.ID == "" {
		return chat.SwitchboardIntegration{}, b.notInControl()
	}
	if from.Next == "" {
		return chat.SwitchboardIntegration{}, chat.InvalidField(fieldTarget, "nobody is next to %s: set its nextSwitchboardIntegrationId, or name somebody", from.Name)
	}
	return b.find(string(from.Next))
}

// begin puts the default switchboard integration in control of a conversation that is not stored yet.
func begin(tx store.Tx, c *chat.Conversation) error {
	switchboard, found, err := tx.HoldSwitchboard(c.App)
	if err != nil || !found || !switchboard.Enabled {
		return err
	}
	members, err := tx.ListSwitchboardIntegrations(c.App)
	first := board{members: members}.byID(switchboard.Default)
	c.Control.Active, c.Active = first.ID, &first
	return err
}

// attend gives control of a conversation in which a message stands now, and of which nobody is in control, to the default
// switchboard integration (contracts: Sunshine section 5.1). It returns how control stands then, and whether that is new.
func attend(tx store.Tx, p chat.Principal, place chat.Place) (control *chat.Control, given bool, err error) {
	if !place.Unattended {
		if place.Control == (chat.Control{}) {
			return nil, false, nil
		}
		stands := place.Control
		return &stands, false, nil
	}
	switchboard, found, err := tx.HoldSwitchboard(p.App)
	if err != nil || !found || !switchboard.Enabled {
		return nil, false, err
	}
	control = &chat.Control{Active: switchboard.Default, Pending: place.Control.Pending}
	return control, true, tx.SetControl(p.App, place.Conversation, *control)
}
