package httpapi

import (
	"context"

	"github.com/parlorchat/parlor/internal/chat"
	"github.com/parlorchat/parlor/internal/wire"
)

func (c *call) passControl() (answer, error) { return c.handOver(c.api.Messaging.PassControl) }

func (c *call) offerControl() (answer, error) { return c.handOver(c.api.Messaging.OfferControl) }

// handOver passes or offers control of a conversation to somebody.
func (c *call) handOver(do func(context.Context, chat.Principal, chat.ConversationID, string, chat.Metadata) error) (answer, error) {
	var body wire.HandOverInput
	if err := c.decode(&body); err != nil {
		return answer{}, err
	}
	if err := do(c.Context(), c.principal, c.conversationID(), body.SwitchboardIntegration, body.Metadata); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}

func (c *call) acceptControl() (answer, error) { return c.takeOver(c.api.Messaging.AcceptControl) }

func (c *call) releaseControl() (answer, error) { return c.takeOver(c.api.Messaging.ReleaseControl) }

// takeOver accepts or releases control of a conversation. The published client releases without a body.
func (c *call) takeOver(do func(context.Context, chat.Principal, chat.ConversationID, chat.Metadata) error) (answer, error) {
	var body wire.ControlInput
	if err := c.decodeIfAny(&body); err != nil {
		return answer{}, err
	}
	if err := do(c.Context(), c.principal, c.conversationID(), body.Metadata); err != nil {
		return answer{}, err
	}
	return ok(wire.Nothing{})
}
